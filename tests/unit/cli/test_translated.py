"""Everything that a command says to people passes through the catalogue of messages.

The catalogue here has every message, in English between marks, its values outside them; what a command then prints
without marks is no message.
"""

from __future__ import annotations

import re
import string
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from tuibrowser.cli.line.commands import COMMANDS, READ, SHELLS
from tuibrowser.cli.run import run
from tuibrowser.corpus.containers import CONTAINERS
from tuibrowser.corpus.formats import FORMATS
from tuibrowser.hanzi.convert import CONFIGURATIONS
from tuibrowser.language import i18n
from tuibrowser.language.i18n import Message
from tuibrowser.reading.quoting.citation_style import FIELDS, STYLES, Style
from tuibrowser.settings.commands import COMMANDS as KEY_COMMANDS
from tuibrowser.settings.config import AMBIGUOUS, LANGUAGES, LEAN, OPTIONS, THEMES
from tuibrowser.settings.early import default_path
from tuibrowser.settings.keymaps import PRESETS

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+(?:[-'’][A-Za-z0-9]+)*")

_NO_LANGUAGE = re.compile(r"(?<!\w)--?[A-Za-z][A-Za-z-]*|[~/.\w]*[/.]\S+|⟦|⟧|(?<![\w-])\d\S*|'[^']*'")
"""Options, paths, numbers, what was given on the command line, and marks of messages with a value in them."""

FORMAT_NAMES = [
    name
    for name in (*(each.name for each in FORMATS), *(each.name for each in CONTAINERS))
    if not isinstance(name, Message)
]

NAMES = {
    *("tuibrowser", "python", "sqlite", "textual", "opencc", "jieba", "rapidfuzz", "numpy", "platformdirs"),
    *("Linux", "TERM", "xterm", "SSH", "tmux", "utf-8", "gb18030", "UTF-8", "JSON", "MB", "OSC"),
    *("original", "hans", "hant", *CONFIGURATIONS, *THEMES, *LEAN, *AMBIGUOUS, *LANGUAGES, *PRESETS),
    *(*SHELLS, *COMMANDS, *OPTIONS, *(command.id for command in KEY_COMMANDS)),
    *(word for name in FORMAT_NAMES for word in re.findall("[A-Za-z]+", name)),
    *(*FIELDS, *STYLES, *(field.name for field in fields(Style)), "style", "iso", "written", "english"),
    *("klingon", "tcsh", "never", "width", "fly", "autor", "pink"),
}
"""Words that are the same in every language, of programs, encodings, options and commands; and what is given here."""


class Marked:
    """A catalogue with every message of the program, in English and between marks."""

    def get(self, template: str) -> str:
        pieces = list(string.Formatter().parse(template)) if "{" in template else [(template, None, None, None)]
        if not any(name for _, name, _, _ in pieces):
            return f"⟦{template}⟧"
        return "".join(
            (f"⟦{literal}⟧" if literal.strip() else literal) + (_field(name, form, conversion) if name else "")
            for literal, name, form, conversion in pieces
        )


def _field(name: str, form: str | None, conversion: str | None) -> str:
    return f"{{{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}}}"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(i18n, "catalogue", lambda language: Marked())
    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / f".{name.lower()}"))
    for name in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲.txt").write_text("甲\n\n推动高质量发展。\n\n高质量发展。\n", encoding="utf-8")
    (tmp_path / "乙.txt").write_bytes("乙。\n".encode() * 60 + b"\xff\x07" + "丙丁。".encode())
    (tmp_path / "空.txt").touch()
    (tmp_path / "丙.pdf").write_bytes(b"%PDF-1.7\n\x00\x01")
    (tmp_path / "坏").write_bytes(b"\xff")
    (tmp_path / "夹").mkdir()
    return tmp_path


def unmarked(text: str, home: Path) -> list[str]:
    """The lines of a text that have English outside messages, apart from what is no language."""
    text = MESSAGE.sub(" ", text.replace(str(home), " "))
    lines = []
    for line in text.splitlines():
        words = _NO_LANGUAGE.sub(" ", line)
        if any(word not in NAMES for word in WORD.findall(words)):
            lines.append(line)
    return lines


def said(capfd: pytest.CaptureFixture[str], *arguments: str, status: int | None = None) -> str:
    ended = run(arguments)
    out, err = capfd.readouterr()
    if status is not None:
        assert ended == status, err
    return out + err.removeprefix("tuibrowser: ")


@pytest.mark.parametrize("command", [READ, *COMMANDS.values()], ids=lambda command: command.name or "read")
def test_the_help_of_a_command_is_in_messages(command: object, home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert command in (READ, *COMMANDS.values())
    name = getattr(command, "name", "")
    given = [*getattr(command, "usage", ()), *(line for _, line in getattr(command, "examples", ()))]
    options = [f"{option.name} {option.value}" for option in getattr(command, "options", ()) if option.value]
    text = said(capfd, *filter(None, [name]), "--help", status=0)
    for line in sorted((*given, *options), key=len, reverse=True):
        text = text.replace(line, "")
    assert unmarked(text, home) == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completions_describe_by_messages(shell: str, capfd: pytest.CaptureFixture[str]) -> None:
    script = said(capfd, "completion", shell, status=0)
    for command in (READ, *COMMANDS.values()):
        for option in command.options:
            literal = option.help.template.partition("{")[0]
            assert re.search(f"⟦{re.escape(literal)}", script), option.name
    for command in COMMANDS.values():
        assert f"⟦{command.summary}⟧" in script


@pytest.mark.parametrize(
    "arguments",
    [
        ("--colour",),
        ("--json=yes", "search", "高"),
        ("search",),
        ("search", "高", "--limit"),
        ("search", "高", "--limit", "x"),
        ("search", "高", "不在"),
        ("search", "高", "--encoding", "klingon", "甲.txt"),
        ("search", "--batch", "-", "-"),
        ("search", "--batch", "不在"),
        ("search", "--batch", "夹"),
        ("outline", "不在"),
        ("show", "甲.txt", "乙.txt"),
        ("show", "夹"),
        ("show", "不在"),
        ("show", "丙.pdf"),
        ("show", "空.txt"),
        ("show", "甲.txt", "--script", "klingon"),
        ("show", "甲.txt", "--width", "0"),
        ("index",),
        ("index", "-"),
        ("index", "甲.txt", "--index-dir", "甲.txt"),
        ("bookmarks",),
        ("bookmarks", "import", "不在"),
        ("bookmarks", "import", "夹"),
        ("bookmarks", "import", "坏"),
        ("bookmarks", "import", "甲.txt"),
        ("config", "x"),
        ("doctor", "x"),
        ("completion",),
        ("completion", "tcsh"),
        ("+3", "+4", "甲.txt"),
        ("+/", "甲.txt"),
        ("-", "甲.txt"),
        ("--lean", "never"),
        ("--encoding", "klingon", "甲.txt"),
        ("不在",),
        ("不在#3",),
        ("夹#3",),
        ("甲.txt",),
    ],
    ids=" ".join,
)
def test_an_error_is_a_message(arguments: tuple[str, ...], home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = said(capfd, *arguments, status=2)
    assert "⟦" in text
    assert unmarked(text, home) == []


def test_the_result_of_a_search_is_in_messages(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (home / "问").write_text("高质量\n红楼梦\n", encoding="utf-8")
    for arguments, status in (
        (("search", "高质量发展", "甲.txt", "--limit", "1"), 0),
        (("search", "gaozhiliang", "."), 0),
        (("search", "红楼梦", "甲.txt"), 1),
        (("search", "红楼梦 发展", "甲.txt"), 1),
        (("search", "--batch", "问", "甲.txt"), 0),
    ):
        text = said(capfd, *arguments, status=status)
        assert "⟦" in text
        assert unmarked(text, home) == []


def test_an_outline_is_in_messages(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = said(capfd, "outline", ".", status=0)
    assert all(f"⟦{kind}⟧" in text for kind in ("Hans", "replaced-bytes", "control-characters", "left out:"))
    assert unmarked(text, home) == []


def test_what_is_said_of_an_index_is_in_messages(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for words in ("indexed in ", "up to date"):
        text = said(capfd, "index", ".", status=0)
        assert f"⟦{words}⟧" in text
        assert unmarked(text, home) == []
    assert unmarked(said(capfd, "index", "夹", status=1), home) == []


def test_a_diagnosis_is_in_messages(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("TERM", "xterm"), ("TERM", ""), ("LC_ALL", "zh_CN.GB18030"), ("SSH_TTY", "/dev/pts/0")):
        monkeypatch.setenv(name, value)
        assert unmarked(said(capfd, "doctor"), home) == []
    assert unmarked(said(capfd, "doctor", "--send"), home) == []


def test_the_options_that_hold_are_told_in_messages(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert "⟦ (not there; " in said(capfd, "config", status=0)
    assert said(capfd, "config", "--init", status=0).strip() == str(default_path())
    comments = [line[2:] for line in default_path().read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    samples = {f"{name} = " for name in OPTIONS} | {
        "style = ",
        "titles = ",
        "quotes = ",
        "next-paragraph = ",
        "title = ",
        "text = ",
    }
    said_there = [line for line in comments if not line.startswith(tuple(samples))]
    assert unmarked(" ".join(said_there), home) == []
    assert unmarked(said(capfd, "config", "--init", status=2), home) == []


@pytest.mark.parametrize(
    "text",
    [
        "measure = 3",
        "measure = ",
        "[measure",
        "width = 3",
        'theme = "pink"',
        'script = "klingon"',
        "outline = 3",
        "dictionary = 3",
        "keys = 3",
        "citation = 3",
        "[keys]\nfly = ['j']",
        "[keys]\nsearch = 3",
        "[keys]\nsearch = ['j']",
        "[citation]\nautor = 'x'",
        "[citation]\nstyle = 'x'",
        "[citation]\ntemplate = 3",
        "[citation]\ntemplate = '{autor}'",
        "[citation]\ntemplate = '['",
        "[citation]\ntitles = 'x'",
        "[citation]\npage = 'x'",
        "[citation]\ndates = 'x'",
        "[citation]\nlanguage = 'x'",
    ],
)
def test_what_is_wrong_in_a_config_is_a_message(text: str, home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    default_path().parent.mkdir(parents=True)
    default_path().write_text(text, encoding="utf-8")
    assert run(["config"]) == 2
    complaint = capfd.readouterr().err
    assert "⟦" in complaint
    assert len(unmarked(complaint, home)) == 0


def test_bookmarks_taken_over_are_counted_in_a_message(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (home / "书签.json").write_text(
        '{"format": "tuibrowser bookmarks", "version": 1, "bookmarks": []}', encoding="utf-8"
    )
    assert unmarked(said(capfd, "bookmarks", "import", "书签.json", status=1), home) == []
