"""What a hostile document or file name would do to a terminal or a clipboard, it does not."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from e2e.harness import APP, Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.harness import Tmux

HOSTILE = (
    "甲\x1b[31m乙\x1b]52;c;aGFja2Vk\x07丙\x1b]0;PWNED\x1b\\丁\x1bPtmux;\x1b\x1b]52;c;aGFja2Vk\x07\x1b\\戊"
    "\u202e己\u2066庚\x00辛\x9b2J壬\x9d52;c;aGFja2Vk\x9c癸\x07。完"
)
FORBIDDEN = (
    b"\x1b]52;c;aGFja2Vk",
    b"\x1b]0;PWNED",
    b"\x1b[31m\xe4",
    b"\x00",
    b"\xe2\x80\xae",
    b"\xc2\x9b",
    b"\xc2\x9d",
)

INNOCENT = "高質量發展。" * 2000
"""A file of controls alone is no text and is not opened."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "名\x1b]52;c;aGFja2Vk\x07\u202e.txt"
    path.write_text(f"講話\n\n{HOSTILE}\n\n其次。\n\n{INNOCENT}\n", encoding="utf-8")
    return path


def is_harmless(text: str) -> bool:
    """Whether nothing but text, tabs and line ends is there."""
    return all(mark in "\n\t" or unicodedata.category(mark) not in {"Cc", "Cf", "Cs"} for mark in text)


def test_nothing_of_it_reaches_the_terminal_or_the_clipboard(variables: dict[str, str], file: Path) -> None:
    with Terminal((*APP, "+3", str(file)), variables) as terminal:
        terminal.wait_for("其次。")
        for number, keys in enumerate(("y", "Y", "ry", "Vy"), 1):
            terminal.send(keys)
            terminal.wait_for_clipboards(number)
        terminal.send("i")
        terminal.wait_for("About this document")
        terminal.send("qq")
        assert terminal.wait() == 0
        for copied in terminal.clipboards:
            assert "甲" in copied
            assert "完" in copied
            assert is_harmless(copied), copied
        received = terminal.received
        assert [each for each in FORBIDDEN if each in received] == []


def test_nothing_of_it_reaches_the_buffer_of_tmux(tmux: Tmux, file: Path) -> None:
    with tmux.attach() as outer:
        tmux.type(f"'{APP[0]}' -m tuibrowser +3 '{file.parent}'/*.txt; echo ended with $?")
        tmux.send("Enter")
        tmux.wait_for("其次。")
        tmux.send("Y")
        tmux.wait_for("sent to tmux")
        assert "甲" in tmux.buffer
        assert is_harmless(tmux.buffer)
        outer.wait_for_clipboard(tmux.buffer.removesuffix("\n"))
        tmux.send("q")
        tmux.wait_for("ended with 0")
