from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import same
from tuibrowser.hanzi.alignment import Alignment
from tuibrowser.hanzi.fold import BREAK, fold_table
from tuibrowser.search.index.making.merge import build, merge
from tuibrowser.search.index.segment import LONGEST_GAP
from tuibrowser.search.index.taken import IndexText

TEXTS = st.lists(st.text(alphabet="高质行，\n \0a\U00020000\U0002a6d6\U00030000", max_size=30), min_size=1, max_size=6)


def paragraphs(text: str) -> list[int]:
    return [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]


def text_of(number: int, text: str) -> IndexText:
    headings = [(0, len(text))] if text else []
    layers = [0, 1, 1, len(text) - 1, len(text), 2] if len(text) > 2 and number % 2 else []
    return IndexText(number, text, paragraphs(text), headings, (), paragraphs(text), layers)


@given(TEXTS)
def test_a_segment_gives_its_texts_back(texts: list[str]) -> None:
    segment = build([text_of(number, text) for number, text in enumerate(texts)])
    for number, text in enumerate(texts):
        start, end = segment.docs[number : number + 2].tolist()
        assert segment.text(start, end - 1) == text.replace("\0", "\ufffd")
    starts, ends = segment.docs[:-1].astype(np.int64), segment.docs[1:].astype(np.int64) - 1
    assert segment.texts(starts, ends) == [text.replace("\0", "\ufffd") for text in texts]


@pytest.mark.slow
@given(TEXTS, st.data())
def test_merged_segments_are_the_segment_of_all(texts: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(texts)))
    every = [text_of(number, text) for number, text in enumerate(texts)]
    parts = [build(part) for part in (every[:cut], every[cut:]) if part]
    assert same(merge(parts), build(every))


@pytest.mark.slow
@given(TEXTS, st.data())
def test_merging_puts_documents_in_order(texts: list[str], data: st.DataObject) -> None:
    every = [text_of(number, text) for number, text in enumerate(texts)]
    shuffled = data.draw(st.permutations(every))
    assert same(merge([build([text]) for text in shuffled]), build(every))


@given(TEXTS)
def test_a_posting_hints_at_the_character_after_a_pair(texts: list[str]) -> None:
    segment = build([text_of(number, text) for number, text in enumerate(texts)])
    ids = segment.fold[segment.codes].tolist()

    def following(at: int) -> int:
        """The next significant position in the paragraph, 0 where there is none."""
        for place in range(at + 1, min(at + LONGEST_GAP + 2, len(ids))):
            if ids[place] == BREAK:
                return 0
            if ids[place] >= fold_table().gap_end:
                return place
        return 0

    for posting in segment.post.tolist():
        at, hint = posting >> segment.hint_bits, posting & ((1 << segment.hint_bits) - 1)
        second = following(at)
        third = following(second) if second else 0
        assert hint == fold_table().groups[ids[third] if third else BREAK]


def test_more_rare_characters_than_surrogates_still_come_back() -> None:
    text = "".join(map(chr, range(0x20000, 0x20000 + 5000)))
    segment = build([text_of(0, text)])
    assert segment.text(1, len(text) + 1) == text


EDITS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=6)


@given(EDITS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8)), min_size=1), st.integers(0, 3))
def test_spans_map_to_the_raw_text_as_the_alignment_maps_them(
    steps: list[tuple[int, int, int]], spans: list[tuple[int, int]], before: int
) -> None:
    edits, at = [], 0
    for skip, width, length in steps:
        if width == length == 0:
            continue
        edits.append((at + skip, at + skip + width, length))
        at += skip + width + 1
    alignment = Alignment(edits)
    flat = [number for edit in edits for number in edit]
    segment = build([IndexText(0, "文" * before, [0]), IndexText(1, "文" * 60, [0], (), flat)])
    origin = int(segment.docs[1])
    starts = np.array([origin + start for start, _ in spans])
    ends = np.array([origin + start + length for start, length in spans])
    documents, raw_starts, raw_ends = segment.source_spans(starts, ends)
    assert documents.tolist() == [1] * len(spans)
    expected = [alignment.source_span(start, start + length) for start, length in spans]
    assert list(zip(raw_starts.tolist(), raw_ends.tolist(), strict=True)) == expected


def test_headings_stand_in_the_repaired_text() -> None:
    raw, repaired = "發(fā)展\n正文", "發展\n正文"
    text = IndexText(0, repaired, [0, 3], [(0, raw.index("\n"))], [1, 5, 0])
    segment = build([text])
    assert segment.heads.tolist() == [[1, 3]]


def test_a_segment_knows_the_layer_of_each_position() -> None:
    texts = ["正文", "甲(註)乙(註)", "正文", "(註)"]
    layers = [(), (1, 4, 1, 5, 8, 2), (), (0, 3, 1)]
    segment = build([IndexText(at, text, [0], layers=layers[at]) for at, text in enumerate(texts)])
    held = "".join(map(str, segment.layers_at(np.arange(len(segment))).tolist()))
    assert [held[start : start + len(text)] for start, text in zip(segment.docs.tolist(), texts, strict=False)] == [
        "00",
        "01110222",
        "00",
        "111",
    ]


def test_a_segment_without_layers_is_all_text() -> None:
    segment = build([IndexText(0, "正文", [0])])
    assert segment.layers_at(np.arange(4)).tolist() == [0, 0, 0, 0]
