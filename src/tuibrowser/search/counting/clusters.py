"""Clusters: matches grouped by themselves and the characters that stand right or left of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import fold
from tuibrowser.search.counting.places import NOWHERE, Places
from tuibrowser.search.counting.units import BITS, LONGEST, written_at
from tuibrowser.search.index.arrays import changes
from tuibrowser.search.searcher import Beside, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_GROUP_BITS: Final = np.uint64(BITS * LONGEST)
"""A group's number stands above two characters in a number of 64 bits, so that there are at most four million."""


def clusters(
    parts: Sequence[tuple[Segment, Array, Array]], size: int, side: Beside, layers: frozenset[Layer], minimum: int
) -> list[Unit]:
    """The clusters of matches with so many characters on one side that occur `minimum` times at least, most first."""
    found: dict[bytes, tuple[dict[str, int], int]] = {}
    for segment, starts, ends in parts:
        _, columns = _columns(segment, starts, ends, size, side, layers)
        _add(segment, columns, found)
    rows = [Unit(_sorted(forms), sum(forms.values()), documents) for forms, documents in found.values()]
    kept = [row for row in rows if row.count >= minimum]
    return sorted(kept, key=lambda row: (-row.count, next(iter(row.forms))))


def clustered(
    segment: Segment, starts: Array, ends: Array, text: str, size: int, side: Beside, layers: frozenset[Layer]
) -> Array:
    """int64: the matches that make a cluster, in any of its forms, with so many characters on one side."""
    rows, columns = _columns(segment, starts, ends, size, side, layers)
    group, first = _grouped(segment, columns)
    key = fold(text).tobytes()
    wanted = [fold(each).tobytes() == key for each in _texts(segment, [column.take(first) for column in columns])]
    return rows.compress(np.array(wanted, bool).take(group)) if len(group) else rows


def _columns(
    segment: Segment, starts: Array, ends: Array, size: int, side: Beside, layers: frozenset[Layer]
) -> tuple[Array, list[Array]]:
    """The matches with so many characters on a side, and the positions of these and of their own, in reading order.

    A match that is shorter than others is filled up with NOWHERE.
    """
    places = Places(segment, layers)
    step, positions = (-1, starts) if side is Beside.LEFT else (1, ends - 1)
    outer = []
    for _ in range(size):
        positions = places.next(positions, step)
        outer.append(positions)
    whole = outer[-1] != NOWHERE if outer else np.ones(len(starts), bool)
    outer = [each.compress(whole) for each in outer]
    inner = _inside(Places(segment, layers, across=True), starts.compress(whole), ends.compress(whole))
    return np.flatnonzero(whole), [*outer[::-1], *inner] if side is Beside.LEFT else [*inner, *outer]


def _inside(places: Places, starts: Array, ends: Array) -> list[Array]:
    """The positions of the characters of each match, NOWHERE where it is shorter than others."""
    columns = [starts]
    while True:
        following = places.next(columns[-1], 1)
        following = np.where(following < ends, following, NOWHERE)
        if not following.any():
            return columns
        columns.append(following)


def _add(segment: Segment, columns: Sequence[Array], found: dict[bytes, tuple[dict[str, int], int]]) -> None:
    """Count the clusters of a segment, by the ids of their characters, in each form and by documents."""
    group, first = _grouped(segment, columns)
    if not len(group):
        return
    texts = _texts(segment, [column.take(first) for column in columns])
    keys = [fold(text).tobytes() for text in texts]
    rows = {key: row for row, key in enumerate(dict.fromkeys(keys))}
    row_of = np.array([rows[key] for key in keys])
    numbers = segment.document_index(np.maximum.reduce(columns)).astype(np.uint64)
    pairs = np.sort((row_of.take(group).astype(np.uint64) << np.uint64(32)) | numbers)
    documents = np.bincount((pairs.compress(changes(pairs)) >> np.uint64(32)).astype(np.int64), minlength=len(rows))
    for key, row in rows.items():
        forms, before = found.setdefault(key, ({}, 0))
        found[key] = forms, before + int(documents[row])
    for key, text, count in zip(keys, texts, np.bincount(group).tolist(), strict=True):
        forms = found[key][0]
        forms[text] = forms.get(text, 0) + count


def _grouped(segment: Segment, columns: Sequence[Array]) -> tuple[Array, Array]:
    """The number of the group of each match that is written the same, and the first match of each group."""
    group = np.zeros(len(columns[0]), np.uint64)
    first = np.zeros(min(1, len(group)), np.int64)
    for at in range(0, len(columns), LONGEST):
        written = written_at(segment, columns[at : at + LONGEST])
        _, first, inverse = np.unique((group << _GROUP_BITS) | written, return_index=True, return_inverse=True)
        group = inverse.astype(np.uint64)
    return group.astype(np.int64), first


def _texts(segment: Segment, columns: Sequence[Array]) -> list[str]:
    """The characters at positions, a text for each row."""
    points = np.stack([segment.points(segment.codes.take(column)) for column in columns], axis=1).astype("<u4")
    return [row.tobytes().decode("utf-32-le", "surrogatepass").replace("\0", "") for row in points]


def _sorted(forms: dict[str, int]) -> dict[str, int]:
    return dict(sorted(forms.items(), key=lambda each: (-each[1], each[0])))
