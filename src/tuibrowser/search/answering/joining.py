"""Joining: which rows are the same, also through others, by what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import changes

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

_FEW: Final = 512
"""Rows up to which they are joined one by one."""


def connected(prints: Array) -> Array:
    """Return, for each row, the first row joined to it: rows that share a value are joined, also through others."""
    return _connected_one_by_one(prints) if len(prints) <= _FEW else _connected_at_once(prints)


def _connected_at_once(prints: Array) -> Array:
    """Do the same by spreading the least label; each round takes all rows that share a value."""
    labels = np.arange(len(prints))
    columns = []
    for column in prints.T:
        order = np.argsort(column, kind="stable")
        begins = changes(column.take(order)).nonzero()[0]
        columns.append((order, begins, np.diff(begins, append=len(order))))
    while True:
        before = labels
        for order, begins, lengths in columns:
            least = np.repeat(np.minimum.reduceat(labels.take(order), begins), lengths)
            labels = labels.copy()
            labels[order] = least
        labels = np.minimum(labels, labels.take(labels))
        if (labels == before).all():
            return labels


def _connected_one_by_one(prints: Array) -> Array:
    joined = list(range(len(prints)))

    def first(row: int) -> int:
        while (other := joined[row]) != row:
            joined[row] = row = joined[other]
        return row

    for column in prints.T:
        values = column.tolist()
        if len(set(values)) == len(values):
            continue
        known: dict[int, int] = {}
        for row, value in enumerate(values):
            if (before := known.setdefault(value, row)) != row:
                one, other = first(row), first(before)
                joined[max(one, other)] = min(one, other)
    return np.array([row if row == before else first(before) for row, before in enumerate(joined)], np.int64)
