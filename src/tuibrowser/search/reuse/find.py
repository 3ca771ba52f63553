"""Find: the passages that a document or a text shares with others, in this process."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.reuse.answer import LocalReuse
from tuibrowser.search.reuse.passages import passages_of, rows_of, signatures
from tuibrowser.search.reuse.runs import Runs
from tuibrowser.search.reuse.shared import shared
from tuibrowser.search.reuse.sides import Documents, Text
from tuibrowser.search.reuse.stream import END, SegmentStream, TextStream

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.reuse.passages import Passages, Rows

    Array = npt.NDArray[Any]


def reuse_of(
    asked: int | str,
    segments: Sequence[Segment],
    chosen: Array | None,
    minimum: int,
    cancelled: Callable[[], bool],
    *,
    is_whole: bool,
) -> LocalReuse:
    """The passages that a document, by its number, or a text shares with other documents.

    These are all, or those for which `chosen` has a bool set by their number. `is_whole` says that there is no more to
    be read.
    """
    began = perf_counter()
    own: Documents | Text
    if isinstance(asked, str):
        document, stream = None, TextStream(asked)
        ids, own = stream.ids, Text(asked, stream)
    else:
        document = asked
        ids, own = _document(asked, segments)
    streams = [SegmentStream(segment, others_in(segment, document, chosen)) for segment in segments]
    found = shared(ids, streams, minimum, cancelled)
    firsts = np.cumsum([0, *(len(segment) for segment in segments)])[:-1]
    runs = _joined(found.runs, firsts)
    other = Documents(streams, firsts.tolist())
    passages, rows = passages_with(ids, runs, other.numbers(runs.other))
    return LocalReuse(
        own,
        other,
        passages,
        rows,
        at_least=bool(found.bounds) or not is_whole or cancelled(),
        bounds=found.bounds,
        elapsed_ms=(perf_counter() - began) * 1000,
    )


def _document(number: int, segments: Sequence[Segment]) -> tuple[Array, Documents]:
    """The characters of a document, and the side that it is; none of one that is not indexed."""
    stream = stream_of(number, segments)
    streams = [] if stream is None else [stream]
    end = np.zeros(1, np.uint16)
    return np.concatenate([end, *(each.read() for each in streams)]), Documents(streams, [len(end)])


def stream_of(number: int, segments: Sequence[Segment]) -> SegmentStream | None:
    """The stream of one document; None where it is not indexed."""
    for segment in segments:
        at = int(segment.numbers.searchsorted(number))
        if at < len(segment.numbers) and segment.numbers[at] == number:
            return SegmentStream(segment, None, int(segment.docs[at]) - 1, int(segment.docs[at + 1]))
    return None


def others_in(segment: Segment, asked: int | None, chosen: Array | None) -> Array:
    """A bool for each document of a segment: whether it is looked at."""
    others: Array = np.ones(len(segment.numbers), bool) if asked is None else segment.numbers != asked
    return others if chosen is None else others & chosen.take(segment.numbers)


def passages_with(ids: Array, runs: Runs, numbers: Array) -> tuple[Passages, Rows]:
    """The passages, and their rows, that the runs of a stream with documents of some numbers make."""
    pairs = (np.cumsum(ids == END).take(runs.own) << 32) + numbers
    passages = passages_of(runs, pairs)
    return passages, rows_of(passages, signatures(passages, passages.runs.own.astype(np.uint64)), both=False)


def _joined(runs: Sequence[Runs], firsts: Array) -> Runs:
    """The runs with several streams, whose ranks begin at some numbers, as those with one."""
    columns = [
        np.concatenate([np.zeros(0, np.int64), *each])
        for each in (
            [some.own for some in runs],
            [some.other + first for some, first in zip(runs, firsts.tolist(), strict=True)],
            [some.lengths for some in runs],
        )
    ]
    return Runs(*columns)
