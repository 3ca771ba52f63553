"""The key for parallels: what of the passage is asked for, and the list that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.tui.widgets.search.panel import QueryField

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse

SAYING = "渡口之舟三艘皆舊，行人日日往來，風雨不改。"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(f"渡口記\n\n{SAYING}\n\n別的一段，與此無關。\n", encoding="utf-8")
    (folder / "b.txt").write_text("引文\n\n昔人云，渡口之舟三艘皆旧，行人日日往来。\n", encoding="utf-8")
    return folder


async def test_x_lists_the_parallels_of_the_paragraph(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        await reader.press("}")
        await reader.press("x")
        await reader.sees("2 in 2 documents: parallel 2")
        await reader.sees("昔人云")
        assert reader.browser.query_one(QueryField).value == f"like:{SAYING}"


async def test_x_in_a_list_of_hits_asks_for_the_parallels_of_the_hit(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        await reader.press("/", *"昔人云")
        await reader.sees("1 in 1 document")
        await reader.press("tab", "x")
        await reader.sees("2 in 2 documents: parallel 2")
        assert reader.browser.query_one(QueryField).value.startswith("like:昔人云")
