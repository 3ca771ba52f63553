"""The languages of the command line: which one is spoken, what it looks like, and what is the same in all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tuibrowser.cli.line.commands import COMMANDS, READ
from tuibrowser.cli.line.usage import help_text
from tuibrowser.cli.run import run
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import ENGLISH, SIMPLIFIED, TRADITIONAL, speak
from tuibrowser.settings.early import default_path

if TYPE_CHECKING:
    from pathlib import Path

CLOSING = "，。、；：？！）」』”’》〉"
CHINESE = (SIMPLIFIED, TRADITIONAL)
pytestmark = pytest.mark.usefixtures("home")
LOCALES = ("en_GB.UTF-8", "zh_CN.UTF-8", "zh_TW.UTF-8")


@pytest.fixture
def texts(home: Path) -> Path:
    folder = home / "texts"
    folder.mkdir()
    (folder / "講話.txt").write_text("標題：講話\n作者：李某\n\n推動高質量發展。\n\n高質量發展。\n", encoding="utf-8")
    (folder / "空.txt").touch()
    return folder


def printed(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[str, str]:
    run([str(argument) for argument in arguments])
    return capfd.readouterr()


def write_config(text: str) -> None:
    default_path().parent.mkdir(parents=True, exist_ok=True)
    default_path().write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "words"), [(ENGLISH, "show this help"), (SIMPLIFIED, "显示此帮助"), (TRADITIONAL, "顯示此說明")]
)
def test_the_config_says_more_than_the_environment(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if language == ENGLISH else "en_GB.UTF-8")
    write_config(f'measure = 60\nlanguage = "{language}"\n')
    assert words in printed(capfd, "--help")[0]


@pytest.mark.parametrize("config", [None, 'language = "auto"', "measure = 60", "language = 3", "language = ["])
def test_else_the_environment_says_it(
    config: str | None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    if config is not None:
        write_config(config)
    assert "顯示此說明" in printed(capfd, "--help")[0]
    assert printed(capfd, "--colour")[1].startswith("tuibrowser: 沒有選項 --colour")


def test_a_config_that_is_no_text_leaves_the_environment(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    write_config("")
    default_path().write_bytes(b"language = '\xff'\n")
    assert "显示此帮助" in printed(capfd, "--help")[0]
    assert printed(capfd, "config")[1] == "tuibrowser: config.toml 第 1 行：不是 UTF-8 编码\n"


@pytest.mark.parametrize("language", CHINESE)
@pytest.mark.parametrize("command", [READ, *COMMANDS.values()], ids=lambda command: command.name or "read")
def test_a_help_fits_and_no_line_begins_with_a_closing_mark(language: str, command: Any) -> None:
    speak(language)
    given = {f"  {line}" for line in (*command.usage, *(line for _, line in command.examples))}
    lines = [line for line in help_text(command).split("\n") if line not in given]
    assert [line for line in lines if cell_width(line) > 79] == []
    assert [line for line in lines if line.lstrip()[:1] in set(CLOSING)] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_what_a_query_finds_is_told_in_chinese(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    out, _ = printed(capfd, "search", "高質量發展", texts, "--limit", "1")
    assert out.split("\n")[0] == "2 处匹配，见于 1 篇文档：精确 2；以下是最相关的 1 处（--limit）"
    assert printed(capfd, "search", "紅樓夢", texts)[0].startswith("没有找到\n")
    out, _ = printed(capfd, "outline", texts)
    assert "講話.txt  李某、繁体、utf-8、" in out
    assert "\n未收入：\n" in out


def test_a_first_config_has_its_comments_in_chinese(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    printed(capfd, "config", "--init")
    text = default_path().read_text(encoding="utf-8")
    assert "# 启动时是否显示大纲。\n# outline = true\n" in text
    assert max(map(cell_width, text.split("\n"))) <= 100
    assert printed(capfd, "config")[1] == ""


def test_what_is_wrong_in_a_config_is_named_in_chinese(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    write_config('measure = 3\nlanguage = "zh"\nwidth = 3\n')
    complaints = printed(capfd, "config")[1].splitlines()
    assert complaints[:2] == [
        "tuibrowser: config.toml 第 1 行：measure 应为 20 到 400 之间的整数",
        "tuibrowser: config.toml 第 2 行：language 应为下列之一：auto、en、zh-Hans、zh-Hant",
    ]
    assert complaints[2].startswith("tuibrowser: config.toml 第 3 行：没有选项 width；可用的有 ambiguous、")
    write_config("measure = \n")
    assert printed(capfd, "config")[1] == "tuibrowser: config.toml：值无效（第 1 行第 11 列）\n"


def test_a_completion_describes_in_the_language_spoken(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    for shell in ("zsh", "fish"):
        out, _ = printed(capfd, "completion", shell)
        assert "顯示版本" in out
        assert "show the version" not in out


def without_times(text: str) -> list[dict[str, Any]]:
    records = [json.loads(line) for line in text.splitlines()]
    for record in records:
        for name in ("elapsed_ms", "seconds", "changed", "locale"):
            record.pop(name, None)
    return records


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "--json", "高質量發展"),
        ("search", "--json", "紅樓夢"),
        ("outline", "--json"),
        ("index", "--json"),
        ("doctor", "--json"),
        ("bookmarks", "export", "--json"),
    ],
    ids=" ".join,
)
def test_programs_are_told_the_same_in_every_language(
    arguments: tuple[str, ...], texts: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    paths = [] if arguments[0] in {"doctor", "bookmarks"} else [texts]
    printed(capfd, *arguments, *paths)  # An index is there then.
    told = []
    for locale in LOCALES:
        monkeypatch.setenv("LANG", locale)
        out, _ = printed(capfd, *arguments, *paths)
        told.append(without_times(out) if arguments[0] != "bookmarks" else out)
    assert told[0]
    assert told[0] == told[1] == told[2]


def test_a_text_is_printed_the_same_in_every_language(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    told = set()
    for locale in LOCALES:
        monkeypatch.setenv("LANG", locale)
        told.add(printed(capfd, "show", texts / "講話.txt", "--width", "40")[0])
        told.add(printed(capfd, "show", texts / "講話.txt", "--json")[0])
    assert len(told) == 2
