"""Alignment: offsets mapped both ways between a text and an edited version of it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from tuibrowser.language.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@frozen
class Side:
    """The edited stretches of one version, and the same stretches in the other, in order."""

    starts: Sequence[int]
    ends: Sequence[int]
    other_starts: Sequence[int]
    other_ends: Sequence[int]

    def character(self, offset: int) -> int:
        """Where the other version holds the character at `offset`, or what follows it there if nothing does."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return offset
        if offset >= self.ends[at]:
            return offset - self.ends[at] + self.other_ends[at]
        length = self.other_ends[at] - self.other_starts[at]
        return self.other_starts[at] + min(offset - self.starts[at], max(0, length - 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the other version that holds the characters from `start` to `end`."""
        first = self.character(start)
        if end <= start:
            return first, first
        last = end - 1
        at = bisect_right(self.starts, last) - 1
        if at < 0 or last >= self.ends[at]:
            return first, max(first, self.character(last) + 1)
        if end == self.ends[at]:
            return first, max(first, self.other_ends[at])
        length = self.other_ends[at] - self.other_starts[at]
        return first, max(first, self.other_starts[at] + min(end - self.starts[at], length))


class Alignment:
    """Maps code point offsets between a source text and a target text that edits made from it.

    An edit `(start, end, length)` says that the code points of the source from `start` to `end` became `length`
    code points of the target; edits are sorted and do not overlap. All else is the same in both.
    """

    __slots__ = ("_sides", "edits")

    def __init__(self, edits: Iterable[tuple[int, int, int]] = ()) -> None:
        """Raise ValueError where edits overlap, are out of order or run backwards."""
        self.edits: tuple[tuple[int, int, int], ...] = tuple(edits)
        self._sides: tuple[Side, Side] | None = None
        last = 0
        for start, end, length in self.edits:
            if start < last or end < start or length < 0:
                raise ValueError(f"edit {(start, end, length)} overlaps an earlier one or runs backwards")
            last = end

    @property
    def _source(self) -> Side:
        return (self._sides or self._made())[0]

    @property
    def _target(self) -> Side:
        return (self._sides or self._made())[1]

    def _made(self) -> tuple[Side, Side]:
        """Make both sides: most texts that are read for an index are asked for neither."""
        target_starts: list[int] = []
        target_ends: list[int] = []
        shift = 0
        for start, end, length in self.edits:
            target_starts.append(start + shift)
            target_ends.append(start + shift + length)
            shift += length - (end - start)
        own = tuple(edit[0] for edit in self.edits), tuple(edit[1] for edit in self.edits)
        other = tuple(target_starts), tuple(target_ends)
        self._sides = Side(*own, *other), Side(*other, *own)
        return self._sides

    def __repr__(self) -> str:
        return f"Alignment({list(self.edits)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alignment) and self.edits == other.edits

    def __hash__(self) -> int:
        return hash(self.edits)

    def to_target(self, offset: int) -> int:
        """Where the target holds the source's character at `offset`; a deleted one maps to what follows it."""
        return self._source.character(offset)

    def to_source(self, offset: int) -> int:
        """Where the source holds the target's character at `offset`; an inserted one maps to what follows it."""
        return self._target.character(offset)

    def target_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the target made from the source's characters from `start` to `end`."""
        return self._source.span(start, end)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source from which the target's characters from `start` to `end` were made."""
        return self._target.span(start, end)


IDENTITY = Alignment()
