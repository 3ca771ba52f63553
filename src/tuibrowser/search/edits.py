"""Edits: passages that differ from a text by one or two characters, wrong, missing or too many.

By the q-gram lemma, a passage within `k` edits of a text keeps all but `2k` of its pairs of neighbours. The diagonals
on which the rarest pairs start are merged, and all windows there are verified at once by the automaton of Myers (1999)
in the form of Hyyrö (2003), one NumPy operation a column. Gaps do not count as characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.match import after_break, following, pair_postings, preceding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.match import Place, Postings
    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]
    Step = Callable[[Segment, Array], Array]

SHORTEST = 4
"""Characters from which on one edit is allowed."""
TWO_EDITS_FROM = 7
LONGEST = 60
"""Characters that the automaton holds in one word of 64 bits, edits allowed for."""

_WORTH = 2
"""Postings of a further pair, to one of those at hand, up to which it saves more windows than it costs to merge."""
_MORE_PAIRS = 2
_CHUNK = 1 << 15
_SLACK = 4
"""Gaps by which two pairs of one passage may be shifted against each other."""


def allowed_edits(length: int) -> int:
    """How many edits a text of so many significant characters may have."""
    return 0 if length < SHORTEST else 1 if length < TWO_EDITS_FROM else 2


def near(segment: Segment, places: Sequence[Place], most: int) -> tuple[Array, Array, Array]:
    """int64 starts, ends and distances (1 to `most`) of all passages near the places."""
    ids = [place.ranges[0][0] for place in places[:LONGEST]]
    positions, behind = _candidates(segment, places[:LONGEST], most)
    pieces = [
        _verify(segment, ids, most, positions[at : at + _CHUNK], behind[at : at + _CHUNK])
        for at in range(0, len(positions), _CHUNK)
    ]
    empty = np.empty(0, np.int64)
    columns = list(zip(*pieces, strict=True)) or [(), (), ()]
    starts, ends, distances = (np.concatenate([empty, *column]) for column in columns)
    order = np.argsort(ends, kind="stable")
    return _best_of_overlapping(starts[order], ends[order], distances[order], most)


def _candidates(segment: Segment, places: Sequence[Place], most: int) -> tuple[Array, Array]:
    """Positions of pairs that a near passage holds, and how many characters of the text stand before each."""
    pairs = [(pair_postings(segment, places[at], places[at + 1]), at) for at in range(len(places) - 1)]
    pairs.sort(key=lambda pair: len(pair[0]))
    used: list[tuple[Postings, int]] = []
    total = 0
    for postings, at in pairs:
        if len(used) > 2 * most and (len(postings) > _WORTH * total or len(used) > 2 * most + _MORE_PAIRS):
            break
        used.append((postings, at))
        total += len(postings)
    needed = max(1, len(used) - 2 * most)
    positions = np.concatenate([postings.positions().astype(np.int64) for postings, _ in used])
    behind = np.concatenate([np.full(len(postings), at, np.int64) for postings, at in used])
    order = np.argsort(positions - behind, kind="stable")
    positions, behind = positions[order], behind[order]
    diagonals = positions - behind
    if needed > 1:
        if len(diagonals) < needed:
            return positions[:0], behind[:0]
        together = diagonals[needed - 1 :] - diagonals[: len(diagonals) - needed + 1] <= most + _SLACK
        positions, behind, diagonals = (each[: len(together)][together] for each in (positions, behind, diagonals))
    if len(diagonals) > 1:
        fresh = np.concatenate(([True], diagonals[1:] != diagonals[:-1]))
        positions, behind = positions[fresh], behind[fresh]
    return positions, behind


def _verify(
    segment: Segment, ids: Sequence[int], most: int, positions: Array, behind: Array
) -> tuple[Array, Array, Array]:
    """The starts, ends and distances of the best match in the window around each position."""
    length = len(ids)
    start = positions.copy()
    left = behind + most
    for _ in range(int(left.max(initial=0))):
        moving = np.flatnonzero(left > 0)
        start[moving] = preceding(segment, start[moving])
        left[moving] -= 1
    start = after_break(segment, start)
    best, last = _automaton(segment, ids, start, length + 3 * most, following, anchored=False)
    kept = best <= most
    best, last = best[kept], last[kept]
    _, first = _automaton(segment, ids[::-1], last, length + most, preceding, anchored=True)
    return first, last + 1, best.astype(np.int64)


def _automaton(
    segment: Segment, ids: Sequence[int], here: Array, columns: int, step: Step, *, anchored: bool
) -> tuple[Array, Array]:
    """The least distance of the ids to what is read from each position on, and the first place where it is reached.

    What is read begins at the position where it is `anchored`, else anywhere after it.
    """
    length = len(ids)
    kind: Any = np.uint64 if length > 31 else np.uint32
    one, mask, top = kind(1), kind((1 << length) - 1), kind(length - 1)
    masks: dict[int, int] = {}
    for at, identity in enumerate(ids):
        masks[identity] = masks.get(identity, 0) | 1 << at
    table = np.zeros(1 << 16, kind)
    for identity, value in masks.items():
        table[identity] = value
    table = table[segment.fold]
    positive, negative = np.full(len(here), mask, kind), np.zeros(len(here), kind)
    distance = np.full(len(here), length, np.int16)
    best, reached = distance.copy(), here.copy()
    for _ in range(columns):
        equal = table[segment.codes[here]]
        x = equal | negative
        diagonal = (((positive + (equal & positive)) & mask) ^ positive) | x
        down = positive & diagonal
        up = negative | (~(positive | diagonal) & mask)
        distance += ((up >> top) & one).astype(np.int16)
        distance -= ((down >> top) & one).astype(np.int16)
        shifted = (up << one) & mask
        if anchored:
            shifted |= one
        negative = shifted & diagonal
        positive = ((down << one) & mask) | (~(shifted | diagonal) & mask)
        better = distance < best
        best[better] = distance[better]
        reached[better] = here[better]
        here = step(segment, here)
    return best, reached


def _best_of_overlapping(starts: Array, ends: Array, distances: Array, most: int) -> tuple[Array, Array, Array]:
    """Of the matches that end within `most` characters of one another the best."""
    if not len(ends):
        return starts, ends, distances
    group = np.cumsum(np.concatenate(([False], np.diff(ends) > most)))
    order = np.lexsort((starts, distances, group))
    fresh = order[np.concatenate(([True], np.diff(group[order]) > 0))]
    near = fresh[distances[fresh] > 0]  # what stands there exactly is not near
    return starts[near], ends[near], distances[near]
