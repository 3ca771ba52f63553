"""The layer of words, beside what cutting each text by itself finds."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import engine_of
from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.hanzi.cutting import PythonCutter, RustCutter, cutter, cutter_name
from tuibrowser.hanzi.words import Words
from tuibrowser.search.index.making.merge import build
from tuibrowser.search.index.taken import IndexText
from tuibrowser.search.index.words import cut as cutting
from tuibrowser.search.index.words.cut import cut

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tuibrowser.hanzi.cutting import Cutter
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.layer import WordLayer

TEXTS = st.text(
    st.sampled_from("機關黨建机关党建高質量發展的是，。「」 \nabC-19.,'２０％カなé\u0301葛\U000e0100\U00020000"),
    max_size=40,
)


@pytest.fixture(scope="module")
def words() -> Words:
    loaded = Words()
    assert loaded.load()
    return loaded


@pytest.fixture(scope="module")
def by_jieba(words: Words) -> PythonCutter:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tuibrowser.hanzi.cutting.Words", lambda: words)
        return PythonCutter()


def layer_of(segments: Sequence[Segment], by: PythonCutter) -> WordLayer:
    found = cut(segments, by, lambda *_: None, lambda: False)
    assert found is not None
    return found


def written(segment: Segment, layer: WordLayer, number: int = 0) -> list[str]:
    """The words of a segment, read from its text."""
    part = layer.segments[number]
    starts = part.starts_of(np.arange(len(part.forms)))
    lengths = layer.vocabulary.lengths.take(part.forms)
    return [segment.text(at, at + length) for at, length in zip(starts.tolist(), lengths.tolist(), strict=True)]


@pytest.mark.slow
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), batch=st.sampled_from((1, 7, 1 << 19)))
def test_the_words_of_a_segment_are_those_of_its_texts(
    words: Words, by_jieba: PythonCutter, texts: list[str], batch: int
) -> None:
    (segment,) = engine_of(texts).segments
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "_BATCH", batch)
        layer = layer_of([segment], by_jieba)
    expected = [line[start:end] for text in texts for line in text.split("\n") for start, end in words.spans(line)]
    assert written(segment, layer) == expected
    assert [layer.vocabulary.written[form] for form in layer.segments[0].forms] == expected
    counts = Counter(expected)
    assert layer.vocabulary.written == sorted(counts, key=lambda form: (-counts[form], form))


@pytest.mark.slow
@given(texts=st.lists(TEXTS, min_size=2, max_size=4))
def test_any_division_into_segments_gives_the_same_forms(by_jieba: PythonCutter, texts: list[str]) -> None:
    whole = layer_of(engine_of(texts).segments, by_jieba)
    parts = layer_of([engine_of([text]).segments[0] for text in texts], by_jieba)
    for name in ("text", "ends", "words", "known"):
        assert np.array_equal(getattr(whole.vocabulary, name), getattr(parts.vocabulary, name))
    assert np.array_equal(whole.segments[0].forms, np.concatenate([part.forms for part in parts.segments]))


def test_a_word_is_one_in_all_its_forms(by_jieba: PythonCutter) -> None:
    layer = layer_of(engine_of(["國家规定，国家規定。国家"]).segments, by_jieba)
    forms = dict(zip(layer.vocabulary.written, layer.vocabulary.words.tolist(), strict=True))
    assert forms["国家"] == forms["國家"] == 0
    assert forms["规定"] == forms["規定"] == 1
    assert layer.vocabulary.size == 2


def test_characters_that_share_an_id_make_words_of_their_own(by_jieba: PythonCutter) -> None:
    layer = layer_of(engine_of(["\U0002a000 \U0002a001"]).segments, by_jieba)
    assert layer.vocabulary.size == 2


def test_blanks_that_cut_a_text_into_words_are_their_boundaries(by_jieba: PythonCutter) -> None:
    cut_already = "中华 人民共 和国 ， 国家规 定 ， 人民 共和国规 定 ， COVID-19 的 疫 情 。\n国 家"
    (segment,) = engine_of([cut_already]).segments
    expected = cut_already.replace(" ，", "").replace(" 。", "").split()
    assert written(segment, layer_of([segment], by_jieba)) == expected


@pytest.mark.parametrize(
    "text", ["国家规定 人民办理" * 8, "国 家 规 定 人 民 办 理 国 家 规 定", "按照国家规定办理　按照国家规定办理\n" * 8]
)
def test_other_blanks_cut_no_words(words: Words, by_jieba: PythonCutter, text: str) -> None:
    (segment,) = engine_of([text]).segments
    expected = [line[start:end] for line in text.split("\n") for start, end in words.spans(line)]
    assert written(segment, layer_of([segment], by_jieba)) == expected


def test_no_word_runs_on_into_a_note(by_jieba: PythonCutter) -> None:
    text = "国家规定人民"
    segment = build([IndexText(0, text, [0], layers=array("I", [1, 3, LAYERS.index(Layer.NOTE)]))])
    assert written(segment, layer_of([segment], by_jieba))[0] == "国"


def test_places_are_found_from_words_and_words_from_places(by_jieba: PythonCutter) -> None:
    (segment,) = engine_of(["国家的规定。" * 40, "人民"]).segments
    part = layer_of([segment], by_jieba).segments[0]
    every = np.arange(len(part.forms))
    starts = part.starts_of(every)
    assert part.index_at(starts).tolist() == every.tolist()
    assert part.index_at(starts + 1).tolist() == (every + 1).tolist()
    assert part.begin_at(starts).all()
    assert not part.begin_at(starts + 1)[starts + 1 != np.append(starts[1:], 0)].any()
    beyond = np.array([0, len(segment), len(segment) + 500])
    assert part.index_at(beyond).tolist() == [0, len(every), len(every)]


def test_the_first_of_each_word_in_a_document_is_marked(by_jieba: PythonCutter) -> None:
    (segment,) = engine_of(["國家，国家，人民", "国家"]).segments
    part = layer_of([segment], by_jieba).segments[0]
    assert np.unpackbits(part.firsts, bitorder="little")[:4].tolist() == [1, 0, 1, 1]


def test_cutting_tells_how_far_it_is_and_can_be_cancelled(by_jieba: PythonCutter) -> None:
    segments = engine_of(["国家规定\n" * 20]).segments
    told: list[tuple[int, int]] = []
    assert cut(segments, by_jieba, lambda *at: told.append(at), lambda: False) is not None
    assert told[-1] == (len(segments[0]), len(segments[0]))
    assert cut(segments, by_jieba, lambda *_: None, lambda: True) is None


def test_a_corpus_without_text_has_no_words(by_jieba: PythonCutter) -> None:
    layer = layer_of(engine_of([""]).segments, by_jieba)
    assert (len(layer.vocabulary), layer.vocabulary.size, layer.vocabulary.written) == (0, 0, [])
    assert layer_of([], by_jieba).segments == []


@pytest.mark.slow
def test_both_libraries_cut_alike(by_jieba: PythonCutter) -> None:
    pytest.importorskip("rjieba")
    text = "南京市长江大桥，机关党建要围绕中心、建设队伍。" + "国家规定人民办理" * 40 + "，她在café唱AA制5.5%"
    by_rjieba = RustCutter()
    assert by_rjieba.lengths(text) == by_jieba.lengths(text)
    assert sum(by_rjieba.lengths(text)) == len(text)
    assert [by_rjieba.knows(word) for word in ("国家", "中华人民共和", "茗")] == [True, False, True]
    assert by_jieba.knows("国家")
    assert not by_jieba.knows("中华人民共和")
    assert by_rjieba.name == cutter_name()


@pytest.mark.slow
def test_words_of_the_reader_are_found_by_both(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("規定辦理 900000\n", encoding="utf-8")
    cutters: list[Cutter] = [PythonCutter([own])]
    if cutter_name().startswith("rjieba"):
        cutters.append(RustCutter([own]))
    for each in cutters:
        assert each.lengths("国家规定办理") == [2, 4]
        assert each.knows("规定办理")


def test_jieba_cuts_where_rjieba_is_missing(words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.hanzi.cutting.find_spec", lambda _: None)
    monkeypatch.setattr("tuibrowser.hanzi.cutting.Words", lambda: words)
    assert cutter_name().startswith("jieba ")
    assert isinstance(cutter(), PythonCutter)
    assert cutter().name == cutter_name()
