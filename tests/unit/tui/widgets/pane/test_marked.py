"""Which marks touch a paragraph, and which are of the current hit: several where it passes over notes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from support.documents import document
from tuibrowser.corpus.model import Script
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.tui.widgets.pane.marked import Hits, MarkedSpan, Marks, is_marked, is_within, shown_marks

MARKS = [(2, 4), (9, 11), (14, 16), (20, 24)]


def test_the_marks_around_a_note_are_those_of_the_hit_over_it() -> None:
    assert [mark for mark in MARKS if is_within(mark, (9, 16))] == [(9, 11), (14, 16)]
    assert not any(is_within(mark, None) for mark in MARKS)


def test_a_hit_is_marked_where_its_own_mark_or_its_parts_are() -> None:
    assert is_marked(MARKS, (20, 24))
    assert is_marked(MARKS, (9, 16))
    assert not is_marked(MARKS, (9, 10))
    assert not is_marked(MARKS, (12, 13))
    assert not is_marked(MARKS, (30, 31))
    assert not is_marked([], (2, 4))
    assert not is_marked(MARKS, None)


def marks(*spans: tuple[int, int]) -> Marks:
    return Marks(MarkedSpan(start, end, "mark") for start, end in spans)


def test_spans_that_touch_a_stretch_are_found_though_they_overlap() -> None:
    found = marks((70, 80), (0, 100), (10, 20), (15, 60), (90, 95))
    assert [(each.start, each.end) for each in found.touching(30, 75)] == [(0, 100), (15, 60), (70, 80)]
    assert [(each.start, each.end) for each in found.touching(60, 70)] == [(0, 100)]
    assert list(found.touching(100, 200)) == []
    assert list(marks((5, 6)).touching(0, 5)) == []
    assert list(marks().touching(0, 5)) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9))), st.integers(0, 40), st.integers(1, 20))
def test_spans_touching_are_those_that_looking_at_each_finds(
    pieces: list[tuple[int, int]], start: int, length: int
) -> None:
    spans = sorted((begin, begin + size) for begin, size in pieces)
    touching = [each for each in spans if each[0] < start + length and each[1] > start]
    assert [each[:2] for each in marks(*spans).touching(start, start + length)] == touching


def test_the_marks_of_the_current_hit_stand_out_from_those_of_the_others() -> None:
    hits = Hits(MARKS, (9, 16))
    assert list(hits.touching(3, 15)) == [(2, 4, "hit"), (9, 11, "current-hit"), (14, 16, "current-hit")]


def test_a_current_hit_that_is_none_of_the_hits_is_marked_as_well() -> None:
    assert list(Hits(MARKS, (30, 32)).touching(0, 5)) == [(2, 4, "hit"), (30, 32, "current-hit")]


def test_marks_are_shown_where_the_view_has_their_text() -> None:
    text = ViewedText(document("推動工作", "取得新成效"), Script.HANT, View())
    raw = text.source.raw
    mark = MarkedSpan(raw.index("工作"), raw.index("新"), "mark")
    assert [list(shown_marks(text[number], iter([mark]))) for number in (0, 1)] == [[(2, 4, "mark")], [(0, 2, "mark")]]
    elsewhere = MarkedSpan(raw.index("取得"), raw.index("新"), "mark")
    assert list(shown_marks(text[0], iter([elsewhere]))) == []
