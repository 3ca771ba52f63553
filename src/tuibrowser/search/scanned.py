"""Scanned: find names by their characters and by their sound, without a copy of all names in another form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from tuibrowser.hanzi.fold import fold, fold_table
from tuibrowser.search.index.arrays import changes, ranks
from tuibrowser.search.index.names import SEPARATOR

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.names import Rows

    Array = npt.NDArray[Any]

_PART: Final = 1 << 14
"""Names looked through at a time."""

_FEW_RUNS: Final = 8
"""Runs of ids up to which comparing is faster than looking up."""

_DEAD: Final = 255
"""No place in what is typed."""


class Sounding(NamedTuple):
    """The names that are read as some letters, ascending: their rows, and where in them that begins and ends."""

    rows: Array
    starts: Array
    ends: Array


@dataclass(frozen=True)
class Scanned:
    """Names, or those of them that are `held`, which has a bool for each."""

    names: Rows
    held: Array | None = None

    def places(self, wanted: Array) -> tuple[Array, Array]:
        """Return where names have ids that are wanted, which has a bool for each id: rows, and positions in `ids`."""
        positions = self._positions(wanted)
        return self.rows_at(positions), positions

    def rows_at(self, positions: Array) -> Array:
        """int64: the names that hold some positions in `ids`, which ascend."""
        return ranks(self.names.at, positions, "right") - 1

    def _positions(self, wanted: Array) -> Array:
        """int64, ascending: the positions in `ids` of names at which ids stand that are wanted."""
        ids, at = self.names.ids, self.names.at
        edges = np.flatnonzero(np.diff(wanted, prepend=False, append=False)).reshape(-1, 2).tolist()
        found = [np.empty(0, np.int64)]
        for first in range(0, len(self.names), _PART):
            last = min(first + _PART, len(self.names))
            held = None if self.held is None else self.held[first:last]
            if held is not None and not held.any():
                continue
            start = int(at[first])
            part = ids[start : at[last]]
            positions = (_within(part, edges) if len(edges) <= _FEW_RUNS else wanted.take(part)).nonzero()[0] + start
            if held is not None:
                positions = positions.compress(held.take(ranks(at[first : last + 1], positions, "right") - 1))
            found.append(positions)
        return np.concatenate(found)

    def lengths(self, rows: Array) -> Array:
        """How many characters some names have."""
        lengths: Array = self.names.at.take(rows + 1) - self.names.at.take(rows) - 1
        return lengths

    def sharing(self, key: Array) -> tuple[Array, Array, Array]:
        """Return the names that have a character of a key: rows, ascending; how many of the key's characters each has,
        in any order; and whether it has all of them side by side."""
        wanted = np.zeros(1 << 16, bool)
        wanted[key] = True
        rows, positions = self.places(wanted)
        begins = changes(rows)
        of_name = np.cumsum(begins) - 1
        names = rows.compress(begins)
        ids, counts = self.names.ids.take(positions), np.zeros(len(names), np.uint16)
        for each, times in zip(*np.unique(key, return_counts=True), strict=True):
            here = of_name.compress(ids == each)
            counts[here] += np.uint16(times)
        whole = np.zeros(len(names), bool)
        starts = np.flatnonzero(ids == key[0])
        for offset, each in enumerate(key):
            starts = starts.compress(self.names.ids.take(positions.take(starts) + offset, mode="clip") == each)
        whole[of_name.take(starts)] = True
        return names, counts, whole

    def sounding(self, letters: bytes, *, short: bool) -> Sounding:
        """Return the names in which characters stand that are read so, or of which letters are the initials if `short`.

        The first letter begins a syllable. Characters without a reading may stand between.
        """
        sounds, number = _sounds(short=short)
        steps = _steps(letters, sounds)
        begins = steps[0] != _DEAD
        begins[[not sound for sound in sounds]] = False
        at = starts = self._positions(begins.take(number))
        left, reached = np.arange(len(starts)), np.zeros(len(starts), np.uint8)
        width, leads = len(sounds), steps.ravel()
        found, stops = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        while len(left):
            reached = leads.take(reached.astype(np.intp) * width + number.take(self.names.ids.take(at)))
            whole = reached == len(letters)
            found.append(left.compress(whole))
            stops.append(at.compress(whole) + 1)
            on = ~whole & (reached != _DEAD)
            left, reached, at = left.compress(on), reached.compress(on), at.compress(on) + 1
        ends = np.zeros(len(starts), np.int64)
        for some, stop in zip(found, stops, strict=True):
            ends[some] = stop
        which = ends.nonzero()[0]
        rows = self.rows_at(starts.take(which))
        first = changes(rows)  # the first in each name
        which, rows = which.compress(first), rows.compress(first)
        begin = self.names.at.take(rows)
        return Sounding(rows, starts.take(which) - begin, ends.take(which) - begin)


def _within(ids: Array, edges: list[list[int]]) -> Array:
    """Whether ids are in one of some runs."""
    inside = np.zeros(len(ids), bool)
    for low, high in edges:
        inside |= ids == low if high == low + 1 else ids - np.uint16(low) < high - low
    return inside


def _steps(letters: bytes, sounds: list[bytes]) -> Array:
    """uint8: to which place in the letters each sound leads from each place; the end where it goes beyond."""
    steps = np.full((len(letters), len(sounds)), _DEAD, np.uint8)
    for at, row in enumerate(steps):
        rest = letters[at:]
        for number, sound in enumerate(sounds):
            if sound[:1] in {b"", rest[:1]} and (sound.startswith(rest) or rest.startswith(sound)):
                row[number] = min(at + len(sound), len(letters))
    return steps


@cache
def spelled() -> list[str]:
    """The first reading of each id; of others nothing, of letters the letter."""
    table = fold_table()
    readings = [""] * (1 << 16)
    for syllable, start, end in zip(table.syllables, table.starts, table.starts[1:], strict=False):
        readings[start:end] = [syllable] * (end - start)
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
        readings[int(fold(letter)[0])] = letter
    return readings


@cache
def _sounds(*, short: bool) -> tuple[list[bytes], Array]:
    """The different readings, or initials, and the number of that of each id; a separator is read as itself."""
    readings = [reading[:1] if short else reading for reading in spelled()]
    readings[int(fold(SEPARATOR)[0])] = SEPARATOR
    sounds = sorted(set(readings))
    numbers = {sound: number for number, sound in enumerate(sounds)}
    return [sound.encode("ascii") for sound in sounds], np.array([numbers[each] for each in readings], np.uint16)
