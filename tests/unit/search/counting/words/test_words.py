"""Words of documents and beside matches, beside what reading the texts word by word finds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import identity_of
from support.searching import engine_of, load
from support.words import cut_greedily, words_in
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import LAYERS, Layer, Metadata
from tuibrowser.search.counting.words import grams
from tuibrowser.search.engine import Engine
from tuibrowser.search.model import HitKind, Scope
from tuibrowser.search.query import READ_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.search.values import Unit

EXACT = Scope(exact=True)
TEXT = frozenset({Layer.TEXT})

texts_of_a_corpus = st.lists(st.text("茶樓楼酒𠀀，\n", min_size=1, max_size=24), min_size=1, max_size=5)
queries = st.text("茶樓楼酒", min_size=1, max_size=3)

Key = tuple[int | str, ...]
Span = tuple[int, int]


@pytest.fixture(autouse=True, scope="module")
def _greedily() -> Iterator[None]:
    with cut_greedily():
        yield


def key(word: str, *, exact: bool = False) -> Key:
    """What is one and the same word: its characters, without regard to script unless they are told apart."""
    if exact:
        return tuple(word)
    return tuple("𠀀" if each == "𠀀" else identity_of(each) for each in word)


def lines(text: str) -> list[list[Span]]:
    """The words of each paragraph of a text."""
    found: list[list[Span]] = [[] for _ in text.split("\n")]
    for start, end in words_in(text):
        found[text.count("\n", 0, start)].append((start, end))
    return found


def windows(text: str, spans: list[Span], left: int, right: int) -> tuple[set[Span], ...]:
    """The words left and right of spans that overlap none, and those that overlap one."""
    node = {word for word in words_in(text) for span in spans if word[0] < span[1] and span[0] < word[1]}
    lefts: set[Span] = set()
    rights: set[Span] = set()
    for start, end in spans:
        before = [word for word in lines(text)[text.count("\n", 0, start)] if word[1] <= start]
        after = [word for word in lines(text)[text.count("\n", 0, end - 1)] if word[0] >= end]
        lefts.update(before[max(0, len(before) - left) :])
        rights.update(after[:right])
    return lefts - node, rights - node, node


def of_segments(texts: list[str]) -> Engine:
    """An engine that has a segment for each text, and all it will have."""
    engine = engine_of([""] * len(texts))
    parts = []
    for number, text in enumerate(texts):
        part = Engine(Corpus([]))
        part.add([load(number, text, f"{number}.txt", Metadata())])
        parts.append(part.segments[0])
    engine.adopt(parts)
    return engine


def by_key(units: list[Unit], *, exact: bool) -> dict[Key, tuple[dict[str, int], int, int]]:
    return {key(next(iter(unit.forms)), exact=exact): (dict(unit.forms), unit.count, unit.documents) for unit in units}


@pytest.mark.slow
@given(
    texts=texts_of_a_corpus,
    query=queries,
    left=st.integers(0, 4),
    right=st.integers(0, 4),
    minimum=st.sampled_from((1, 2)),
    divided=st.booleans(),
    exact=st.booleans(),
)
def test_each_word_in_the_windows_is_counted_once(
    texts: list[str], query: str, left: int, right: int, minimum: int, divided: bool, exact: bool
) -> None:
    engine = of_segments(texts) if divided else engine_of(texts)
    matches = engine.matches(f"“{query}”", EXACT)
    together, lefts, rights, node = Counter[Key](), Counter[Key](), Counter[Key](), Counter[Key]()
    forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    documents: defaultdict[Key, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        spans = [(match.start, match.end) for match in matches if match.document == number]
        before, after, inside = windows(text, spans, left, right)
        for counter, side in ((together, before | after), (lefts, before), (rights, after), (node, inside)):
            counter.update(key(text[start:end], exact=exact) for start, end in side)
        for start, end in before | after:
            forms[key(text[start:end], exact=exact)][text[start:end]] += 1
            documents[key(text[start:end], exact=exact)].add(number)
    found = matches.word_neighbours(left, right, minimum, exact=exact)
    assert (found.places, found.places_inside) == (together.total(), node.total())
    near = matches.words_near(found.units, left, right, exact=exact)
    seen = {
        key(unit, exact=exact): (dict(each.forms), count, each.left, each.right, each.documents, inside)
        for unit, count, inside, each in zip(found.units, found.together, found.inside, near, strict=True)
    }
    assert seen == {
        each: (dict(forms[each]), count, lefts[each], rights[each], len(documents[each]), node[each])
        for each, count in together.items()
        if count >= minimum
    }
    assert list(found.together) == sorted(found.together, reverse=True)
    for unit, each in zip(found.units, near, strict=True):
        assert each.matches == len(matches.beside_word(unit, left, right, exact=exact))
        assert each.forms[unit] == max(each.forms.values())


@pytest.mark.slow
@given(texts=texts_of_a_corpus, query=queries, left=st.integers(0, 3), right=st.integers(0, 3), exact=st.booleans())
def test_matches_beside_a_word_are_those_that_have_it_in_their_window(
    texts: list[str], query: str, left: int, right: int, exact: bool
) -> None:
    matches = engine_of(texts).matches(f"“{query}”", EXACT)
    expected = []
    for match in matches:
        text = texts[match.document]
        spans = [(each.start, each.end) for each in matches if each.document == match.document]
        node = windows(text, spans, 0, 0)[2]
        before, after, _ = windows(text, [(match.start, match.end)], left, right)
        if any(key(text[start:end], exact=exact) == key("茶樓", exact=exact) for start, end in (before | after) - node):
            expected.append((match.document, match.start))
    found = matches.beside_word("茶樓", left, right, exact=exact)
    assert [(match.document, match.start) for match in found] == expected


@pytest.mark.slow
@given(texts=texts_of_a_corpus, query=queries)
def test_whole_words_begin_and_end_where_words_do(texts: list[str], query: str) -> None:
    matches = engine_of(texts).matches(f"“{query}”", EXACT)
    expected = []
    for match in matches:
        words = words_in(texts[match.document])
        if any(start == match.start for start, _ in words) and any(end == match.end for _, end in words):
            expected.append((match.document, match.start, match.end))
    assert [(match.document, match.start, match.end) for match in matches.whole_words()] == expected


@pytest.mark.slow
@given(texts=texts_of_a_corpus, chosen=st.sets(st.integers(0, 4)), divided=st.booleans(), exact=st.booleans())
def test_the_words_of_documents_are_counted_as_they_are_written(
    texts: list[str], chosen: set[int], divided: bool, exact: bool
) -> None:
    documents = sorted(number for number in chosen if number < len(texts))
    engine = of_segments(texts) if divided else engine_of(texts)
    forms: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    held: defaultdict[Key, set[int]] = defaultdict(set)
    places: defaultdict[Key, list[tuple[int, int, int]]] = defaultdict(list)
    for number in documents:
        text = texts[number]
        for start, end in words_in(text):
            forms[key(text[start:end], exact=exact)][text[start:end]] += 1
            held[key(text[start:end], exact=exact)].add(number)
            places[key(text[start:end], exact=exact)].append((number, start, end))
    frequencies = {each: counts.total() for each, counts in forms.items()}
    for layers in (TEXT, READ_LAYERS):
        units = engine.cut_texts.units(documents, layers, exact=exact)
        commonest = units.commonest(1)
        assert list(commonest.counts) == sorted(frequencies.values(), reverse=True)
        assert by_key(units.described(commonest.units), exact=exact) == {
            each: (dict(counts), counts.total(), len(held[each])) for each, counts in forms.items()
        }
        assert (units.total(), units.types()) == (sum(frequencies.values()), len(frequencies))
        wanted = ["茶樓", "茶楼", "酒", "國"]
        assert units.frequencies(wanted) == [frequencies.get(key(each, exact=exact), 0) for each in wanted]
        described = units.described(wanted)
        assert [unit.documents for unit in described] == [len(held.get(key(each, exact=exact), ())) for each in wanted]
    for unit in units.described(units.commonest(2).units):
        text = next(iter(unit.forms))
        matches = engine.cut_texts.matches_of_unit(text, documents, TEXT, exact=exact)
        assert [(match.document, match.start, match.end) for match in matches] == places[key(text, exact=exact)]
        assert matches.totals().get(HitKind.EXACT, 0) == unit.forms[text]
        assert sum(matches.totals().values()) == unit.count


def test_words_of_notes_are_passed_over() -> None:
    text = "茶樓酒茶茶樓"
    engine = engine_of([""])
    part = Engine(Corpus([]))
    loaded = load(0, text, "0.txt", Metadata())
    part.add([loaded])
    segment = part.segments[0]
    notes = replace(segment, layers=np.array([[3, 4, LAYERS.index(Layer.NOTE)]], np.uint32))
    engine.adopt([notes])
    texts = engine.cut_texts
    assert texts.units([0], TEXT).frequencies(["茶樓", "酒", "茶"]) == [2, 0, 1]
    assert texts.units([0], frozenset({Layer.NOTE})).frequencies(["茶樓", "酒", "茶"]) == [0, 1, 0]
    assert texts.units([0], READ_LAYERS).total() == 4
    beside = engine.matches("“茶樓”", Scope(exact=True, layers=TEXT)).word_neighbours(0, 1)
    assert (beside.units, beside.together) == (("茶",), (1,))
    assert len(texts.matches_of_unit("酒", [0], TEXT)) == 0
    assert len(texts.matches_of_unit("茶楼", [0], TEXT)) == 2


@pytest.mark.slow
@given(
    texts=texts_of_a_corpus,
    chosen=st.sets(st.integers(0, 4)),
    size=st.integers(2, 3),
    divided=st.booleans(),
    exact=st.booleans(),
    together=st.sampled_from((2, 1 << 20)),
)
def test_words_in_a_row_are_counted_within_paragraphs(
    texts: list[str], chosen: set[int], size: int, divided: bool, exact: bool, together: int
) -> None:
    documents = sorted(number for number in chosen if number < len(texts))
    engine = of_segments(texts) if divided else engine_of(texts)
    forms: dict[tuple[Key, ...], Counter[str]] = {}
    places: defaultdict[tuple[Key, ...], list[tuple[int, int, int]]] = defaultdict(list)
    for number in documents:
        for line in lines(texts[number]):
            for at in range(len(line) - size + 1):
                written = [texts[number][start:end] for start, end in line[at : at + size]]
                gram = tuple(key(each, exact=exact) for each in written)
                forms.setdefault(gram, Counter())[" ".join(written)] += 1
                places[gram].append((number, line[at][0], line[at + size - 1][1]))
    units = engine.cut_texts.units(documents, TEXT, size, exact=exact)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "_TOGETHER", together)
        assert units.types() == len(forms)
    assert (units.total(), units.types()) == (sum(each.total() for each in forms.values()), len(forms))
    commonest = units.commonest(1)
    assert list(commonest.counts) == sorted((each.total() for each in forms.values()), reverse=True)
    seen = {
        tuple(key(each, exact=exact) for each in next(iter(unit.forms)).split(" ")): unit
        for unit in units.described(commonest.units)
    }
    assert {gram: dict(unit.forms) for gram, unit in seen.items()} == forms
    assert list(units.commonest(2).counts) == [count for count in commonest.counts if count >= 2]
    for gram, unit in seen.items():
        assert unit.documents == len({number for number, _, _ in places[gram]})
        name = next(iter(unit.forms))
        assert engine.cut_texts.units(documents, TEXT, size, exact=exact).described([name]) == [unit]
        matches = engine.cut_texts.matches_of_unit(name, documents, TEXT, exact=exact)
        assert [(match.document, match.start, match.end) for match in matches] == places[gram]
        assert matches.totals().get(HitKind.EXACT, 0) == unit.forms[name]
    assert engine.cut_texts.units(documents, TEXT, size, exact=exact).frequencies([" ".join(["國"] * size)]) == [0]
