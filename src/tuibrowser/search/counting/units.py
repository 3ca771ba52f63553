"""Units: characters, or several in a row within a paragraph, as numbers that are the same in every segment.

A character's number is its fold id; one whose id unlike characters share has a number of its own. Where units are told
apart as they are written (`exact`), it is its code point. The numbers of a unit stand one after another in the bits of
its key.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import OWN_NUMBERS, fold_table, told_apart
from tuibrowser.search.counting.places import NOWHERE, Places
from tuibrowser.search.index.arrays import changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

LONGEST: Final = 2
"""Characters of the longest unit."""

BITS: Final = 21
"""Bits of a character in a key; a key of two leaves 22 bits of 64."""

_POINTS: Final = (1 << BITS) - 1


def identities(segment: Segment, *, exact: bool = False) -> Array:
    """uint64: the number of every code."""
    name = f"identities {exact}"
    if (known := segment.at_hand.get(name)) is None:
        points = segment.points(np.arange(len(segment.fold), dtype=segment.codes.dtype))
        numbers = points if exact else told_apart(segment.fold, points)
        known = segment.at_hand[name] = numbers.astype(np.uint64)
    return np.asarray(known)


def keys_at(segment: Segment, columns: Sequence[Array], *, exact: bool) -> Array:
    """uint64: the keys of units, of which each column has one character's position."""
    table = identities(segment, exact=exact)
    return joined([table.take(segment.codes.take(column)) for column in columns])


def written_at(segment: Segment, columns: Sequence[Array]) -> Array:
    """uint64: units as they are written, as their code points one after another."""
    return joined([segment.points(segment.codes.take(column)).astype(np.uint64) for column in columns])


def keys_of(written: Array, *, exact: bool = False) -> Array:
    """uint64: the keys of units as they are written."""
    if exact:
        return written
    table = fold_table().table
    key = np.zeros(len(written), np.uint64)
    for shift in range(BITS * (LONGEST - 1), -1, -BITS):
        points = (written >> np.uint64(shift)) & np.uint64(_POINTS)
        number = told_apart(table.take(points.astype(np.int64)), points).astype(np.uint64)
        key = (key << np.uint64(BITS)) | np.where(points == 0, np.uint64(0), number)
    return key


def written_with(keys: Array, *, exact: bool) -> Array:
    """uint64: a unit of each key as it may be written, as its code points one after another."""
    if exact:
        return keys
    points = _points_of_ids()
    written = np.zeros(len(keys), np.uint64)
    for shift in range(BITS * (LONGEST - 1), -1, -BITS):
        number = (keys >> np.uint64(shift)) & np.uint64(_POINTS)
        own = np.where(
            number >= OWN_NUMBERS,
            number - np.uint64(OWN_NUMBERS),
            points.take(np.minimum(number, OWN_NUMBERS - 1).astype(np.int64)),
        )
        written = (written << np.uint64(BITS)) | np.where(number == 0, np.uint64(0), own)
    return written


@cache
def _points_of_ids() -> Array:
    """uint64: a code point of each fold id: of characters the first in the block of the unified ones."""
    table = fold_table().table
    every = np.arange(len(table))
    order = np.concatenate((every[_UNIFIED], every[: _UNIFIED.start], every[_UNIFIED.stop :]))
    ids, first = np.unique(table.take(order), return_index=True)
    points = np.zeros(OWN_NUMBERS, np.uint64)
    points[ids] = order.take(first)
    return points


_UNIFIED: Final = slice(0x4E00, 0xA000)


def packed(unit: str) -> int:
    """A unit as it is written, as its code points one after another."""
    points = 0
    for character in unit:
        points = points << BITS | ord(character)
    return points


def key_of(unit: str, *, exact: bool) -> int:
    """The key of a unit."""
    return int(keys_of(np.array([packed(unit)], np.uint64), exact=exact)[0])


def text_of(written: int) -> str:
    """A unit as it is written, of its code points."""
    first, second = written >> BITS, written & _POINTS
    return (chr(first) if first else "") + chr(second)


def texts_of(written: Array) -> list[str]:
    """Units as texts, of their code points."""
    points = np.stack((written >> np.uint64(BITS), written & np.uint64(_POINTS)), axis=1).astype("<u4")
    single = points[:, 0] == 0
    points[single] = points[single][:, ::-1]
    texts: list[str] = np.ascontiguousarray(points).view(f"<U{LONGEST}").ravel().tolist()
    return texts


def written_as(units: Sequence[str]) -> Array:
    """uint64: units, each as its code points one after another."""
    points = np.array(units, f"<U{LONGEST}").view("<u4").reshape(-1, LONGEST).astype(np.uint64)
    return np.where(points[:, 1] == 0, points[:, 0], (points[:, 0] << np.uint64(BITS)) | points[:, 1])


def commonest_forms(written: Array, counts: Array, wanted: Array, *, exact: bool) -> list[str]:
    """The unit of each wanted key as it is written most often."""
    order = np.lexsort((written, -counts))
    keys = keys_of(written.take(order), exact=exact)
    by_key = np.argsort(keys, kind="stable")
    first = by_key.take(keys.take(by_key).searchsorted(wanted)) if len(keys) else by_key
    return texts_of(written.take(order.take(first)))


def from_starts(places: Places, starts: Array, size: int) -> list[Array]:
    """The positions of the units that begin at some places, those left out that the end of a paragraph cuts short."""
    columns = [starts]
    for _ in range(size - 1):
        columns.append(places.next(columns[-1], 1))
    whole = columns[-1] != NOWHERE
    return [column.compress(whole) for column in columns]


def summed(keys: Array, counts: Array | None = None) -> tuple[Array, Array]:
    """int64: each key once, ascending, and the sum of its counts, each 1 where there are none."""
    if counts is None:
        keys = np.sort(keys)
        first = np.flatnonzero(changes(keys))
        return keys.take(first), np.diff(np.append(first, len(keys)))
    order = np.argsort(keys, kind="stable")
    keys = keys.take(order)
    first = np.flatnonzero(changes(keys))
    totals = np.add.reduceat(counts.take(order), first) if len(first) else np.empty(0, np.int64)
    return keys.take(first), totals


def merged(counted: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Keys with their counts, from several such pairs as one."""
    if len(counted) == 1:
        return counted[0]
    if not counted:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    return summed(*map(np.concatenate, zip(*counted, strict=True)))


def looked_up(keys: Array, counts: Array, wanted: Array) -> Array:
    """int64: the counts of wanted keys among keys that ascend; 0 for one that is not there."""
    if not len(keys):
        return np.zeros(len(wanted), np.int64)
    at = np.minimum(keys.searchsorted(wanted), len(keys) - 1)
    found: Array = np.where(keys.take(at) == wanted, counts.take(at), 0)
    return found


def rows_of(keys: Array, wanted: Array) -> Array:
    """int64: where each key stands among the wanted ones, or -1."""
    if not len(wanted):
        return np.full(len(keys), -1)
    order = np.argsort(wanted, kind="stable")
    ascending = wanted.take(order)
    at = np.minimum(ascending.searchsorted(keys), len(wanted) - 1)
    return np.where(ascending.take(at) == keys, order.take(at), -1)


def joined(columns: Sequence[Array]) -> Array:
    """The numbers of the characters of units one after another."""
    key = columns[0]
    for column in columns[1:]:
        key = (key << np.uint64(BITS)) | column
    return key


def most_first(forms: Mapping[str, int]) -> dict[str, int]:
    """Forms with their numbers, the commonest first, then in the order of their code points."""
    return dict(sorted(forms.items(), key=lambda each: (-each[1], each[0])))


def together(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Forms with the sums of their numbers."""
    sums: dict[str, int] = {}
    for each in several:
        for form, count in each.items():
            sums[form] = sums.get(form, 0) + count
    return sums
