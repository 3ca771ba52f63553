"""What stands beside matches, beside what reading the texts character by character finds."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support.brute import identity_of, is_gap, segment_of
from support.searching import engine_of, load
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import Metadata
from tuibrowser.search.counting import tables
from tuibrowser.search.counting import windows as cut
from tuibrowser.search.counting.neighbours import Company
from tuibrowser.search.counting.windows import Windows
from tuibrowser.search.engine import Engine
from tuibrowser.search.model import Scope
from tuibrowser.search.query import READ_LAYERS
from tuibrowser.search.values import Beside

EXACT = Scope(exact=True)

texts_of_a_corpus = st.lists(st.text("茶樓楼酒𠀀，\n", min_size=1, max_size=24), min_size=1, max_size=5)
queries = st.text("茶樓楼", min_size=1, max_size=2)
sizes = st.integers(1, 2)

Key = tuple[int | str, ...]
Unit = tuple[int, ...]
"""The offsets of the characters of a unit."""


def units(text: str, size: int) -> list[Unit]:
    """All units of a text each line of which is a paragraph, by the offsets of their characters."""
    found, start = [], 0
    for line in text.split("\n"):
        places = [start + at for at, character in enumerate(line) if not is_gap(character)]
        found += [tuple(places[at : at + size]) for at in range(len(places) - size + 1)]
        start += len(line) + 1
    return found


def key(text: str, unit: Unit, *, exact: bool = False) -> Key:
    """What is one and the same unit: its characters, without regard to script unless they are told apart."""
    if exact:
        return tuple(text[at] for at in unit)
    return tuple("𠀀" if text[at] == "𠀀" else identity_of(text[at]) for at in unit)


def windows(text: str, spans: list[tuple[int, int]], left: int, right: int, size: int) -> tuple[set[Unit], ...]:
    """The units left and right of spans that overlap none, and those that overlap one."""
    inside = {at for start, end in spans for at in range(start, end)}
    every = units(text, size)
    lefts: set[Unit] = set()
    rights: set[Unit] = set()
    for start, end in spans:
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end - 1)
        before = [unit for unit in every if line_start <= unit[0] and unit[-1] < start]
        after = [unit for unit in every if end <= unit[0] and (line_end < 0 or unit[-1] < line_end)]
        lefts.update(before[max(0, len(before) - left) :])
        rights.update(after[:right])
    node = {unit for unit in every if inside.intersection(unit)}
    return lefts - node, rights - node, node


def of_segments(texts: list[str]) -> Engine:
    """An engine that has a segment for each text."""
    engine = engine_of([""] * len(texts))
    for number, text in enumerate(texts):
        part = Engine(Corpus([]))
        part.add([load(number, text, f"{number}.txt", Metadata())])
        engine.extend(part.segments[0])
    return engine


@pytest.mark.slow
@given(
    texts=texts_of_a_corpus,
    query=queries,
    left=st.integers(0, 4),
    right=st.integers(0, 4),
    size=sizes,
    block=st.sampled_from((1, 3, 1 << 18)),
    minimum=st.sampled_from((1, 2)),
    exact=st.booleans(),
)
def test_each_place_in_the_windows_is_counted_once(
    texts: list[str], query: str, left: int, right: int, size: int, block: int, minimum: int, exact: bool
) -> None:
    matches = engine_of(texts).matches(f"“{query}”", EXACT)
    together, lefts, rights, node = Counter[Key](), Counter[Key](), Counter[Key](), Counter[Key]()
    forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    documents: defaultdict[Key, set[int]] = defaultdict(set)
    near: defaultdict[Key, set[tuple[int, tuple[int, int]]]] = defaultdict(set)
    for number, text in enumerate(texts):
        spans = [(match.start, match.end) for match in matches if match.document == number]
        before, after, inside = windows(text, spans, left, right, size)
        for counter, side in ((together, before | after), (lefts, before), (rights, after), (node, inside)):
            counter.update(key(text, unit, exact=exact) for unit in side)
        for unit in before | after:
            forms[key(text, unit, exact=exact)]["".join(text[at] for at in unit)] += 1
            documents[key(text, unit, exact=exact)].add(number)
        for span in spans:
            before, after, _ = windows(text, [span], left, right, size)
            for unit in (before | after) - inside:
                near[key(text, unit, exact=exact)].add((number, span))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cut, "_BLOCK", block)
        found = matches.neighbours(left, right, size, minimum, exact=exact)
        rows = matches.near(found.units, left, right, exact=exact)
    assert (found.places, found.places_inside) == (together.total(), node.total())
    seen = {
        next(each for each, written in forms.items() if written == dict(row.forms)): (
            *(count, row.left, row.right, row.documents, inside, row.matches),
        )
        for row, count, inside in zip(rows, found.together, found.inside, strict=True)
    }
    assert seen == {
        each: (count, lefts[each], rights[each], len(documents[each]), node[each], len(near[each]))
        for each, count in together.items()
        if count >= minimum
    }
    assert [next(iter(row.forms)) for row in rows] == list(found.units)
    assert list(found.together) == sorted(found.together, reverse=True)


@pytest.mark.slow
@given(
    texts=texts_of_a_corpus,
    query=queries,
    size=sizes,
    left=st.integers(0, 3),
    right=st.integers(0, 3),
    exact=st.booleans(),
)
def test_matches_beside_a_unit_are_those_that_have_it_in_their_window(
    texts: list[str], query: str, size: int, left: int, right: int, exact: bool
) -> None:
    matches = engine_of(texts).matches(f"“{query}”", EXACT)
    for text_of_unit in matches.neighbours(left, right, size, exact=exact).units:
        expected = []
        for match in matches:
            text = texts[match.document]
            spans = [(each.start, each.end) for each in matches if each.document == match.document]
            _, _, node = windows(text, spans, 0, 0, size)
            before, after, _ = windows(text, [(match.start, match.end)], left, right, size)
            held = (before | after) - node
            if any(key(text, each, exact=exact) == key(text_of_unit, tuple(range(size)), exact=exact) for each in held):
                expected.append(match)
        assert list(matches.beside(text_of_unit, left, right, exact=exact)) == expected


@pytest.mark.slow
@given(
    texts=texts_of_a_corpus,
    size=sizes,
    chosen=st.sets(st.integers(0, 4)),
    minimum=st.sampled_from((1, 2)),
    exact=st.booleans(),
)
def test_units_of_documents_are_counted(
    texts: list[str], size: int, chosen: set[int], minimum: int, exact: bool
) -> None:
    counts: Counter[Key] = Counter()
    documents: defaultdict[Key, set[int]] = defaultdict(set)
    for number in chosen.intersection(range(len(texts))):
        for unit in units(texts[number], size):
            counts[key(texts[number], unit, exact=exact)] += 1
            documents[key(texts[number], unit, exact=exact)].add(number)
    for engine in (engine_of(texts), of_segments(texts)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tables, "_BATCH", 10)
            found = engine.units(chosen, size, READ_LAYERS, exact=exact)
            assert (found.total(), found.types()) == (counts.total(), len(counts))
            common = found.commonest(minimum)
            rows = found.described(common.units)
        assert list(common.counts) == [row.count for row in rows] == sorted(common.counts, reverse=True)
        assert all(sum(row.forms.values()) == row.count for row in rows)
        seen = {key(text, tuple(range(size)), exact=exact): row for row in rows for text in list(row.forms)[:1]}
        assert {each: (row.count, row.documents) for each, row in seen.items()} == {
            each: (count, len(documents[each])) for each, count in counts.items() if count >= minimum
        }
        named = [next(iter(row.forms)) for row in rows]
        assert found.frequencies(named) == found.frequencies(common.units) == list(common.counts)
        assert found.frequencies(["龘" * size]) == [0]
        for row in rows:
            name = next(iter(row.forms))
            opened = engine.matches_of_unit(name, chosen, READ_LAYERS, exact=exact)
            assert len(opened) == row.count


@pytest.mark.slow
@example(texts=["楼茶\n楼"], query="茶楼", size=1, side=Beside.LEFT, exact=False)
@given(
    texts=texts_of_a_corpus,
    query=queries,
    size=st.integers(1, 3),
    side=st.sampled_from((Beside.LEFT, Beside.RIGHT)),
    exact=st.booleans(),
)
def test_clusters_are_matches_with_the_characters_beside_them(
    texts: list[str], query: str, size: int, side: Beside, exact: bool
) -> None:
    whole = engine_of(texts).matches(f"“{query}”", EXACT)
    expected: Counter[str] = Counter()
    for match in whole:
        text = texts[match.document]
        line_end = text.find("\n", match.end - 1)
        before = text[text.rfind("\n", 0, match.start) + 1 : match.start]
        after = text[match.end : line_end if line_end >= 0 else len(text)]
        beside = [character for character in (before if side is Beside.LEFT else after) if not is_gap(character)]
        if len(beside) >= size:
            node = "".join(character for character in text[match.start : match.end] if not is_gap(character))
            some = "".join(beside[-size:] if side is Beside.LEFT else beside[:size])
            expected[some + node if side is Beside.LEFT else node + some] += 1
    for matches in (whole, of_segments(texts).matches(f"“{query}”", EXACT)):
        clusters = matches.clusters(size, side, exact=exact)
        found = clusters.units
        assert list(clusters.counts) == [row.count for row in found]
        assert Counter({form: count for row in found for form, count in row.forms.items()}) == expected
        assert all(row.count == sum(row.forms.values()) for row in found)
        assert not exact or len(found) == len(expected)
        for row in found:
            opened = matches.clustered(next(iter(row.forms)), size, side, exact=exact)
            assert (len(opened), len(opened.by_document())) == (row.count, row.documents)


@pytest.mark.slow
@given(texts=texts_of_a_corpus, query=queries, size=sizes)
def test_any_division_into_segments_gives_the_same(texts: list[str], query: str, size: int) -> None:
    one, other = (engine.matches(f"“{query}”", EXACT) for engine in (engine_of(texts), of_segments(texts)))
    found = one.neighbours(2, 2, size)
    assert found == other.neighbours(2, 2, size)
    assert one.near(found.units, 2, 2) == other.near(found.units, 2, 2)


def test_a_place_in_a_match_is_not_counted_though_a_later_match_ended_before_it() -> None:
    segment = segment_of("风茶楼酒雨")  # whose positions are one more than the offsets
    parts = [(segment, np.array([2, 3]), np.array([5, 4]))]
    company = Company(parts, Windows(2, 2, 1, READ_LAYERS))
    found = company.neighbours(1)
    rows = [(row.left, row.right, row.matches) for row in company.of(found.units)]
    assert dict(zip(found.units, rows, strict=True)) == {"雨": (0, 1, 2), "风": (1, 0, 2)}
    assert (found.together, found.places_inside) == ((1, 1), 3)
    assert [at.tolist() for at in company.holding("雨")] == [[0, 1]]
