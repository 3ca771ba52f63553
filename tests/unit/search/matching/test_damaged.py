"""A □ of a text, which stands for a character that is lost, against queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import in_places, segment_of
from support.searching import answer, engine_of, marked
from tuibrowser.hanzi.fold import LOST
from tuibrowser.search.matching.damaged import damaged
from tuibrowser.search.matching.match import places_of
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from tuibrowser.search.engine import Engine

TEXTS = [
    "渡口石碑：舟□往來，晝夜不□。\n□□往□，不可讀。",
    "舟船往來，昼夜不息。",
    "山□石，□□江。碑陰：大江，東□去浪。",
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return engine_of(TEXTS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("舟船往来", ["舟船往來", "舟□往來"]),
        ('"舟船往来"', ["舟船往來", "舟□往來"]),
        ("昼夜不息", ["昼夜不息", "晝夜不□"]),
        ("山上石", ["山□石"]),
        ("舟船往來晝夜不息", ["舟船往來，昼夜不息", "舟□往來，晝夜不□"]),
        ('="舟船往來"', ["舟船往來"]),
    ],
)
def test_a_lost_character_of_the_text_matches_any_other(engine: Engine, query: str, found: list[str]) -> None:
    assert sorted(marked(engine, TEXTS, answer(engine, query))) == sorted(found)


def test_it_is_a_variant_where_it_stands_side_by_side(engine: Engine) -> None:
    assert answer(engine, "山上石").totals == {HitKind.VARIANT: 1}
    assert answer(engine, "江東大去浪").totals == {HitKind.SPACED: 1}


@pytest.mark.parametrize("query", ["舟車往返", "上山", "山石", "过大江"])
def test_two_characters_and_half_of_all_are_there(engine: Engine, query: str) -> None:
    assert HitKind.VARIANT not in answer(engine, query).totals


def test_words_are_found_with_it_and_left_out(engine: Engine) -> None:
    assert answer(engine, "碑陰 山上石").total == 1
    assert answer(engine, "渡口 -舟船往來").total == 0


def test_an_unknown_character_of_a_pattern_matches_it(engine: Engine) -> None:
    assert marked(engine, TEXTS, answer(engine, "山□石")) == ["山□石"]


@given(st.text(alphabet="高髙告质質，。 \n□□", max_size=60), st.text(alphabet="高告质", min_size=3, max_size=5))
def test_all_such_passages_are_found_and_no_others(text: str, word: str) -> None:
    places, ((lost,),) = places_of(word), (each.ranges for each in places_of(LOST))
    spans = in_places(text, [(*place.ranges, lost) for place in places])
    counted = {(start, end, text[start:end].count(LOST)) for start, end in spans}
    expected = {each for each in counted if 0 < each[2] <= len(word) - max(2, each[2])}
    rows = zip(*damaged(segment_of(text), places), strict=True)
    assert {(start - 1, end - 1, count) for start, end, count in rows} == expected
