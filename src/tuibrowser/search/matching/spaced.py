"""Spaced: find where a segment holds a row of sets of characters one after another, with or without gaps between them.

From a rare pair of neighbouring sets, or from the first one, it walks on to the others along the text.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.index.arrays import in_parts
from tuibrowser.search.index.walk import following, preceding
from tuibrowser.search.matching.match import Checker, adjacent, anchor, frequency, groups_after, single_postings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.match import CharacterSet
    from tuibrowser.search.matching.stretches import Stretches

    Array = npt.NDArray[Any]


def spaced(segment: Segment, places: Sequence[CharacterSet]) -> tuple[Array, Array]:
    """int64 starts and ends of where the places match one after another, with or without gaps; in no order."""
    if len(places) == 1:
        positions = adjacent(segment, places).astype(np.int64)
        return positions, positions + 1
    best, postings = anchor(segment, places)
    chain = partial(_chained, segment, places, best, best + 1)
    starts, ends, _ = in_parts(chain, postings.positions(groups_after(places, best)))
    return starts, ends


def spaced_otherwise(
    segment: Segment,
    places: Sequence[CharacterSet],
    typed: Sequence[CharacterSet],
    stretches: Stretches | None = None,
) -> tuple[Array, Array, Array]:
    """The same, of several places, mostly ascending; with uint8, how many characters are not those of others in each.

    Where there are stretches only those that begin in these.
    """
    if stretches is not None and len(stretches) < _READ_TEXT * frequency(segment, places[0]):
        chain = partial(_chained, segment, places, 0, 0, typed=typed)
        starts, ends, others = in_parts(chain, standing_in(segment, places[0], stretches))
        return starts, ends, others
    best, postings = anchor(segment, places)
    positions = np.sort(postings.positions(groups_after(places, best)))
    if stretches is not None and not best:
        positions = positions.compress(stretches.hold(positions))
    starts, ends, others = in_parts(partial(_chained, segment, places, best, best + 1, typed=typed), positions)
    if stretches is not None and best:
        kept = stretches.hold(starts)
        starts, ends, others = starts.compress(kept), ends.compress(kept), others.compress(kept)
    return starts, ends, others


_READ_TEXT = 0.1
"""Characters of the text that are read while a pair is looked up and its postings are read, for each of the first."""


def standing_in(segment: Segment, place: CharacterSet, stretches: Stretches) -> Array:
    """Where a place matches in some stretches, by its ids alone; ascending or in no order."""
    if _READ_BEFORE * len(stretches) < frequency(segment, place):
        positions = stretches.positions()
        ids = segment.fold.take(segment.codes.take(positions))
        return positions.compress(ids == place.single if place.single is not None else place.chosen.take(ids))
    positions = single_postings(segment, place).positions()
    return positions.compress(stretches.hold(positions))


_READ_BEFORE = 0.5
"""Postings that are read while one character of the text is."""


def _chained(
    segment: Segment,
    places: Sequence[CharacterSet],
    first: int,
    last: int,
    positions: Array,
    typed: Sequence[CharacterSet] = (),
) -> tuple[Array, Array, Array]:
    """int64 starts and ends of where all places match one after another; at the positions is the place `first`.

    Those from `first` to `last` are known to match by their ids. With them comes, uint8, how many characters are not
    those that were typed, if they are given.
    """
    check, starts = Checker(segment), positions.astype(np.int64)
    codes = segment.codes.take(starts)
    if places[first].character is not None:
        kept = check.among(places[first], codes)
        starts, codes = starts.compress(kept), codes.compress(kept)
    ends, there = starts, codes
    others = np.zeros(len(starts), np.uint8)
    if typed:
        others += ~check.among(typed[first], codes)
    for at in range(first + 1, len(places)):
        ends, there = following(segment, ends, there)
        if at > last or places[at].character is not None:
            kept = check.among(places[at], there)
            starts, codes, ends, there, others = (
                column.compress(kept) for column in (starts, codes, ends, there, others)
            )
        if typed:
            others += ~check.among(typed[at], there)
        if not len(starts):
            break
    for at in range(first - 1, -1, -1):
        if not len(starts):
            break
        starts, codes = preceding(segment, starts, codes)
        kept = check.among(places[at], codes)
        starts, codes, ends, others = (column.compress(kept) for column in (starts, codes, ends, others))
        if typed:
            others += ~check.among(typed[at], codes)
    return starts, ends + 1, others
