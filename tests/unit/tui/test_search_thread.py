"""The thread of searches: what is drawn comes before what is worked out beside the drawing."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING, cast

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files.seeds import seeds_path
from tuibrowser.reading.views.view import ORIGINAL, View
from tuibrowser.search.answering.occurrences import LocalOccurrences
from tuibrowser.search.model import Scope, SearchResult
from tuibrowser.tui.work.messages import HitsFound, HitsMapped
from tuibrowser.tui.work.searching import DRAWING, Searching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.message import Message

    from tuibrowser.search.engine import Engine


LONGEST_WAIT = 60.0


class Stages:
    """An engine with a first answer and a last one, which notes when it was asked to go on."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.may_begin = threading.Event()
        self.may_begin.set()

    def search(self, query: str, *_: object) -> Iterator[SearchResult]:
        assert self.may_begin.wait(LONGEST_WAIT)
        for final in (False, True):
            yield SearchResult(query, (), {}, False, 0, 0.0, (), final)
            self.asked.append(monotonic())

    def occurrences(self, *_: object) -> LocalOccurrences:
        self.asked.append(monotonic())
        return LocalOccurrences([])


def searching(engine: Stages) -> tuple[Searching, list[tuple[float, Message]], threading.Event]:
    posted: list[tuple[float, Message]] = []
    mapped = threading.Event()

    def post(message: Message) -> bool:
        posted.append((monotonic(), message))
        if isinstance(message, HitsMapped):
            mapped.set()
        return True

    return Searching(post, Corpus.discover([seeds_path()]), cast("Engine", engine)), posted, mapped


def test_the_engine_goes_on_when_the_first_results_are_drawn() -> None:
    engine = Stages()
    thread, posted, mapped = searching(engine)
    thread.search("質", Scope(), View(ORIGINAL), 10)
    assert mapped.wait(LONGEST_WAIT)
    found = [at for at, message in posted if isinstance(message, HitsFound)]
    assert len(found) == 2
    assert engine.asked[0] - found[0] >= DRAWING
    assert engine.asked[-1] - found[1] >= DRAWING


def test_of_queries_asked_one_upon_another_only_the_hits_of_the_newest_are_mapped() -> None:
    engine = Stages()
    thread, posted, mapped = searching(engine)
    engine.may_begin.clear()
    for query in ("質", "質量", "質量發"):
        thread.search(query, Scope(), View(ORIGINAL), 10)
    engine.may_begin.set()
    assert mapped.wait(LONGEST_WAIT)
    assert [message.query for _, message in posted if isinstance(message, HitsMapped)] == ["質量發"]


def test_what_is_posted_says_in_which_scope_was_searched() -> None:
    thread, posted, mapped = searching(Stages())
    thread.search("質", Scope(folder="a/"), View(ORIGINAL), 10)
    assert mapped.wait(LONGEST_WAIT)
    told = [message.scope for _, message in posted if isinstance(message, HitsFound | HitsMapped)]
    assert told == [Scope(folder="a/")] * 3
