"""Among: the passages that the documents of a corpus share with one another, found in this process or one aside."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.host.aside import carry_out, do_aside
from tuibrowser.language.i18n import plain
from tuibrowser.search.reuse.answer import LocalReuse
from tuibrowser.search.reuse.every import COMMON_BOUND, every_run, words_of
from tuibrowser.search.reuse.passages import Passages, Rows, passages_of, rows_of, signatures
from tuibrowser.search.reuse.runs import Runs
from tuibrowser.search.reuse.sides import Documents
from tuibrowser.search.reuse.stream import END, SegmentStream

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.keeper import WordPlace

    Array = npt.NDArray[Any]
    Progress = Callable[[int, int], object]
    Cancelled = Callable[[], bool]

_MODULE: Final = "tuibrowser.search.reuse.among"

MOST: Final = 1 << 32
"""Significant characters that can be compared: their ranks are numbers of 32 bits."""


@dataclass(frozen=True)
class Among:
    """What is found: the passages, their rows, the length of each stream, and whether some are not compared."""

    passages: Passages
    rows: Rows
    lengths: Array
    is_bounded: bool

    def save(self, file: Path) -> None:
        """Keep it in a file."""
        runs, rows = self.passages.runs, self.rows
        arrays = (runs.own, runs.other, runs.lengths, self.passages.bounds, rows.passages, rows.places, rows.bounds)
        np.savez(file, *arrays, self.lengths, np.array([self.is_bounded]))

    @classmethod
    def load(cls, file: Path) -> Among:
        """What is kept in a file."""
        with np.load(file, allow_pickle=False) as kept:
            own, other, lengths, bounds, *rows, streams, is_bounded = (kept[name] for name in kept.files)
        return cls(Passages(Runs(own, other, lengths), bounds), Rows(*rows), streams, bool(is_bounded[0]))


def reuse_among(
    segments: Sequence[Segment],
    chosen: Array | None,
    minimum: int,
    progress: Progress,
    cancelled: Cancelled,
    *,
    place: WordPlace | None,
    is_whole: bool,
) -> LocalReuse | None:
    """The passages that documents share with one another, all or those for which a bool is set by their number.

    They are found in a process aside where the segments are kept in a place on disk. None where it was cancelled.
    Raises OSError where the process fails, or there are too many characters.
    """
    began = perf_counter()
    if place is None:
        found = _among(segments, chosen, minimum, progress, cancelled)
    else:
        found = _aside(place, chosen, minimum, progress, cancelled)
    if found is None:
        return None
    streams = [SegmentStream(segment, _held(segment, chosen)) for segment in segments]
    documents = Documents(streams, (np.cumsum(found.lengths) - found.lengths).tolist())
    return LocalReuse(
        documents,
        documents,
        found.passages,
        found.rows,
        at_least=found.is_bounded or not is_whole,
        bounds=(COMMON_BOUND,) if found.is_bounded else (),
        elapsed_ms=(perf_counter() - began) * 1000,
    )


def _held(segment: Segment, chosen: Array | None) -> Array | None:
    return None if chosen is None else np.asarray(chosen.take(segment.numbers))


def _among(
    segments: Sequence[Segment], chosen: Array | None, minimum: int, progress: Progress, cancelled: Cancelled
) -> Among | None:
    parts = [SegmentStream(segment, _held(segment, chosen)).read() for segment in segments]
    ids = np.concatenate([np.zeros(0, np.uint16), *parts, np.zeros(1, np.uint16)])
    lengths = np.array([len(part) for part in parts], np.int64)
    del parts
    found = compared(ids, np.flatnonzero(ids == END), minimum, progress, cancelled)
    return None if found is None else Among(*found[:2], lengths, found[2])


def compared(
    ids: Array,
    ends: Array,
    minimum: int,
    progress: Progress,
    cancelled: Cancelled,
    places: Places | None = None,
) -> tuple[Passages, Rows, bool] | None:
    """The passages that the documents of a stream share, their rows, and whether some are not compared.

    `ends` are the ranks at which documents end. None where it was cancelled. Raises OSError where there are too many
    characters.
    """
    if len(ids) > MOST:
        raise OSError(plain("more than {most:,} characters cannot be compared with one another", most=MOST))
    found = every_run(ids, ends, minimum, progress, cancelled)
    if found is None:
        return None
    pairs = (ends.searchsorted(found.runs.own) << 32) + ends.searchsorted(found.runs.other)
    runs, common = (each if places is None else places.of(each) for each in (found.runs, found.common))
    passages = passages_of(runs, pairs).with_single(common)
    own = passages.runs.own if places is None else places.ranks(passages.runs.own)
    words = words_of(ids, own, passages.runs.lengths, minimum)
    return passages, rows_of(passages, signatures(passages, words), both=True), found.is_bounded


@dataclass(frozen=True)
class Places:
    """Numbers of the characters of a stream beside their ranks: stretches of it begin at ranks that have numbers.

    Both ascend.
    """

    firsts: Array
    numbers: Array

    def of(self, runs: Runs) -> Runs:
        """Runs whose ranks are given by these numbers."""
        own, other = (ranks + self._apart(self.firsts, ranks) for ranks in (runs.own, runs.other))
        return Runs(own, other, runs.lengths)

    def ranks(self, numbers: Array) -> Array:
        """int64: the ranks of some numbers."""
        return np.asarray(numbers - self._apart(self.numbers, numbers))

    def _apart(self, begins: Array, some: Array) -> Array:
        """int64: how far apart the two are for some, looked up in the ranks or the numbers at which stretches begin."""
        return (self.numbers - self.firsts).take(begins.searchsorted(some, "right") - 1)


def _aside(
    place: WordPlace, chosen: Array | None, minimum: int, progress: Progress, cancelled: Cancelled
) -> Among | None:
    with TemporaryDirectory(prefix="tuibrowser-") as folder:
        file = Path(folder) / "found.npz"
        task = {
            "generation": os.fspath(place.generation),
            "segments": list(place.segments),
            "chosen": None if chosen is None else b64encode(np.packbits(chosen).tobytes()).decode("ascii"),
            "minimum": minimum,
            "file": os.fspath(file),
        }
        return Among.load(file) if do_aside(_MODULE, task, progress, cancelled) else None


def _do(task: dict[str, Any], progress: Progress) -> None:
    """Do what another process asks for."""
    from tuibrowser.search.index.store import load_segment

    segments = [load_segment(Path(task["generation"]), name) for name in task["segments"]]
    chosen = None
    if task["chosen"] is not None:
        chosen = np.unpackbits(np.frombuffer(b64decode(task["chosen"]), np.uint8)).astype(bool)
    found = _among(segments, chosen, task["minimum"], progress, lambda: False)
    assert found is not None
    found.save(Path(task["file"]))


if __name__ == "__main__":
    carry_out(_do)
