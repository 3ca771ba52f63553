"""How many words of a sample are known: the same by the layer of words and by the cutter, however texts are divided."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import engine_of, load
from support.words import Greedy, cut_greedily
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import Metadata
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.words import coverage as covered
from tuibrowser.search.index.words.coverage import coverage, extents, places_in, sample
from tuibrowser.search.index.words.cut import cut

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, scope="module")
def _greedily() -> Iterator[None]:
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


@pytest.mark.slow
@given(
    texts=st.lists(st.text("茶樓楼酒，\n ", min_size=1, max_size=60), min_size=1, max_size=4),
    length=st.sampled_from((3, 300)),
)
def test_a_sample_is_the_same_by_layer_and_cutter_and_in_any_division(texts: list[str], length: int) -> None:
    one, other = engine_of(texts), of_segments(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(covered, "_LENGTH", length)
        found = [
            [
                engine.segments[number].text(low, high)
                for number, low, high, _ in sample(engine.segments, places_in(extents(engine.segments, [0, 2])))
            ]
            for engine in (one, other)
        ]
        assert found[0] == found[1]
        layer = cut(one.segments, Greedy(), lambda *_: None, lambda: False)
        by_cutter = coverage(one.segments, [0, 2], None, Greedy())
        assert by_cutter == coverage(other.segments, [0, 2], None, Greedy())
        if all(len(line) < 100 for text in texts for line in text.split("\n")) and length == 300:
            assert by_cutter == coverage(one.segments, [0, 2], layer, None)


def test_only_words_of_ideographs_count_and_documents_out_of_scope_do_not() -> None:
    engine = engine_of(["茶樓，酒酒酒，茶，hello 2022。", "雨。", "茶樓。"])
    found = engine.cut_texts.coverage([0, 1])
    assert (found.known, found.words, found.share) == (2, 2, 1.0)
    assert engine.cut_texts.coverage([1]).share == 0.0
    assert engine.cut_texts.coverage([]).words == 0


def test_words_between_blanks_are_known() -> None:
    text = "天地 玄黄 宇宙 洪荒 日月 盈昃 辰宿 列张 寒来 暑往 秋收 冬藏"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Greedy, "lengths", lambda _, text: [len(each) for each in text.replace(" ", "| |").split("|")])
        assert engine_of([text]).cut_texts.coverage([0]).share == 1.0
        assert engine_of([text.replace(" ", "，")]).cut_texts.coverage([0]).share == 0.0


def test_a_long_text_is_looked_at_here_and_there() -> None:
    engine = engine_of(["茶樓風雨酒，" * 20_000])
    found = list(sample(engine.segments, places_in(extents(engine.segments, [0]))))
    assert len(found) == covered._STRETCHES
    assert sum(high - low for _, low, high, _ in found) < 120_000 // 2
    assert all(one[2] <= other[1] for one, other in pairwise(found))
