"""Tiles: blocks of a passage in any order, for clauses that were moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.parallels.blocks import Block

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.parallels.passage import Passage

    Array = npt.NDArray[Any]

_SHORTEST: Final = 3
"""Significant characters of a tile."""
_CELLS: Final = 4_000_000
"""The largest table of a passage against a window. Clauses of longer passages are found one by one."""


def tiles_in(passage: Passage, ids: Array) -> list[Block]:
    """The longest equal stretches, each character in one at most, longest first (greedy string tiling, Wise 1993)."""
    if (len(passage) + 1) * (len(ids) + 1) > _CELLS:
        return []
    lengths = _equal_runs(passage.ids, ids)
    starts = lengths.copy()
    starts[1:, 1:][lengths[:-1, :-1] > 0] = 0
    rows, columns = np.nonzero(starts >= _SHORTEST)
    order = np.argsort(-starts[rows, columns], kind="stable")
    in_passage, in_window = np.zeros(len(passage), bool), np.zeros(len(ids), bool)
    blocks = []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        length = int(starts[row, column])
        taken = in_passage[row : row + length] | in_window[column : column + length]
        first, stop = _first_free(taken)
        if stop - first < _SHORTEST:
            continue
        in_passage[row + first : row + stop] = in_window[column + first : column + stop] = True
        length = stop - first
        blocks.append(Block(row + first, row + stop, column + first, column + stop, length, length))
    return blocks


def _equal_runs(one: Array, other: Array) -> Array:
    """int16: how many characters are equal from each character of one text and each of the other on."""
    equal = one[:, None] == other[None, :]
    lengths = np.zeros((len(one) + 1, len(other) + 1), np.int16)
    for row in range(len(one) - 1, -1, -1):
        lengths[row, :-1] = np.where(equal[row], lengths[row + 1, 1:] + 1, 0)
    return lengths[:-1, :-1]


def _first_free(taken: Array) -> tuple[int, int]:
    """The first stretch that is not taken; an empty one where all is."""
    free = np.flatnonzero(~taken)
    if not len(free):
        return 0, 0
    breaks = np.flatnonzero(np.diff(free) > 1)
    last = free[breaks[0]] if len(breaks) else free[-1]
    return int(free[0]), int(last) + 1
