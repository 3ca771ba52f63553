"""Cells: the records of figures as the rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tuibrowser.reading.tables import Cell


def cells(columns: Sequence[str], records: Iterable[Mapping[str, object]]) -> Iterator[list[Cell]]:
    """The head and the rows of a table; two numbers in a record are two columns, and a list is one joined text."""
    names = {"interval": ("interval_low", "interval_high")}
    if "reference" in columns and "target" in columns:
        names |= {column: (f"{column}_target", f"{column}_reference") for column in ("per_million", "documents")}
    yield [name for column in columns for name in names.get(column, (column,))]
    for record in records:
        yield [cell for column in columns for cell in _cells(column, record[column], len(names.get(column, "1")))]


def _cells(column: str, value: object, width: int) -> list[Cell]:
    if width > 1:
        return list(value) if isinstance(value, list | tuple) else [""] * width
    if isinstance(value, dict):
        return ["; ".join(f"{name} {count}" for name, count in value.items())]
    if isinstance(value, list | tuple):
        return [(" › " if column == "section" else " ").join(map(str, value))]
    return ["" if value is None else value if isinstance(value, str | int | float) else str(value)]
