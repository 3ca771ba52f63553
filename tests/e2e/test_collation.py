"""Collation in tmux: two documents side by side and one below the other, and few bytes for a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.harness import APP, Tmux, environment, until
from tuibrowser.hanzi.cells import cell_width

if TYPE_CHECKING:
    from pathlib import Path

LINES = [
    "渡口之舟三艘皆舊，行人日日往來，風雨不改。",
    "岸上有亭，亭中有碑，碑文不知何人所書。",
    "秋水大漲之時，舟不敢行，客宿於亭中。",
]


@pytest.mark.slow
def test_two_documents_are_collated_and_stand_in_line(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("渡口記\n\n" + "\n\n".join(LINES), encoding="utf-8")
    other = "\n\n".join(LINES).replace("皆舊", "皆甚新").replace("亭中。", "寺中。")
    (texts / "b.txt").write_text(f"渡口記\n\n{other}", encoding="utf-8")
    with Tmux(environment(tmp_path), size=(80, 24)) as tmux:
        tmux.type(" ".join((*APP, str(texts))))
        tmux.send("Enter")
        tmux.wait_for("渡口之舟")
        tmux.type("X")
        tmux.wait_for("Collate 渡口記 with")
        tmux.wait_for("b.txt")
        tmux.send("Enter")
        tmux.wait_for("2 differences")
        tmux.type("n")
        tmux.wait_for("difference 1 of 2: changed, line 3 | 3")
        one, other = (line for line in tmux.display.splitlines() if "渡口之舟" in line)
        assert cell_width(one.partition("行人")[0]) == cell_width(other.partition("行人")[0])
        assert "皆舊--，" in one
        tmux.type("n")
        tmux.wait_for("difference 2 of 2")
        tmux.send("Enter")
        until(lambda: "difference" not in tmux.display, lambda: tmux.display)
        tmux.wait_for("▌  秋水大漲之時")
