"""Hits: make hits of the best groups of matches, with their positions in the raw texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.model import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.answering.rank import Groups
    from tuibrowser.search.answering.source import Source
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found

    Array = npt.NDArray[Any]

_BEST_SCORE: Final = 100.0


def hits_of(source: Source, groups: Groups) -> tuple[Hit, ...]:
    """Return the hits of groups: the spans of the best match, and the positions of the others in the raw texts."""
    if not len(groups):
        return ()
    best, located, kinds = groups.best, source.located(groups.best), source.kinds
    also, more = _others(source, groups)
    hits = []
    other = 0
    columns = (column.tolist() for column in (best.numbers, best.whose, best.costs, groups.counts, more))
    rows = zip(*columns, located.paragraphs, located.spans, strict=True)
    for document, whose, cost, count, others, paragraph, spans in rows:
        hits.append(
            Hit(
                document=document,
                spans=tuple(spans),
                kind=kinds[whose],
                score=round(_BEST_SCORE - 10 * cost, 3),
                paragraph=paragraph,
                count=count,
                also=tuple(also[other : other + others]),
            )
        )
        other += others
    return tuple(hits)


def _others(source: Source, groups: Groups) -> tuple[Sequence[tuple[int, int]], Array]:
    """The positions of the members of groups that are not the best of theirs; how many there are of each group."""
    counts = groups.counts
    members = slice(int(groups.begins[0]), int(groups.begins[-1]))
    inside, at, numbers = groups.members_in[members], groups.members_at[members], groups.members_of[members]
    is_best = (inside == np.repeat(groups.best.whose, counts)) & (at == np.repeat(groups.best.starts, counts))
    offsets = source.offsets(inside[~is_best], at[~is_best])
    return list(zip(numbers[~is_best].tolist(), offsets.tolist(), strict=True)), counts - 1


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
