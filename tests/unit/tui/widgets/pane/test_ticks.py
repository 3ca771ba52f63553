"""Ticks stand in the rows in whose part of the document hits begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.tui.widgets.pane.ticks import tick_rows


@given(st.lists(st.integers(0, 999), max_size=50), st.integers(1, 1200), st.integers(0, 60))
def test_a_tick_stands_where_a_hit_begins_and_nowhere_else(starts: list[int], length: int, height: int) -> None:
    hits = sorted((start, start + 2) for start in starts if start < length)
    assert tick_rows(hits, length, height) == {start * height // length for start, _ in hits if height}
