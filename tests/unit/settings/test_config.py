from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.language.i18n import LANGUAGES
from tuibrowser.reading.quoting.citation_style import read_style
from tuibrowser.settings.config import OPTIONS, Config, ReadConfig, load
from tuibrowser.settings.config_file import effective, read_config
from tuibrowser.settings.early import AtStart, at_start, default_path
from tuibrowser.settings.keymaps import rebound

if TYPE_CHECKING:
    from pathlib import Path


def loaded(folder: Path, text: str) -> ReadConfig:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, lambda: frozenset({"hans", "hant", "s2twp"}), lambda table: read_style(table)[1])


def test_without_a_file_all_is_as_the_program_has_it(tmp_path: Path) -> None:
    assert load(tmp_path / "config.toml", frozenset, lambda _: {}) == ReadConfig(Config())


def test_options_are_taken_from_the_file(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'measure = 60\nscript = "s2twp"\ntheme = "nord"\noutline = false\n')
    assert found == ReadConfig(Config(60, "s2twp", "nord", outline=False))


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
    found = loaded(tmp_path, '[keys]\nline-down = ["j", "↓", "}"]\nnext-paragraph = ["Q"]\n')
    assert not found.problems
    keys = {command.id: command.keys for command in rebound(found.config.keys)}
    assert keys["line-down"] == ("j", "down", "right_curly_bracket")
    assert keys["next-paragraph"] == ("Q",)
    assert keys["line-up"] == ("k", "up")


def test_a_key_that_another_command_has_is_a_clash(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[keys]\nsearch = ["j"]\n')
    assert found.config.keys == {}
    assert found.problems == ("config.toml, line 2: j is the key of line-down",)


def test_the_same_key_may_serve_two_places(tmp_path: Path) -> None:
    assert not loaded(tmp_path, '[keys]\nfold = ["y"]\n').problems


def test_an_unknown_command_is_named(tmp_path: Path) -> None:
    assert loaded(tmp_path, '[keys]\nfly = ["j"]\n').problems == ("config.toml, line 2: there is no command fly",)


def test_keys_that_come_back_may_clash_in_turn(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[keys]\nnext-paragraph = ["k"]\nline-down = ["p"]\n')
    assert found.config.keys == {}
    assert found.problems == (
        "config.toml, line 2: k is the key of line-up",
        "config.toml, line 3: p is the key of next-paragraph",
    )


def test_a_table_that_is_none_is_named(tmp_path: Path) -> None:
    assert loaded(tmp_path, 'keys = "vim"\n').problems == (
        "config.toml, line 1: keys is a table: a command's name = a list of keys",
    )


def test_every_option_says_what_it_is() -> None:
    assert all(option.comment.endswith(".") for option in OPTIONS.values())


def test_citations_are_written_as_the_file_says(tmp_path: Path) -> None:
    found = loaded(tmp_path, "[citation]\nstyle = \"western\"\ntemplate = '{title}[, {page}]'\n")
    assert not found.problems
    assert found.config.citation == {"style": "western", "template": "{title}[, {page}]"}


def test_what_is_wrong_with_a_citation_is_named_with_its_line_and_the_rest_holds(tmp_path: Path) -> None:
    text = """outline = true

[keys]
search = ["/"]

[citation]
template = "{title}，{autor}"
search = "《》"
titles = "《》"
page = 3
dates = "iso"
"""
    found = loaded(tmp_path, text)
    assert found.config == Config(keys={"search": ("slash",)}, citation={"dates": "iso"})
    assert [problem.split("; there are")[0].split(": there are")[0] for problem in found.problems] == [
        "config.toml, line 7: no field {autor}",
        "config.toml, line 8: search is nothing of a citation",
        "config.toml, line 9: titles are four characters, an outer pair and an inner pair, or none",
        "config.toml, line 10: page is a text in quotation marks",
    ]


NO_WORDS = "dictionary is the path of a file with a word a line, or a list of such"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('\ncitation.template = "{x}"\n', 2),
        ('\n\ncitation = { dates = "iso", template = "[" }\n', 3),
        ('citation = "western"\n', 1),
        ('[ citation ]\ndates = "iso"\n"template" = ""\n', 3),
        ('[citation]\ntemplate = """\n\\u001b]52;c;eA==\\u0007{title}"""\n', 2),
    ],
)
def test_the_line_is_found_however_the_table_is_written(tmp_path: Path, text: str, line: int) -> None:
    (problem,) = loaded(tmp_path, text).problems
    assert problem.startswith(f"config.toml, line {line}: ")


def test_a_language_is_one_of_a_few(tmp_path: Path) -> None:
    assert loaded(tmp_path, 'language = "zh-Hant"\n').config == Config(language="zh-Hant")
    assert loaded(tmp_path, 'language = "klingon"\n').problems == (
        "config.toml, line 1: language is one of auto, en, zh-Hans, zh-Hant",
    )


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ('language = "zh-Hant"\n', "zh-Hant"),
        ("  'language' = 'en' # mine\n", "en"),
        ('# language = "zh-Hant"\n', "zh-Hans"),
        ('[citation]\nlanguage = "english"\n', "zh-Hans"),
        ('[citation]\nlanguage = "en"\n', "zh-Hans"),
        ('language = "auto"\n', "zh-Hans"),
        ('language = ["en"]\n', "zh-Hans"),
        ('language = "en"\nmeasure = \n', "zh-Hans"),
    ],
)
def test_the_language_is_that_of_the_file_or_the_environment(tmp_path: Path, text: str, spoken: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert at_start({"LANG": "zh_CN.UTF-8"}, path).language == spoken


@pytest.mark.parametrize(
    "table", ['[records]\ntitle = ["題"]', '[ "records" ]\ntitle = ["題"]', 'records.title = ["題"]']
)
def test_what_is_needed_at_the_start_is_read_at_once(tmp_path: Path, table: str) -> None:
    path, words = tmp_path / "config.toml", tmp_path / "詞.txt"
    words.touch()
    path.write_text(f'language = "zh-Hans"\ndictionary = "{words}"\n{table}\n', encoding="utf-8")
    assert at_start({}, path) == AtStart("zh-Hans", {"title": ("題",)}, (words,))


def test_a_file_that_says_nothing_of_it_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# language = "zh-Hans"\n# [records]\nmeasure = 60\n', encoding="utf-8")
    monkeypatch.setattr("tomllib.loads", lambda _: pytest.fail("parsed"))
    assert at_start({}, path) == AtStart("en", {}, ())


def test_the_language_needs_no_file(tmp_path: Path) -> None:
    assert at_start({"LANG": "zh_TW.UTF-8"}, tmp_path / "config.toml").language == "zh-Hant"
    assert at_start({}, tmp_path).language == "en"


def test_the_language_needs_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr("pathlib.Path.expanduser", nobody)
    assert at_start({"LANG": "zh_TW.UTF-8"}).language == "zh-Hant"


@pytest.mark.parametrize("folder", [None, "", "/etc/mine", "/etc/mine/", "mine", "~/mine", "/etc/~/my own"])
def test_the_file_is_where_platformdirs_has_it(folder: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if folder is None:
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    assert default_path() == platformdirs.user_config_path("tuibrowser") / "config.toml"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ('script = ["hans"]', "script is one of hans, hant, s2twp"),
        ("script = {a = 1}", "script is one of hans, hant, s2twp"),
        ('dictionary = "~nobody-of-that-name/words.txt"', NO_WORDS),
        (f'dictionary = "/{"長" * 300}"', NO_WORDS),
        (r'dictionary = "a\u0000b"', NO_WORDS),
        ('dictionary = "/dev/zero"', NO_WORDS),
        ("measure = nan", "measure is a whole number from 20 to 400"),
    ],
)
def test_a_value_of_whatever_kind_is_named_and_the_others_hold(tmp_path: Path, value: str, why: str) -> None:
    found = loaded(tmp_path, f"outline = false\n{value}\n")
    assert found == ReadConfig(Config(outline=False), (f"config.toml, line 2: {why}",))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"keys = " + b"[" * 500 + b"]" * 500, "config.toml: brackets are nested too deeply"),
        (b"measure = 60\ntheme = '\xff'", "config.toml, line 2: not UTF-8"),
        (b"#" * 1_000_001, "config.toml: larger than 1,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_config_is_said_and_all_has_its_default(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    assert load(path, frozenset, lambda _: {}) == ReadConfig(Config(), (problem,))
    assert at_start({}, path).language == "en"


def test_a_byte_order_mark_and_line_ends_of_other_systems_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes('\ufefflanguage = "zh-Hant"\r\nmeasure = 60\r\n'.encode())
    assert load(path, frozenset, lambda _: {}) == ReadConfig(Config(60, language="zh-Hant"))
    assert at_start({}, path).language == "zh-Hant"


@pytest.mark.parametrize("device", ["pipe", "/dev/zero"])
def test_a_pipe_or_device_in_its_place_is_neither_waited_for_nor_read(tmp_path: Path, device: str) -> None:
    path = tmp_path / "config.toml"
    if device == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(device)
    assert at_start({}, path).language == "en"
    assert load(path, frozenset, lambda _: {}).problems == ("config.toml: not a regular file",)


def test_without_a_home_there_is_no_config(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_knows(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr("pathlib.Path.expanduser", nobody_knows)
    monkeypatch.setattr("platformdirs.user_config_path", nobody_knows)
    assert load(default_path(), frozenset, lambda _: {}) == ReadConfig(Config())


NAMES = st.sampled_from([*OPTIONS, "width", '"\\u001b"', "citation.titles", "keys.search", '""'])
VALUES = st.recursive(
    st.one_of(
        st.integers(-(10**30), 10**30).map(str),
        st.sampled_from(["true", "nan", "1e400", "1979-05-27", '"hans"', '"~x/y"', "'''\n'''", "9" * 5_000, '"{}"']),
        st.text(max_size=30).map(lambda text: json.dumps(text).replace("\x7f", "")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]"), inner.map(lambda each: f"{{a = {each}}}")
    ),
    max_leaves=4,
)
LINES = st.one_of(
    st.tuples(NAMES, VALUES).map(" = ".join),
    NAMES.map(lambda name: f"[{name}]"),
    st.text("[]{}\"'=\n\t a,.#\\", max_size=12),
)


@given(st.lists(LINES, max_size=6).map("\n".join).map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary())
def test_whatever_the_file_holds_there_is_a_config_and_a_line_on_each_problem(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "config.toml"
    path.write_bytes(content)
    assert at_start({}, path).language in LANGUAGES
    found = read_config(path)
    effective(found.config)
    rebound(found.config.keymap)
    assert all(problem.startswith("config.toml") and "\n" not in problem for problem in found.problems)
