"""Rows: lines of a sheet set in rows of some cells, the characters of both texts in the same columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.reading.harmless import harmless
from tuibrowser.study.collating.stretches import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tuibrowser.study.collating.sheet import Column, Sheet, Text

GAP: Final = "-"
"""Stands, as often as there are cells, where a text has nothing for what the other has."""
_SHORT: Final = 4
"""Characters around a significant one that are not parted from it."""


class Look(StrEnum):
    """How a piece of a row looks."""

    SAME = "same"
    CHANGED = "changed"
    ALONE = "alone"
    """Only this text has it."""
    VARIANT = "variant"
    MOVED = "moved"
    ASIDE = "aside"
    """It is not compared."""
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a row; `number` is the index of the difference it belongs to."""

    text: str
    look: Look
    number: int = NONE


@dataclass(frozen=True, slots=True)
class Note:
    """A row that says something: of a passage that moved, or the lines of both texts that are not compared."""

    moved: int = NONE
    is_arrival: bool = False
    one: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of both texts, of the same cells. `column` is that of its first character."""

    column: int
    one: tuple[Piece, ...]
    other: tuple[Piece, ...]
    note: Note | None = None

    @property
    def numbers(self) -> frozenset[int]:
        """The differences in it."""
        return frozenset(piece.number for piece in (*self.one, *self.other)) - {NONE}

    @property
    def looks(self) -> frozenset[Look]:
        """How its pieces look."""
        return frozenset(piece.look for piece in (*self.one, *self.other))

    @property
    def sides(self) -> tuple[int, ...]:
        """The texts, 0 and 1, that must be seen: one where both have the same but for marks, or only one has it."""
        if self.note is not None or _is_gap(self.other):
            return (0,)
        if _is_gap(self.one):
            return (1,)
        is_same = self.looks <= {Look.SAME, Look.ASIDE, Look.MOVED} and _aside(self.one) == _aside(self.other)
        return (0,) if is_same else (0, 1)


def _is_gap(pieces: tuple[Piece, ...]) -> bool:
    return all(piece.look is Look.GAP for piece in pieces)


def _aside(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.look is Look.ASIDE]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Pieces of both texts that stand in the same cells."""

    one: Piece
    other: Piece
    cells: int


def rows_of(sheet: Sheet, line: int, width: int, variants: Mapping[int, int]) -> list[Row]:
    """The rows of a line. `variants` are the differences of form that are told, by the characters of the first text."""
    rows = list(_notes(sheet, line))
    held: list[_Pair] = []
    used, start = 0, sheet.cuts[line]
    for at, column in enumerate(sheet.columns(line), start):
        for group in _groups(sheet, column, variants):
            cells = sum(pair.cells for pair in group)
            if held and used + cells > width:
                rows.append(_row(start, held))
                held, used, start = [], 0, at
            held += group
            used += cells
    rows.append(_row(start, held))
    return rows + _rest(sheet) if line + 1 == len(sheet) else rows


def _notes(sheet: Sheet, line: int) -> Iterator[Row]:
    """What is said before a line: what is left out there, and that it begins a moved passage."""
    column, at = next(sheet.columns(line)), sheet.cuts[line]
    one = sheet.one.around(column.one)[1] if column.one is not None else ""
    other = sheet.other.around(column.other)[1] if column.other is not None else ""
    if one or other:
        yield Row(at, (), (), Note(one=one, other=other))
    if (stretch := sheet.opening(line)) is not None:
        yield Row(at, (), (), Note(stretch.moved, stretch.is_arrival))


def _rest(sheet: Sheet) -> list[Row]:
    """What is left out behind the last line."""
    one, other = (text.around(len(text.at))[1] for text in (sheet.one, sheet.other))
    return [Row(sheet.cuts[-1], (), (), Note(one=one, other=other))] if one or other else []


def _groups(sheet: Sheet, column: Column, variants: Mapping[int, int]) -> Iterator[list[_Pair]]:
    """The pairs of a column that are not parted: both characters with the marks before and behind them."""
    one = _parts(sheet.one, column.one, column.one_next)
    other = _parts(sheet.other, column.other, column.other_next)
    look, number = _look(column, variants)
    is_alone = look is Look.ALONE or column.stretch.is_arrival
    beside = (look, number) if is_alone else (Look.SAME, NONE)
    before = list(_marks(one[0], other[0], *beside))
    group = [_pair(one[1], other[1], look, number)]
    behind = list(_marks(one[2], other[2], *beside))
    if len(before) > 1:
        yield from ([pair] for pair in before)
    else:
        group = before + group
    if len(behind) > 1:
        yield group
        yield from ([pair] for pair in behind)
    else:
        yield group + behind


def _parts(text: Text, at: int | None, following: int | None) -> tuple[str, str, str]:
    """What stands before a significant character, the character, and what stands behind it."""
    before, character = ("", "") if at is None else (text.around(at)[2], text.text[text.at[at]])
    behind = "" if following is None else text.around(following)[0]
    return harmless(before), harmless(character), harmless(behind)


def _marks(one: str, other: str, look: Look, number: int) -> Iterator[_Pair]:
    """Marks around a character; where they are many, one by one."""
    if one or other:
        look = Look.ASIDE if look is Look.SAME and any(map(str.isalnum, one + other)) else look
        many = max(len(one), len(other)) > _SHORT
        for pair in zip_longest(one, other, fillvalue="") if many else ((one, other),):
            yield _pair(*pair, look, number)


def _look(column: Column, variants: Mapping[int, int]) -> tuple[Look, int]:
    """How the characters of a column look, and the difference they belong to."""
    stretch = column.stretch
    if stretch.is_arrival:
        return Look.MOVED, stretch.moved
    if not stretch.is_equal:
        is_pair = stretch.start < stretch.end and stretch.other_start < stretch.other_end
        return Look.CHANGED if is_pair else Look.ALONE, stretch.number
    if column.one is not None and (number := variants.get(column.one)) is not None:
        return Look.VARIANT, number
    return (Look.SAME, NONE) if stretch.moved == NONE else (Look.MOVED, stretch.moved)


def _pair(one: str, other: str, look: Look, number: int) -> _Pair:
    cells = max(cell_width(one), cell_width(other))
    return _Pair(_piece(one, look, number, cells), _piece(other, look, number, cells), cells)


def _piece(text: str, look: Look, number: int, cells: int) -> Piece:
    if not text and number != NONE:
        return Piece(GAP * cells, Look.GAP, number)
    return Piece(text + " " * (cells - cell_width(text)), look, number)


def _row(column: int, pairs: list[_Pair]) -> Row:
    return Row(column, _side([pair.one for pair in pairs]), _side([pair.other for pair in pairs]))


def _side(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Pieces of the same look as one; where a whole row is a gap, it is blank."""
    if _is_gap(tuple(pieces)):
        pieces = [Piece(" " * len(piece.text), Look.GAP, piece.number) for piece in pieces]
    return tuple(
        Piece("".join(piece.text for piece in group), look, number)
        for (look, number), group in groupby(pieces, key=lambda piece: (piece.look, piece.number))
    )
