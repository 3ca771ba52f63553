"""The answer to a search for parallels: those of the same words grouped, the best first, with their paragraphs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from tuibrowser.search.parallels.model import Parallel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.parallels.find import Place
    from tuibrowser.search.parallels.passage import Passage

    Raw = tuple[int, int, int]
    """A document's number, and a start and an end in its raw text."""


def rows_of(
    passage: Passage, places: Sequence[Place], segments: Sequence[Segment], limit: int, but: Raw | None
) -> tuple[tuple[Parallel, ...], int]:
    """Return the first `limit` parallels and the number of all places; none that overlaps `but` is among them."""
    raw = _raw(places, segments)
    kept = [at for at, span in enumerate(raw) if but is None or not _overlaps(span, but)]
    groups: dict[tuple[tuple[tuple[int, int], ...], bytes], list[int]] = defaultdict(list)
    for at in sorted(kept, key=lambda at: raw[at]):
        groups[_words(places[at], segments)].append(at)
    best = sorted(groups.values(), key=lambda group: (-places[group[0]].joined.score, raw[group[0]]))
    return tuple(_row(passage, group, places, segments, raw) for group in best[:limit]), len(kept)


def _raw(places: Sequence[Place], segments: Sequence[Segment]) -> list[Raw]:
    """Where places stand in the raw texts."""
    raw: list[Raw] = [(0, 0, 0)] * len(places)
    for number, segment in enumerate(segments):
        here = [at for at, place in enumerate(places) if place.segment == number]
        starts = np.array([places[at].joined.low for at in here], np.int64)
        ends = np.array([places[at].joined.high for at in here], np.int64)
        documents, *spans = segment.source_spans(starts, ends)
        rows = zip(segment.numbers[documents].tolist(), *(column.tolist() for column in spans), strict=True)
        for at, row in zip(here, rows, strict=True):
            raw[at] = row
    return raw


def _overlaps(one: Raw, other: Raw) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _words(place: Place, segments: Sequence[Segment]) -> tuple[tuple[tuple[int, int], ...], bytes]:
    """What places of the same words have alike: the stretches of the passage, and the words that correspond, folded."""
    segment, words = segments[place.segment], []
    for block in place.joined.blocks:
        ids = segment.fold.take(segment.codes[block.low : block.high])
        words.append(ids.compress(~segment.gap.take(segment.codes[block.low : block.high])).tobytes())
    return tuple((block.start, block.end) for block in place.joined.blocks), b"\0\0".join(words)


def _row(
    passage: Passage, group: Sequence[int], places: Sequence[Place], segments: Sequence[Segment], raw: Sequence[Raw]
) -> Parallel:
    place = places[group[0]]
    segment, found = segments[place.segment], place.joined
    first, last = segment.paragraph_index(np.array([found.low, found.high - 1])).tolist()
    low = int(segment.para[first])
    before = int(np.searchsorted(segment.para, segment.docs[place.document]))
    document, start, end = raw[group[0]]
    return Parallel(
        document=document,
        start=start,
        end=end,
        paragraph=first - before,
        text=segment.text(low, segment.paragraph_end(last)),
        pairs=tuple(
            (*passage.span(block.start, block.end), block.low - low, block.high - low) for block in found.blocks
        ),
        matched=found.matched,
        cover=found.matched / len(passage),
        score=found.score,
        count=len(group),
        also=tuple(raw[at][:2] for at in group[1:]),
    )
