"""Near: where some units stand in the windows around matches: on which side, in which documents, of which matches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.counting.places import NOWHERE
from tuibrowser.search.counting.tallies import in_documents
from tuibrowser.search.counting.units import BITS, LONGEST, identities, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.windows import Surroundings

    Array = npt.NDArray[Any]


def near(around: Sequence[Surroundings], keys: Array, *, exact: bool) -> tuple[Array, ...]:
    """Return four counts for each unit, given by its key, each int64.

    They are its places left of matches, those right of them, the documents with such a place, and the matches near one.
    """
    columns = np.zeros((4, len(keys)), np.int64)
    for each in around:
        columns += np.stack(_near(each, keys, exact=exact))
    return tuple(columns)


def places_of(around: Surroundings, key: int, *, exact: bool) -> Array:
    """int64: where a unit begins in the windows around matches, ascending."""
    return _places(around, np.array([key], np.uint64), exact=exact)[0]


def _near(around: Surroundings, keys: Array, *, exact: bool) -> list[Array]:
    """The same for the matches of one segment."""
    positions, rows = _places(around, keys, exact=exact)
    segment, count = around.segment, len(keys)
    left, right = around.sides(positions)
    matches = around.matches_near(positions, rows)
    return [
        np.bincount(rows.compress(left), minlength=count),
        np.bincount(rows.compress(right), minlength=count),
        in_documents(segment, positions, rows, count),
        np.append(matches, np.zeros(count - len(matches), np.int64)),
    ]


def _places(around: Surroundings, keys: Array, *, exact: bool) -> tuple[Array, Array]:
    """Where some units begin in the windows, ascending, and which unit each is."""
    numbers = identities(around.segment, exact=exact)
    rows = rows_of(numbers, keys >> np.uint64(BITS) if around.size == LONGEST else keys)
    found = []
    for positions, values in around.of(numbers if around.size == LONGEST else rows, rows >= 0):
        if around.size == LONGEST:
            positions, pairs = _pairs(around, positions, values, numbers)
            held = rows_of(pairs, keys)
            found.append((positions.compress(held >= 0), held.compress(held >= 0)))
        else:
            found.append((positions, values))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    positions, values = (np.concatenate(column) for column in zip(*found, strict=True))
    return positions, values


def _pairs(around: Surroundings, positions: Array, firsts: Array, numbers: Array) -> tuple[Array, Array]:
    """The places from which two in a row begin that overlap no match, and the keys of these."""
    following = around.places.next(positions, 1)
    whole = np.flatnonzero(following != NOWHERE)
    whole = whole.compress(~around.in_nodes(following.take(whole)))
    second = numbers.take(around.segment.codes.take(following.take(whole)))
    return positions.take(whole), (firsts.take(whole) << np.uint64(BITS)) | second
