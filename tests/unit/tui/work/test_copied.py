"""What is said of a copy in the room that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tuibrowser.clipboard.copy import Receipt
from tuibrowser.tui.work.copied import copied

ADVICE = "in tmux: prefix ]"
SENT = Receipt(9, ("tmux",), Path("/home/a/.local/state/tuibrowser/clipboard.txt"), advice=ADVICE)


@pytest.mark.parametrize(
    ("width", "file"),
    [(105, "/home/a/.local/state/tuibrowser/clipboard.txt"), (104, "…/clipboard.txt"), (60, "…/clipboard.txt")],
)
def test_the_folder_makes_room_for_the_advice(width: int, file: str) -> None:
    assert copied(SENT, "", width) == f"9 characters sent to tmux; {file} has it too ({ADVICE})"


def test_a_sure_copy_says_no_more_than_that() -> None:
    assert copied(Receipt(9, ("pbcopy",), Path("/a/b"), sure=True), "繁→简", 20) == (
        "9 characters sent to pbcopy, as shown: 繁→简"
    )
