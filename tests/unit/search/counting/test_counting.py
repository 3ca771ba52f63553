"""What is counted in the index beside what reading the texts finds: lengths, digests, and the order of contexts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import identity_of, is_gap
from support.searching import engine_of, load
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import Layer, Metadata, Source
from tuibrowser.search.counting.extents import digests, significant
from tuibrowser.search.counting.places import NOWHERE, Places
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.making.merge import build
from tuibrowser.search.index.taken import IndexText
from tuibrowser.search.model import Scope
from tuibrowser.search.query import READ_LAYERS
from tuibrowser.search.values import Beside

EXACT = Scope(exact=True)
TEXT = frozenset({Layer.TEXT})

texts_of_a_corpus = st.lists(st.text("茶樓楼𠀀，  \n", min_size=1, max_size=24), min_size=1, max_size=5)


@given(texts=texts_of_a_corpus)
def test_the_length_of_a_text_is_that_of_its_significant_characters(texts: list[str]) -> None:
    expected = [sum(not is_gap(character) for character in text) for text in texts]
    assert engine_of(texts).significant(READ_LAYERS) == expected


@pytest.mark.slow
@given(texts=texts_of_a_corpus)
def test_a_digest_is_that_of_the_text_wherever_it_stands(texts: list[str]) -> None:
    found = engine_of(texts).digests()
    alone = [engine_of([text]).digests()[0] for text in texts]
    assert found == alone
    assert len(set(found)) == len(set(texts))


@given(texts=texts_of_a_corpus, query=st.text("茶楼", min_size=1, max_size=2), side=st.sampled_from(Beside))
def test_matches_are_ordered_by_what_stands_beside_them(texts: list[str], query: str, side: Beside) -> None:
    matches = engine_of(texts).matches(f"“{query}”", EXACT)

    def beside(at: int) -> list[int]:
        match = matches[at]
        text = texts[match.document]
        if side is Beside.LEFT:
            context = text[: match.start].rpartition("\n")[2][::-1]
        else:
            context = text[match.end :].partition("\n")[0]
        ids = [identity_of(character) for character in context if not is_gap(character)][:4]
        return ids + [0] * (4 - len(ids))

    keys = [beside(at) for at in range(len(matches))]
    firsts = [key[0] for key in keys]

    def rank(at: int) -> tuple[object, ...]:
        common = -firsts.count(firsts[at]) if firsts[at] else 0
        return (common, keys[at], at) if side is Beside.COMMONEST else (keys[at], at)

    assert matches.ordered(side) == sorted(range(len(matches)), key=rank)


def test_the_order_is_the_same_however_the_corpus_is_divided() -> None:
    texts = ["茶楼上", "茶楼下雨\n茶楼", "茶樓茶楼"]
    divided = Engine(Corpus([Source(Path(f"{at}.txt"), f"{at}.txt") for at in range(len(texts))]))
    for at, text in enumerate(texts):
        divided.add([load(at, text, f"{at}.txt", Metadata())])
        divided.matches("茶", EXACT)  # Seals what was added as a segment of its own.
    assert len(divided.segments) == len(texts)
    whole = engine_of(texts)
    for side in Beside:
        assert divided.matches("茶楼", EXACT).ordered(side) == whole.matches("茶楼", EXACT).ordered(side)


def test_notes_are_neither_counted_nor_stepped_on() -> None:
    segment = build([IndexText(0, "茶注注楼\n注酒", [0, 5], layers=(1, 3, 1, 5, 6, 1))])
    places = Places(segment, TEXT)
    # Positions are one more than offsets.
    assert significant(segment, TEXT).tolist() == [3]
    assert places.next(np.array([1, 4, 7]), 1).tolist() == [4, NOWHERE, NOWHERE]
    assert places.next(np.array([4, 1, 7]), -1).tolist() == [1, NOWHERE, NOWHERE]
    assert places.within(0, 8).tolist() == [False, True, False, False, True, False, False, True]
    assert places.are(np.arange(8)).tolist() == places.within(0, 8).tolist()
    assert significant(segment, READ_LAYERS).tolist() == [6]
    assert len(digests(segment)) == 1


def test_a_note_of_several_paragraphs_ends_the_paragraph() -> None:
    segment = build([IndexText(0, "茶注\n注楼", [0, 3], layers=(1, 4, 1))])
    assert Places(segment, TEXT).next(np.array([1]), 1).tolist() == [NOWHERE]
    assert Places(segment, TEXT).next(np.array([5]), -1).tolist() == [NOWHERE]


def test_only_notes_are_counted_and_stepped_on_where_notes_are_asked_for() -> None:
    texts = [IndexText(0, "茶注注楼注\n注酒", [0, 6], layers=(1, 3, 1, 4, 5, 1, 6, 7, 1)), IndexText(1, "茶楼", [0])]
    segment = build(texts)
    notes = Places(segment, frozenset({Layer.NOTE}))
    assert significant(segment, frozenset({Layer.NOTE})).tolist() == [4, 0]
    assert notes.next(np.array([2, 3, 5, 7]), 1).tolist() == [3, 5, NOWHERE, NOWHERE]
    assert notes.next(np.array([2, 3, 5, 7]), -1).tolist() == [NOWHERE, 2, 3, NOWHERE]
    length = len(segment.codes)
    assert np.flatnonzero(notes.within(0, length)).tolist() == [2, 3, 5, 7]
    assert notes.are(np.arange(length)).tolist() == notes.within(0, length).tolist()
    assert significant(segment, frozenset({Layer.FURNITURE})).tolist() == [0, 0]


def test_a_note_that_ends_with_its_paragraph_ends_it() -> None:
    segment = build([IndexText(0, "茶注\n楼酒", [0, 3], layers=(1, 3, 1))])
    assert Places(segment, TEXT).next(np.array([1]), 1).tolist() == [NOWHERE]
    assert Places(segment, TEXT).next(np.array([4]), -1).tolist() == [NOWHERE]


def test_a_query_says_which_documents_and_layers_it_asks_for() -> None:
    engine = engine_of({"山/甲.txt": ("茶", Metadata(author="李")), "水/乙.txt": "茶"})
    assert engine.chosen("茶 in:水").documents == [1]
    by = engine.chosen("茶 楼 by:李")
    assert (by.documents, by.words, len(by.notes)) == ([0], 2, 1)
    assert engine.chosen("茶 layer:note").layers == {Layer.NOTE}
    assert engine.chosen("茶").layers == READ_LAYERS
