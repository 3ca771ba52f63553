"""Places: the characters that figures count and step over: significant ones, in chosen layers of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.search.index.arrays import expand
from tuibrowser.search.index.segment import PARAGRAPH

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

NOWHERE: Final = 0
"""The position before the first document, which stands for the lack of one."""

_BREAK: Final = 0
"""The code before the first document and after each."""

_PLACE, _PASSED, _END = 0, 1, 2
"""The roles of a code for a step: a place, something to pass over, the end of the paragraph."""


class Places:
    """The significant characters of a segment that stand in some layers.

    A step ends with the paragraph, or with the document where steps go `across` paragraphs.
    """

    def __init__(self, segment: Segment, layers: frozenset[Layer], *, across: bool = False) -> None:
        self._segment = segment
        self._across = across
        self._roles = _roles(segment, across=across)
        self._outside = _outside(segment, layers)

    def next(self, positions: Array, step: int) -> Array:
        """The next place from each position on, forwards (1) or backwards (-1); NOWHERE where there is none."""
        at = np.where(positions == NOWHERE, NOWHERE, positions + step)
        waiting = self._settle(at, np.arange(len(at)), step)
        while len(waiting):
            at[waiting] += step
            waiting = self._settle(at, waiting, step)
        return at

    def _settle(self, at: Array, rows: Array, step: int) -> Array:
        """Send those positions of some rows that have no place left to NOWHERE; return the rows that must go on."""
        positions = at.take(rows)
        roles = self._roles.take(self._segment.codes.take(positions, mode="clip"))
        if len(self._outside):
            self._pass_over(positions, roles, step)
            at[rows] = positions
        at[rows.compress(roles == _END)] = NOWHERE
        further: Array = rows.compress(roles == _PASSED)
        return further

    def _pass_over(self, positions: Array, roles: Array, step: int) -> None:
        """Move positions in another layer to the last one of its stretch; END where that reaches the next paragraph."""
        starts, ends = self._outside.T
        at = np.searchsorted(starts, positions, "right") - 1
        inside = np.flatnonzero((at >= 0) & (positions < ends.take(np.maximum(at, 0))) & (roles != _END))
        if not len(inside):
            return
        rows, segment = at.take(inside), self._segment
        last = ends.take(rows) - 1 if step > 0 else starts.take(rows)
        beyond = np.zeros(len(last), bool)
        if not self._across:
            beyond = segment.paragraph_index(last + step) != segment.paragraph_index(positions.take(inside))
        positions[inside] = last
        roles[inside] = np.where(beyond, _END, _PASSED)

    def are(self, positions: Array) -> Array:
        """A bool for each position: whether it is a place."""
        held: Array = self._roles.take(self._segment.codes.take(positions)) == _PLACE
        if len(self._outside):
            starts, ends = self._outside.T
            at = np.maximum(np.searchsorted(starts, positions, "right") - 1, 0)
            held &= (positions < starts.take(at)) | (positions >= ends.take(at))
        return held

    def within(self, low: int, high: int) -> Array:
        """A bool for each position from one to another: whether it is a place."""
        held: Array = self._roles.take(self._segment.codes[low:high]) == _PLACE
        first, last = np.searchsorted(self._outside[:, 1], low, "right"), np.searchsorted(self._outside[:, 0], high)
        rows = self._outside[first:last]
        if len(rows):
            held[expand(np.maximum(rows[:, 0] - low, 0), np.minimum(rows[:, 1], high) - low)] = False
        return held


def _outside(segment: Segment, layers: frozenset[Layer]) -> Array:
    """int64, a row for each stretch that is in none of some layers: its start and end, sorted."""
    rows = segment.layers.astype(np.int64)
    chosen = np.array([layer in layers for layer in LAYERS]).take(rows[:, 2])
    if Layer.TEXT in layers:
        return np.ascontiguousarray(rows[~chosen][:, :2])
    # No row tells where the text itself stands: it is what lies between the rows.
    starts, ends = rows[chosen][:, :2].T
    between = np.stack((np.append(0, ends), np.append(starts, len(segment))), axis=1)
    return between[between[:, 0] < between[:, 1]]


def _roles(segment: Segment, *, across: bool) -> Array:
    """uint8: what every code is to one who steps."""
    name = f"roles of codes {across}"
    if (known := segment.at_hand.get(name)) is None:
        known = np.where(segment.gap, _PASSED, _PLACE).astype(np.uint8)
        known[PARAGRAPH] = _PASSED if across else _END
        known[_BREAK] = _END
        segment.at_hand[name] = known
    return np.asarray(known)
