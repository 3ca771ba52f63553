"""Encode: the bytes that turn what the terminal has into what is wanted, and the record of it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise, repeat
from operator import and_, is_not, ne, or_
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.terminal.cells.pens import DEFAULT
from tuibrowser.terminal.difference.shift import Finder
from tuibrowser.terminal.difference.stripes import stripes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tuibrowser.terminal.asking.abilities import Abilities
    from tuibrowser.terminal.cells.pens import Pens
    from tuibrowser.terminal.cells.screen import Row, Screen
    from tuibrowser.terminal.difference.shift import Shift
    from tuibrowser.terminal.difference.stripes import Stripe

MOST_SHIFTS = 2
"""Regions that are scrolled in one frame: a list and what stands beside or below it."""

GAP = 5
"""Cells between two changed ones that are written again, since going over them costs as much."""

_RUN: Final = re.compile(rb"\x01+(?:\x00{1,%d}\x01+)*" % GAP)
"""What is written in one go: columns that differ, and short gaps between them."""

FEWEST_ERASED = 3
"""Blanks at the end of a row from which on it is erased (EL), not overwritten."""

FEWEST_CLEARED = 11
"""Blanks within a row from which on they are erased (ECH) and gone over, not overwritten."""

MOST_STEPS = 3
"""Single steps, back or down, that are no longer than a sequence which says how many."""


class Layout(NamedTuple):
    """How Textual painted the rows."""

    cuts: list[set[int]]
    """The columns at which the strips of each row begin and end."""
    painted: dict[int, int]
    """The rows painted since the last difference, and the column before which that ended."""


class Encoder:
    """Writes one difference. Begins and ends with the default pen."""

    def __init__(
        self,
        have: Screen,
        want: Screen,
        layout: Layout,
        pens: Pens,
        abilities: Abilities,
    ) -> None:
        """`have` is kept up to date."""
        self._have = have
        self._want = want
        self._cuts = layout.cuts
        self._painted = layout.painted
        self._pens = pens
        self._abilities = abilities
        self._out: list[str] = []
        self._pen = DEFAULT
        self._at: tuple[int, int] | None = None
        self._sure_before = want.width

    def encode(self, at: tuple[int, int] | None, cursor: tuple[int, int]) -> str:
        """The difference as characters to send, empty where there is none.

        `at` is where the cursor is (column, row), None where that is not known; `cursor` is where it is to be left.
        """
        self._at = at
        changed = self._changed()
        if changed and self._abilities.scroll:
            changed = self._scroll(changed)
        for stripe in stripes(self._want, self._have, changed, self._abilities.ambiguous_settled):
            self._draw(stripe)
        for row in changed:
            self._repair(row)
        self._use(DEFAULT)
        self._go(*cursor)
        return "".join(self._out)

    def _changed(self) -> list[int]:
        return [
            row
            for row, (want, have) in enumerate(zip(self._want.rows, self._have.rows, strict=True))
            if not want.same(have)
        ]

    # -- shifts

    def _scroll(self, changed: list[int]) -> list[int]:
        rest = changed
        for _ in range(MOST_SHIFTS):
            shift = Finder(self._have, self._want, self._cuts, self._abilities.margins).best(rest)
            if shift is None:
                break
            self._shift(shift)
            changed = self._changed()
            rest = [row for row in changed if not shift.top <= row <= shift.bottom]
        return changed

    def _shift(self, shift: Shift) -> None:
        fill = self._fill(shift)
        self._use(fill)
        margins = (shift.left, shift.right) != (0, self._want.width)
        region = margins or shift.bottom < self._want.height - 1
        if margins:
            self._out.append(f"\x1b[?69h\x1b[{shift.left + 1};{shift.right}s")
        if region:
            self._out.append(f"\x1b[{_number(shift.top + 1)};{shift.bottom + 1}r")
            self._at = (0, 0)
        if margins:
            # Setting margins leaves the cursor where terminals do not agree.
            self._at = None
        self._go(shift.left, shift.top)
        self._out.append(f"\x1b[{_number(abs(shift.by))}{'M' if shift.by > 0 else 'L'}")
        self._at = None
        if region:
            self._out.append("\x1b[r")
            self._at = (0, 0)
        if margins:
            self._out.append("\x1b[?69l")
            self._at = None
        self._have.scroll(shift.top, shift.bottom, shift.left, shift.right, shift.by, fill)

    def _fill(self, shift: Shift) -> int:
        """The pen of the rows that come in: that of most blanks wanted there, where the terminal can do it."""
        if not self._abilities.colour_erase:
            return DEFAULT
        count = abs(shift.by)
        first = shift.bottom - count + 1 if shift.by > 0 else shift.top
        blanks: Counter[int] = Counter()
        for line in self._want.rows[max(first, 0) : first + count]:
            cells = zip(line.text[shift.left : shift.right], line.pens[shift.left : shift.right], strict=True)
            blanks.update(pen for cell, pen in cells if cell == " ")
        (pen, _), *_ = blanks.most_common(1) or [(DEFAULT, 0)]
        return pen if self._pens.erases(pen, colour_erase=True) else DEFAULT

    def _draw(self, stripe: Stripe) -> None:
        """Draw downwards, with a pen that is taken up once."""
        for row in stripe.rows:
            self._go(stripe.column, row)
            self._use(stripe.pen)
            self._send(row, stripe.column, stripe.text, stripe.pen)

    # -- rows

    def _repair(self, row: int) -> None:
        want = self._want.rows[row]
        unsure = self._first_unsure(row)
        runs = self._runs(row, unsure)
        tail = self._tail(want)
        self._sure_before = want.disputed if self._abilities.ambiguous_settled else want.unsure
        for start, end in runs:
            if unsure < end:
                for piece in self._pieces(row, start, end):
                    self._at = None  # who knows where the terminal is
                    self._write_run(row, *piece, tail)
                self._at = None
            else:
                self._write_run(row, start, end, tail)
        have = self._have.rows[row]
        whole = want.same(have)
        have.unsure = want.unsure if whole else min(want.unsure, have.unsure)
        have.disputed = want.disputed if whole else min(want.disputed, have.disputed)

    def _pieces(self, row: int, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The run, strip by strip."""
        edges = [start, *sorted(cut for cut in self._cuts[row] if start < cut < end), end]
        return pairwise(edges)

    def _write_run(self, row: int, start: int, end: int, tail: int) -> None:
        """Write the wanted cells of a run; from the column `tail` on the row is to be blank."""
        blanks = max(start, tail)
        if end - blanks <= FEWEST_ERASED:
            self._put(row, start, end)
        else:
            self._put(row, start, blanks)
            self._erase_to_end(row, blanks)

    def _runs(self, row: int, unsure: int) -> list[tuple[int, int]]:
        """The ranges of columns to write, without cutting a wide character; doubtful ones begin at `unsure`."""
        want, have = self._want.rows[row], self._have.rows[row]
        wide = [_whole(want, have, run.span()) for run in _RUN.finditer(_different(want, have))]
        if len(want.text) <= unsure:
            return _merged(wide)
        disputed = min(want.disputed, have.disputed)
        painted = self._painted.get(row, 0)
        return _merged(
            self._to_cuts(row, run, painted if disputed < run[1] else 0) if unsure < run[1] else run for run in wide
        )

    def _first_unsure(self, row: int) -> int:
        rows = (self._want.rows[row], self._have.rows[row])
        return min(line.disputed if self._abilities.ambiguous_settled else line.unsure for line in rows)

    def _to_cuts(self, row: int, run: tuple[int, int], painted: int) -> tuple[int, int]:
        """The run, from where its strip begins to where it ends: it is painted as Textual painted it.

        Where the terminal's widths differ from ours, everything then stands where it would stand without us. What was
        `painted` behind it, before that column, is painted too, since the strip may reach over its end.
        """
        edges = sorted(self._cuts[row] | {0, self._want.width})
        start = max(edge for edge in edges if edge <= run[0])
        return start, max(painted, min(edge for edge in edges if edge >= run[1]))

    def _tail(self, line: Row) -> int:
        """The column from which on the row is blank and can be erased."""
        column = self._want.width
        pen = line.pens[-1]
        if line.text[-1] != " " or not self._pens.erases(pen, self._abilities.colour_erase):
            return column
        while column and line.text[column - 1] == " " and line.pens[column - 1] == pen:
            column -= 1
        return column

    def _erase_to_end(self, row: int, column: int) -> None:
        want = self._want.rows[row]
        self._go(column, row)
        self._use_for_blanks(want.pens[column])
        if self._have.rows[row].may_cut(column):
            self._send(row, column, [" "], want.pens[column])
            column += 1
        self._out.append("\x1b[K")
        self._have.write(row, column, want.text[column:], want.pens[column:])

    def _put(self, row: int, start: int, end: int) -> None:
        """Write the wanted cells from `start` to before `end`; those nobody painted are left alone."""
        want = self._want.rows[row]
        column = start
        for pen, group in groupby(want.pens[start:end]):
            length = len(list(group))
            text = want.text[column : column + length]
            if None not in text:
                self._write(row, column, text, pen)
            column += length

    def _write(self, row: int, column: int, text: list[str | None], pen: int) -> None:
        if text.count(" ") < FEWEST_CLEARED:
            parts = [(text.count(" ") == len(text), text)]
        else:
            parts = [(blank, list(cells)) for blank, cells in groupby(text, " ".__eq__)]
        for blank, cells in parts:
            if blank:
                self._write_blanks(row, column, len(cells), pen)
            else:
                self._go(column, row)
                self._use(pen)
                self._send(row, column, cells, pen)
            column += len(cells)

    def _write_blanks(self, row: int, column: int, length: int, pen: int) -> None:
        self._go(column, row)
        self._use_for_blanks(pen)
        if length > FEWEST_CLEARED and column < self._sure_before and self._can_erase(pen):
            end = column + length
            column = self._clear(row, column, end, pen)
            length = end - column
        if length:
            self._go(column, row)
            self._send(row, column, [" "] * length, pen)

    def _clear(self, row: int, column: int, end: int, pen: int) -> int:
        """Erase cells within a row, and return the column before which that was done.

        tmux 3.3a leaves half a character where an erasure ends within a wide one; no terminal is asked to do so.
        """
        have = self._have.rows[row]
        if have.may_cut(column):
            self._send(row, column, [" "], pen)
            column += 1
        stop = end - 1 if have.may_cut(end) else end
        if have.may_cut(stop):
            return column
        self._out.append(f"\x1b[{stop - column}X")
        self._have.write(row, column, [" "] * (stop - column), [pen] * (stop - column))
        return stop

    def _can_erase(self, pen: int) -> bool:
        return self._abilities.erase_characters and self._pens.erases(pen, self._abilities.colour_erase)

    def _send(self, row: int, column: int, text: Sequence[str | None], pen: int) -> None:
        self._out.append("".join(text))  # type: ignore[arg-type]  # no None among them
        self._have.write(row, column, text, [pen] * len(text))
        end = column + len(text)
        self._at = (end, row) if end < self._want.width else None

    # -- pen and cursor

    def _use(self, pen: int) -> None:
        if pen != self._pen:
            self._out.append(self._pens.change(self._pen, pen))
            self._pen = pen

    def _use_for_blanks(self, pen: int) -> None:
        """Change the pen only if a blank would look different."""
        if self._pens.blank(self._pen) != pen:
            self._use(pen)

    def _go(self, column: int, row: int) -> None:
        """Move the cursor, the shortest way."""
        if self._at == (column, row):
            return
        if self._at is not None and self._at[1] == row and self._at[0] < column:
            self._out.append(_along(self._at[0], column))
        else:
            self._out.append(min(_ways(self._at, column, row), key=len))
        self._at = (column, row)


def _ways(at: tuple[int, int] | None, column: int, row: int) -> Iterator[str]:
    """Ways to a cell. Down a row is a vertical tab, not a line feed, of which a tty may make something else."""
    yield f"\x1b[{_number(row + 1)}{f';{column + 1}' if column else ''}H"
    if at is None or row < at[1]:
        return
    rows = row - at[1]
    down = "\v" * rows if rows <= MOST_STEPS else f"\x1b[{rows}B"
    yield down + _along(at[0], column)
    yield down + "\r" + _along(0, column)


def _along(start: int, column: int) -> str:
    """The way within a row."""
    if column >= start:
        return f"\x1b[{_number(column - start)}C" if column > start else ""
    back = start - column
    return "\b" * back if back <= MOST_STEPS else f"\x1b[{back}D"


def _number(value: int) -> str:
    """A parameter of a sequence; 1 is what is meant where there is none."""
    return str(value) if value > 1 else ""


def _different(want: Row, have: Row) -> bytes:
    """1 for each column that differs, but for those nobody painted, else 0. The innermost loop, it is left to C."""
    other = map(ne, want.text, have.text)
    if want.pens != have.pens:
        other = map(or_, other, map(ne, want.pens, have.pens))
    if None in want.text:
        other = map(and_, other, map(is_not, want.text, repeat(None)))
    return bytes(other)


def _whole(want: Row, have: Row, run: tuple[int, int]) -> tuple[int, int]:
    """The run with the other halves of the wide characters at its ends."""
    start, end = run
    while start and (want.text[start] == "" or have.text[start] == ""):
        start -= 1
    while end < len(want.text) and (want.text[end] == "" or have.text[end] == ""):
        end += 1
    return start, end


def _merged(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs that touch or overlap become one."""
    merged: list[tuple[int, int]] = []
    for start, end in runs:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
