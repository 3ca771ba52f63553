"""Tables of units: how often each unit stands in some documents, in which forms, and in how many of them."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.host.stopping import check
from tuibrowser.search.counting.places import Places
from tuibrowser.search.counting.tallies import KeyTally, Tally, in_documents
from tuibrowser.search.counting.units import (
    BITS,
    LONGEST,
    from_starts,
    identities,
    key_of,
    keys_at,
    keys_of,
    looked_up,
    merged,
    packed,
    rows_of,
    text_of,
    texts_of,
    written_as,
    written_at,
    written_with,
)
from tuibrowser.search.model import HitKind
from tuibrowser.search.values import Frequencies, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]
    Counted = tuple[Array, Array]

_BATCH: Final = 1 << 19
"""Characters of documents that are counted together."""


class KeyedUnits(ABC):
    """Units of which their keys and how often these occur are known."""

    @property
    @abstractmethod
    def is_exact(self) -> bool:
        """Whether units are told apart as they are written."""

    @property
    @abstractmethod
    def keyed(self) -> Counted:
        """The keys of units, and how often they occur."""

    def total(self) -> int:
        """How many units there are."""
        return int(self.keyed[1].sum())

    def types(self) -> int:
        """How many different units there are."""
        return len(self.keyed[0])

    def frequencies(self, units: Sequence[str]) -> list[int]:
        """How often each of some units occurs."""
        counts: list[int] = looked_up(*self.keyed, keys_of(written_as(units), exact=self.is_exact)).tolist()
        return counts

    def commonest(self, minimum: int) -> Frequencies:
        """The units that occur `minimum` times at least, most first."""
        keys, counts = self.keyed
        at = np.flatnonzero(counts >= minimum)
        at = at[np.lexsort((keys.take(at), -counts.take(at)))]
        written = written_with(keys.take(at), exact=self.is_exact)
        return Frequencies(tuple(texts_of(written)), tuple(counts.take(at).tolist()))


@dataclass(frozen=True)
class LocalUnits(KeyedUnits):
    """The units of a size in some layers of some documents, which are given by segment as places in `numbers`."""

    parts: Sequence[tuple[Segment, Array]]
    size: int
    layers: frozenset[Layer]
    exact: bool = False
    """Whether units are told apart as they are written."""

    @property
    def is_exact(self) -> bool:
        """Whether units are told apart as they are written."""
        return self.exact

    @cached_property
    def keyed(self) -> Counted:
        """The keys of units, and how often they occur."""
        return merged([self._of(segment, at) for segment, at in self.parts])

    def _of(self, segment: Segment, at: Array) -> Counted:
        """Count in some documents of a segment; if these are most, subtract the others from the counts of all."""
        every = np.arange(len(segment.numbers))
        lengths = np.diff(segment.docs.astype(np.int64))
        if 2 * int(lengths.take(at).sum()) <= int(lengths.sum()):
            return self._counted(segment, at)
        name = f"units {self.size} {sorted(self.layers)} {self.exact}"
        if name not in segment.at_hand:
            segment.at_hand[name] = self._counted(segment, every)
        keys, counts = segment.at_hand[name]
        others = np.setdiff1d(every, at, assume_unique=True)
        if not len(others):
            return keys, counts
        rest = counts - looked_up(*self._counted(segment, others), keys)
        return keys.compress(rest > 0), rest.compress(rest > 0)

    def _counted(self, segment: Segment, at: Array) -> Counted:
        """The keys of the units of some documents of a segment, ascending, and how often they occur."""
        places = Places(segment, self.layers)
        tally = KeyTally(segment, self.size, exact=self.exact)
        for low, high in _batches(segment, at):
            tally.add(segment.codes[low:high].compress(places.within(low, high, with_ends=self.size > 1)))
        return tally.counted(places.ends)

    def described(self, units: Sequence[str]) -> list[Unit]:
        """The forms of some units, how often they occur, and in how many documents."""
        wanted = keys_of(written_as(units), exact=self.exact)
        tallies, documents = [], np.zeros(len(wanted), np.int64)
        for segment, at in self.parts:
            tally = Tally(segment, self.size)
            for columns, rows in self._finder(segment, wanted).among(at):
                tally.add(columns)
                documents += in_documents(segment, columns[0], rows, len(wanted))
            tallies.append(tally.counted())
        forms = forms_of(*merged(tallies), wanted, exact=self.exact)
        return [Unit(each, sum(each.values()), count) for each, count in zip(forms, documents.tolist(), strict=True)]

    def occurrences(self, unit: str) -> list[tuple[Segment, Array, Array, Array]]:
        """Where a unit occurs: by segment, its starts, ends and kinds, as places in HitKind."""
        found = []
        for segment, at in self.parts:
            finder = self._finder(segment, np.array([key_of(unit, exact=self.exact)], np.uint64))
            columns = list(map(np.concatenate, zip(*(held for held, _ in finder.among(at)), strict=True)))
            same = written_at(segment, columns) == np.uint64(packed(unit))
            kinds = np.where(same, EXACT, VARIANT).astype(np.uint8)
            found.append((segment, columns[0], columns[-1] + 1, kinds))
        return found

    def _finder(self, segment: Segment, wanted: Array) -> _Finder:
        return _Finder(segment, wanted, self.size, self.layers, exact=self.exact)


class KeptUnits:
    """The units asked for last, so that they are counted once; keyness compares those of two groups."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: Kept[tuple[object, ...], LocalUnits] = Kept(_GROUPS)

    def of(
        self,
        segments: Sequence[Segment],
        documents: Collection[int],
        size: int,
        layers: frozenset[Layer],
        *,
        exact: bool,
    ) -> LocalUnits:
        """The units of a size in some documents, by their numbers."""
        key = tuple(map(id, segments)), tuple(documents), size, layers, exact
        with self._lock:
            if (known := self._kept.get(key)) is not None:
                return known
            return self._kept.put(key, units_in(segments, documents, size, layers, exact=exact))


_GROUPS: Final = 2


def units_in(
    segments: Sequence[Segment], documents: Collection[int], size: int, layers: frozenset[Layer], *, exact: bool
) -> LocalUnits:
    """The units of a size in some documents, by their numbers."""
    wanted = np.fromiter(documents, np.int64, len(documents))
    parts = [(segment, np.flatnonzero(np.isin(segment.numbers, wanted))) for segment in segments]
    return LocalUnits([(segment, at) for segment, at in parts if len(at)], size, layers, exact)


def forms_of(written: Array, counts: Array, wanted: Array, *, exact: bool) -> list[dict[str, int]]:
    """How often the unit of each wanted key is written in which way, the commonest first."""
    found: list[dict[str, int]] = [{} for _ in range(len(wanted))]
    if not len(wanted) or not len(written):
        return found
    order = np.argsort(wanted)
    keys = keys_of(written, exact=exact)
    rows = order.take(np.minimum(wanted.take(order).searchsorted(keys), len(wanted) - 1))
    held = np.flatnonzero(wanted.take(rows) == keys)
    held = held[np.argsort(-counts.take(held), kind="stable")]
    columns = (column.take(held).tolist() for column in (rows, written, counts))
    for row, unit, count in zip(*columns, strict=True):
        found[row][text_of(unit)] = count
    return found


class _Finder:
    """Finds the units of some keys in the documents of a segment."""

    def __init__(self, segment: Segment, wanted: Array, size: int, layers: frozenset[Layer], *, exact: bool) -> None:
        self.segment = segment
        self._places = Places(segment, layers)
        self._wanted, self._size, self._exact = wanted, size, exact
        numbers = identities(segment, exact=exact)
        self._rows = rows_of(numbers, wanted >> np.uint64(BITS) if size == LONGEST else wanted)
        self._begins = self._rows >= 0
        self._ends = rows_of(numbers, wanted & np.uint64((1 << BITS) - 1)) >= 0
        self._may_end = self._ends | self._places.passed

    def among(self, at: Array) -> Iterator[tuple[list[Array], Array]]:
        """The units in some documents, batch by batch: the positions of their characters, and which key each has.

        No document is in two batches.
        """
        for low, high in _batches(self.segment, at):
            starts = np.flatnonzero(self._begins.take(self.segment.codes[low:high])) + low
            yield self._pairs(starts) if self._size == LONGEST else self._characters(starts)

    def _characters(self, starts: Array) -> tuple[list[Array], Array]:
        starts = starts.compress(self._places.are(starts))
        return [starts], self._rows.take(self.segment.codes.take(starts))

    def _pairs(self, starts: Array) -> tuple[list[Array], Array]:
        codes = self.segment.codes
        # Most characters that begin a unit are followed at once by one that ends none, so that no step is needed.
        starts = starts.compress(self._may_end.take(codes.take(starts + 1)))
        columns = from_starts(self._places, starts.compress(self._places.are(starts)), self._size)
        held = self._ends.take(codes.take(columns[1]))
        columns = [column.compress(held) for column in columns]
        rows = rows_of(keys_at(self.segment, columns, exact=self._exact), self._wanted)
        return [column.compress(rows >= 0) for column in columns], rows.compress(rows >= 0)


EXACT, VARIANT = (tuple(HitKind).index(kind) for kind in (HitKind.EXACT, HitKind.VARIANT))


def _batches(segment: Segment, at: Array) -> Iterator[tuple[int, int]]:
    """The stretches of documents that stand one after another, as far as they are no longer than a batch."""
    bounds = segment.docs.tolist()
    low = high = 0
    for document in at.tolist():
        first, after = bounds[document], bounds[document + 1]
        if first != high or after - low > _BATCH:
            if low < high:
                check()
                yield low, high
            low = first
        high = after
    if low < high:
        check()
        yield low, high
