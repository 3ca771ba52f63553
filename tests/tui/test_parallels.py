"""The key for parallels: what of the passage is asked for, and the list that answers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tuibrowser.study.pairing import pairing
from tuibrowser.tui.widgets.search.pair import AlignedPair
from tuibrowser.tui.widgets.search.query_field import QueryField

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse
    from tuibrowser.study.pairing import Pairing

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


async def test_the_parallel_under_the_cursor_stands_below_the_passage(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(80, 30)) as reader:
        await reader.press("}", "x")
        await reader.sees("18 of 18 characters alike (100%), 0 unlike: score 18")
        await reader.press("down")
        await reader.sees("14 of 18 characters alike (78%), 0 unlike: score 14")
        lines = reader.screen.splitlines()
        at = next(at for at, line in enumerate(lines) if "14 of 18" in line)
        assert [line.strip() for line in lines[at + 1 : at + 3]] == [
            "渡口之舟三艘皆舊，行人日日往來",
            "渡口之舟三艘皆旧，行人日日往来",
        ]
        await reader.press("ctrl+u", *"昔人云")
        await reader.sees("1 in 1 document: exact 1")
        await reader.until(lambda: not reader.browser.query_one(AlignedPair).display)


async def test_places_of_the_same_words_are_one_parallel(browse: Browse, texts: Path) -> None:
    for number in range(3):
        (texts / f"c{number}.txt").write_text(f"雜鈔\n\n又曰：{SAYING.replace('皆舊', '皆新')}\n", encoding="utf-8")
    async with browse(texts) as reader:
        await reader.press("}", "x")
        await reader.sees("5 in 5 documents: parallel 5")
        await reader.sees("parallel +2")


async def test_no_pair_is_shown_of_a_hit_that_is_listed_no_more(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, may_go_on = threading.Event(), threading.Event()

    def slow(passage: str, parts: list[str]) -> Pairing | None:
        asked.set()
        assert may_go_on.wait(60)
        return pairing(passage, parts)

    monkeypatch.setattr("tuibrowser.study.pairing.pairing", slow)
    async with browse(texts) as reader:
        await reader.press("}", "x")
        await reader.until(asked.is_set)
        reader.browser.query_one(QueryField).value = "“無此一句”"
        await reader.sees("nothing found")
        may_go_on.set()
        await reader.until(lambda: not reader.browser.parts.tasks._running)
        assert not reader.browser.query_one(AlignedPair).display
