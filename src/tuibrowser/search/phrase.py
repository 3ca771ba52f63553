"""Phrase: a text to find as it stands: exactly, in another script or form, or with gaps in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.fold import code_points, fold, fold_table
from tuibrowser.search.match import Place, adjacent, places_of, spaced
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]

_SCAN = 4_000_000
"""Codes looked through at a time where no index serves."""

VARIANT_COST = 0.1
SPACED_COST = 0.3
GAP_COST = 0.02
INSIDE_WORD_COST = 1.5
"""Of a Latin word found inside a longer one: below what pinyin finds."""


@dataclass(frozen=True)
class Found:
    """The matches of one kind in a segment: int64 starts and ends, ascending, and the cost of each, lower better."""

    kind: HitKind
    starts: Array
    ends: Array
    costs: Array

    def __len__(self) -> int:
        return len(self.starts)

    def only(self, kept: Array) -> Found:
        """Those that a bool each, or indices, choose."""
        return Found(self.kind, self.starts[kept], self.ends[kept], self.costs[kept])

    def spans(self, at: int) -> list[tuple[int, int]]:
        """The stretches that a match marks."""
        return [(int(self.starts[at]), int(self.ends[at]))]

    def first_spans(self) -> tuple[Array, Array]:
        """Starts and ends of the first stretch of each match."""
        return self.starts, self.ends


def found(kind: HitKind, starts: Array, ends: Array, costs: Array | float) -> Found:
    """Matches put in ascending order, each place once."""
    starts, ends = starts.astype(np.int64), ends.astype(np.int64)
    alike = isinstance(costs, float)
    costs = np.full(len(starts), costs, np.float32) if isinstance(costs, float) else costs
    if len(starts) > 1 and not (starts[1:] > starts[:-1]).all():
        lengths = ends - starts
        if alike and (lengths == lengths[0]).all():
            starts = np.sort(starts)
            starts = starts[np.concatenate(([True], starts[1:] != starts[:-1]))]
            return Found(kind, starts, starts + lengths[0], costs[: len(starts)])
        order = np.argsort(starts) if alike else np.lexsort((costs, starts))
        starts = starts[order]
        first = np.concatenate(([True], starts[1:] != starts[:-1]))
        starts, ends, costs = starts[first], ends[order][first], np.asarray(costs)[order][first]
    return Found(kind, starts, ends, np.asarray(costs, np.float32))


@dataclass(frozen=True)
class Phrase:
    """A text, without white space at its ends, and what it asks for in each place."""

    text: str
    literal: bool = False

    @cached_property
    def ids(self) -> Array:
        """The fold ids of the text."""
        return fold(self.text)

    @cached_property
    def significant(self) -> Array:
        """Where in the text significant characters stand."""
        return np.flatnonzero(self.ids >= fold_table().gap_end)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """A place for each significant character."""
        return places_of(self.text)

    @property
    def lead(self) -> int:
        """Gaps before the first significant character."""
        return int(self.significant[0])

    @property
    def has_inner_gaps(self) -> bool:
        """Whether gaps stand between significant characters."""
        return int(self.significant[-1]) - self.lead + 1 > len(self.significant)


def whole(segment: Segment, phrase: Phrase) -> tuple[Found, Found, Found]:
    """The exact matches, those in another script or form, and, where the text has gaps, those with other gaps."""
    if not len(phrase.significant):
        starts = _scan(segment, phrase)
        return _as_typed(segment, phrase, starts, starts + len(phrase.text))
    if phrase.has_inner_gaps:
        starts, ends = spaced(segment, phrase.places)
    else:
        starts = adjacent(segment, phrase.places).astype(np.int64)
        ends = starts + len(phrase.places)
    return _as_typed(segment, phrase, starts, ends)


def with_gaps(segment: Segment, phrase: Phrase) -> Found:
    """The matches in which other gaps stand than in the text."""
    if phrase.literal or len(phrase.places) < 2:
        empty = np.empty(0, np.int64)
        return found(HitKind.SPACED, empty, empty, 0.0)
    starts, ends = spaced(segment, phrase.places)
    return _spaced(phrase, *_others(phrase, starts, ends))


def _others(phrase: Phrase, starts: Array, ends: Array) -> tuple[Array, Array]:
    """Of matches without gaps, all were found before."""
    if phrase.has_inner_gaps:
        return starts, ends
    gaps = ends - starts > len(phrase.places)
    return starts[gaps], ends[gaps]


def _spaced(phrase: Phrase, starts: Array, ends: Array) -> Found:
    gaps = np.abs(ends - starts - len(phrase.places))
    return found(HitKind.SPACED, starts, ends, SPACED_COST + GAP_COST * gaps)


def _as_typed(segment: Segment, phrase: Phrase, starts: Array, ends: Array) -> tuple[Found, Found, Found]:
    """Sort matches of the significant characters by whether the gaps, and the characters, are those typed."""
    length = len(phrase.text)
    lead = phrase.lead if len(phrase.significant) else 0
    core = int(phrase.significant[-1]) + 1 - lead if len(phrase.significant) else length
    begins = starts - lead
    fits = (ends - starts == core) & (begins >= 0) & (begins + length <= len(segment))
    gaps = np.flatnonzero(phrase.ids < fold_table().gap_end).tolist()
    for at in gaps:
        here = np.minimum(np.maximum(begins + at, 0), len(segment) - 1)
        fits &= segment.fold[segment.codes[here]] == phrase.ids[at]
    same = fits & _same_codes(segment, phrase, np.where(fits, begins, 0))
    other_form = fits & ~same
    if phrase.literal:
        other_form[:] = fits[:] = False
        fits |= True
    exact_costs = _latin_costs(segment, phrase, begins[same]) if _has_latin_edge(phrase.text) else 0.0
    return (
        found(HitKind.EXACT, begins[same], begins[same] + length, exact_costs),
        found(HitKind.VARIANT, begins[other_form], begins[other_form] + length, VARIANT_COST),
        _spaced(phrase, starts[~fits], ends[~fits]),
    )


_BLOCK = 1 << 20


def _same_codes(segment: Segment, phrase: Phrase, begins: Array) -> Array:
    """At which of these positions exactly the typed characters stand."""
    codes = [segment.code_of(character) for character in phrase.text]
    if None in codes:
        return np.zeros(len(begins), bool)
    same = np.ones(len(begins), bool)
    width = max(1, min(len(codes), _BLOCK // max(1, len(begins))))
    for at in range(0, len(codes), width):
        wanted = np.array(codes[at : at + width], np.uint32)
        here = np.minimum(begins[:, None] + np.arange(at, at + len(wanted))[None, :], len(segment) - 1)
        same &= (segment.codes[here] == wanted[None, :]).all(axis=1)
    return same


def _has_latin_edge(text: str) -> bool:
    return any(edge.isascii() and edge.isalnum() for edge in (text[0], text[-1]))


def _latin_costs(segment: Segment, phrase: Phrase, begins: Array) -> Array:
    """The costs of exact matches: a Latin word inside a longer one is not what was meant."""
    costs = np.zeros(len(begins), np.float32)
    for edge, step in ((0, -1), (len(phrase.text) - 1, 1)):
        if phrase.text[edge].isascii() and phrase.text[edge].isalnum():
            beside = segment.codes[np.minimum(np.maximum(begins + edge + step, 0), len(segment) - 1)]
            costs[_alphanumeric()[np.minimum(beside, 127)]] = INSIDE_WORD_COST
    return costs


def _alphanumeric() -> Array:
    return np.array([chr(code).isalnum() for code in range(127)] + [False])


def _scan(segment: Segment, phrase: Phrase) -> Array:
    """Where a text of gaps alone stands, by looking through all."""
    members = np.flatnonzero(segment.fold == phrase.ids[0])
    pieces = []
    for start in range(0, len(segment), _SCAN):
        codes = segment.codes[start : start + _SCAN]
        hit = np.zeros(len(codes), bool)
        for code in members.tolist():
            if code < np.iinfo(codes.dtype).max:
                hit |= codes == code
        pieces.append(np.flatnonzero(hit) + start)
    starts: Array = np.concatenate(pieces) if pieces else np.empty(0, np.int64)
    starts = starts[starts + len(phrase.text) <= len(segment)]
    for at, identity in enumerate(phrase.ids.tolist()):
        starts = starts[segment.fold[segment.codes[starts + at]] == identity]
    return starts


MOST_CHARACTERS = 2_000
"""Of a query that are looked for."""


def typed(text: str) -> str:
    """The beginning of a text as it is searched for: controls are white space, and white space is one space."""
    points = code_points(text[:MOST_CHARACTERS])
    kept = "".join(map(chr, points.tolist()))
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in kept).split())
