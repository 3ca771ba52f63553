from __future__ import annotations

import csv
import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.search.engine import Engine
from tuibrowser.tui.widgets.search.hit_list import HitList, where
from tuibrowser.tui.widgets.search.panel import SearchPanel
from tuibrowser.tui.widgets.search.query_field import QueryField

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.reader import Browse, Reader
    from tuibrowser.search.model import SearchResult


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
        await reader.sees("後天下之樂")


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
        await reader.sees("in speeches/講話.txt")
        await reader.sees("2 in 1 document")
        await reader.press("a")
        await reader.sees("in speeches/ ")
        await reader.press("a")
        await reader.sees("everywhere")
        await reader.press("equals_sign")
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


async def test_furniture_is_offered_where_nothing_else_is_found(browse: Browse, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "首页 > 游记 > 正文\n南湖泛舟记\n\n湖水平如镜，小舟泛其上。\n\n责任编辑：苏子期\n", encoding="utf-8"
    )
    async with browse(page) as reader:
        await reader.press("slash")
        await reader.type("苏子期")
        await reader.sees("in page furniture: 1 match")
        await reader.press("enter")
        await reader.sees("1 in 1 document: exact 1")
        assert "in:furniture 苏子期" in reader.screen
        await reader.press("enter")
        await reader.sees("hit 1/1")
        assert "责任编辑：苏子期" in reader.screen
        assert "⋯ 1 line of page furniture" in reader.screen


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


def ticked(reader: Reader) -> list[int]:
    """The rows with a tick at the edge."""
    return [row for row, line in enumerate(reader.screen.splitlines()) if line.endswith("╸")]


async def test_ticks_at_the_edge_show_where_the_hits_are(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt") as reader:
        await reader.press("slash")
        await reader.type('"第30段"')
        await reader.sees("4 in 1 document")
        await reader.press("enter")
        await reader.sees("hit 1/4")
        await reader.until(lambda: ticked(reader) == [13, 14])  # of 29 rows: paragraph 30 of 60 is in the middle


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


async def test_notes_are_shown_whole(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(60, 24)) as reader:
        await reader.press("slash")
        await reader.type("高质量发展 zz:x -in:laws date:2022")
        await reader.sees("no field zz")
        await reader.sees("1 undated left out")
        await reader.press("ctrl+u")
        await reader.type("供水")
        await reader.until(lambda: "no field" not in reader.screen)


async def test_a_search_that_fails_says_so_and_the_next_one_works(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Engine.search

    def fails_once(engine: Engine, query: str, *rest: Any) -> Iterator[SearchResult]:
        if query == "供水条":
            raise ValueError(query)
        return search(engine, query, *rest)

    monkeypatch.setattr(Engine, "search", fails_once)
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("供水条")
        await reader.sees("this search failed: ValueError")
        await reader.type("例")
        await reader.sees("in 1 document")


async def test_all_hits_of_a_document_are_marked_wherever_its_preview_came_from(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt", corpus / "speeches" / "講話.txt") as reader:
        await reader.press("slash")
        await reader.type("宇宙洪荒")
        await reader.sees("240 in 1 document")
        await reader.until(lambda: len(reader.pane._hits.spans) == 240)


async def test_marks_outlast_another_order_and_end_with_the_query(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        await reader.press("tab", "space", "j", "space")
        hits = reader.app.screen.query_one(HitList)
        marked = set(map(where, hits.chosen))
        assert len(marked) == 2
        for order in ("by date", "by path", "by hits in the document", "by relevance"):
            await reader.press("s")
            await reader.sees(order)
            await reader.until(lambda: set(map(where, hits.chosen)) == marked)
        await reader.press("slash")
        await reader.type("發展")
        await reader.until(lambda: len(list(hits.chosen)) == 1)


async def test_scope_and_order_are_shown_whole_beside_the_query(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(60, 18)) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.press("tab", "equals_sign")
        await reader.sees("everywhere  exact only  by relevance")


async def test_pasted_lines_are_one_passage_however_they_end(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        field = reader.app.screen.query_one(QueryField)
        field.post_message(events.Paste("当前，\r  全市\r\n上下\n"))
        await reader.sees("/ 当前，全市上下 ")


async def test_in_another_document_the_scope_of_one_document_is_that_one(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高质量")
        await reader.sees("3 in 2 documents")
        await reader.press("tab", "j", "a")
        await reader.sees("in speeches/講話.txt")
        await reader.sees("2 in 1 document")
        await reader.press("escape")
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.number == 0)
        await reader.press("slash")
        await reader.sees("in laws/供水.md")
        await reader.sees("1 in 1 document")


async def test_a_preview_that_comes_late_does_not_move_the_reader(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        before = reader.pane.position
        await reader.press("slash")
        await reader.type("後天下")
        await reader.sees("1 in 1 document")
        hit = reader.browser.parts.searching.panel.hits.current
        assert hit is not None
        await reader.press("escape")
        await reader.until(lambda: reader.pane.position == before)
        reader.browser.post_message(SearchPanel.Previewed(hit))
        await reader.press("down", "up")
        assert reader.pane.position == before


@pytest.mark.parametrize(("keys", "number"), [((), "hit 2/3"), (("n",), "hit 3/3")])
async def test_what_is_asked_before_the_hits_are_known_in_order_is_done_then(
    keys: tuple[str, ...], number: str, browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, occurrences = threading.Event(), Engine.occurrences

    def late(engine: Engine, query: str, *more: Any) -> Any:
        if query == "高質量":
            known.wait(30)
        return occurrences(engine, query, *more)

    monkeypatch.setattr(Engine, "occurrences", late)
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        await reader.until(lambda: reader.pane.current_hit is not None)
        await reader.press("enter")
        await reader.until(lambda: not reader.browser.parts.searching.panel.is_open)
        await reader.press(*keys)
        await reader.until(lambda: ("still searching" in reader.status) == bool(keys))
        assert "hit" not in reader.status
        known.set()
        await reader.sees(number)
        assert "still searching" not in reader.status


async def test_escape_takes_back_what_was_asked_before_the_hits_are_known(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, occurrences = threading.Event(), Engine.occurrences

    def late(engine: Engine, query: str, *more: Any) -> Any:
        if query == "高質量":
            known.wait(30)
        return occurrences(engine, query, *more)

    monkeypatch.setattr(Engine, "occurrences", late)
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        await reader.until(lambda: reader.pane.current_hit is not None)
        await reader.press("enter")
        await reader.until(lambda: not reader.browser.parts.searching.panel.is_open)
        before = reader.pane.current_hit
        await reader.press("n")
        await reader.until(lambda: "still searching" in reader.status)
        await reader.press("escape")
        known.set()
        await reader.until(lambda: reader.browser.parts.walk.is_known)
        assert reader.pane.current_hit == before
        assert "still searching" not in reader.status


async def test_the_list_holds_every_hit_in_every_order(browse: Browse, tmp_path: Path) -> None:
    folder = tmp_path / "年鑑"
    folder.mkdir()
    for year, count in (("1990", 400), ("1995", 30), ("2000", 500)):
        lines = [f"第{at}條：{year}年的堤壩。" for at in range(count)]
        (folder / f"{year}.txt").write_text(f"日期：{year}-03-05\n\n" + "\n\n".join(lines), encoding="utf-8")
    async with browse(folder) as reader:
        await reader.press("slash")
        await reader.type("堤壩")
        await reader.sees("930 in 3 documents")
        hits = reader.app.screen.query_one(HitList)
        await reader.press("tab")
        for order, last in (("by date", "第499條：2000"), ("by path", "第499條：2000"), ("by hits", "第29條：1995")):
            await reader.press("s")
            await reader.sees(order)
            await reader.press("G")
            await reader.sees(last)
            assert hits.row_count == 933


async def test_the_hits_of_documents_fold(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        hits = reader.app.screen.query_one(HitList)
        await reader.press("tab", "h")
        assert (hits.row_count, hits.cursor) == (3, 0)
        await reader.sees("▸2022-10-28")
        await reader.press("2", "h")
        assert hits.row_count == 2
        await reader.press("j", "l")
        assert hits.row_count == 3
        await reader.press("2", "l")
        assert hits.row_count == 5
        await reader.press("2", "h", "enter")
        await reader.sees("hit ")


async def test_all_hits_are_marked_and_their_number_is_said(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        hits = reader.app.screen.query_one(HitList)
        await reader.press("tab", "asterisk")
        assert len(list(hits.chosen)) == 3
        await reader.press("space")
        assert len(list(hits.chosen)) == 2
        await reader.press("y")
        await reader.until(lambda: "2 paragraphs" in reader.status)
        await reader.press("asterisk", "asterisk")
        assert len(list(hits.chosen)) == 1


async def test_documents_called_the_same_are_told_apart_by_their_files(browse: Browse, tmp_path: Path) -> None:
    for name, end in (("甲", "日暮不歸。"), ("乙", "天明即去。")):
        text = f"標題：渡口來信\n作者：林間\n\n老翁在渡口等船，{end}\n"
        tmp_path.joinpath(f"{name}.txt").write_text(text, encoding="utf-8")
    async with browse(tmp_path / "甲.txt", tmp_path / "乙.txt") as reader:
        await reader.press("slash")
        await reader.type("等船")
        await reader.sees("林間  渡口來信  甲.txt")
        await reader.sees("林間  渡口來信  乙.txt")


async def test_all_hits_are_written_to_a_file_in_the_order_of_the_list(
    browse: Browse, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        await reader.press("tab", "asterisk")
        hits = reader.browser.query_one(HitList).chosen
        assert len(hits) == len(list(hits))
        await reader.press("e")
        await reader.sees(f"Copy the paragraphs of {len(hits)} hits as")
        await reader.type("file")
        await reader.press("enter")
        await reader.sees(f"Write the paragraphs of {len(hits)} hits to the file")
        await reader.sees("高質量.csv")
        await reader.press("enter")
        await reader.until((tmp_path / "高質量.csv").exists)
        rows = list(csv.DictReader((tmp_path / "高質量.csv").open(encoding="utf-8-sig")))
        names = [reader.corpus.documents[hit.document].name for hit in hits]
        assert list(dict.fromkeys(row["document"] for row in rows)) == list(dict.fromkeys(names))
        await reader.press("e")
        await reader.type("file")
        await reader.press("enter", "enter")
        await reader.sees("not written: there is a file")


class Fault:
    """What befalls each search of an engine: nothing, or a fault, or that it waits."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        search = Engine.search
        self.fails = False
        self.asked = 0
        self.may_go_on = threading.Event()
        self.may_go_on.set()

        def faulty(engine: Engine, *args: Any) -> Iterator[SearchResult]:
            self.asked += 1
            assert self.may_go_on.wait(60)
            if self.fails:
                raise CorpusError(plain("the index is cut short"))
            yield from search(engine, *args)

        monkeypatch.setattr(Engine, "search", faulty)


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch, is_served: bool) -> Fault:
    if is_served:
        pytest.skip("the fault is one of an engine of this process")
    return Fault(monkeypatch)


async def searched(reader: Reader) -> None:
    """Search for what has three hits."""
    await reader.press("slash")
    await reader.type("高質量")
    await reader.sees("3 in 2 documents")


async def test_a_search_that_fails_leaves_no_hit_of_the_one_before(
    browse: Browse, corpus: Path, fault: Fault, sent: list[str]
) -> None:
    async with browse(corpus) as reader:
        await searched(reader)
        await reader.press("tab", "asterisk", "escape")
        fault.fails = True
        await reader.press("slash")
        reader.browser.query_one(QueryField).value = "天下"
        await reader.sees("the index is cut short · Enter searches again")
        assert "the index is cut short" in reader.status
        hits = reader.browser.query_one(HitList)
        assert not hits.row_count
        assert not len(hits.chosen)
        await reader.press("tab", "y", "escape")
        assert not sent
        before = fault.asked
        await reader.press("n")
        await reader.until(lambda: fault.asked == before + 1)
        await reader.until(lambda: "the index is cut short" in reader.status)
        fault.fails = False
        await reader.press("n")
        await reader.sees("hit 1/1")
        await reader.press("slash")
        await reader.sees("1 in 1 document")


async def test_enter_asks_again_what_failed_and_so_does_the_panel_that_is_opened(
    browse: Browse, corpus: Path, fault: Fault
) -> None:
    async with browse(corpus) as reader:
        fault.fails = True
        await reader.press("slash")
        await reader.type("後天下")
        await reader.sees("Enter searches again")
        await reader.press("escape", "slash")
        await reader.until(lambda: "Enter searches again" in reader.screen)
        fault.fails = False
        await reader.press("enter")
        await reader.sees("hit 1/1")


async def test_hits_of_an_earlier_query_are_not_taken_for_those_of_the_newest(
    browse: Browse, corpus: Path, fault: Fault, sent: list[str]
) -> None:
    async with browse(corpus) as reader:
        await searched(reader)
        fault.may_go_on.clear()
        field = reader.browser.query_one(QueryField)
        hits = reader.browser.query_one(HitList)
        field.value = "後天下"
        await reader.press("tab", "asterisk", "y", "e")
        await reader.sees("searching …")
        assert not sent
        assert reader.app.screen is reader.browser
        assert not hits.row_count
        fault.may_go_on.set()
        await reader.sees("1 in 1 document")
        await reader.press("y")
        await reader.until(lambda: sent)
        assert "後天下" in sent[0]


async def test_hits_elsewhere_are_not_copied_while_another_scope_is_searched(
    browse: Browse, corpus: Path, fault: Fault, sent: list[str]
) -> None:
    async with browse(corpus) as reader:
        await searched(reader)
        fault.may_go_on.clear()
        await reader.press("tab", "equals_sign", "asterisk", "y")
        await reader.sees("searching …")
        assert not sent
        fault.may_go_on.set()
