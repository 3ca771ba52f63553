from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tuibrowser.cli.run import run
from tuibrowser.settings.config import OPTIONS, Config, ReadConfig
from tuibrowser.settings.config_file import commented, effective, read_config
from tuibrowser.settings.early import default_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


def test_the_first_file_changes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "--init"]) == 0
    assert capfd.readouterr().out == f"{default_path()}\n"
    assert read_config(default_path()) == ReadConfig(Config())


def test_every_option_of_the_first_file_is_right_when_its_mark_is_taken_away(home: Path) -> None:
    words = home / "words.txt"
    words.write_text("高质量\n", encoding="utf-8")
    text = (
        commented()
        .replace("~/words.txt", str(words))
        .replace("~/glosses.tsv", str(words))
        .replace("~/stop.txt", str(words))
        .replace("\n# tuibrowser", "")
    )
    lines = [line[2:] if line.startswith("# ") and " = " in line else line for line in text.splitlines()]
    values = tomllib.loads("\n".join(lines))
    assert set(values) == set(OPTIONS)
    (home / "all.toml").write_text("\n".join(lines), encoding="utf-8")
    assert read_config(home / "all.toml").problems == ()


def test_a_file_that_exists_stays_as_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    default_path().parent.mkdir()
    default_path().write_text("measure = 60\n", encoding="utf-8")
    assert run(["config", "--init"]) == 2
    assert f"{default_path()} exists already" in capfd.readouterr().err
    assert default_path().read_text(encoding="utf-8") == "measure = 60\n"


def test_what_holds_is_printed_and_what_is_wrong_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    default_path().parent.mkdir()
    default_path().write_text('measure = 60\ntheme = "pink"\nwidth = 3\n', encoding="utf-8")
    assert run(["config"]) == 2
    printed = capfd.readouterr()
    assert printed.out.startswith(f"# {default_path()}\n")
    assert tomllib.loads(printed.out)["measure"] == 60
    assert "config.toml, line 2: theme is one of" in printed.err
    assert "config.toml, line 3: width is no option" in printed.err


def test_what_holds_can_be_a_file_again(home: Path) -> None:
    config = replace(Config(), measure=60, preset="less", keys={"about": ("I", "equals_sign", "f3")})
    (home / "again.toml").write_text(effective(config), encoding="utf-8")
    assert read_config(home / "again.toml") == ReadConfig(config)


def test_an_operand_is_a_mistake() -> None:
    assert run(["config", "init"]) == 2
