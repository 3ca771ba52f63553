"""Head lines: the lines of a text for reading metadata: repaired, each with its indent and blank lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, overload

from tuibrowser.corpus.formats.lines import Line, LineRole
from tuibrowser.hanzi.alike import ideographs, is_common

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from tuibrowser.corpus.paragraphs.assemble import Span


_START = attrgetter("text_start")


class HeadLine(NamedTuple):
    """A line with text as metadata is read from it: its repaired text, in ideographs, and what the layout says."""

    text: str
    indent: int = 0
    """Code points of white space before it."""
    level: int = 0
    """That of a heading given by markup, else 0."""
    follows: bool = False
    """Whether it stands directly below the line before it, without a blank line."""
    apart: bool = False
    """Whether blank lines stand before and after it."""


class HeadLines(Sequence[HeadLine]):
    """The lines with text as metadata is read from them, each made when it is asked for."""

    def __init__(self, raw: str, lines: Sequence[Line], follows: Sequence[bool], cuts: Sequence[Span]) -> None:
        self._raw, self._lines, self._follows, self._cuts = raw, lines, follows, cuts
        self._made: dict[int, HeadLine] = {}
        self._is_common = is_common(raw)

    def may_hold(self, characters: str) -> bool:
        """Whether a line may have one of some characters, by the whole of the raw text; no line is made."""
        if not self._is_common:
            return True
        for character in characters:  # noqa: SIM110  `any` takes three times as long here
            if character in self._raw:
                return True
        return False

    @property
    def tops(self) -> list[int]:
        """The numbers of the headings that markup puts at the highest level there is."""
        return [number for number, line in enumerate(self._lines) if line.level == 1 and line.role is LineRole.HEADING]

    @cached_property
    def indents(self) -> Sequence[int]:
        """The code points of white space before each line."""
        return [line.text_start - line.start for line in self._lines]

    def below(self, number: int, beginning: str) -> Iterator[str]:
        """The texts of the lines below the line `number` that begin so; no other line is made."""
        for each in range(number + 1, len(self._lines)):
            if self._raw.startswith(beginning, self._lines[each].text_start):
                yield self[each].text

    def holding(self, pattern: re.Pattern[str]) -> list[int]:
        """The numbers of the lines in which a pattern is found; no line is made."""
        numbers: dict[int, None] = {}
        for found in pattern.finditer(self._raw):
            number = bisect_right(self._lines, found.start(), key=_START) - 1
            if number >= 0 and found.start() < self._lines[number].text_end:
                numbers[number] = None
        return list(numbers)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> HeadLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[HeadLine]: ...
    def __getitem__(self, index: int | slice) -> HeadLine | list[HeadLine]:
        if isinstance(index, slice):
            return [self._made.get(each) or self._line(each) for each in range(*index.indices(len(self._lines)))]
        return self._made.get(index) or self._line(index)

    def _line(self, number: int) -> HeadLine:
        """A line that is asked for first. Raises IndexError."""
        if not 0 <= number < len(self._lines):
            raise IndexError(number)
        made = self._made[number] = self._make(number)
        return made

    def _make(self, number: int) -> HeadLine:
        line = self._lines[number]
        follows = self._follows[number]
        apart = not follows and (number + 1 == len(self._lines) or not self._follows[number + 1])
        level = line.level if line.role is LineRole.HEADING else 0
        text = _repaired(self._raw, line, self._cuts)
        if not self._is_common:
            text = ideographs(text)
        return HeadLine(text, line.text_start - line.start, level, follows, apart)


def _repaired(raw: str, line: Line, cuts: Sequence[Span]) -> str:
    """The text of a line without the cuts in it."""
    if not cuts:
        return raw[line.text_start : line.text_end].strip()
    pieces: list[str] = []
    at = line.text_start
    for number in range(max(0, bisect_right(cuts, (at, at)) - 1), len(cuts)):
        start, end = cuts[number]
        if start >= line.text_end:
            break
        pieces.append(raw[at : max(at, start)])
        at = max(at, end)
    pieces.append(raw[at : line.text_end])
    return "".join(pieces).strip()
