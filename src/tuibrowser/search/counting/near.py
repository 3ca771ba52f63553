"""Near: where some units stand in the windows around matches: on which side, in which documents, of which matches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.counting.places import NOWHERE
from tuibrowser.search.counting.tallies import in_documents
from tuibrowser.search.counting.units import BITS, LONGEST, identities

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.windows import Surroundings

    Array = npt.NDArray[Any]


def near(around: Sequence[Surroundings], keys: Array) -> tuple[Array, ...]:
    """Of units, by their keys: their places left and right of matches, their documents, and the matches near them."""
    columns = np.zeros((4, len(keys)), np.int64)
    for each in around:
        columns += np.stack(_near(each, keys))
    return tuple(columns)


def places_of(around: Surroundings, key: int) -> Array:
    """int64: where a unit begins in the windows around matches, ascending."""
    return _places(around, np.array([key], np.uint64))[0]


def _near(around: Surroundings, keys: Array) -> list[Array]:
    """The same for the matches of one segment."""
    positions, rows = _places(around, keys)
    segment, count = around.segment, len(keys)
    left, right = around.sides(positions)
    matches = around.matches_near(positions, rows)
    return [
        np.bincount(rows.compress(left), minlength=count),
        np.bincount(rows.compress(right), minlength=count),
        in_documents(segment, positions, rows, count),
        np.append(matches, np.zeros(count - len(matches), np.int64)),
    ]


def _places(around: Surroundings, keys: Array) -> tuple[Array, Array]:
    """Where some units begin in the windows, ascending, and which unit each is."""
    order = np.argsort(keys)
    ascending = keys.take(order)
    numbers = identities(around.segment)
    first = ascending >> np.uint64(BITS) if around.size == LONGEST else ascending
    begins = _are_among(numbers, first)
    found = []
    for positions, firsts in around.of(numbers, begins):
        positions, key = (positions, firsts) if around.size == 1 else _pairs(around, positions, firsts)
        at = np.minimum(ascending.searchsorted(key), len(keys) - 1)
        held = np.flatnonzero(ascending.take(at) == key)
        found.append((positions.take(held), order.take(at.take(held))))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    positions, rows = (np.concatenate(column) for column in zip(*found, strict=True))
    return positions, rows


def _pairs(around: Surroundings, positions: Array, firsts: Array) -> tuple[Array, Array]:
    """The places from which two in a row begin that overlap no match, and the keys of these."""
    following = around.places.next(positions, 1)
    whole = np.flatnonzero(following != NOWHERE)
    whole = whole.compress(~around.in_nodes(following.take(whole)))
    segment = around.segment
    second = identities(segment).take(segment.codes.take(following.take(whole)))
    return positions.take(whole), (firsts.take(whole) << np.uint64(BITS)) | second


def _are_among(numbers: Array, wanted: Array) -> Array:
    """A bool for each code: whether its number is one of some ascending ones."""
    if not len(wanted):
        return np.zeros(len(numbers), bool)
    at = np.minimum(wanted.searchsorted(numbers), len(wanted) - 1)
    return np.asarray(wanted.take(at) == numbers)
