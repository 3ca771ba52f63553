"""The answer to a search for parallels: those of the same words grouped, the best first, with their paragraphs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
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
    passage: Passage, places: Sequence[Place], segments: Sequence[Segment], limit: int
) -> tuple[tuple[Parallel, ...], int]:
    """Return the first `limit` parallels and the number of all places."""
    raw = raw_places(places, segments)
    groups: dict[tuple[tuple[tuple[int, int], ...], bytes], list[int]] = defaultdict(list)
    for at in sorted(range(len(places)), key=raw.__getitem__):
        groups[words_of(places[at], segments)].append(at)
    best = sorted(groups.values(), key=lambda group: (-places[group[0]].joined.score, raw[group[0]]))
    rows = []
    for group in best[:limit]:
        row = row_of(passage, places[group[0]], segments, raw[group[0]])
        rows.append(replace(row, count=len(group), also=tuple(raw[at][:2] for at in group[1:])))
    return tuple(rows), len(places)


def raw_places(places: Sequence[Place], segments: Sequence[Segment]) -> list[Raw]:
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


def words_of(place: Place, segments: Sequence[Segment]) -> tuple[tuple[tuple[int, int], ...], bytes]:
    """What places of the same words have alike: the stretches of the passage, and the words that correspond, folded."""
    segment, words = segments[place.segment], []
    for block in place.joined.blocks:
        ids = segment.fold.take(segment.codes[block.low : block.high])
        words.append(ids.compress(~segment.gap.take(segment.codes[block.low : block.high])).tobytes())
    return tuple((block.start, block.end) for block in place.joined.blocks), b"\0\0".join(words)


def row_of(passage: Passage, place: Place, segments: Sequence[Segment], raw: Raw) -> Parallel:
    """A parallel by itself, at its place in the raw text."""
    segment, found = segments[place.segment], place.joined
    first, last = segment.paragraph_index(np.array([found.low, found.high - 1])).tolist()
    low = int(segment.para[first])
    before = int(np.searchsorted(segment.para, segment.docs[place.document]))
    document, start, end = raw
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
    )
