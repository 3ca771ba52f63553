"""A corpus is read before its files are found, where they are known from the last time."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import pytest

from support.reader import Reader
from tuibrowser.corpus import recalled as recalling
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files import discover, ordered
from tuibrowser.corpus.files.listing import packed_sources
from tuibrowser.corpus.recalled import FoundAnew, RecalledCorpus, found_anew, recalled
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.app import BrowserApp
from tuibrowser.tui.start import StartRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    Recall = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def found() -> threading.Event:
    """Set as soon as the files may be found."""
    return threading.Event()


@pytest.fixture
def recall(corpus: Path, found: threading.Event, monkeypatch: pytest.MonkeyPatch) -> Recall:
    """Opens the corpus as it was kept, with a change made since."""
    monkeypatch.setattr(recalling, "_WORTH", 0)
    monkeypatch.setattr(ordered, "_MANY", 0)
    monkeypatch.setattr(discover, "_UNSETTLED", -(10**12))

    @contextlib.asynccontextmanager
    async def opened(change: Callable[[], object] = lambda: None) -> AsyncIterator[Reader]:
        data = packed_sources(Corpus.discover([corpus]).sources)
        before = recalled([corpus], None, lambda *_: data)
        assert before is not None
        change()

        def find() -> FoundAnew:
            found.wait(60)
            return found_anew(before, Corpus.discover([corpus]))

        start = StartRequest((str(corpus),))
        made = RecalledCorpus(before, paths=[corpus], encoding=None, find=find)
        async with BrowserApp(start, lambda: made, ReadConfig(Config())).run_test(size=(100, 30)) as pilot:
            reader = Reader(pilot)
            await reader.until(lambda: reader.browser.has_begun)
            yield reader
            found.set()

    return opened


async def test_one_reads_before_the_files_are_found_and_searches_all_of_them_then(
    recall: Recall, found: threading.Event
) -> None:
    async with recall() as reader:
        await reader.sees("制定本条例")
        await reader.press("J")
        await reader.sees("各位同志")
        await reader.press("slash")
        await reader.type("天地玄黄")
        assert not reader.browser.is_loaded
        assert reader.browser.parts.searcher is None
        found.set()
        await reader.until(lambda: reader.browser.is_loaded)
        await reader.sees("第1段")
        assert "added or removed" not in reader.status


async def test_a_file_changed_since_is_shown_and_searched_as_it_is(
    recall: Recall, corpus: Path, found: threading.Event
) -> None:
    law = corpus / "laws" / "供水.md"
    async with recall(lambda: law.write_text("# 新條例\n\n渡口之水，另有所本。\n", encoding="utf-8")) as reader:
        await reader.sees("渡口之水")
        found.set()
        await reader.until(lambda: reader.browser.is_loaded)
        assert reader.corpus.sources[0].size == law.stat().st_size
        await reader.press("slash")
        await reader.type("另有所本")
        await reader.sees("exact ¶")


@pytest.mark.parametrize("change", ["added", "removed"])
async def test_that_other_documents_are_there_is_said(
    recall: Recall, corpus: Path, found: threading.Event, change: str
) -> None:
    file = corpus / "speeches" / ("序.txt" if change == "added" else "長文.txt")

    def make() -> None:
        if change == "added":
            file.write_text("新的一篇。\n", encoding="utf-8")
        else:
            file.unlink()

    async with recall(make) as reader:
        await reader.sees("制定本条例")
        found.set()
        await reader.sees("texts were added or removed: you see them when you leave")
        await reader.until(lambda: reader.browser.is_loaded)
        await reader.press("slash")
        await reader.type("各位同志")
        await reader.sees("exact ¶")


async def test_one_leaves_without_waiting_for_the_files(recall: Recall, found: threading.Event) -> None:
    async with recall() as reader:
        await reader.press("q")
        await reader.until(lambda: reader.app._exit)
        assert reader.app.return_code == 0
        assert not found.is_set()
