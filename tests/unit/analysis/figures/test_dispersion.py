"""Spread over documents and inside them, and how it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import engine_of
from tuibrowser.analysis.figures.dispersion import dispersion, labels_of
from tuibrowser.analysis.pictures.plot import bar, strip
from tuibrowser.analysis.texts.facts import Fact


def test_documents_with_matches_come_most_first_and_tell_where_they_stand() -> None:
    table = dispersion(
        engine_of({"甲": "船" * 10, "乙": "水涨船船船船船水涨船", "丙": "船船船船船船船船船水涨"}), "水涨", bins=5
    )
    assert [(row.document, row.matches, row.bins) for row in table] == [
        ("乙", 2, (1, 0, 0, 1, 0)),
        ("丙", 1, (0, 0, 0, 0, 1)),
    ]
    assert [len(table.matches_of(row)) for row in table] == [2, 1]


def test_evenness_is_over_all_documents_in_scope() -> None:
    # 2 of 2 matches in 4 of 16 units; the other document, of 12 units, has none: DP is 12/16.
    table = dispersion(engine_of({"甲": "水涨水涨", "乙": "船" * 12}), "水涨")
    assert table.basis.more["dp"] == 0.75
    assert table.basis.more["dpnorm"] == 1
    assert table.basis.record()["dp"] == 0.75


def test_nothing_found_has_no_evenness() -> None:
    table = dispersion(engine_of({"甲": "船", "乙": "船"}), "水涨")
    assert (len(table), table.basis.more["dp"], table.basis.more["dpnorm"]) == (0, None, None)


@pytest.mark.slow
@given(texts=st.lists(st.text("水涨，\n", min_size=1, max_size=30), min_size=1, max_size=4), bins=st.integers(1, 9))
def test_stretches_hold_the_matches_that_begin_in_them(texts: list[str], bins: int) -> None:
    table = dispersion(engine_of(texts), "水涨", bins=bins)
    for row in table:
        starts = [match.start for match in table.matches_of(row)]
        length = len(texts[row.number])
        assert row.bins == tuple(sum(at * bins // length == each for at in starts) for each in range(bins))
        assert sum(row.bins) == row.matches


@pytest.mark.parametrize(
    ("counts", "braille", "plain"),
    [((0, 0, 0, 0), "⠀⠀", "    "), ((4, 2, 1, 0), "⣧⡀", "#:. "), ((100, 1, 0), "⣇⠀", "#. "), ((), "", "")],
)
def test_a_strip_shows_every_count_above_nothing(counts: tuple[int, ...], braille: str, plain: str) -> None:
    assert strip(counts) == braille
    assert strip(counts, ascii_only=True) == plain


def test_a_bar_is_as_long_as_its_share() -> None:
    assert bar(10, 10, 4) == "⣿⣿⣿⣿"
    assert bar(1, 8, 4) == "⡇"
    assert bar(0.001, 8, 4) == "⡇"
    assert bar(0, 8, 4) == bar(0, 0, 4) == ""
    assert bar(4, 8, 4, ascii_only=True) == "##"


def test_documents_of_one_title_are_told_apart_by_their_work_or_name() -> None:
    named = [("序", "河志"), ("序", "山志"), ("序", "山志"), ("跋", "山志"), ("一", None), ("一", None)]
    facts = [
        Fact(f"{at}.txt", "", title, work, None, None, True, False, False) for at, (title, work) in enumerate(named)
    ]
    assert list(labels_of(dict(enumerate(facts))).values()) == ["河志 序", "1.txt", "2.txt", "跋", "4.txt", "5.txt"]
    held = [Fact("0", "", "山志序", "山志", None, None, True, False, False)] * 2
    assert list(labels_of(dict(enumerate(held))).values()) == ["0", "0"]
