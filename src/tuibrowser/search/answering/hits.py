"""Hits: make hits of the best groups of matches, with their positions in the raw texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.segment import by_segment
from tuibrowser.search.model import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.answering.rank import Groups
    from tuibrowser.search.answering.rows import Rows
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found

    Array = npt.NDArray[Any]

_BEST_SCORE: Final = 100.0


def hits_of(groups: Groups) -> tuple[Hit, ...]:
    """Return the hits of groups: the spans of the best match, and the positions of the others in the raw texts."""
    if not len(groups):
        return ()
    best, found = groups.best, groups.best.found
    marked = _marked(best)
    lengths = [len(spans) for spans in marked]
    own = np.array([span for spans in marked for span in spans], np.int64).reshape(-1, 2)
    others_in, also, more = _others(groups)
    which = np.concatenate((np.repeat(best.whose, lengths), others_in))
    starts, ends = np.concatenate((own, np.stack((also, also), axis=1))).T
    raw = _raw_places([segment for segment, _ in found], which, starts, ends)
    documents, paragraphs, begins, stops = (column.tolist() for column in raw)
    spans = list(zip(begins, stops, strict=True))
    places = list(zip(documents[len(own) :], begins[len(own) :], strict=True))
    hits = []
    at = other = 0
    columns = (best.whose, best.costs, groups.paragraphs, groups.counts, more, np.array(lengths))
    for whose, cost, paragraph, count, others, length in zip(*(each.tolist() for each in columns), strict=True):
        hits.append(
            Hit(
                document=documents[at],
                spans=tuple(spans[at : at + length]),
                kind=found[whose][1].kind,
                score=round(_BEST_SCORE - 10 * cost, 3),
                paragraph=paragraph - paragraphs[at],
                count=count,
                also=tuple(places[other : other + others]),
            )
        )
        at, other = at + length, other + others
    return tuple(hits)


def _others(groups: Groups) -> tuple[Array, Array, Array]:
    """The members of groups that are not the best of theirs: which kind each is in, where it begins; how many there are
    of each group."""
    counts = groups.counts
    members = slice(int(groups.begins[0]), int(groups.begins[-1]))
    inside, at = groups.members_in[members], groups.members_at[members]
    is_best = (inside == np.repeat(groups.best.whose, counts)) & (at == np.repeat(groups.best.starts, counts))
    return inside[~is_best], at[~is_best], counts - 1


def _marked(best: Rows) -> list[list[tuple[int, int]]]:
    """Return the spans that each of some matches marks."""
    marked: list[list[tuple[int, int]]] = [[]] * len(best)
    for number in np.unique(best.whose).tolist():
        here = np.flatnonzero(best.whose == number)
        for row, spans in zip(here.tolist(), best.found[number][1].spans(best.at[here]), strict=True):
            marked[row] = spans
    return marked


def _raw_places(segments: Sequence[Segment], which: Array, starts: Array, ends: Array) -> tuple[Array, ...]:
    """Return, for each span, its document's number, that document's first paragraph, and the span in its raw text."""
    raw = tuple(np.empty(len(which), np.int64) for _ in range(4))
    for segment, here in by_segment(segments, which):
        documents, begins, stops = segment.source_spans(starts[here], ends[here])
        first = segment.para.searchsorted(segment.docs[documents])
        for column, values in zip(raw, (segment.numbers[documents], first, begins, stops), strict=True):
            column[here] = values
    return raw


def spans_in_document(matches: Iterable[tuple[Segment, Found]], document: int) -> list[tuple[int, int]]:
    """The raw spans of the matches in a document, sorted."""
    spans: list[tuple[int, int]] = []
    for segment, found in matches:
        at = int(np.searchsorted(segment.numbers, document))
        if at == len(segment.numbers) or segment.numbers[at] != document:
            continue
        low, high = np.searchsorted(found.starts, segment.docs[at : at + 2]).tolist()
        marked = [span for spans in found.spans(np.arange(low, high)) for span in spans]
        spans += [(start, end) for _, start, end in _raw(segment, marked)]
    return sorted(set(spans))


def _raw(segment: Segment, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The number of the document of each span, and the span in its raw text."""
    if not spans:
        return []
    starts, ends = np.array(spans, np.int64).T
    documents, raw_starts, raw_ends = segment.source_spans(starts, ends)
    return list(zip(segment.numbers[documents].tolist(), raw_starts.tolist(), raw_ends.tolist(), strict=True))
