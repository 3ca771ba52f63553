"""Corpus work in tmux: from a query to its lines, to a figure, and back down to the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.harness import APP, Tmux, environment, until
from tuibrowser.hanzi.cells import cell_width

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_a_query_leads_to_lines_and_figures_and_a_figure_to_the_text(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for year in range(1978, 1984):
        body = "渡口有船，老渡口沒有桥。" * (year - 1977)
        head = f"标题：{year}年记\n作者：李某\n日期：{year}-01-02\n\n"
        (texts / f"{year}.txt").write_text(f"{head}{body}\n", encoding="utf-8")
    with Tmux(environment(tmp_path), size=(80, 24)) as tmux:
        tmux.type(" ".join((*APP, str(texts))))
        tmux.send("Enter")
        tmux.wait_for("渡口有船")
        tmux.type("/")
        tmux.type("渡口")
        tmux.wait_for("42 in 6 documents")
        tmux.send("Enter")
        tmux.type("A")
        tmux.wait_for("[1 lines]")
        until(lambda: len(nodes(tmux.display)) >= 5, lambda: tmux.display)
        assert len(set(nodes(tmux.display))) == 1, "the matches stand below one another"
        tmux.type("7")
        tmux.wait_for("by year, per million")
        tmux.wait_for("▌ 1978")
        tmux.send("j", "Enter")
        tmux.wait_for("1979: 4 lines")
        tmux.wait_for("▌")
        tmux.send("Escape")
        tmux.wait_for("▌ 1979")
        tmux.send("Escape")
        until(lambda: "[7 time]" not in tmux.display, lambda: tmux.display)
        tmux.send("q")
        until(lambda: tmux.display.rstrip().endswith("$"), lambda: tmux.display)


def nodes(display: str) -> list[int]:
    """The cells at which the matches of the lines begin."""
    lines = [line for line in display.splitlines()[2:12] if " 渡口 " in line]
    return [cell_width(line.partition(" 渡口 ")[0]) for line in lines]
