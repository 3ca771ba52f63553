"""Stripes: what is to stand in the same blank place of many rows, as a border does: it is cheaper drawn downwards."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tuibrowser.terminal.cells.pens import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.terminal.cells.screen import Row, Screen

FEWEST_ROWS = 6
"""Rows from which on a stripe is drawn by itself, and rather empty ones from which on stripes are looked for."""

EMPTY = 0.4
"""The share of blanks in a row that is rather empty: a screen that is full scrolls, and needs no stripes."""

WIDEST = 2
"""Cells of a stripe."""


class Stripe(NamedTuple):
    """The same cells in several rows."""

    column: int
    text: tuple[str, ...]
    pen: int
    rows: tuple[int, ...]


def stripes(want: Screen, have: Screen, changed: Sequence[int], settled: bool) -> list[Stripe]:
    """The stripes among the changed rows that are rather empty as yet, in the order in which they begin.

    Rows with characters of doubtful width have none: there, everything is written in the order of Textual. `settled`
    says that ambiguous ones are not doubtful.
    """
    if len(changed) < FEWEST_ROWS:
        return []
    empty = [row for row in changed if _is_rather_empty(have.rows[row]) and _is_sure(want.rows[row], settled)]
    if len(empty) < FEWEST_ROWS:
        return []
    found: dict[tuple[int, tuple[str, ...], int], list[int]] = {}
    for row in empty:
        for place in _narrow(want.rows[row], have.rows[row]):
            found.setdefault(place, []).append(row)
    drawn = [Stripe(*place, tuple(rows)) for place, rows in found.items() if len(rows) >= FEWEST_ROWS]
    return sorted(drawn, key=lambda stripe: (stripe.rows[0], stripe.column))


def _is_rather_empty(line: Row) -> bool:
    return line.text.count(" ") > EMPTY * len(line.text)


def _is_sure(line: Row, settled: bool) -> bool:
    return (line.disputed if settled else line.unsure) == len(line.text)


def _narrow(line: Row, have: Row) -> Iterator[tuple[int, tuple[str, ...], int]]:
    """The few cells of a pen of their own that are blank as yet, without those that stand: column, text and pen."""
    column = 0
    for pen, group in groupby(line.pens):
        end = column + len(list(group))
        start, stop = _trimmed(line, have, column, end) if pen != DEFAULT and end - column <= WIDEST else (end, end)
        if start < stop and have.text[start:stop] == [" "] * (stop - start):
            cells = line.text[start:stop]
            if None not in cells and not all(map(" ".__eq__, cells)):
                yield start, tuple(cell or "" for cell in cells), pen
        column = end


def _trimmed(line: Row, have: Row, start: int, end: int) -> tuple[int, int]:
    """The columns without those at either end that stand there already."""
    while start < end and line.text[start] == have.text[start] and line.pens[start] == have.pens[start]:
        start += 1
    while start < end and line.text[end - 1] == have.text[end - 1] and line.pens[end - 1] == have.pens[end - 1]:
        end -= 1
    return start, end
