"""Vt: a model of a terminal for tests, aware of wide characters; it shares nothing with the driver's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import get_character_cell_size, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    r"\x1b\[(?P<mark>[?<>=]?)(?P<numbers>[\d;]*)(?P<between>\$?)(?P<final>[@-~])"
    r"|\x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b\](?P<title>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|(?P<text>[^\x00-\x1f\x7f]+)|(?P<control>[\r\n\v\b\x07])|(?P<other>.)",
    re.DOTALL,
)
_ENDS = {22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 55: {53}}
_ON_BLANKS = {4, 5, 6, 7, 9, 21, 53}


class Style(NamedTuple):
    attributes: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ""


class Cell(NamedTuple):
    text: str
    style: Style


class Vt:
    """The cells of a terminal and what the bytes it is fed make of them.

    An unknown sequence fails the test, and so does an erasure or a margin within a wide character.
    """

    def __init__(
        self,
        columns: int,
        rows: int,
        *,
        colour_erase: bool = True,
        margins: bool = True,
        size_of: Callable[[str], int] = get_character_cell_size,
    ) -> None:
        self.columns, self.rows = columns, rows
        self._colour_erase, self._has_margins, self._size_of = colour_erase, margins, size_of
        self.cells = [[Cell(" ", Style())] * columns for _ in range(rows)]
        self.x = self.y = 0
        self.style = Style()
        self._top, self._bottom = 0, rows - 1
        self._margin_mode, self._left, self._right = False, 0, columns - 1

    def feed(self, data: str) -> None:
        for token in _TOKEN.finditer(data):
            self._token(token)

    def text(self) -> list[str]:
        return ["".join(cell.text for cell in row).rstrip() for row in self.cells]

    def resize(self, columns: int, rows: int) -> None:
        """The rows that stay keep what fits; a wide character cut by the edge is blank."""
        kept = [row[:columns] + [Cell(" ", Style())] * (columns - len(row)) for row in self.cells[:rows]]
        for row in kept:
            if self._size_of_cell(row[-1]) == 2:
                row[-1] = Cell(" ", Style())
        self.cells = kept + [[Cell(" ", Style())] * columns for _ in range(rows - len(kept))]
        self.columns, self.rows = columns, rows
        self.x, self.y = min(self.x, columns - 1), min(self.y, rows - 1)
        self._top, self._bottom, self._left, self._right = 0, rows - 1, 0, columns - 1

    def _size_of_cell(self, cell: Cell) -> int:
        return sum(size for _, size in self._clusters(cell.text))

    def _token(self, token: re.Match[str]) -> None:
        if token["text"] is not None:
            for cluster, size in self._clusters(token["text"]):
                self._character(cluster, size)
        elif token["final"] is not None:
            self._sequence(token["mark"] + token["between"] + token["final"], token["numbers"])
        elif token["link"] is not None:
            self.style = self.style._replace(link="" if token["link"] == ";" else token["link"])
        elif token["control"] == "\r":
            self.x = self._left if self._margin_mode and self.x >= self._left else 0
        elif token["control"] == "\b":
            self.x = max(min(self.x, self.columns - 1) - 1, 0)
        elif token["control"] in {"\n", "\v"}:
            self._line_feed()
        else:
            assert token["other"] is None, f"unknown: {token[0]!r}"

    def _line_feed(self) -> None:
        if self.y < self.rows - 1:
            self.y += 1
        else:
            self.cells = [*self.cells[1:], [self._blank()] * self.columns]

    def _clusters(self, text: str) -> list[tuple[str, int]]:
        """This terminal joins emoji as Textual does; others have opinions of their own."""
        if "\u200d" in text or "\ufe0f" in text:
            return [(text[start:end], size) for start, end, size in split_graphemes(text)[0]]
        return [(character, self._size_of(character)) for character in text]

    def _character(self, character: str, size: int) -> None:
        row = self.cells[self.y]
        if size == 0:
            place = self.x - 1 if row[self.x - 1].text else self.x - 2
            row[place] = row[place]._replace(text=row[place].text + character)
            return
        self.x = min(self.x, self.columns - size)
        self._spoil(self.x, self.x + size)
        row[self.x] = Cell(character, self.style)
        if size == 2:
            row[self.x + 1] = Cell("", self.style)
        self.x += size

    def _spoil(self, start: int, end: int) -> None:
        """Blank the halves of wide characters that stick out of a range of the row."""
        row = self.cells[self.y]
        if start and start < self.columns and row[start].text == "":
            row[start - 1] = row[start - 1]._replace(text=" ")
        if end < self.columns and row[end].text == "":
            row[end] = row[end]._replace(text=" ")

    def _sequence(self, kind: str, numbers: str) -> None:
        values = [int(number or 0) for number in numbers.split(";")]
        if kind == "m":
            self._sgr(values)
        elif kind == "H":
            self.y = min(max(values[0], 1), self.rows) - 1
            self.x = min(max(values[1] if len(values) > 1 else 1, 1), self.columns) - 1
        elif kind in {"C", "D"}:
            step = max(values[0], 1) * (1 if kind == "C" else -1)
            self.x = min(max(min(self.x, self.columns - 1) + step, 0), self.columns - 1)
        elif kind == "B":
            self.y = min(self.y + max(values[0], 1), self.rows - 1)
        elif kind == "K":
            self._erase(self.x, self.columns)
        elif kind == "X":
            self._erase(self.x, min(self.x + max(values[0], 1), self.columns))
        elif kind in {"M", "L"}:
            self._scroll(max(values[0], 1) * (1 if kind == "M" else -1))
        elif kind == "r":
            self._top = max(values[0], 1) - 1
            self._bottom = (values[1] if len(values) > 1 and values[1] else self.rows) - 1
            self.x = self.y = 0
        elif kind == "s":
            assert self._margin_mode, "margins set without their mode"
            self._left, self._right = max(values[0], 1) - 1, values[1] - 1
            self.x = self.y = 0
        elif kind in {"?h", "?l"} and values == [69]:
            assert self._has_margins, "margins sent to a terminal without them"
            self._margin_mode, self._left, self._right = kind == "?h", 0, self.columns - 1
        elif kind == "J":
            assert values == [2]
            self.cells = [[self._blank()] * self.columns for _ in range(self.rows)]
        else:
            assert kind in {"?h", "?l", "?$p", ">u", "<u", "n"}, f"unknown: {kind} {numbers}"

    def _blank(self) -> Cell:
        return Cell(" ", Style(background=self.style.background if self._colour_erase else ""))

    def _erase(self, start: int, end: int) -> None:
        row = self.cells[self.y]
        if self._size_of is get_character_cell_size:
            assert start < self.columns, "an erasure behind the edge"
            assert row[start].text != "", "an erasure begins within a wide character"
            assert end >= self.columns or row[end].text != "", "an erasure ends within a wide character"
        start = min(start, self.columns - 1)
        self._spoil(start, end)
        row[start:end] = [self._blank()] * (end - start)

    def _scroll(self, by: int) -> None:
        assert self._top <= self.y <= self._bottom
        assert self._left <= self.x <= self._right
        left, right = self._left, self._right + 1
        region = self.cells[self.y : self._bottom + 1]
        for row in region:
            for edge in (left, right):
                assert not 0 < edge < self.columns or row[edge].text != "", "a margin within a wide character"
        moved = [row[left:right] for row in region]
        for index, row in enumerate(region):
            source = index + by
            inside = 0 <= source < len(moved)
            row[left:right] = moved[source] if inside else [self._blank()] * (right - left)
        self.x = left

    def _sgr(self, values: list[int]) -> None:
        attributes, foreground, background, link = self.style
        codes = iter(values)
        for code in codes:
            if code == 0:
                attributes, foreground, background = frozenset(), "", ""
            elif code in _ENDS:
                attributes -= _ENDS[code]
            elif code in {38, 48}:
                kind = next(codes)
                colour = ";".join(str(next(codes)) for _ in range(3 if kind == 2 else 1))
                foreground, background = (colour, background) if code == 38 else (foreground, colour)
            elif code // 10 in {3, 9}:
                foreground = "" if code == 39 else str(code)
            elif code // 10 in {4, 10}:
                background = "" if code == 49 else str(code)
            else:
                assert code < 10 or code in {21, 53}, f"unknown: SGR {code}"
                attributes |= {code}
        self.style = Style(attributes, foreground, background, link)


def _seen(cell: Cell) -> Cell:
    if cell.text != " " or cell.style.link or cell.style.attributes & _ON_BLANKS:
        return cell
    return Cell(" ", Style(background=cell.style.background))


def differences(one: Vt, other: Vt) -> list[tuple[int, int, Cell, Cell]]:
    """Where two terminals show different things: row, column, and both cells.

    On a blank neither the foreground nor the weight can be seen.
    """
    found = []
    for y, (row, row_of_other) in enumerate(zip(one.cells, other.cells, strict=True)):
        if row != row_of_other:  # most are the same to the last invisible colour
            for x, pair in enumerate(zip(row, row_of_other, strict=True)):
                cell, cell_of_other = map(_seen, pair)
                if cell != cell_of_other:
                    found.append((y, x, cell, cell_of_other))
    return found
