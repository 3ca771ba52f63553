"""The marks of the current hit: one, or what stands around the notes it passes over."""

from __future__ import annotations

from tuibrowser.tui.widgets.pane.marked import is_marked, is_within

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
