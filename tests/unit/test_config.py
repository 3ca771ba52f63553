from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.config import Config, Loaded, load, rebound

if TYPE_CHECKING:
    from pathlib import Path


def loaded(folder: Path, text: str) -> Loaded:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, lambda: frozenset({"hans", "hant", "s2twp"}))


def test_without_a_file_all_is_as_the_program_has_it(tmp_path: Path) -> None:
    assert load(tmp_path / "config.toml", frozenset) == Loaded(Config())


def test_options_are_taken_from_the_file(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'measure = 60\nscript = "s2twp"\ntheme = "nord"\noutline = false\n')
    assert found == Loaded(Config(60, "s2twp", "nord", outline=False))


def test_a_wrong_value_is_named_with_its_line_and_has_its_default(tmp_path: Path) -> None:
    found = loaded(tmp_path, '# mine\nmeasure = "wide"\nscript = "klingon"\noutline = false\n')
    assert found.config == Config(outline=False)
    assert found.problems == (
        "config.toml, line 2: measure is a whole number from 20 to 400",
        "config.toml, line 3: script is one of hans, hant, s2twp",
    )


def test_how_the_terminal_is_drawn_on_is_one_of_a_few_words(tmp_path: Path) -> None:
    assert loaded(tmp_path, 'lean = "off"\nambiguous = "wide"\n').config == Config(lean="off", ambiguous="wide")
    found = loaded(tmp_path, 'lean = true\nambiguous = "double"\n')
    assert found.config == Config()
    assert found.problems == (
        "config.toml, line 1: lean is one of auto, on, off",
        "config.toml, line 2: ambiguous is one of auto, narrow, wide",
    )


def test_an_unknown_option_is_named_with_its_line(tmp_path: Path) -> None:
    (problem,) = loaded(tmp_path, "\nwidth = 3\n").problems
    assert problem.startswith("config.toml, line 2: width is no option")


def test_what_is_no_toml_is_said(tmp_path: Path) -> None:
    (problem,) = loaded(tmp_path, "measure = \n").problems
    assert "line 1" in problem


def test_commands_get_the_keys_of_the_file(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[keys]\nline-down = ["j", "↓", "}"]\nnext-paragraph = ["z"]\n')
    assert not found.problems
    keys = {command.id: command.keys for command in rebound(found.config.keys)}
    assert keys["line-down"] == ("j", "down", "right_curly_bracket")
    assert keys["next-paragraph"] == ("z",)
    assert keys["line-up"] == ("k", "up")


def test_a_key_that_another_command_has_is_a_clash(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[keys]\nsearch = ["j"]\n')
    assert found.config.keys == {}
    assert found.problems == ("config.toml, line 2: j is the key of line-down",)


def test_the_same_key_may_serve_two_places(tmp_path: Path) -> None:
    assert not loaded(tmp_path, '[keys]\nfold = ["y"]\n').problems


def test_an_unknown_command_is_named(tmp_path: Path) -> None:
    assert loaded(tmp_path, '[keys]\nfly = ["j"]\n').problems == ("config.toml, line 2: there is no command fly",)
