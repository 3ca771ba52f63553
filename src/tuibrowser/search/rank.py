"""Rank: the best matches first, the same string in one paragraph, and each repeated passage, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.model import HitKind, Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.phrase import Found
    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]

HEADING_BONUS = 0.05
"""What a match in a heading is better by: less than any two kinds differ."""

CONTEXT = 24
"""Characters on either side of a match that are the same in a repetition."""

MOST_ALSO = 50
"""Places named of those grouped under a hit."""

_SIDES = 4
"""Matches a heading beyond which it is quicker to look up the headings among the matches than the other way round."""

_FEWEST = 64
_MOST = 4096
"""Matches looked at, at first and at most, to find different ones among them."""


@dataclass(slots=True)
class Group:
    """A match and the places where the same is found: the segment and match, and how well it answers."""

    segment: Segment
    matches: Found
    at: int
    cost: float
    paragraph: int
    count: int = 1
    also: list[tuple[Segment, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Matches of one kind in one segment that may be among the best, in order."""

    segment: Segment
    matches: Found
    at: Array
    keys: Array
    costs: Array


def best(
    found: Sequence[tuple[Segment, Found]], limit: int, order: Order = Order.RELEVANCE, dates: Array | None = None
) -> list[Group]:
    """The best groups of matches in order; `dates` are the ranks of the documents by date."""
    wanted = max(_FEWEST, 4 * limit)
    while True:
        groups = _grouped([_candidates(segment, matches, wanted, order, dates) for segment, matches in found])
        exhausted = all(len(matches) <= wanted for _, matches in found)
        if len(groups) >= limit or exhausted or wanted >= _MOST:
            return groups[:limit]
        wanted *= 4


def _candidates(segment: Segment, matches: Found, wanted: int, order: Order, dates: Array | None) -> _Candidates:
    if order == Order.RELEVANCE:
        at = _cheapest(segment, matches, wanted)
    elif order == Order.DATE and dates is not None:
        ranks = dates[segment.numbers[segment.document_index(matches.starts)]]
        at = np.argsort(ranks, kind="stable")[:wanted]
    else:
        at = np.arange(min(len(matches), wanted))
    chosen = matches.starts[at]
    costs = matches.costs[at] - HEADING_BONUS * in_heading(segment, chosen)
    numbers = segment.numbers[segment.document_index(chosen)].astype(np.int64)
    first = (
        costs
        if order == Order.RELEVANCE
        else dates[numbers]
        if order == Order.DATE and dates is not None
        else costs * 0
    )
    return _Candidates(segment, matches, at, np.stack((first, numbers, chosen), axis=1), costs)


def _cheapest(segment: Segment, matches: Found, wanted: int) -> Array:
    """Indices of the matches that cost least, those in headings among them, in reading order."""
    if len(matches) <= wanted:
        return np.arange(len(matches))
    costs = matches.costs
    if costs[0] == costs[-1] and (costs == costs[0]).all():
        first = np.arange(wanted)
    else:
        first = np.argsort(costs, kind="stable")[:wanted]
    if len(matches) < _SIDES * len(segment.heads):
        holding = np.flatnonzero(in_heading(segment, matches.starts))
    else:
        bounds = np.searchsorted(matches.starts, segment.heads.astype(np.int64))
        holding = bounds[bounds[:, 1] > bounds[:, 0]][:, 0]
    headings = holding[np.argsort(costs[holding], kind="stable")][:wanted]
    return np.unique(np.concatenate((first, headings)))


def in_heading(segment: Segment, positions: Array) -> Array:
    """Whether positions are in headings."""
    if not len(segment.heads):
        return np.zeros(len(positions), bool)
    starts, ends = segment.head_columns
    at = np.searchsorted(starts, positions.astype(np.uint32), "right") - 1
    inside: Array = (at >= 0) & (positions < ends[np.maximum(at, 0)])
    return inside


def _grouped(candidates: Sequence[_Candidates]) -> list[Group]:
    if not candidates:
        return []
    keys = np.concatenate([each.keys for each in candidates])
    whose = np.concatenate([np.full(len(each.at), number) for number, each in enumerate(candidates)])
    which = np.concatenate([np.arange(len(each.at)) for each in candidates])
    paragraphs = [each.segment.paragraph_index(each.matches.starts[each.at]) for each in candidates]
    sort = np.lexsort((keys[:, 2], keys[:, 1], keys[:, 0]))
    groups: dict[object, Group] = {}
    for number, index in zip(whose[sort].tolist(), which[sort].tolist(), strict=True):
        each = candidates[number]
        at, paragraph = int(each.at[index]), int(paragraphs[number][index])
        start, end = int(each.matches.starts[at]), int(each.matches.ends[at])
        string = _folded(each.segment, start, end) if each.matches.kind != HitKind.KEYWORDS else b""
        place = (id(each.segment), paragraph, string)
        passage = _passage(each.segment, paragraph, start, end)
        group = groups.get(place) or groups.get(passage)
        if group is None:
            group = Group(each.segment, each.matches, at, float(each.costs[index]), paragraph)
            groups[place] = groups[passage] = group
            continue
        groups.setdefault(place, group)
        if any(segment is each.segment and place_ == start for segment, place_ in group.also):
            continue
        group.count += 1
        if len(group.also) < MOST_ALSO:
            group.also.append((each.segment, start))
    return list({id(group): group for group in groups.values()}.values())


def _passage(segment: Segment, paragraph: int, start: int, end: int) -> tuple[bytes, bytes]:
    """What stands before the match, and the match with what stands after it, folded, within its paragraph."""
    low = max(int(segment.para[paragraph]), start - CONTEXT)
    high = min(segment.paragraph_end(paragraph), end + CONTEXT)
    return _folded(segment, low, start), _folded(segment, start, high)


def _folded(segment: Segment, start: int, end: int) -> bytes:
    folded: bytes = segment.fold[segment.codes[start:end]].tobytes()
    return folded
