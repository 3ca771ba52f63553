"""Text cut to cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.tui.widgets.strips import MOST_MARKS, PLAIN, ends_of, fit_middle, strip_of, with_few_marks


def test_a_long_name_is_cut_in_the_middle_so_that_its_end_is_seen() -> None:
    assert fit_middle("渡口管理條例（2012年修正）", 20) == "渡口管理條…2年修正）"
    assert fit_middle("渡口條例", 8) == "渡口條例"
    assert fit_middle("渡口條例", 1) == "…"
    assert fit_middle("渡口條例", 0) == ""


@given(st.text("渡口ab·（"), st.integers(0, 30))
def test_what_is_cut_fits_and_keeps_both_ends(text: str, cells: int) -> None:
    cut = fit_middle(text, cells)
    assert cell_width(cut) <= cells
    if cut != text:
        head, tail = ends_of(text, cells)
        assert cells == 0 or cut == text[:head] + "…" + text[len(text) - tail :]


def test_of_very_many_marks_on_a_character_the_first_are_drawn() -> None:
    text = "字" + "\u0301" * 20_000 + "後" + "\u0302" * 5 + "e" + "\u0300" * 40
    drawn = strip_of([Segment(text, PLAIN)], 6).text
    assert drawn == "字" + "\u0301" * MOST_MARKS + "後" + "\u0302" * 5 + "e" + "\u0300" * MOST_MARKS + " "


@given(st.text("字e\u0301\u0302\ufe00 ", max_size=200))
def test_marks_are_left_out_only_where_there_are_many(text: str) -> None:
    drawn = with_few_marks(text)
    assert cell_width(drawn) == cell_width(text)
    assert len(drawn) == len(text) or len(text) > MOST_MARKS
