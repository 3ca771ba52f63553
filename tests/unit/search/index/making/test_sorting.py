from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.brute import same
from tuibrowser.hanzi.fold import BREAK, fold_table
from tuibrowser.search.index.making import sorting as indexing
from tuibrowser.search.index.making.gather import gather
from tuibrowser.search.index.making.merge import build, joined
from tuibrowser.search.index.segment import LONGEST_GAP, Segment
from tuibrowser.search.index.taken import IndexText

# Long gaps and texts of spaces alone leave parts of the array of all pairs empty.
TEXTS = st.lists(
    st.lists(st.sampled_from(["高质", "行", "，", "\n", "a1", " " * 12, "，" * 30]), max_size=12).map("".join),
    min_size=1,
    max_size=5,
)


def of(texts: list[str]) -> list[IndexText]:
    return [
        IndexText(number, text, [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")])
        for number, text in enumerate(texts)
    ]


def pairs(segment: Segment) -> list[tuple[int, int, int]]:
    """The ids of each significant character and the next in its paragraph, and its position, by going through all."""
    ids = segment.fold[segment.codes].tolist()
    places = [at for at, identity in enumerate(ids) if identity == BREAK or identity >= fold_table().gap_end]
    found = []
    for at, after in pairwise([*places, len(ids)]):
        if ids[at] != BREAK:
            reached = after < len(ids) and after - at <= LONGEST_GAP + 1
            found.append((ids[at], ids[after] if reached else BREAK, at))
    return sorted(found)


@given(TEXTS)
def test_every_pair_has_its_posting(texts: list[str]) -> None:
    segment = build(of(texts))
    offs = segment.offs.take(np.arange(len(segment.offs))).tolist()
    found = [
        (key >> 16, key & 0xFFFF, posting >> segment.hint_bits)
        for key, (low, high) in zip(segment.keys.tolist(), pairwise(offs), strict=True)
        for posting in segment.post[low:high].tolist()
    ]
    assert found == pairs(segment)


@pytest.mark.slow
@given(TEXTS, st.integers(1, 40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_segment_is_the_same_whatever_is_taken_at_a_time(
    monkeypatch: pytest.MonkeyPatch, texts: list[str], block: int
) -> None:
    whole = build(of(texts))
    with monkeypatch.context() as patched:
        patched.setattr(indexing, "BLOCK", block)
        assert same(build(of(texts)), whole)


EDIT = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
DOCUMENT = st.tuples(
    st.lists(EDIT, max_size=4), st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), max_size=3), st.booleans()
)


def text_of(number: int, drawn: tuple[list[tuple[int, int, int]], list[tuple[int, int]], bool]) -> IndexText:
    steps, spans, has_lines = drawn
    edits, at = [], 0
    for skip, width, length in steps:
        edits += [at + skip, at + skip + width, length]
        at += skip + width + 1
    headings = sorted((start, start + length) for start, length in spans)
    lines = [0, 7, 300 + number] if has_lines else []
    return IndexText(number, "文" * 60, [0, 9], headings, edits, lines)


@pytest.mark.slow
@given(st.lists(DOCUMENT, min_size=1, max_size=5))
def test_documents_gathered_together_are_those_gathered_one_by_one(
    drawn: list[tuple[list[tuple[int, int, int]], list[tuple[int, int]], bool]],
) -> None:
    texts = [text_of(number, each) for number, each in enumerate(drawn)]
    together = gather(texts)
    assert same(together, joined([gather([text]) for text in texts]))
    assert len(together.heads) == sum(len(text.headings) for text in texts)


def test_nothing_is_a_segment_too() -> None:
    segment = build([])
    assert (len(segment.numbers), len(segment.post)) == (0, 0)
    assert np.array_equal(segment.docs, [1])
