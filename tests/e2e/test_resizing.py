"""A window that is dragged: fifty sizes in a second, and the text stands where it stood."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from e2e.harness import APP, Terminal, environment, until

if TYPE_CHECKING:
    from pathlib import Path

TIMES = 50


def on_top(terminal: Terminal) -> bool:
    """Whether the paragraph that was gone to begins on the top row."""
    return "第51段" in terminal.display.partition("\n")[0]


@pytest.mark.parametrize("mode", ["on", "off"])
def test_a_window_resized_fifty_times_in_a_second(tmp_path: Path, mode: str) -> None:
    text = tmp_path / "text.txt"
    paragraphs = (f"第{number}段天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。" for number in range(1, 200))
    text.write_text("\n\n".join(paragraphs), encoding="utf-8")
    with Terminal((*APP, "--lean", mode, "+101", str(text)), environment(tmp_path), (100, 30)) as terminal:
        until(lambda: on_top(terminal), lambda: f"not on the top row:\n{terminal.display}")
        for number in range(TIMES):
            terminal.resize((30 + 7 * number % 90, 8 + 5 * number % 40))
            time.sleep(1 / TIMES)
        terminal.resize((90, 24))
        # The screen is drawn anew, so that what pyte made of the sizes in between is gone.
        terminal.send("\x0c")
        until(lambda: on_top(terminal), lambda: f"not on the top row any more:\n{terminal.display}")
        terminal.send("q")
        assert terminal.process.wait(20) == 0
