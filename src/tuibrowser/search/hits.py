"""Hits: the best groups of matches, and all matches in a document, with their places in the raw texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.model import Hit
from tuibrowser.search.segment import by_segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.phrase import Found
    from tuibrowser.search.rank import Group
    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]

_BEST_SCORE: Final = 100.0


def hits_of(groups: Sequence[Group]) -> tuple[Hit, ...]:
    """Hits of groups: all their places, first what they mark, then the others, mapped to raw texts at once."""
    if not groups:
        return ()
    marked = _marked(groups)
    lengths = [len(spans) for spans in marked]
    own = np.array([span for spans in marked for span in spans], np.int64).reshape(-1, 2)
    also = np.concatenate([group.also_at for group in groups])
    which = np.concatenate(
        (np.repeat([group.which for group in groups], lengths), *(group.also_in for group in groups))
    )
    starts, ends = np.concatenate((own, np.stack((also, also), axis=1))).T
    raw = _raw_places(groups[0].segments, which, starts, ends)
    documents, paragraphs, begins, stops = (column.tolist() for column in raw)
    spans = list(zip(begins, stops, strict=True))
    places = list(zip(documents[len(own) :], begins[len(own) :], strict=True))
    hits = []
    at = other = 0
    for group, length in zip(groups, lengths, strict=True):
        more = len(group.also_at)
        hits.append(
            Hit(
                document=documents[at],
                spans=tuple(spans[at : at + length]),
                kind=group.matches.kind,
                score=round(_BEST_SCORE - 10 * group.cost, 3),
                paragraph=group.paragraph - paragraphs[at],
                count=group.count,
                also=tuple(places[other : other + more]),
            )
        )
        at, other = at + length, other + more
    return tuple(hits)


def _marked(groups: Sequence[Group]) -> list[list[tuple[int, int]]]:
    """What the match of each group marks."""
    by_matches: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        by_matches.setdefault(id(group.matches), []).append(number)
    marked: list[list[tuple[int, int]]] = [[]] * len(groups)
    for numbers in by_matches.values():
        rows = np.array([groups[number].at for number in numbers])
        for number, spans in zip(numbers, groups[numbers[0]].matches.spans(rows), strict=True):
            marked[number] = spans
    return marked


def _raw_places(segments: Sequence[Segment], which: Array, starts: Array, ends: Array) -> tuple[Array, ...]:
    """Of spans in some segments the numbers of their documents and of the first paragraphs of these, and the spans
    in their raw texts."""
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
