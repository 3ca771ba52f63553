"""The mouse, as terminals report it: by itself, and through a tmux that has its own mouse on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.harness import APP, Terminal
from tuibrowser.hanzi.cells import cell_width

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.harness import Tmux

TEXT = "講話\n\n一、引領\n\n以高質量黨建引領高質量發展，是新時代機關黨建的要求。\n"
PASSAGE = "引領高質量發展，是新時代"


def cell(terminal: Terminal, text: str, half: int = 0) -> str:
    """The cell where a text begins on the screen, or the one after it, in the words of a mouse report."""
    rows = terminal.display.splitlines()
    row = next(row for row, line in enumerate(rows) if text in line)
    return f"{cell_width(rows[row][: rows[row].index(text)]) + half + 1};{row + 1}"


def drag(terminal: Terminal) -> None:
    """From the right half of the passage's first character to the left half of its last one."""
    first, last = cell(terminal, PASSAGE, 1), cell(terminal, "代機關")
    terminal.send(f"\x1b[<0;{first}M\x1b[<32;{last}M\x1b[<0;{last}m")


def test_what_is_dragged_over_arrives(variables: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "講話.txt"
    file.write_text(TEXT, encoding="utf-8")
    with Terminal((*APP, str(file)), variables) as terminal:
        terminal.wait_for(PASSAGE)
        drag(terminal)
        terminal.send("y")
        terminal.wait_for("sent to the terminal")
        assert terminal.clipboards == [PASSAGE]


def test_what_is_dragged_over_in_tmux_with_its_mouse_on_arrives(tmux: Tmux, tmp_path: Path) -> None:
    file = tmp_path / "講話.txt"
    file.write_text(TEXT, encoding="utf-8")
    tmux.run("set-option", "-g", "mouse", "on")
    with tmux.attach() as outer:
        tmux.type(f"'{APP[0]}' -m tuibrowser '{file}'")
        tmux.send("Enter")
        outer.wait_for(PASSAGE)
        drag(outer)
        tmux.send("y")
        tmux.wait_for("sent to tmux")
        assert tmux.buffer == PASSAGE
        outer.wait_for_clipboard(PASSAGE)
