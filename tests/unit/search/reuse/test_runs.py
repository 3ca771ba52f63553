"""Runs: pairs of ranks are put in order by their diagonals, however long the texts are."""

from __future__ import annotations

import numpy as np

from tuibrowser.search.reuse.runs import by_diagonal

LAST = 2**32 - 1


def test_pairs_are_put_in_order_diagonal_by_diagonal() -> None:
    own, other = by_diagonal((np.array([7, 2, 5, 1]), np.array([8, 6, 6, 5])))
    assert list(zip(own.tolist(), other.tolist(), strict=True)) == [(5, 6), (7, 8), (1, 5), (2, 6)]


def test_pairs_of_very_long_texts_stay_the_same() -> None:
    pairs = {(1, LAST), (2**31 + 5, LAST - 1), (LAST, 0), (LAST, LAST), (0, 0)}
    own, other = (np.array(each, np.int64) for each in zip(*pairs, strict=True))
    found = by_diagonal((own, other))
    assert set(zip(*(each.tolist() for each in found), strict=True)) == pairs
