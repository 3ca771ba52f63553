"""Passages: runs of other stretches are other rows, however alike their numbers."""

from __future__ import annotations

import numpy as np

from tuibrowser.search.reuse.passages import passages_of, rows_of, signatures
from tuibrowser.search.reuse.runs import Runs


def rows(runs: list[tuple[int, int, int]], documents: list[int]) -> list[int]:
    """How many places each row has."""
    own, other, lengths = (np.array(column, np.int64) for column in zip(*runs, strict=True))
    passages = passages_of(Runs(own, other, lengths), np.array(documents))
    signed = signatures(passages, passages.runs.own.astype(np.uint64))
    counts: list[int] = rows_of(passages, signed, both=False).counts().tolist()
    return counts


def test_the_same_stretch_is_one_row_and_another_one_is_another() -> None:
    assert rows([(1000, 5, 10), (1000, 900, 10)], [1, 2]) == [2]
    assert rows([(1000, 5, 10), (1002, 900, 8)], [1, 2]) == [1, 1]
    assert rows([(1000, 5, 10), (1000, 900, 11)], [1, 2]) == [1, 1]


def test_runs_in_another_order_are_another_row() -> None:
    one, other = [(100, 100, 10), (115, 115, 12)], [(100, 900, 10), (200, 915, 12)]
    assert rows([*one, *other], [1, 1, 2, 2]) == [1, 1, 1]


def test_ten_thousand_nested_stretches_are_as_many_rows() -> None:
    spans = [(start, end - start) for start in range(100) for end in range(200, 300)]
    every = [(own, 1000 * at, length) for at, (own, length) in enumerate(spans)]
    assert len(rows(every, list(range(len(every))))) == len(spans)
