"""Table: the rows of a figure, what they are of, and the way from each of them down to the matches that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tuibrowser.analysis.basis import Basis
    from tuibrowser.search.searcher import Matches


class Row(Protocol):
    """A row, which has a record."""

    def record(self) -> dict[str, Any]:
        """The row as its JSON object."""


RowT = TypeVar("RowT", bound=Row)


@dataclass(frozen=True)
class Table(Sequence[RowT], Generic[RowT]):
    """Rows in an order, which may be made when they are looked at, with the names of what a record of each has."""

    columns: tuple[str, ...]
    rows: Sequence[RowT]
    basis: Basis
    opened: Callable[[RowT], Matches]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> RowT: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RowT]: ...
    def __getitem__(self, index: int | slice) -> RowT | Sequence[RowT]:
        return self.rows[index]

    def __iter__(self) -> Iterator[RowT]:
        return iter(self.rows)

    def matches_of(self, row: RowT) -> Matches:
        """The matches that a row counts; of a collocate, which counts places, its `lines`."""
        return self.opened(row)

    def first(self, count: int) -> Table[RowT]:
        """So many of the rows, from the first on."""
        if count >= len(self):
            return self
        note = plain("only the first {count:,} of {total:,} rows", count=count, total=len(self))
        return replace(self, rows=self.rows[:count], basis=replace(self.basis, notes=(*self.basis.notes, note)))

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as their JSON objects."""
        return (row.record() for row in self)
