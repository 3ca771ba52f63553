"""Names: what documents are called and what their records say, in columns, so that none of them has to be made.

Texts are folded: each character is replaced by the id of its class. The columns of an index are saved beside its
segments and mapped into memory.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import fold
from tuibrowser.search.index.mapped import map_array
from tuibrowser.search.index.taken import called

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from tuibrowser.corpus.model import Document
    from tuibrowser.search.index.taken import Called

    Array = npt.NDArray[Any]

SEPARATOR: Final = "\n"
"""What follows each row, and is in none."""

_CHUNK: Final = 1 << 16
"""Rows that are folded at a time."""

_SAID: Final = "names.json"


@dataclass(frozen=True)
class Rows:
    """Folded texts one after another. `ids` are uint16, `at` where each row begins, and where the last ends."""

    ids: Array
    at: Array

    def __len__(self) -> int:
        return len(self.at) - 1

    def __getitem__(self, row: int) -> Array:
        return self.ids[self.at[row] : self.at[row + 1] - 1]

    def holding(self, key: Array) -> Array:
        """Whether each row holds a key."""
        if not len(key):
            return np.ones(len(self), bool)
        rarest = min(range(len(key)), key=lambda at: np.count_nonzero(self.ids == key[at]))
        starts = np.flatnonzero(self.ids == key[rarest]) - rarest
        starts = starts[(starts >= 0) & (starts <= len(self.ids) - len(key))]
        for at, each in enumerate(key):
            starts = starts[self.ids[starts + at] == each]
        return self.marked(starts)

    def marked(self, positions: Array) -> Array:
        """Whether each row has one of some positions in `ids`."""
        held = np.zeros(len(self), bool)
        held[np.searchsorted(self.at, positions, "right") - 1] = True
        return held

    def take(self, rows: Array) -> Rows:
        """Some of the rows."""
        starts, ends = self.at.take(rows), self.at.take(rows + 1)
        at = np.concatenate((np.zeros(1, np.int64), np.cumsum(ends - starts)))
        positions = np.arange(at[-1]) + np.repeat(starts - at[:-1], ends - starts)
        return Rows(self.ids.take(positions), at)


def rows_of(texts: Sequence[str]) -> Rows:
    """The rows of some texts."""
    clean = [text.replace(SEPARATOR, " ") for text in texts]
    at = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) + 1 for text in clean], out=at[1:])
    return Rows(fold(SEPARATOR.join([*clean, ""])) if clean else np.empty(0, np.uint16), at)


def _joined(parts: Sequence[Rows]) -> Rows:
    if not parts:
        return rows_of(())
    bases = _bases(len(part.ids) for part in parts)
    ends = [part.at[1:] + base for part, base in zip(parts, bases, strict=False)]
    return Rows(np.concatenate([part.ids for part in parts]), np.concatenate([np.zeros(1, np.int64), *ends]))


@dataclass(frozen=True)
class Names:
    """The columns of some documents.

    Rows of `paths` are the names of documents, of `titled` their titles and works, of `values` their fields. `keys` are
    all names by which something is found: of each document, from `first` on, its title with its work, then its file
    where that says more (`own` of them), then its headings. `author` and `date` are places in `authors` and `dates`,
    whose dates are those of delivery and publication. `having` tells which documents have each field of `fields`.
    """

    paths: Rows
    titled: Rows
    values: Rows
    keys: Rows
    first: Array
    own: Array
    author: Array
    date: Array
    having: Array
    authors: Sequence[str]
    dates: Sequence[tuple[str | None, str | None]]
    fields: Sequence[str]

    def __len__(self) -> int:
        return len(self.own)

    @property
    def arrays(self) -> list[Array]:
        """The columns that are arrays."""
        rows: list[Rows] = [getattr(self, name) for name in _ROWS]
        return [*(array for each in rows for array in (each.ids, each.at)), *(getattr(self, name) for name in _ARRAYS)]

    def document(self, row: int) -> int:
        """The index of the document that a row of `keys` is of."""
        return int(np.searchsorted(self.first, row, "right")) - 1

    def heading(self, row: int) -> int | None:
        """The heading of its document that a row of `keys` is, None where it is a name of the document itself."""
        document = self.document(row)
        at = row - int(self.first[document]) - int(self.own[document])
        return at if at >= 0 else None

    def has(self, field: str) -> Array:
        """Whether each document has a field."""
        if field not in self._places:
            return np.zeros(len(self), bool)
        return np.unpackbits(self.having[self._places[field]], count=len(self)).astype(bool)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.fields)}

    def says(self, document: Document) -> bool:
        """Whether the columns say of a document what its record says."""
        if document.number >= len(self):
            return False
        own = names_of([document])
        first, end = int(self.first[document.number]), int(self.first[document.number + 1])
        return (
            end - first == len(own.keys)
            and self.authors[self.author[document.number]] == own.authors[0]
            and self.dates[self.date[document.number]] == own.dates[0]
            and all(
                np.array_equal(mine[document.number], its[0])
                for mine, its in ((self.paths, own.paths), (self.titled, own.titled), (self.values, own.values))
            )
            and all(np.array_equal(self.keys[row], own.keys[row - first]) for row in range(first, end))
        )


class NamesBuilder:
    """Gathers the names of documents, which are added in the order of their numbers."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[str]] = {name: [] for name in _ROWS}
        self._parts: dict[str, list[Rows]] = {name: [] for name in _ROWS}
        self._counts, self._own = array("I"), array("B")
        self._author, self._date = array("I"), array("I")
        self._authors: dict[str, int] = {}
        self._dates: dict[tuple[str | None, str | None], int] = {}
        self._having: dict[str, array[int]] = {}

    def add(self, called: Called) -> None:
        """Take in the next document."""
        waiting = self._waiting
        waiting["paths"].append(called.path)
        waiting["titled"].append(called.titled)
        waiting["values"].append(called.values)
        waiting["keys"] += called.own
        waiting["keys"] += called.headings
        for name in called.fields:
            self._having.setdefault(name, array("I")).append(len(self._own))
        self._counts.append(len(called.own) + len(called.headings))
        self._own.append(len(called.own))
        self._author.append(self._authors.setdefault(called.author, len(self._authors)))
        self._date.append(self._dates.setdefault((called.delivered, called.published), len(self._dates)))
        if len(waiting["keys"]) >= _CHUNK:
            self._fold()

    def _fold(self) -> None:
        for name, texts in self._waiting.items():
            self._parts[name].append(rows_of(texts))
            texts.clear()

    def names(self) -> Names:
        """The names of the documents added."""
        self._fold()
        count = len(self._own)
        having = np.zeros((len(self._having), count), bool)
        for row, numbers in zip(having, self._having.values(), strict=True):
            row[np.array(numbers, int)] = True
        rows: dict[str, Any] = {name: _joined(parts) for name, parts in self._parts.items()}
        return Names(
            **rows,
            first=np.concatenate((np.zeros(1, np.int64), np.cumsum(np.array(self._counts, np.int64)))),
            own=np.array(self._own, np.uint8),
            author=np.array(self._author, np.uint32),
            date=np.array(self._date, np.uint32),
            having=np.packbits(having, axis=1),
            authors=list(self._authors),
            dates=list(self._dates),
            fields=list(self._having),
        )


def merged(parts: Iterable[Names]) -> Names:
    """The names of the documents of several, one after another, as they are when all are added to one builder."""
    parts = list(parts)
    authors: dict[str, int] = {}
    dates: dict[tuple[str | None, str | None], int] = {}
    fields: dict[str, int] = {}
    author, date = [], []
    for part in parts:
        author.append(_numbered(authors, part.authors).take(part.author))
        date.append(_numbered(dates, part.dates).take(part.date))
        _numbered(fields, part.fields)
    rows: dict[str, Any] = {name: _joined([getattr(part, name) for part in parts]) for name in _ROWS}
    having = np.zeros((len(fields), sum(map(len, parts))), bool)
    begun = 0
    for part in parts:
        for name in part.fields:
            having[fields[name], begun : begun + len(part)] = part.has(name)
        begun += len(part)
    ends = [part.first[1:] + base for part, base in zip(parts, _bases(len(part.keys) for part in parts), strict=False)]
    return Names(
        **rows,
        first=np.concatenate([np.zeros(1, np.int64), *ends]),
        own=np.concatenate([np.empty(0, np.uint8), *(part.own for part in parts)]),
        author=np.concatenate([np.empty(0, np.uint32), *author]),
        date=np.concatenate([np.empty(0, np.uint32), *date]),
        having=np.packbits(having, axis=1),
        authors=list(authors),
        dates=list(dates),
        fields=list(fields),
    )


def _numbered(known: dict[Any, int], values: Iterable[Any]) -> Array:
    """uint32: the numbers of some values, of which the new ones get the next."""
    return np.array([known.setdefault(value, len(known)) for value in values], np.uint32)


def _bases(lengths: Iterable[int]) -> Array:
    return np.cumsum([0, *lengths])


_ROWS: Final = ("paths", "titled", "values", "keys")
_ARRAYS: Final = ("first", "own", "author", "date", "having")


def names_of(documents: Iterable[Document]) -> Names:
    """The names of some documents."""
    builder = NamesBuilder()
    for document in documents:
        builder.add(called(document))
    return builder.names()


# On disk


def names_files() -> list[str]:
    """The names of the files that hold the columns."""
    return [_SAID, *(_file(f"{name}_{part}") for name in _ROWS for part in ("ids", "at")), *map(_file, _ARRAYS)]


def save_names(folder: Path, names: Names) -> None:
    """Write names into a folder. Raises OSError."""
    columns = {name: getattr(names, name) for name in _ARRAYS}
    for name in _ROWS:
        rows: Rows = getattr(names, name)
        columns.update({f"{name}_ids": rows.ids, f"{name}_at": rows.at})
    for name, column in columns.items():
        with folder.joinpath(_file(name)).open("wb") as file:
            np.save(file, column, allow_pickle=False)
    said = {"authors": names.authors, "dates": names.dates, "fields": names.fields}
    folder.joinpath(_SAID).write_text(json.dumps(said), encoding="ascii")


def load_names(folder: Path) -> Names:
    """Map the names in a folder. Raises OSError, and ValueError, KeyError and TypeError where they are none."""
    said = json.loads(folder.joinpath(_SAID).read_bytes())
    columns: dict[str, Any] = {name: map_array(folder / _file(name)) for name in _ARRAYS}
    for name in _ROWS:
        columns[name] = Rows(map_array(folder / _file(f"{name}_ids")), map_array(folder / _file(f"{name}_at")))
    return Names(
        **columns,
        authors=[str(author) for author in said["authors"]],
        dates=[(delivered, published) for delivered, published in said["dates"]],
        fields=[str(name) for name in said["fields"]],
    )


def _file(name: str) -> str:
    return f"names.{name}.npy"
