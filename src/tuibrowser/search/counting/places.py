"""Places: the characters that figures count and step over: significant ones, in chosen layers of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.search.index.arrays import distinct, expand
from tuibrowser.search.index.segment import PARAGRAPH

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

NOWHERE: Final = 0
"""The position before the first document, which stands for the lack of one."""

_BREAK: Final = 0
"""The code before the first document and after each."""

_BLOCK: Final = 64
"""Positions of which it is known together whether a stretch of another layer is near."""

_PLACE, _PASSED, _END = 0, 1, 2
"""The roles of a code for a step: a place, something to pass over, the end of the paragraph."""


class Places:
    """The significant characters of a segment that stand in some layers.

    A step ends with the paragraph, or with the document where steps go `across` paragraphs.
    """

    def __init__(self, segment: Segment, layers: frozenset[Layer], *, across: bool = False) -> None:
        self.segment = segment
        self._across = across
        self._roles = _roles(segment, across=across)
        self._outside = _outside(segment, layers)
        self._is_place = self._roles == _PLACE
        self._near_outside = _near(segment, self._outside, layers)

    def next(self, positions: Array, step: int) -> Array:
        """The next place from each position on, forwards (1) or backwards (-1); NOWHERE where there is none."""
        at = np.where(positions == NOWHERE, NOWHERE, positions + step)
        waiting = self._settle(at, None, step)
        while len(waiting):
            at[waiting] += step
            waiting = self._settle(at, waiting, step)
        return at

    def _settle(self, at: Array, rows: Array | None, step: int) -> Array:
        """Send those positions of some rows, or of all, that have no place left to NOWHERE; return the rows that must
        go on."""
        positions = at if rows is None else at.take(rows)
        roles = self._roles.take(self.segment.codes.take(positions, mode="clip"))
        if len(self._outside):
            self._pass_over(positions, roles, step)
            if rows is not None:
                at[rows] = positions
        ended, further = np.flatnonzero(roles == _END), np.flatnonzero(roles == _PASSED)
        at[ended if rows is None else rows.take(ended)] = NOWHERE
        return further if rows is None else rows.take(further)

    def _pass_over(self, positions: Array, roles: Array, step: int) -> None:
        """Move positions in another layer to the last one of its stretch; END where that reaches the next paragraph."""
        near = np.flatnonzero(self._near_outside.take(positions // _BLOCK, mode="clip") & (roles != _END))
        if not len(near):
            return
        starts, ends = self._outside.T
        at = np.searchsorted(starts, positions.take(near), "right") - 1
        held = (at >= 0) & (positions.take(near) < ends.take(np.maximum(at, 0)))
        inside = near.compress(held)
        if not len(inside):
            return
        rows, segment = at.compress(held), self.segment
        last = ends.take(rows) - 1 if step > 0 else starts.take(rows)
        beyond = np.zeros(len(last), bool)
        if not self._across:
            beyond = segment.paragraph_index(last + step) != segment.paragraph_index(positions.take(inside))
        positions[inside] = last
        roles[inside] = np.where(beyond, _END, _PASSED)

    def are(self, positions: Array) -> Array:
        """A bool for each position, which ascend: whether it is a place."""
        held: Array = self._is_place.take(self.segment.codes.take(positions))
        if len(self._outside) and len(positions):
            self._leave_out(positions, held)
        return held

    def _leave_out(self, positions: Array, held: Array) -> None:
        """Say of those of some positions that are in another layer that they are no place."""
        starts, ends = self._outside.T
        first, last = np.searchsorted(ends, positions[0], "right"), np.searchsorted(starts, positions[-1], "right")
        if last - first < len(positions):
            low, high = np.searchsorted(positions, starts[first:last]), np.searchsorted(positions, ends[first:last])
            held[expand(low, high)] = False
        else:
            at = np.maximum(np.searchsorted(starts, positions, "right") - 1, 0)
            held &= (positions < starts.take(at)) | (positions >= ends.take(at))

    def among(self, low: Array, high: Array) -> Array:
        """int64: the places in some stretches, which ascend and have nothing in common."""
        positions = expand(low, high)
        return positions.compress(self.are(positions))

    @property
    def passed(self) -> Array:
        """A bool for each code: whether a place may be looked for behind it."""
        return np.asarray(self._roles == _PASSED) if not len(self._outside) else np.asarray(self._roles != _END)

    @property
    def ends(self) -> Array:
        """The codes at which a paragraph or a document ends."""
        return np.flatnonzero(self._roles == _END)

    def within(self, low: int, high: int, *, with_ends: bool = False) -> Array:
        """A bool for each position from one to another: whether it is a place, or the end of a paragraph."""
        codes = self.segment.codes[low:high]
        held: Array = self._is_place.take(codes)
        first, last = np.searchsorted(self._outside[:, 1], low, "right"), np.searchsorted(self._outside[:, 0], high)
        rows = self._outside[first:last]
        if len(rows):
            held[expand(np.maximum(rows[:, 0] - low, 0), np.minimum(rows[:, 1], high) - low)] = False
        if with_ends:
            held |= (self._roles == _END).take(codes)
        return held


def in_layers(layers: frozenset[Layer]) -> Array:
    """A bool for each number that rows of layers have: whether it is one of some layers; text left out is in none."""
    return np.array([*(layer in layers for layer in LAYERS), False])


def significant_codes(segment: Segment) -> Array:
    """A bool for each code: whether it is significant."""
    return np.asarray(_roles(segment, across=False) == _PLACE)


def _outside(segment: Segment, layers: frozenset[Layer]) -> Array:
    """int64, a row for each stretch that is in none of some layers: its start and end, sorted."""
    rows = segment.layers.astype(np.int64)
    chosen = in_layers(layers).take(rows[:, 2])
    if Layer.TEXT in layers:
        return np.ascontiguousarray(rows[~chosen][:, :2])
    # No row tells where the text itself stands: it is what lies between the rows.
    starts, ends = rows[chosen][:, :2].T
    between = np.stack((np.append(0, ends), np.append(starts, len(segment))), axis=1)
    return between[between[:, 0] < between[:, 1]]


def _near(segment: Segment, outside: Array, layers: frozenset[Layer]) -> Array:
    """Whether such a stretch has a part of each block of positions."""
    name = f"blocks outside {sorted(layers)}"
    if (known := segment.at_hand.get(name)) is None:
        known = np.zeros(len(segment) // _BLOCK + 1, bool)
        known[distinct(expand(outside[:, 0] // _BLOCK, (outside[:, 1] - 1) // _BLOCK + 1))] = True
        segment.at_hand[name] = known
    return np.asarray(known)


def _roles(segment: Segment, *, across: bool) -> Array:
    """uint8: what every code is to one who steps."""
    name = f"roles of codes {across}"
    if (known := segment.at_hand.get(name)) is None:
        known = np.where(segment.gap, _PASSED, _PLACE).astype(np.uint8)
        known[PARAGRAPH] = _PASSED if across else _END
        known[_BREAK] = _END
        segment.at_hand[name] = known
    return np.asarray(known)
