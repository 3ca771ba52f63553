from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from pathlib import Path

    from reader import Browse


async def test_hits_come_as_one_types_in_any_script(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高质量")
        await reader.sees("3 in 2 documents")
        await reader.sees("機關黨建高質量發展")
        assert "在機關黨建會議上的講話" in reader.screen


async def test_enter_stays_at_the_hit_and_escape_returns(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        before = reader.pane.position
        await reader.press("slash")
        await reader.type("後天下")
        await reader.sees("1 in 1 document")
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.name.endswith("講話.txt"))
        await reader.press("escape")
        await reader.until(lambda: reader.pane.position == before)
        await reader.press("slash")
        await reader.sees("1 in 1 document")
        await reader.press("enter")
        await reader.sees("hit 1/1")
        assert "後天下之樂" in reader.screen


async def test_all_hits_are_stepped_through_across_documents(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        await reader.press("escape")
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.number == 0)
        await reader.press("n")
        await reader.sees("hit 1/3")
        await reader.press("n")
        await reader.sees("hit 2/3")
        assert "in 在機關黨建會議上的講話" in reader.status
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.number == 1)
        await reader.press("n")
        await reader.sees("hit 3/3")
        await reader.press("n")
        await reader.sees("hit 1/3")
        assert "from the beginning again" in reader.status
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.number == 0)
        await reader.press("N")
        await reader.sees("hit 3/3")


async def test_the_list_has_keys_of_its_own(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        await reader.press("tab", "j", "a")
        await reader.sees("in laws/")
        await reader.sees("1 in 1 document")
        await reader.press("a")
        await reader.sees("in this document")
        await reader.press("a")
        await reader.sees("everywhere")
        await reader.press("x")
        await reader.sees("exact only")
        await reader.press("s")
        await reader.sees("by date")
        await reader.press("slash", "enter")
        await reader.sees("hit ")


async def test_a_search_without_hits_says_so(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("n")
        assert "no search yet" in reader.status
        await reader.press("slash")
        await reader.type("囧囧囧囧囧囧")
        await reader.sees("nothing found")
        await reader.press("enter", "n")
        await reader.sees("nothing found for")


async def test_earlier_queries_come_back_with_the_up_key(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("供水")
        await reader.press("enter", "slash", "ctrl+u", "up")
        await reader.sees("/ 供水")


async def test_a_query_given_at_the_start_is_searched_for(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, query="宇宙洪荒") as reader:
        await reader.sees("hit 1/")
        await reader.sees("宇宙洪荒")


async def test_marked_hits_are_copied_together(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        await reader.press("tab", "space", "j", "space", "y")
        await reader.sees("sent to the terminal")
        kept = next(path for path in (tmp_path / "state").rglob("*") if path.is_file())
        assert [paragraph[:5] for paragraph in kept.read_text(encoding="utf-8").split("\n\n")] == [
            "當前，全市",
            "第二条 本",
        ]


async def test_ticks_at_the_edge_show_where_the_hits_are(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt") as reader:
        await reader.press("slash")
        await reader.type('"第30段"')
        await reader.sees("4 in 1 document")
        await reader.press("enter")
        await reader.sees("hit 1/4")
        ticked = [row for row, line in enumerate(reader.screen.splitlines()) if line.endswith("╸")]
        assert ticked == [13, 14]  # of 29 rows: paragraph 30 of 60 is in the middle


async def test_keys_that_arrive_together_do_what_they_would_do_one_by_one(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        for character in "/後天下\rjq":
            key = {"/": "slash", "\r": "enter"}.get(character, character)
            event = events.Key(key, character)
            event.set_sender(reader.app)
            assert reader.app._driver is not None
            reader.app._driver.send_message(event)
        await reader.until(lambda: reader.app.return_code is not None)
        assert reader.app.return_code == 0
        assert reader.pane.document is not None
        assert reader.pane.document.name == "speeches/講話.txt"
