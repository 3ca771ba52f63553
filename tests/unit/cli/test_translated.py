"""Everything that a command says to people passes through the catalogue of messages.

The catalogue here has every message, in English between marks, its values outside them; what a command then prints
without marks is no message.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

import pytest

from tuibrowser import i18n
from tuibrowser.cli.catalogue import COMMANDS, READ, SHELLS
from tuibrowser.cli.run import run
from tuibrowser.config import OPTIONS
from tuibrowser.hanzi.convert import CONFIGURATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MESSAGE = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")

NAMES = {
    *("tuibrowser", "python", "sqlite", "textual", "opencc", "jieba", "rapidfuzz", "numpy", "platformdirs"),
    *("Linux", "TERM", "xterm", "SSH", "tmux", "utf", "UTF", "JSON", "MB", "ID", "OSC"),
    *("auto", "on", "off", "en", "zh", "Hans", "Hant", "original", "hans", "hant", "klingon", "less", "vim", "pink"),
    *CONFIGURATIONS,
    *SHELLS,
    *COMMANDS,
    *OPTIONS,
}
"""Words that are the same in every language: of programs, encodings, options and commands."""


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
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(i18n, "catalogue", lambda language: Marked())
    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    for name in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲.txt").write_text("甲\n\n推动高质量发展。\n\n高质量发展。\n", encoding="utf-8")
    (tmp_path / "乙.txt").write_bytes("乙\n".encode() + b"\xff\xfe\x81 \x80\x01" + "丙丁".encode())
    (tmp_path / "空.txt").touch()
    (tmp_path / "丙.pdf").write_bytes(b"%PDF-1.7\n\x00\x01")
    (tmp_path / "坏").write_bytes(b"\xff")
    (tmp_path / "夹").mkdir()
    yield tmp_path
    monkeypatch.undo()
    i18n.speak(i18n.ENGLISH)


def unmarked(text: str, home: Path) -> list[str]:
    """The lines of a text that have English outside messages, apart from what is no language."""
    text = MESSAGE.sub(" ", text.replace(str(home), " "))
    lines = []
    for line in text.splitlines():
        words = re.sub(r"--?[A-Za-z][A-Za-z-]*|[~/.\w]*[/.]\S+|⟦|⟧|\b\d\S*", " ", line)
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
