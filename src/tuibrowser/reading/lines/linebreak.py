"""Line breaking for Chinese text: lines of so many cells, with 避頭尾.

A line may end between any two ideographs, but no closing mark begins a line and no opening mark ends one, whether
full-width or the half-width ones that stand for them in Chinese text. —— and …… stay whole, and so do Latin words,
numbers with their units, and addresses, as long as they fit into a line. The rules are the pairs of UAX #14 that
matter here, with the 避頭尾 of CLREQ (W3C, Requirements for Chinese Text Layout, 3.1.3) where that asks for more.

What fits into no line is cut, first where an address has a separator, then inside a word, then anywhere but inside
a character with its combining marks. A line holds at most its width in cells, trailing spaces aside, and at least
one character.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.hanzi.cells import CELLS, JOINER, PICTURE, advances
from tuibrowser.language.patterns import late
from tuibrowser.reading.lines.breakclass import (
    CLASSES,
    CLOSER,
    CLOSING,
    DASH,
    MARK,
    OPENING,
    PAIRS,
    REGION,
    SPACE,
    SPACES,
    WORD,
    YES,
)

if TYPE_CHECKING:
    from collections.abc import Callable

BLOCK: Final = 65_536
"""Code points of a paragraph that are broken at once; a longer one begins a new line after so many at most."""
_BLOCK_SEARCH: Final = 4_096
"""Code points before the end of a block in which a better place to end it is looked for."""

_SEPARATORS: Final = frozenset("/?&=#._-,;:%+@)")
_SPACE_RUN: Final = late(f"[{SPACES}]*")
_SENTENCE_END: Final = late(r"[。！？!?…][”’」』）)]*")
_UNIT: Final = late(
    r"(?:[kcmnμ]?m[²³23]?|[kmμ]?g|t|[mck]?l|L|[kMGT]?i?B|[kMGT]?Hz|[kMG]?Wh?|[km]?V|m?A|s|min|h|kcal|mol|%|‰|°C?|℃)"
    r"(?![0-9A-Za-z])"
)


class Line(NamedTuple):
    """A line of a text, in code points: where it begins, where what is shown of it ends, and where the next begins."""

    start: int
    end: int
    next: int


def break_lines(text: str, width: int) -> list[int]:
    """The offsets, in code points, at which the lines of a text begin that is set in `width` cells; the first is 0."""
    starts: list[int] = []
    for start, end in blocks(text):
        starts += _break_block(text, start, end, width, cells_of)
    return starts


def cells_of(text: str, _start: int) -> list[int]:
    """The cells of each character of a stretch of a text that begins at an offset, as it is set without readings."""
    plain = PICTURE not in text and JOINER not in text
    return list(map(CELLS.__getitem__, text)) if plain else advances(text)


def blocks(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that are broken by themselves; one, unless it is longer than `BLOCK` code points."""
    bounds = [0]
    while len(text) - bounds[-1] > BLOCK:
        bounds.append(_block_end(text, bounds[-1]))
    return list(pairwise([*bounds, len(text)]))


def _block_end(text: str, start: int) -> int:
    """Where to end a block: after a newline, else after a sentence, else between two characters."""
    last = start + BLOCK
    newline = text.rfind("\n", last - _BLOCK_SEARCH, last)
    if newline >= 0:
        return newline + 1
    ends = [match.end() for match in _SENTENCE_END.finditer(text, last - _BLOCK_SEARCH, last)]
    at = next((end for end in reversed(ends) if _may_break(text, end, start)), last)
    while at > last - _BLOCK_SEARCH and not _may_break(text, at, start):
        at -= 1
    return at if _may_break(text, at, start) else last


class Lines:
    """The lines of a text set in `width` cells, found block by block when they are asked for.

    `cells` gives the cells of each character of a stretch of it, see `cells_of`.
    """

    def __init__(self, text: str, width: int, cells: Callable[[str, int], list[int]] = cells_of) -> None:
        self.text = text
        self.width = width
        self._cells = cells
        self._blocks = blocks(text)
        self._block_starts = [start for start, _ in self._blocks]
        self._starts: dict[int, list[int]] = {}

    def at(self, offset: int) -> Line:
        """The line that holds the character at an offset; offsets outside the text mean its first or last line."""
        offset = max(0, min(offset, len(self.text)))
        block = max(0, bisect_right(self._block_starts, offset) - 1)
        starts = self._of(block)
        index = bisect_right(starts, offset) - 1
        return self._line(starts[index], starts[index + 1] if index + 1 < len(starts) else self._blocks[block][1])

    def first(self) -> Line:
        """The first line."""
        return self.at(0)

    def last(self) -> Line:
        """The last line."""
        return self.at(len(self.text))

    def after(self, line: Line) -> Line | None:
        """The line after one of these lines."""
        return self.at(line.next) if line.next < len(self.text) else None

    def before(self, line: Line) -> Line | None:
        """The line before one of these lines."""
        return self.at(line.start - 1) if line.start > 0 else None

    def number(self, line: Line) -> int:
        """The number of a line, from 0; in a text of several blocks, 0 for the first and else that in its block."""
        block = bisect_right(self._block_starts, line.start) - 1
        return bisect_right(self._of(block), line.start) - (1 if block <= 0 else 0)

    def _of(self, block: int) -> list[int]:
        starts = self._starts.get(block)
        if starts is None:
            starts = self._starts[block] = _break_block(self.text, *self._blocks[block], self.width, self._cells)
        return starts

    def _line(self, start: int, following: int) -> Line:
        shown = self.text[start:following]
        shown = shown.removesuffix("\n").rstrip(SPACES)
        return Line(start, start + len(shown), following)


def _break_block(text: str, start: int, stop: int, width: int, cells: Callable[[str, int], list[int]]) -> list[int]:
    """Where the lines of a block begin."""
    starts = [start]
    while start < stop:
        newline = text.find("\n", start, stop)
        end = newline if newline >= 0 else stop
        _break_stretch(text, start, end, width, starts, cells)
        if newline < 0 or newline + 1 >= stop:
            break
        start = newline + 1
        starts.append(start)
    return starts


def _break_stretch(
    text: str, start: int, stop: int, width: int, starts: list[int], cells: Callable[[str, int], list[int]]
) -> None:
    """Append where lines begin in a stretch without newlines, the one at `start` excepted."""
    if start >= stop or (cells is cells_of and 2 * (stop - start) <= width):
        return
    ends = list(accumulate(cells(text[start:stop], start)))
    total = ends[-1]
    first = start
    before = 0
    while total - before > width:
        overflow = first + bisect_right(ends, before + width, start - first)
        start = _break_at(text, start, overflow, stop)
        if start >= stop:
            return
        starts.append(start)
        before = ends[start - first - 1]


def _break_at(text: str, start: int, overflow: int, stop: int) -> int:
    """Where the line after the one beginning at `start` begins, given the first character that does not fit."""
    end = _space_end(text, overflow, stop)
    if end >= stop:
        return stop
    if end > overflow and _may_break(text, end, start):
        return end
    at = overflow
    after = CLASSES[text[at]]
    while at > start:
        before = CLASSES[text[at - 1]]
        action = PAIRS[before][after]
        if action == YES or (action == CLOSER and _look_closer(text, at, start)):
            return at
        at -= 1
        after = before
    return _cut(text, start, overflow, stop)


def _space_end(text: str, at: int, stop: int) -> int:
    """Where the spaces end that the end of a line swallows; one that carries a combining mark is seen, and stays."""
    match = _SPACE_RUN.match(text, at, stop)
    end = match.end() if match else at
    return end - 1 if at < end < stop and CLASSES[text[end]] == MARK else end


def _may_break(text: str, at: int, start: int) -> bool:
    """Whether a line that begins at `start` may end before the character at an offset."""
    action = PAIRS[CLASSES[text[at - 1]]][CLASSES[text[at]]]
    return action == YES or (action == CLOSER and _look_closer(text, at, start))


def _look_closer(text: str, at: int, start: int) -> bool:
    """Whether a line may end before an offset, where the two classes alone do not say."""
    base = at - 1
    while base > start and CLASSES[text[base]] == MARK:
        base -= 1
    if text[at - 1] == JOINER:
        return False
    before, after = CLASSES[text[base]], CLASSES[text[at]]
    if before == MARK:
        return after not in {CLOSING, SPACE, MARK}
    if before == SPACE:
        return _after_space(text, base, at, start)
    if before == DASH and after == DASH:
        return text[base] != text[at]
    if before == REGION and after == REGION:
        return _regions_before(text, at, start) % 2 == 0
    if before == WORD and after == OPENING:
        return not text[at].isascii()
    if before == CLOSING and after == WORD:
        return not _inside_word(text, base, at, start)
    return PAIRS[before][after] == YES


def _after_space(text: str, base: int, at: int, start: int) -> bool:
    """Whether a line may end after a space: not when only spaces are on it, nor after an opening mark or a number."""
    last = base
    while last >= start and CLASSES[text[last]] in {SPACE, MARK}:
        last -= 1
    if last < start or CLASSES[text[last]] == OPENING:
        return False
    single = last == at - 2 and text[base] == " "
    return not (single and text[last].isdecimal() and _UNIT.match(text, at))


def _inside_word(text: str, mark: int, at: int, start: int) -> bool:
    """Whether a closing mark stands inside a word, number or address, as in 1,234 or don’t or ３．５."""
    if mark <= start:
        return False
    before, after = text[mark - 1], text[at]
    if text[mark] == "．":
        return before.isdecimal() and after.isdecimal()
    if not (text[mark].isascii() or text[mark] in "’·–"):
        return False
    return after.isascii() and before.isascii() and before != " "


def _regions_before(text: str, at: int, start: int) -> int:
    """How many regional indicators, two of which are a flag, stand right before an offset on the line."""
    first = at
    while first > start and CLASSES[text[first - 1]] == REGION:
        first -= 1
    return at - first


def _cut(text: str, start: int, overflow: int, stop: int) -> int:
    """Where to cut what fits into no line."""
    for at in range(overflow, start + max(1, (overflow - start) // 2), -1):
        if text[at - 1] in _SEPARATORS and CLASSES[text[at]] == WORD:
            return at
    for at in range(overflow, start, -1):
        if _tolerable(CLASSES[text[at - 1]], CLASSES[text[at]]):
            return at
    at = _space_end(text, overflow, stop)
    if at == overflow:
        at = next((at for at in range(overflow, start, -1) if _apart(text, at, start)), start + 1)
    while at < stop and not _apart(text, at, start):
        at += 1
    return at


@cache
def _tolerable(before: int, after: int) -> bool:
    """Whether a cut between two classes splits nothing worse than a word."""
    return before == after == WORD or PAIRS[before][after] == YES


def _apart(text: str, at: int, start: int) -> bool:
    """Whether what stands before an offset and what follows are drawn apart."""
    before, after = CLASSES[text[at - 1]], CLASSES[text[at]]
    if after == MARK or text[at - 1] == JOINER:
        return False
    return not (before == after == REGION and _regions_before(text, at, start) % 2)
