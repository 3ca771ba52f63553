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
        stream = TextStream(asked)
        ids, own = stream.ids, Text(asked, stream)
    else:
        ids, own = _document(asked, segments)
    streams = [SegmentStream(segment, _others(segment, asked, chosen)) for segment in segments]
    found = shared(ids, streams, minimum, cancelled)
    firsts = np.cumsum([0, *(len(segment) for segment in segments)])[:-1]
    runs = _joined(found.runs, firsts)
    other = Documents(streams, firsts.tolist())
    passages = passages_of(runs, _pairs(ids, runs, other))
    rows = rows_of(passages, signatures(passages, passages.runs.own.astype(np.uint64)), both=False)
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
    streams = [
        SegmentStream(segment, None, int(segment.docs[at]) - 1, int(segment.docs[at + 1]))
        for segment in segments
        for at in np.flatnonzero(segment.numbers == number).tolist()
    ]
    end = np.zeros(1, np.uint16)
    return np.concatenate([end, *(stream.read() for stream in streams)]), Documents(streams, [len(end)])


def _others(segment: Segment, asked: int | str, chosen: Array | None) -> Array:
    """A bool for each document of a segment: whether it is looked at."""
    others: Array = segment.numbers != asked if isinstance(asked, int) else np.ones(len(segment.numbers), bool)
    return others if chosen is None else others & chosen.take(segment.numbers)


def _pairs(ids: Array, runs: Runs, other: Documents) -> Array:
    """int64: a number for the two documents of each run."""
    return (np.cumsum(ids == END).take(runs.own) << 32) + other.numbers(runs.other)


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
