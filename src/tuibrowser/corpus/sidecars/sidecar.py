"""A sidecar: a table of what is known of the files beside and below it, metadata.csv, .tsv, .json or .jsonl.

A row names a file, or several by a pattern such as `卷*.txt`, in its column `path` (or `file`, `filename`). The columns
title, author, date, publisher, source and work say what these are; any other is a field of the documents.
"""

from __future__ import annotations

import csv
import json
import os
import re
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.formats.records.dating import date_of
from tuibrowser.corpus.formats.records.fields import plain_name
from tuibrowser.corpus.formats.records.table import as_record, rows
from tuibrowser.corpus.model import PathProblem
from tuibrowser.corpus.names import SIDECARS, printable
from tuibrowser.corpus.sidecars.cells import unguarded
from tuibrowser.host.library_errors import json_reason
from tuibrowser.host.regular import read_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tuibrowser.corpus.dates import SaidDate

COLUMNS: Final = ("title", "author", "date", "publisher", "source", "work")
"""The columns that have a meaning of their own."""

_PATHS: Final = ("path", "file", "filename")
_ALIASES: Final = {
    "标题": "title",
    "標題": "title",
    "题名": "title",
    "題名": "title",
    "作者": "author",
    "日期": "date",
    "时间": "date",
    "時間": "date",
    "出版者": "publisher",
    "出版社": "publisher",
    "来源": "source",
    "來源": "source",
    "书名": "work",
    "書名": "work",
    "路径": "path",
    "路徑": "path",
    "文件": "path",
    "檔案": "path",
}
_LARGEST: Final = 64 << 20
"""Bytes of a sidecar that is read."""
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}")
_PATTERN: Final = re.compile(r"[*?\[]")

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sidecar:
    """The contents of a sidecar: rows of values by the path or pattern they are of, relative to its folder."""

    folder: str
    rows: tuple[tuple[str, Values], ...]

    @cached_property
    def _exact(self) -> dict[str, Values]:
        return {path: values for path, values in self.rows if not _PATTERN.search(path)}

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], Values]]:
        return [(re.compile(translate(path)), values) for path, values in self.rows if _PATTERN.search(path)]

    def values(self, address: str) -> dict[str, str]:
        """The values of a file or a member of one, by its absolute path; of two rows the more exact one counts.

        A row names a file as it is shown, since bytes that are not UTF-8 cannot be written in a table.
        """
        path = printable(os.path.relpath(address, self.folder) if self.folder != "/" else address[1:])
        found: dict[str, str] = {}
        for pattern, values in self._patterns:
            if pattern.fullmatch(path) or ("/" not in pattern.pattern and pattern.fullmatch(Path(path).name)):
                found.update(values)
        found.update(self._exact.get(path, ()))
        return found


def read_sidecar(path: Path) -> Sidecar | None:
    """Read a sidecar; None where the file has no column of paths, and so is none.

    Raises OSError and CorpusError, with the reason, where it cannot be read.
    """
    records = list(_records(path))
    said = [_row(record) for record in records]
    known = tuple(row for row in said if row is not None)
    return Sidecar(str(path.parent), known) if known else None


def _records(path: Path) -> Iterator[dict[str, Any]]:
    text = decode(read_regular(path, _LARGEST)).text
    ending = path.suffix
    try:
        if ending in (".csv", ".tsv"):
            table = rows(text, path.name)
            header = next(table, [])
            yield from (as_record(header, cells) for cells in table)
        else:
            listed = map(json.loads, filter(str.strip, text.splitlines())) if ending == ".jsonl" else _listed(text)
            yield from (each for each in listed if isinstance(each, dict))
    except (csv.Error, ValueError, RecursionError, TypeError) as error:
        raise CorpusError(plain("damaged: {error}", error=json_reason(error))) from None


def _listed(text: str) -> Iterable[Any]:
    """The rows of JSON: a list of them, one row, or an object that has a row for each path."""
    whole = json.loads(text)
    if not isinstance(whole, dict):
        return whole if isinstance(whole, list) else ()
    if any(plain_name(key) in _PATHS for key in whole):
        return [whole]
    return [{"path": path, **values} for path, values in whole.items() if isinstance(values, dict)]


def _row(record: dict[str, Any]) -> tuple[str, Values] | None:
    named = {_column(str(key)): value for key, value in record.items() if key is not None}
    path = next((str(named[name]).strip() for name in _PATHS if named.get(name)), "")
    if not path:
        return None
    values = []
    for name, value in named.items():
        words = " ".join(str(value).split()) if value is not None else ""
        if words and name not in _PATHS:
            values.append((name, unguarded(words)))
    return path.removeprefix("./"), tuple(values)


def _column(name: str) -> str:
    key = plain_name(name.strip().lstrip("\ufeff"))
    key = _ALIASES.get(key, key)
    return key if key in COLUMNS or key in _PATHS else name.strip()


def has_meaning(name: str) -> bool:
    """Whether a column of that name is no field of the documents: a path, a title, an author, a date and the like."""
    return _column(name) in {*COLUMNS, *_PATHS}


def date_said(value: str) -> SaidDate | None:
    """The date in a cell; None where it is none. A number of one or two figures is a year here."""
    year = value.strip()
    return date_of(f"{year:0>4}" if _SHORT_YEAR.fullmatch(year) else value)


class Sidecars:
    """The sidecars of the folders of some files, each read once, and what they say of each file."""

    def __init__(self) -> None:
        self._known: dict[str, Sidecar | None] = {}
        self.problems: list[PathProblem] = []
        self.used: set[str] = set()
        """The paths of the files that are sidecars, and so no documents."""

    def values(self, path: str, top: str, member: str = "") -> Values:
        """The values of a file in the sidecars beside and above it, up to the folder `top`; the nearest one counts."""
        found: dict[str, str] = {}
        for sidecar in self._above(os.path.dirname(path), top):  # noqa: PTH120  there may be 100,000 files
            of_file = sidecar.values(path)
            of_member = sidecar.values(f"{path}/{member}") if member else {}
            found = {**of_file, **of_member, **found}
        return tuple(found.items())

    def _above(self, folder: str, top: str) -> Sequence[Sidecar]:
        chain: list[Sidecar] = []
        while True:
            if folder not in self._known:
                self._known[folder] = self._read(Path(folder))
            if (sidecar := self._known[folder]) is not None:
                chain.append(sidecar)
            above = os.path.dirname(folder)  # noqa: PTH120
            if folder == top or above == folder:
                return chain
            folder = above

    def _read(self, folder: Path) -> Sidecar | None:
        for name in SIDECARS:
            path = folder / name
            if not path.is_file():
                continue
            try:
                sidecar = read_sidecar(path)
            except OSError as error:
                self.problems.append(PathProblem(str(path), system_reason(error)))
            except CorpusError as error:
                self.problems.append(PathProblem(str(path), said(error)))
            else:
                if sidecar is not None:
                    self.used.add(str(path))
                    return sidecar
        return None
