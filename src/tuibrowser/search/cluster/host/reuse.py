"""Reuse: what a host finds of a text in its documents, and where what was found stands.

A character of a document has an *address*, the same on every host: the number of the document, shifted by 32 bits, and
its rank in the stream of that document alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.reuse.find import others_in, stream_of
from tuibrowser.search.reuse.runs import Runs
from tuibrowser.search.reuse.shared import Sought
from tuibrowser.search.reuse.sides import Documents
from tuibrowser.search.reuse.stream import END, SegmentStream

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

RANK_BITS: Final = 32


@dataclass(frozen=True, slots=True)
class Question:
    """A stream whose runs are looked for, the number of its document, if any, and what is looked at.

    `documents` are bits for those in scope, None for all.
    """

    ids: Array
    document: int | None
    documents: Array | None
    minimum: int


@dataclass(frozen=True, slots=True)
class Answer:
    """How many pairs of places there are, and the runs found among them: ranks, addresses and lengths.

    There are no runs where the pairs are too many.
    """

    pairs: int
    own: Array
    other: Array
    lengths: Array


def runs_in(segment: Segment, question: Question, most: int, kept: Array | None) -> Answer:
    """The runs of a stream with documents of a segment.

    None are looked for where there are more than `most` pairs of places. `kept` are bits for the grams whose places are
    looked at, if these are not all.
    """
    sought, others = Sought(question.ids, question.minimum), _stream(segment, question).read()
    which, ranks = sought.find(others, _never)
    pairs = int(sought.counts(which).sum())
    if kept is not None:
        chosen = np.unpackbits(kept, count=len(sought.table)).astype(bool).take(which)
        which, ranks = which.compress(chosen), ranks.compress(chosen)
    elif pairs > most:
        which, ranks = which[:0], ranks[:0]
    runs = sought.runs(others, which, ranks) if len(which) else Runs(which, ranks, which)
    return Answer(pairs, runs.own.astype(np.uint32), addresses(segment, others, runs.other), runs.lengths)


def counts_in(segment: Segment, question: Question) -> Array:
    """int64: how many pairs of places of each gram there are."""
    sought = Sought(question.ids, question.minimum)
    return sought.counts(sought.find(_stream(segment, question).read(), _never)[0])


def _stream(segment: Segment, question: Question) -> SegmentStream:
    bits = question.documents
    chosen = None if bits is None else np.unpackbits(bits).astype(bool)
    return SegmentStream(segment, others_in(segment, question.document, chosen))


def addresses(segment: Segment, ids: Array, ranks: Array) -> Array:
    """int64: the addresses of some ranks of a stream of a segment."""
    ends = np.flatnonzero(ids == END)
    at = ends.searchsorted(ranks) - 1
    return (segment.numbers.take(at).astype(np.int64) << RANK_BITS) + ranks - ends.take(at)


def document_stream(segments: Sequence[Segment], number: int) -> Array:
    """The characters of a document; of one that is not here its end alone."""
    stream = stream_of(number, segments)
    return np.zeros(1, np.uint16) if stream is None else stream.read()


def documents_at(segments: Sequence[Segment], some: Array) -> Documents:
    """The documents of some addresses, each of which begins at its own."""
    numbers = np.unique(some >> RANK_BITS).tolist()
    streams = [stream for number in numbers if (stream := stream_of(number, segments)) is not None]
    return Documents(streams, [number << RANK_BITS for number in numbers])


def _never() -> bool:
    return False
