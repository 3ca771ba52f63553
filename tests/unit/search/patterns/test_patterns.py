"""Patterns in a query: what they match, and that the index leaves nothing out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.searching import answer, engine_of, marked
from tuibrowser.language.i18n import Message
from tuibrowser.search.index.segment import Segment
from tuibrowser.search.model import Bound, HitKind, Scope
from tuibrowser.search.patterns import candidates, find
from tuibrowser.search.patterns.expression import expression
from tuibrowser.search.patterns.find import PatternError, pattern
from tuibrowser.search.patterns.written import as_text, may_be_meant, source_of
from tuibrowser.search.planning import keeper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.search.engine import Engine

TEXTS = [
    "船夫說水漲了。\n水涨一尺，桥就没了。",
    "学而时习之，不亦说乎？\n不但水涨，而且风大。\n不但远，人多路窄，舟车都难以通行，日日如此，年年如此，而且险。",
    "第十二條 渡口開放，然後改革。\n第三条 渡口。A1 b2",
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return engine_of(TEXTS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("re:水.了", ["水漲了"]),
        ("re:水[涨落]", ["水漲", "水涨", "水涨"]),
        ("=re:水[涨落]", ["水涨"] * 2),
        ("水□了", ["水漲了"]),
        ("学而□习", ["学而时习"]),
        ("改革|开放", ["開放", "改革"]),
        ("改革｜風大", ["风大", "改革"]),
        ("不但…而且", ["不但水涨，而且"]),
        ("不但…5…而且", ["不但水涨，而且"]),
        ("不但…60…而且", ["不但水涨，而且", "不但远，人多路窄，舟车都难以通行，日日如此，年年如此，而且"]),
        ("re:第[一二三十]+条", ["第十二條", "第三条"]),
        ("re:^第.{1,3}[條]", ["第十二條", "第三条"]),
        ("re:[a-z]\\d", ["A1", "b2"]),
        ("=re:[a-z]\\d", ["b2"]),
        ("re:(?<=說)水", ["水"]),
        ("re:渡口(?!開)", ["渡口"]),
        ("re:(不).{1,9}\\1", []),
        ('re:"1 b"', ["1 b"]),
        ("re:水[^。]*了", ["水漲了", "水涨一尺，桥就没了"]),
        ("ｒｅ：桥就", ["桥就"]),
    ],
)
def test_a_pattern_marks_exactly_what_it_matches(engine: Engine, query: str, found: list[str]) -> None:
    result = answer(engine, query)
    assert [TEXTS[document][start:end] for document, start, end in engine.occurrences(query)] == found
    assert result.totals == ({HitKind.PATTERN: len(found)} if found else {})
    assert not result.at_least


@pytest.mark.parametrize(
    "query",
    ['"水□了"', "“改革|开放”", "改革……开放", "改革| ", "□□", "水涨\n了|桥", "|", "a…b", "…水"],
)
def test_quoted_pasted_and_other_marks_are_text(engine: Engine, query: str) -> None:
    assert HitKind.PATTERN not in answer(engine, query).totals


def test_a_pattern_stands_beside_words_and_conditions(engine: Engine) -> None:
    assert answer(engine, "不但…而且 风大").totals == {HitKind.KEYWORDS: 1}
    assert answer(engine, "改革|开放 in:0.txt").total == 0
    assert answer(engine, "改革|开放 in:2.txt").total == 2
    assert answer(engine, "水□了", Scope(document=1)).total == 0


def test_what_cannot_be_read_is_said(engine: Engine) -> None:
    result = answer(engine, "re:(水")
    assert result.total == 0
    assert not result.hits
    assert any("cannot be read" in str(note) for note in result.notes)


def test_a_pattern_that_reads_everything_says_so(engine: Engine) -> None:
    assert any("all of the text" in str(note) for note in answer(engine, r"re:\d").notes)
    assert not answer(engine, "re:水.了").notes


def test_question_marks_that_find_nothing_tell_how_patterns_are_written(engine: Engine) -> None:
    assert any("□" in str(note) for note in answer(engine, "水?瓜").notes)
    assert not any("□" in str(note) for note in answer(engine, "水瓜").notes)


def test_a_pattern_that_takes_too_long_is_given_up_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of(["不" * 200 + "。"])
    monkeypatch.setattr(find, "SECONDS_BOUND", Bound("seconds", 0))
    result = answer(engine, "re:(不+)+(?=好)")
    assert result.at_least
    assert [bound.what for bound in result.bounds] == ["seconds of the processor that a pattern may take"]


def test_a_match_stays_in_its_paragraph() -> None:
    texts = ["《甲\n乙》《丙》"]
    engine = engine_of(texts)
    assert marked(engine, texts, answer(engine, "re:《[^》]+》")) == ["《丙》"]


WORDS = st.text(alphabet="水漲涨船桥了一二，。\n", max_size=30)
ATOMS = st.one_of(
    st.sampled_from(
        ["水", "涨", "漲", "船", "了", ".", "[涨船]", "[^水]", "[一-二]", "(?:水|船桥)", "(?:涨了)?", "，"]
    ),
)
SUFFIXES = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,2}", "+?"])
EXPRESSIONS = st.lists(st.tuples(ATOMS, SUFFIXES).map("".join), min_size=1, max_size=4).map("".join)
BRANCHES = st.lists(EXPRESSIONS, min_size=1, max_size=2).map("|".join)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3), BRANCHES)
def test_the_index_leaves_nothing_out(texts: list[str], source: str) -> None:
    engine = engine_of(texts)
    query = f"re:“{source}”"
    found = list(engine.occurrences(query))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "paragraphs_of", lambda *_: None)
        assert list(engine_of(texts).occurrences(query)) == found
    assert found == sorted(found)


@pytest.mark.parametrize(
    "source", ["水涨", "(?:水|船)涨", "[水船]涨{1,3}", "水+涨", "(水涨)(?=了)", "^水涨$", "(?P<a>水涨)"]
)
def test_a_pair_of_characters_in_a_row_is_required(source: str) -> None:
    part = expression(source, folded=True).part
    assert part is not None
    assert any(second is not None for cover in part.covers for _, second in cover)


@pytest.mark.parametrize("source", ["水?涨", "水.涨", "水|涨", "(?:水涨)?船", "水，涨", "[^水]涨", "水*涨"])
def test_what_need_not_stand_in_a_row_is_not_required_to(source: str) -> None:
    part = expression(source, folded=True).part
    assert part is not None
    assert not any(second is not None for cover in part.covers for _, second in cover)


@pytest.mark.parametrize("source", ["(?i)水涨", r"水\1涨", r"\p{Han}", "(?>水涨)", "[[:alpha:]]", "水涨{e<=1}"])
def test_what_is_not_understood_requires_nothing(source: str) -> None:
    assert expression(source, folded=True).part is None


def test_characters_stand_for_their_class_and_short_ranges_are_folded() -> None:
    assert expression("漲", folded=True).source == expression("涨", folded=True).source
    assert expression("漲", folded=False).source == "漲"
    assert re.fullmatch(expression("[漲-漳]", folded=True).source, expression("涨", folded=True).source)


@pytest.mark.parametrize("text", ["改革……开放", "改革", "a|", "□", "…", "“甲|乙", ""])
def test_marks_that_make_no_pattern(text: str) -> None:
    assert source_of(text) is None or "|" in text.strip("|")


def test_a_pattern_is_left_out(engine: Engine) -> None:
    assert answer(engine, "水 -re:桥").total == answer(engine, "水").total - 1
    assert answer(engine, "水 -風□").total == answer(engine, "水").total - 1
    assert answer(engine, "水 -re:(").total == 0
    assert any("cannot be read" in str(note) for note in answer(engine, "水 -re:(").notes)


@pytest.mark.parametrize("query", ["舟楫無人 -re:(", "再後來天氣轉晴 -re:(", "水 桥梁 -re:("])
def test_a_pattern_left_out_that_cannot_be_read_is_said_where_little_is_found(engine: Engine, query: str) -> None:
    result = answer(engine, query)
    assert (result.total, result.hits, result.at_least) == (0, (), True)
    assert any("cannot be read" in str(note) for note in result.notes)


def test_the_time_is_that_of_a_pattern_left_out_in_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def nothing(_: object, segments: Sequence[Segment], *rest: object) -> Iterator[None]:
        asked.append(len(segments))
        return iter(())

    monkeypatch.setattr(keeper, "find_pattern", nothing)
    engine = engine_of(TEXTS)
    engine.adopt([*engine.segments, *engine_of(TEXTS).segments])
    answer(engine, "水 -re:桥")
    assert asked == [2]


def test_a_pattern_beside_words_has_no_near_matches() -> None:
    texts = ["山上有水，水旁有人。", "水邊有山。\n山"]
    engine = engine_of(texts)
    assert marked(engine, texts, answer(engine, "re:^水 山")) == ["水…山"]
    assert answer(engine, "re:^人 山").total == 0
    assert answer(engine, "re:水人 山").total == 0


@pytest.mark.parametrize("query", ["水|", "水||桥", "□□"])
def test_marks_without_a_pattern_are_named(engine: Engine, query: str) -> None:
    assert any("is no pattern" in str(note) for note in answer(engine, query).notes)


def test_words_of_a_text_are_no_pattern() -> None:
    assert as_text("天□地") == "“天□地”"
    assert as_text("天地 玄黃") == "天地 玄黃"
    assert as_text("re:天.地") == "“re:天.地”"
    assert may_be_meant("天?地")
    assert not may_be_meant("天地?")


def test_candidates_are_narrowed_by_further_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_FEW", 0)
    engine = engine_of(["水涨船高" if at % 3 else "水涨" for at in range(30)])
    (segment,) = engine.segments
    assert isinstance(segment, Segment)
    held = candidates.paragraphs_of(segment, pattern("水涨.*船高", folded=True).expression.part)
    assert held is None or len(held) == 20


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("(水", "a parenthesis is not closed (character 3)"),
        ("水)", "a parenthesis is closed that was not opened (character 2)"),
        ("水|*", "there is nothing to repeat (character 3)"),
        ("水[b-a]", "a range ends before it begins (character 6)"),
        ("水\\", "nothing stands behind the last backslash (character 3)"),
        ("水\\p{Foo}", "there is no such class of characters (character 9)"),
        ("(?P<1>水)", "that is no name for a group (character 6)"),
        ("(*水)", "it is not understood from character 3 on"),
    ],
)
def test_why_a_pattern_cannot_be_read_is_said_in_our_words(source: str, reason: str) -> None:
    with pytest.raises(PatternError) as raised:
        pattern(source, folded=True)
    assert str(raised.value).startswith(reason)
    assert isinstance(raised.value.args[0], Message)


@pytest.mark.parametrize(
    ("typed", "place"),
    [("re:水[河湖", 8), ("  水 re:水[河湖", 12), ("=re:水[河湖", 9), ("re:“水[河 湖”", 10), ("水 -re:水[河湖", 11)],
)
def test_the_place_of_a_fault_is_counted_in_what_was_typed(engine: Engine, typed: str, place: int) -> None:
    notes = [str(note) for note in answer(engine, typed).notes]
    assert any(f"(character {place})" in note for note in notes), notes
