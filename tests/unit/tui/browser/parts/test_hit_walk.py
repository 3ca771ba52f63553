"""Walking the hits, without a screen: the browser and the pane are stood in for by what the walk asks of them."""

from __future__ import annotations

from bisect import bisect_left
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tuibrowser.corpus.model import Position
from tuibrowser.tui.browser.parts.hit_walk import HitWalk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.values import Missing


class Hits(list[tuple[int, int, int]]):
    """Hits in reading order: document, start and end."""

    def after(self, document: int, offset: int) -> int:
        return bisect_left(self, (document, offset, 0))

    def before(self, document: int, offset: int) -> int:
        return bisect_left(self, (document, offset, 0)) - 1


HITS = Hits([(0, 5, 7), (0, 50, 52), (1, 3, 5)])


class Stage:
    """A browser and a pane that remember what they were asked for; the reader stands in document 0 at offset 10."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.opened: list[tuple[int, int]] = []
        self.query = "松風"
        self.is_opening = False
        self.is_loaded = True
        self.missing: tuple[Missing, ...] = ()
        self.corpus = None
        self.marked = 0
        self.retried = 0
        self.pane = SimpleNamespace(
            position=Position(0, 10), current_hit=None, current_offset=10, current_paragraph=1, text=None, document=None
        )
        self.pane.standing = (Position(0, 10), None)
        self.pane.paragraph_span = (10, 40)
        self.pane.mark_hits = lambda *_: None
        browser: Any = self
        pane: Any = self.pane
        self.walk = HitWalk(browser, pane)

    def say(self, words: str, *, error: bool = False) -> None:
        self.said.append(words)

    def unsay(self, words: str | None = None) -> None:
        self.said = [each for each in self.said if words is not None and each != words]

    def key(self, name: str) -> str:
        return name

    def show_place(self) -> None:
        pass

    def mark_hits(self) -> None:
        self.marked += 1

    def retry_search(self) -> None:
        self.retried += 1

    def open(self, request: Any) -> None:
        self.opened.append((request.document, request.offset))

    def know(self, hits: Hits = HITS) -> None:
        occurrences: Any = hits
        self.walk.take(occurrences)


def test_a_step_asked_for_before_the_hits_are_known_is_taken_when_they_are() -> None:
    stage = Stage()
    stage.walk.step(1)
    assert stage.opened == []
    assert stage.said == ["still searching"]
    assert stage.retried == 1
    stage.know()
    assert stage.opened == [(0, 50)]
    assert stage.said == []
    assert stage.retried == 1
    assert stage.walk.words == "hit 2/3"


@pytest.mark.parametrize(
    ("is_loaded", "said"), [(True, "nothing found for 松風"), (False, "nothing found in what has been read so far")]
)
def test_nothing_found_is_so_far_while_the_corpus_is_read(is_loaded: bool, said: str) -> None:
    stage = Stage()
    stage.is_loaded = is_loaded
    stage.know(Hits())
    stage.walk.step(1)
    assert stage.said == [said]


def test_only_the_last_wish_counts() -> None:
    stage = Stage()
    stage.walk.step(1)
    stage.walk.step(-1)
    stage.know()
    assert stage.opened == [(0, 5)]


def test_the_first_hit_of_a_query_is_gone_to_once() -> None:
    stage = Stage()
    stage.walk.want_first("松風")
    stage.walk.begin("松風", is_another=True)
    stage.know()
    stage.walk.begin("松風", is_another=False)
    stage.know()
    assert stage.opened == [(0, 5)]


def test_another_query_ends_the_wish_for_the_hits_of_the_one_before() -> None:
    stage = Stage()
    stage.walk.step(1)
    stage.walk.begin("明月", is_another=True)
    stage.know()
    assert stage.opened == []


def test_a_search_of_the_same_in_another_scope_does_not() -> None:
    stage = Stage()
    stage.walk.step(1)
    stage.walk.begin("松風", is_another=False)
    stage.know()
    assert stage.opened == [(0, 50)]


WISHES: dict[str, Callable[[HitWalk], None]] = {
    "step": lambda walk: walk.step(1),
    "first": lambda walk: walk.want_first("松風"),
    "number": lambda walk: walk.count(0, 5),
}


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES.keys())
def test_esc_gives_every_wish_up(wish: Callable[[HitWalk], None]) -> None:
    stage = Stage()
    wish(stage.walk)
    stage.walk.forget()
    stage.know()
    assert stage.opened == []
    assert stage.walk.words == ""


def test_beyond_the_last_hit_the_first_one_follows() -> None:
    stage = Stage()
    stage.know()
    stage.pane.current_hit, stage.pane.position = (3, 5), Position(1, 0)
    stage.walk.step(1)
    assert stage.opened == [(0, 5)]
    assert stage.said[-1] == "from the beginning again"


def test_what_is_asked_for_on_the_way_to_a_hit_waits_for_it() -> None:
    stage, done = Stage(), []
    stage.walk.step(1)
    assert stage.walk.put_off(lambda: done.append("copied"), (10, 40))
    stage.know()
    assert done == ["copied"]


def test_what_is_asked_for_where_the_reader_stays_waits_for_nothing() -> None:
    stage = Stage()
    stage.walk.count(0, 5)
    assert not stage.walk.put_off(lambda: None, (10, 40)), "the number of a hit leads nowhere"
    stage.walk.step(1)
    assert not stage.walk.put_off(lambda: None, (12, 14)), "what is selected is no passage on its way"


def test_where_a_hit_is_gone_nothing_else_is_copied_once() -> None:
    stage = Stage()
    stage.walk.miss()
    assert stage.walk.refuses((10, 40))
    assert not stage.walk.refuses((10, 40))
    stage.walk.miss()
    stage.pane.standing = (Position(0, 20), None)
    stage.walk.move()
    assert not stage.walk.refuses((10, 40))


def test_after_a_hit_that_is_gone_the_next_step_goes_on_from_its_number() -> None:
    stage = Stage()
    stage.know()
    stage.walk.step(1)
    stage.walk.miss()
    stage.walk.step(1)
    assert stage.opened == [(0, 50), (1, 3)]


def test_marks_that_were_taken_away_come_back_with_the_next_step() -> None:
    stage = Stage()
    stage.know()
    stage.walk.unmark()
    assert not stage.walk.wants_marks
    stage.walk.step(1)
    assert stage.walk.wants_marks
    assert stage.marked == 1
