"""Files that change while the program runs, in a real tmux."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from e2e.harness import APP
from tuibrowser.tui.app import PAUSE_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.harness import Tmux

pytestmark = pytest.mark.slow

COMMAND = " ".join(f"'{word}'" for word in APP)

OLD = "渡口有舟三艘，皆舊。"
NEW = "渡口今有舟五艘，其二新造。"


@pytest.mark.parametrize("tells_focus", [True, False])
def test_a_file_written_in_another_window_is_read_again(tmux: Tmux, tmp_path: Path, tells_focus: bool) -> None:
    file = tmp_path / "渡口.txt"
    file.write_text(f"渡口記\n\n{OLD}\n", encoding="utf-8")
    tmux.type(f"{COMMAND} {file}")
    tmux.send("Enter")
    tmux.wait_for(OLD)
    time.sleep(PAUSE_SECONDS + 0.2)
    file.write_text(f"渡口記\n\n{NEW}\n", encoding="utf-8")
    if tells_focus:
        tmux.send("-H", "1b", "5b", "49")
    else:
        tmux.send("j")
    tmux.wait_for(NEW)
    tmux.send("q")


def test_y_copies_what_the_file_has(tmux: Tmux, tmp_path: Path) -> None:
    file = tmp_path / "渡口.txt"
    file.write_text(f"渡口記\n\n{OLD}\n\n岸上有亭。\n", encoding="utf-8")
    with tmux.attach():
        tmux.type(f"{COMMAND} {file}")
        tmux.send("Enter")
        tmux.wait_for("岸上有亭")
        tmux.send("2", "G")
        file.write_text("渡口記\n\n今無舟矣。\n\n岸上有亭。\n", encoding="utf-8")
        tmux.send("y")
        tmux.wait_for("not copied")
        assert OLD not in tmux.buffer
        tmux.send("3", "G", "y")
        tmux.wait_for("sent to tmux")
        assert tmux.buffer == "岸上有亭。"
