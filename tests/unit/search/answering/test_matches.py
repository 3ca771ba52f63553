"""All matches of a query as figures need them, beside what looking everywhere finds."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import in_places
from support.searching import Texts, answer, engine_of, load
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import Metadata
from tuibrowser.hanzi.fold import fold
from tuibrowser.search.engine import Engine
from tuibrowser.search.model import HitKind, Scope
from tuibrowser.search.values import Context, Match

EXACT = Scope(exact=True)

small_texts = st.lists(st.text("茶樓楼，\n", min_size=1, max_size=24), min_size=1, max_size=5)
queries = st.text("茶樓楼", min_size=1, max_size=3)


def looked_up(text: str, query: str) -> list[tuple[int, int]]:
    """Where a text of Han characters stands side by side, in any form, by looking everywhere."""
    ranges = [((identity, identity + 1),) for identity in fold(query).tolist()]
    return sorted(in_places(text, ranges, gaps=False))


@pytest.mark.slow
@given(texts=small_texts, query=queries)
def test_matches_are_those_that_looking_everywhere_finds(texts: list[str], query: str) -> None:
    matches = engine_of(texts).matches(f"“{query}”", EXACT)
    expected = [
        Match(
            number,
            start,
            end,
            HitKind.EXACT if text[start:end] == query else HitKind.VARIANT,
            text.count("\n", 0, start),
        )
        for number, text in enumerate(texts)
        for start, end in looked_up(text, query)
    ]
    side_by_side = [match for match in matches if match.kind != HitKind.SPACED]
    assert side_by_side == expected
    assert matches.totals() == dict(Counter(match.kind for match in matches))
    assert matches.by_document() == dict(Counter(match.document for match in matches))
    assert not matches.at_least


@pytest.mark.slow
@given(
    texts=small_texts,
    query=queries,
    start=st.integers(-9, 9),
    stop=st.integers(-9, 9),
    step=st.sampled_from((1, 2, -1)),
)
def test_a_slice_of_matches_is_one_of_the_list_of_them(
    texts: list[str], query: str, start: int, stop: int, step: int
) -> None:
    matches = engine_of(texts).matches(query)
    whole = list(matches)
    assert whole == sorted(whole, key=lambda match: (match.document, match.start))
    assert matches[start:stop:step] == whole[start:stop:step]
    assert [matches[at] for at in range(len(matches))] == whole


@pytest.mark.slow
@given(texts=small_texts, query=queries, width=st.integers(0, 6))
def test_a_context_ends_with_its_document(texts: list[str], query: str, width: int) -> None:
    matches = engine_of(texts).matches(query)
    expected = [
        Context(
            texts[match.document][max(0, match.start - width) : match.start],
            texts[match.document][match.start : match.end],
            texts[match.document][match.end : match.end + width],
        )
        for match in matches
    ]
    assert matches.contexts(0, len(matches), width) == expected
    assert matches.contexts(1, 3, width) == expected[1:3]


@pytest.mark.slow
@given(texts=small_texts, query=queries, chosen=st.sets(st.integers(0, 6)))
def test_matches_are_restricted_to_documents_and_to_indices(texts: list[str], query: str, chosen: set[int]) -> None:
    matches = engine_of(texts).matches(query)
    whole = list(matches)
    inside = matches.of_documents(chosen)
    assert list(inside) == [match for match in whole if match.document in chosen]
    assert len(inside) == sum(inside.by_document().values()) == sum(inside.totals().values())
    there = {at for at in chosen if at < len(matches)}
    assert list(matches.of_indices(there)) == [whole[at] for at in sorted(there)]
    assert list(inside.of_indices(range(len(inside)))) == list(inside)


def test_an_index_that_no_match_has_is_refused() -> None:
    matches = engine_of(["春茶", "秋茶"]).matches("茶")
    for indices in ([2], [-1], [0, 5]):
        with pytest.raises(IndexError):
            matches.of_indices(indices)


def test_matches_in_several_segments_are_in_reading_order() -> None:
    texts = ["甲茶乙", "丙茶", "茶丁", "戊"]
    engine = engine_of(["", "", "", ""])
    for number in (2, 0, 3, 1):  # as they may be read by several processes
        part = Engine(Corpus([]))
        part.add([load(number, texts[number], f"{number}.txt", Metadata())])
        engine.extend(part.segments[0])
    matches = engine.matches("茶")
    assert [(match.document, match.start) for match in matches] == [(0, 1), (1, 1), (2, 0)]
    near = matches.near(matches.neighbours(1, 1).units, 1, 1)
    assert [(list(each.forms), each.left, each.right) for each in near] == [
        (["丙"], 1, 0),
        (["丁"], 0, 1),
        (["甲"], 1, 0),
        (["乙"], 0, 1),
    ]
    assert [(match.document, match.start) for match in matches.of_documents([2, 1])] == [(1, 1), (2, 0)]


@pytest.mark.parametrize("query", ["茶楼", "chalou", "cl", "茶 楼", "茶楼 -酒", "“茶楼”", "差楼", "茶甲楼乙丙丁"])
def test_as_many_matches_as_the_search_counts(query: str) -> None:
    engine = engine_of(["茶楼上，茶樓下。\n茶，楼", "酒在茶楼", "差路", "茶（酒）楼甲"])
    result, matches = answer(engine, query), engine.matches(query)
    assert matches.totals() == result.totals
    assert len(matches) == result.total
    assert len(matches.by_document()) == result.documents


def test_a_query_that_finds_only_something_near_has_no_matches() -> None:
    engine = engine_of(["守灯的老人在岛上"])
    assert answer(engine, "守灯的老人坐船出海远行").hits
    assert len(engine.matches("守灯的老人坐船出海远行")) == 0


def test_matches_say_at_least_where_worse_kinds_were_not_looked_for() -> None:
    engine = engine_of(["灯塔，" * 10 + "灯，塔"])
    matches = engine.matches("灯塔")
    assert matches.totals() == {HitKind.EXACT: 10}
    assert matches.at_least
    assert [bound.limit for bound in matches.bounds] == [10]
    assert not answer(engine, "灯塔").at_least  # whose totals are of what was looked for


def test_exact_matches_are_all_there_are() -> None:
    engine = engine_of(["灯塔，" * 12 + "灯 塔，灯，塔"])
    matches = engine.matches("灯塔", EXACT)
    assert matches.totals() == {HitKind.EXACT: 12, HitKind.SPACED: 1}
    assert not matches.at_least
    assert matches.bounds == ()


def test_a_single_character_has_no_worse_kinds() -> None:
    matches = engine_of(["灯" * 30]).matches("灯")
    assert len(matches) == 30
    assert not matches.at_least


def test_matches_of_a_corpus_still_being_read_are_at_least_so_many() -> None:
    assert engine_of(["灯塔"], complete=False).matches("灯塔").at_least


def test_matches_of_a_cancelled_search_are_none_and_at_least() -> None:
    matches = engine_of(["灯塔"]).matches("灯塔", cancelled=lambda: True)
    assert len(matches) == 0
    assert matches.at_least


def test_what_conditions_leave_out_is_noted() -> None:
    texts: Texts = {"a.txt": ("灯塔", Metadata(author="林某")), "b.txt": "灯塔"}
    matches = engine_of(texts).matches("灯塔 by:林")
    assert matches.by_document() == {0: 1}
    assert len(matches.notes) == 1


def test_spans_and_paragraphs_are_those_of_the_raw_text() -> None:
    matches = engine_of(["晨雾\n灯塔与灯塔"]).matches("灯塔")
    assert list(matches) == [Match(0, 3, 5, HitKind.EXACT, 1), Match(0, 6, 8, HitKind.EXACT, 1)]


def test_keywords_are_counted_by_paragraph() -> None:
    matches = engine_of(["灯在雾里\n雾散了\n雾里的灯"]).matches("灯 雾")
    assert [(match.start, match.end, match.kind) for match in matches] == [
        (0, 1, HitKind.KEYWORDS),
        (9, 10, HitKind.KEYWORDS),
    ]
