"""Text cut to cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.tui.strips import ends_of, fit_middle


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
