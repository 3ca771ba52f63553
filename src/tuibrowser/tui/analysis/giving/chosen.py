"""Chosen rows of what is shown: what is copied, cited, written to a file or drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tuibrowser.language.i18n import plain
from tuibrowser.tui.analysis.making.made import Figure, Lines
from tuibrowser.tui.analysis.panel.words import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.analysis.basis import Basis


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of what is shown, by their places in the order shown, with what they are of."""

    made: Figure | Lines
    places: Sequence[int]

    def __len__(self) -> int:
        return len(self.places)

    @property
    def columns(self) -> Sequence[str]:
        """The names of what a record of a row has."""
        return self.made.table.columns if isinstance(self.made, Figure) else self.made.lines.columns

    @property
    def basis(self) -> Basis:
        """What the rows are of, by the measure that orders them, and how many of all they are."""
        basis, asked = self.made.basis, self.made.asked
        if basis.measure is not None and asked.sort in MEASURES:
            basis = replace(basis, measure=asked.sort)
        if len(self) == len(self.made):
            return basis
        note = plain("{count:,} of {total:,} rows, chosen by hand", count=len(self), total=len(self.made))
        return replace(basis, notes=(*basis.notes, note))

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as their JSON objects."""
        if isinstance(self.made, Lines):
            return self._lines(self.made)
        whole = isinstance(self.places, range)
        rows = self.made.rows(0, len(self.made)) if whole else [self.made.rows(at, at + 1)[0] for at in self.places]
        return (row.record() for row in rows)

    def _lines(self, made: Lines) -> Iterator[dict[str, Any]]:
        if len(self) == len(made):
            return iter(made.lines.records())
        return iter(replace(made.lines, rows=[made.lines.rows[at] for at in self.places], counts=None).records())
