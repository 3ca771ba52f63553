"""Packed outlines: the headings and locators of a document in few bytes, from which single ones are made when wanted.

Packed are two counts, then column by column the starts, ends and lines of the headings and the offsets of the locators
(four bytes each), the levels and kinds of the headings (one byte each), and the titles and labels, divided by newlines;
all deflated. A search that shows thirty hits looks up the headings of thirty documents, a few of thousands in each.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar, overload

from tuibrowser.corpus.model import Heading, HeadingKind, Locator

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Document

_KINDS: Final = tuple(HeadingKind)
_DEEPEST: Final = 255

T = TypeVar("T")


class Made(Sequence[T]):
    """A sequence of known length whose items are made whenever they are asked for; it equals a tuple of them."""

    __slots__ = ("_length", "_make")

    def __init__(self, length: int, make: Callable[[int], T]) -> None:
        self._length = length
        self._make = make

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(map(self._make, range(*index.indices(self._length))))
        at = index + self._length if index < 0 else index
        if not 0 <= at < self._length:
            raise IndexError(index)
        return self._make(at)

    def __iter__(self) -> Iterator[T]:
        return map(self._make, range(self._length))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Made) and len(other) == self._length and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class PackedOutline:
    """The columns of an outline."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lines: tuple[int, ...]
    """The lines of the raw text, from 1, on which headings begin."""
    offsets: tuple[int, ...]
    levels: bytes
    kinds: bytes
    titles: Sequence[str]
    labels: Sequence[str]

    def heading(self, at: int) -> Heading:
        """One of the headings."""
        return Heading(self.levels[at], self.starts[at], self.ends[at], self.titles[at], _KINDS[self.kinds[at]])

    def locator(self, at: int) -> Locator:
        """One of the locators."""
        return Locator(self.offsets[at], self.labels[at])


EMPTY: Final = PackedOutline((), (), (), (), b"", b"", (), ())


def pack(document: Document, lines: Sequence[int]) -> bytes:
    """The outline of a document, whose headings begin on these lines of the raw text, from 1."""
    headings, locators = document.headings, document.locators
    numbers = [
        *(heading.start for heading in headings),
        *(heading.end for heading in headings),
        *lines,
        *(locator.offset for locator in locators),
    ]
    words = [*(heading.title for heading in headings), *(locator.label for locator in locators)]
    data = struct.pack(f"<{2 + len(numbers)}I", len(headings), len(locators), *numbers)
    data += bytes(min(heading.level, _DEEPEST) for heading in headings)
    data += bytes(_KINDS.index(heading.kind) for heading in headings)
    data += "\n".join(word.replace("\n", " ") for word in words).encode("utf-8", "surrogatepass")
    return zlib.compress(data, 1)


def unpack(packed: bytes) -> PackedOutline:
    """The columns of what was packed. Raises ValueError where it is damaged."""
    try:
        data = zlib.decompress(packed)
        count, others = struct.unpack_from("<2I", data)
        columns = struct.unpack_from(f"<{3 * count + others}I", data, 8)
    except (zlib.error, struct.error) as error:
        raise ValueError("no packed outline") from error
    words_at = 8 + 4 * len(columns) + 2 * count
    words = data[words_at:].decode("utf-8", "surrogatepass").split("\n") if count + others else []
    levels, kinds = data[words_at - 2 * count : words_at - count], data[words_at - count : words_at]
    if len(words) != count + others or len(kinds) != count or max(kinds, default=0) >= len(_KINDS):
        raise ValueError("no packed outline")
    starts, ends, lines = (columns[at * count : (at + 1) * count] for at in range(3))
    return PackedOutline(starts, ends, lines, columns[3 * count :], levels, kinds, words[:count], words[count:])
