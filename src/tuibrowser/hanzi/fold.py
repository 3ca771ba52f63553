"""Fold: map every character to the 16-bit id of its class; search counts the characters of a class as the same.

The table is static data, built by scripts/build_fold_table.py, which names its sources and says what shares a class.
A text and its ids are of the same length, so offsets survive. Ids come in ranges: 0 divides paragraphs, below
`gap_end` stand punctuation, spaces and controls, then symbols, letters and digits, then buckets that characters
without an id of their own share, then Han characters ordered by first reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ids = npt.NDArray[np.uint16]
    Codes = npt.NDArray[np.uint32]

BREAK = 0
"""The id that divides paragraphs."""

LOST = "□"
"""The mark of a character that is lost or cannot be read."""

SOUND_GROUPS = 64

OWN_NUMBERS = 0x10000
"""Numbers from here on are those of characters that share their id with unlike ones: more than any id."""

_REPLACEMENT = 0xFFFD


@dataclass(frozen=True)
class FoldTable:
    """The table and the bounds of its ranges of ids."""

    table: Ids
    """The id of every code point."""
    gap_end: int
    bucket_start: int
    bucket_end: int
    read_end: int
    """Ids from `bucket_end` to here are Han characters with a reading."""
    syllables: tuple[str, ...]
    """All toneless syllables in alphabetical order; ü is v."""
    starts: tuple[int, ...]
    """Where the ids of each syllable's characters begin, and where the last ends."""
    also: tuple[tuple[int, int], ...] = field(repr=False)
    """Further readings: an id and a syllable's number, sorted."""
    groups: npt.NDArray[np.uint8] = field(repr=False)
    """The sound group of every id, below `SOUND_GROUPS`: those of a group have the same initials, or nearly so."""
    version: str = ""
    """What the table was made from."""

    def shares_its_id(self, identity: int) -> bool:
        """Whether the id is a bucket, in which unlike characters stand together."""
        return self.bucket_start <= identity < self.bucket_end


@cache
def fold_table() -> FoldTable:
    """The table, read once."""
    with files("tuibrowser.hanzi").joinpath("data/fold.npz").open("rb") as file, np.load(file) as arrays:
        gap_end, bucket_start, bucket_end, read_end, _ = arrays["bounds"].tolist()
        return FoldTable(
            arrays["table"],
            gap_end,
            bucket_start,
            bucket_end,
            read_end,
            tuple(arrays["syllables"].tolist()),
            tuple(arrays["starts"].tolist()),
            tuple((int(identity), int(syllable)) for identity, syllable in arrays["also"].tolist()),
            arrays["groups"],
            " ".join(arrays["versions"].tolist()),
        )


def code_points(text: str) -> Codes:
    """The code points of a text; an unpaired surrogate counts as U+FFFD."""
    codes: Any = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    surrogates = (codes >> np.uint32(11)) == np.uint32(0xD800 >> 11)
    if surrogates.any():
        codes = codes.copy()
        codes[surrogates] = _REPLACEMENT
    found: Codes = codes
    return found


def fold(text: str) -> Ids:
    """The ids of a text, one for each code point."""
    return fold_table().table[code_points(text)]


def told_apart(ids: npt.NDArray[np.unsignedinteger[Any]], points: npt.NDArray[np.unsignedinteger[Any]]) -> Codes:
    """The ids of some code points, but beyond all ids a number of its own for each that shares its id with unlike ones.

    Two characters have the same number where search counts them as the same.
    """
    table = fold_table()
    shared = (ids >= table.bucket_start) & (ids < table.bucket_end)
    return np.where(shared, points.astype(np.uint32) + np.uint32(OWN_NUMBERS), ids.astype(np.uint32))
