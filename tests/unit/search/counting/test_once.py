"""What is counted once: beside reading the texts paragraph by paragraph."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import identity_of, is_gap
from support.searching import engine_of, load
from support.words import cut_greedily, words_in
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import LAYERS, Layer, Metadata
from tuibrowser.search.counting import once
from tuibrowser.search.counting.once import LEFT_OUT, KeptOnce, _without
from tuibrowser.search.engine import Engine
from tuibrowser.search.model import Scope
from tuibrowser.search.query import READ_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator

ONCE = Scope(exact=True, once=True)

paragraphs = st.text("茶樓楼酒，", min_size=1, max_size=6)
texts_of_a_corpus = st.lists(st.lists(paragraphs, min_size=1, max_size=4).map("\n".join), min_size=1, max_size=4)


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(once, "LEAST", 3)
    with cut_greedily():
        yield


def of_segments(texts: list[str]) -> Engine:
    """An engine that has a segment for each text."""
    engine = engine_of([""] * len(texts))
    parts = []
    for number, text in enumerate(texts):
        part = Engine(Corpus([]))
        part.add([load(number, text, f"{number}.txt", Metadata())])
        parts.append(part.segments[0])
    engine.adopt(parts)
    return engine


def key(text: str) -> tuple[int, ...]:
    return tuple(identity_of(each) for each in text if not is_gap(each))


def kept(texts: list[str]) -> list[list[tuple[int, str]]]:
    """The paragraphs of each text that stand in none before, with their offsets."""
    before: set[tuple[int, ...]] = set()
    found = []
    for text in texts:
        lines, start = [], 0
        for line in text.split("\n"):
            if key(line) not in before:
                lines.append((start, line))
            start += len(line) + 1
        before.update(key(line) for line in text.split("\n") if len(key(line)) >= 3)
        found.append(lines)
    return found


@pytest.mark.slow
@given(texts=texts_of_a_corpus, divided=st.booleans(), batch=st.sampled_from((4, 1 << 18)))
def test_paragraphs_of_a_document_before_are_left_out(texts: list[str], divided: bool, batch: int) -> None:
    engine = of_segments(texts) if divided else engine_of(texts)
    documents, rest = range(len(texts)), kept(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(once, "_BATCH", batch)
        repeated = engine.repeated(documents, READ_LAYERS)
    sizes = [sum(len(key(line)) for _, line in lines) for lines in rest]
    assert [len(key(text)) - size for text, size in zip(texts, sizes, strict=True)] == list(repeated)
    characters = Counter(each for lines in rest for _, line in lines for each in key(line))
    units = engine.units(documents, 1, READ_LAYERS, once=True)
    assert units.total() == characters.total()
    assert sorted(units.commonest(1).counts) == sorted(characters.values())
    for name, unit in zip(units.commonest(1).units, units.described(units.commonest(1).units), strict=True):
        matches = engine.matches_of_unit(name, documents, READ_LAYERS, once=True)
        assert (len(matches), len(matches.by_document())) == (unit.count, unit.documents)
    words = Counter(key(line[start:end]) for lines in rest for _, line in lines for start, end in words_in(line))
    table = engine.cut_texts.units(documents, READ_LAYERS, once=True)
    assert sorted(table.commonest(1).counts) == sorted(words.values())
    for name, unit in zip(table.commonest(1).units, table.described(table.commonest(1).units), strict=True):
        matches = engine.cut_texts.matches_of_unit(name, documents, READ_LAYERS, once=True)
        assert (len(matches), len(matches.by_document())) == (unit.count, unit.documents)


@pytest.mark.slow
@given(texts=texts_of_a_corpus, divided=st.booleans())
def test_matches_in_such_paragraphs_are_left_out_with_what_stands_beside_them(texts: list[str], divided: bool) -> None:
    texts = list(dict.fromkeys(texts))  # whole documents that repeat another are left out before
    engine = of_segments(texts) if divided else engine_of(texts)
    expected = []
    for number, lines in enumerate(kept(texts)):
        for start, line in lines:
            expected += [(number, start + at) for at, each in enumerate(line) if each in "樓楼"]
    matches = engine.matches("“楼”", ONCE)
    assert [(match.document, match.start) for match in matches] == expected
    beside = matches.neighbours(1, 1)
    assert sum(beside.together) == beside.places
    near = matches.words_near(matches.word_neighbours(2, 2).units, 2, 2)
    for name, each in zip(matches.word_neighbours(2, 2).units, near, strict=True):
        assert len(matches.beside_word(name, 2, 2)) == each.matches


def test_a_document_may_say_the_same_twice_and_only_some_documents_are_looked_at() -> None:
    texts = ["风雨茶楼\n风雨茶楼", "风雨，茶樓", "风雨茶楼酒"]
    engine = engine_of(texts)
    assert list(engine.repeated([0, 1, 2], READ_LAYERS)) == [0, 4, 0]
    assert list(engine.repeated([1, 2], READ_LAYERS)) == [0, 0, 0]


def test_rows_of_layers_are_cut_where_text_is_left_out() -> None:
    segment = engine_of(["茶茶茶\n酒酒酒\n茶茶茶"]).segments[0]
    note = LAYERS.index(Layer.NOTE)
    noted = replace(segment, layers=np.array([[2, 7, note], [10, 12, note]], np.uint32))
    start, end = int(segment.para[1]), int(segment.para[2])
    rows = _without(noted, np.array([1])).layers.tolist()
    assert rows == [[2, start, note], [start, 7, LEFT_OUT], [7, end, LEFT_OUT], [10, 12, note]]


def test_what_was_left_out_last_is_kept() -> None:
    engine = engine_of(["风雨茶楼", "风雨茶楼"])
    texts = KeptOnce()
    assert texts.of(engine.segments, [0, 1]) is texts.of(engine.segments, [1, 0, 7])
    assert texts.of(engine.segments, [0]) is not texts.of(engine.segments, [1])
