"""Heads: a table of head words by their folded characters, made without a Python object for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from tuibrowser.hanzi.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.hanzi.fold import Ids

    Hashes = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_OTHER: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT: Final = np.uint64(29)


class HeadTable:
    """The numbers of the entries whose head words have a hash; other words may share it, which the entries tell."""

    def __init__(self, *heads: str) -> None:
        """Each argument has a head word a line, of the same entries in the same order."""
        hashes = [_line_hashes(each) for each in heads]
        numbers = [np.arange(len(each)) for each in hashes]
        for number in range(1, len(hashes)):
            unlike = hashes[number] != hashes[0]
            hashes[number], numbers[number] = hashes[number][unlike], numbers[number][unlike]
        joined = np.concatenate(hashes)
        order = joined.argsort(kind="stable")
        self._hashes = joined[order]
        self._numbers: Numbers = np.concatenate(numbers)[order]

    def numbers(self, hashed: np.uint64) -> Sequence[int]:
        """The numbers of the entries under a hash."""
        low, high = (int(self._hashes.searchsorted(hashed, side)) for side in ("left", "right"))
        found: list[int] = self._numbers[low:high].tolist()
        return found


def prefix_hashes(ids: Ids) -> Hashes:
    """The hash of each beginning of a word, by its length less one."""
    hashes: Hashes = np.cumsum(_mixed(ids, np.arange(len(ids))), dtype=np.uint64)
    return hashes


def _line_hashes(lines: str) -> Hashes:
    """The hash of each line, by its folded characters and where they stand in it."""
    ids = fold(lines + "\n")
    breaks = np.flatnonzero(np.frombuffer((lines + "\n").encode("utf-32-le", "replace"), np.uint32) == ord("\n"))
    starts = np.concatenate(([0], breaks[:-1] + 1))
    places = np.arange(len(ids)) - np.repeat(starts, breaks - starts + 1)
    mixed = _mixed(ids, places)
    mixed[breaks] = 0
    hashes: Hashes = np.add.reduceat(mixed, starts)
    return hashes


def _mixed(ids: Ids, places: Numbers) -> Hashes:
    """A number for each character at its place, of which that of a word is the sum."""
    mixed = (ids.astype(np.uint64) | (places.astype(np.uint64) << np.uint64(16))) * _FACTOR
    mixed ^= mixed >> _SHIFT
    mixed *= _OTHER
    mixed ^= mixed >> _SHIFT
    return mixed


def word_spans(data: bytes, count: int) -> tuple[Numbers, Numbers, list[str]]:
    """The begin and end of each line of UTF-8 that is an entry, and, for each of its first words, all of them by line.

    Lines that begin with # or have fewer than `count` spaces are left out.
    """
    octets = np.frombuffer(data, np.uint8)
    breaks = np.flatnonzero(octets == ord("\n"))
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(octets)]))
    spaces = np.flatnonzero(octets == ord(" "))
    first = spaces.searchsorted(starts)
    kept = (ends > starts) & (first + count <= spaces.searchsorted(ends))
    starts, ends, first = starts[kept], ends[kept], first[kept]
    marked = octets[starts] != ord("#")
    starts, ends, first = starts[marked], ends[marked], first[marked]
    columns: list[str] = []
    begin = starts
    for number in range(count):
        stop = spaces[first + number]
        columns.append(_joined(octets, begin, stop))
        begin = stop + 1
    return starts, ends, columns


def _joined(octets: npt.NDArray[np.uint8], starts: Numbers, ends: Numbers) -> str:
    """The stretches of some bytes, a line each."""
    sizes = ends - starts + 1
    lasts = np.cumsum(sizes)
    places = np.arange(lasts[-1] if len(lasts) else 0) + np.repeat(starts - (lasts - sizes), sizes)
    taken = octets[np.minimum(places, len(octets) - 1)]
    taken[lasts - 1] = ord("\n")
    lines: str = taken.tobytes().decode("utf-8", "replace")
    return lines.removesuffix("\n")
