"""Frequency: how often a query stands in the texts of each year, folder, author, document or field."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.analysis.basis import AS_WRITTEN, PARTLY_LITERAL, ground_of
from tuibrowser.analysis.measures import per_million, wilson
from tuibrowser.analysis.table import Table
from tuibrowser.analysis.texts.extent import extent_of
from tuibrowser.corpus.chronology import before_our_era, chronological, shown_date
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import listed
from tuibrowser.search.query import field_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.analysis.basis import Ground
    from tuibrowser.analysis.judging.model import Judging
    from tuibrowser.analysis.texts.extent import Extent
    from tuibrowser.analysis.texts.facts import Fact
    from tuibrowser.corpus.model import Document
    from tuibrowser.search.model import HitKind, Scope
    from tuibrowser.search.searcher import Matches, Searcher

    Array = npt.NDArray[Any]

COLUMNS: Final = ("label", "matches", "units", "per_million", "interval", "documents", "documents_with")

TIMES: Final = ("year", "decade", "month")
GROUPS: Final = (*TIMES, "folder", "author", "document")
"""The ways to group texts; any other name is a field of the documents."""

METHOD: Final = plain(
    "per million characters, with the 95% interval of Wilson (1927), which takes occurrences as independent"
)

SMALL: Final = (50_000, 10)
"""Units and documents below which a rate says little."""

_MILLION: Final = 1_000_000
_YEAR, _MONTH = len("2022"), len("2022-10")


@dataclass(frozen=True, slots=True)
class Slice:
    """A group of texts: how often the query stands in it, in how many units, and in how many of its documents.

    `interval` is the 95 % interval of `per_million` (Wilson), which takes occurrences as independent of one another.
    `numbers` are the numbers of its documents.
    """

    label: str
    matches: int
    units: int
    per_million: float | None
    interval: tuple[float, float] | None
    documents: int
    documents_with: int
    numbers: tuple[int, ...]
    query: str | None = None
    """The query where there are several."""

    @property
    def is_small(self) -> bool:
        """Whether the base is so small that the rate says little."""
        return self.units < SMALL[0] or self.documents < SMALL[1]

    def record(self) -> dict[str, object]:
        """The group as its JSON object."""
        record = {
            "label": self.label,
            "matches": self.matches,
            "units": self.units,
            "per_million": self.per_million,
            "interval": self.interval,
            "documents": self.documents,
            "documents_with": self.documents_with,
        }
        return record if self.query is None else {"query": self.query, **record}


class NoFieldError(ValueError):
    """Raised with a message where texts are grouped by a field that none of them has."""


def frequency(
    searcher: Searcher,
    query: str,
    *,
    by: str = "year",
    also: Sequence[str] = (),
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
    judging: Judging | None = None,
) -> Table[Slice]:
    """How often a query, and others beside it, stand in the texts of each group.

    A group without a match has a row of zeros; texts that do not tell their group are counted in a note. Raise
    NoFieldError where `by` is a field that no text has. `folder:2` groups by the first two folders of each text.
    """
    queries = tuple(dict.fromkeys((query, *also)))
    named = len(queries) > 1
    grounds = [ground_of(searcher, each, paths, scope, judging) for each in queries]
    whole = _together(searcher, grounds) if named else grounds[0]
    found = [ground.matches(searcher) for ground in grounds]
    rows: list[Slice] = []
    notes: list[str] = []
    matches_by_query: dict[str | None, Matches] = {}
    for ground, matches in zip(grounds, found, strict=True):
        groups = _grouped(searcher, ground.extent, by)
        if _label_of(by) is None and groups.unknown and not groups.labels:
            raise NoFieldError(_without(searcher, groups.unknown, by))
        label = ground.query if named else None
        matches_by_query[label] = matches
        rows += (replace(each, query=label) for each in _slices(matches, groups, by))
        said = [*_notes(ground, matches, groups.unknown, by)]
        if named:
            said += _of_one(ground, matches, whole)
            said = [plain("{query}: {summary}", query=ground.query, summary=note) for note in said]
        notes += said
    basis = whole.basis(None if named else found[0], notes=notes, method=METHOD)
    if named:
        alike = len({ground.normalisation for ground in grounds}) == 1
        normalisation = grounds[0].normalisation if alike else PARTLY_LITERAL
        basis = replace(basis, normalisation=normalisation, more=_judged(grounds), **_summed(found))
    columns = ("query", *COLUMNS) if named else COLUMNS
    return Table(columns, tuple(rows), basis, lambda row: matches_by_query[row.query].of_documents(row.numbers))


BY_RATE: Final = plain("groups in the order of their rates, the greatest first")
_BY_MATCHES: Final = plain("groups in the order of their matches, the most first")


def greatest_first(table: Table[Slice], *, by_rate: bool) -> Table[Slice]:
    """A table with its groups in the order of the matches of its first query, or of their rates, which a note tells."""
    queries = list(dict.fromkeys(row.query for row in table))
    sizes = {
        row.label: (row.per_million or 0.0) if by_rate else row.matches for row in table if row.query == queries[0]
    }
    rows = sorted(table, key=lambda row: (queries.index(row.query), -sizes[row.label]))
    notes = (*table.basis.notes, BY_RATE if by_rate else _BY_MATCHES)
    return replace(table, rows=tuple(rows), basis=replace(table.basis, notes=notes))


def first_groups(table: Table[Slice], count: int) -> Table[Slice]:
    """The first groups of a table, so many, for each of its queries."""
    groups = list(dict.fromkeys(row.label for row in table))
    if count >= len(groups):
        return table
    kept = set(groups[:count])
    note = plain("only the first {count:,} of {total:,} groups", count=count, total=len(groups))
    rows = tuple(row for row in table if row.label in kept)
    return replace(table, rows=rows, basis=replace(table.basis, notes=(*table.basis.notes, note)))


def _together(searcher: Searcher, grounds: Sequence[Ground]) -> Ground:
    """The ground of several queries: all documents and layers that one of them is counted in, and notes on all."""
    first, *others = (ground.chosen for ground in grounds)
    documents = sorted(set(first.documents).union(*(each.documents for each in others)))
    same = all(len(each.documents) == len(documents) for each in (first, *others))
    chosen = replace(
        first,
        documents=documents,
        layers=first.layers.union(*(each.layers for each in others)),
        words=0,
        notes=tuple(note for note in first.notes if same and all(note in each.notes for each in others)),
        conditions=frozenset(),
    )
    query = " | ".join(ground.query for ground in grounds)
    return replace(
        grounds[0],
        query=query,
        chosen=chosen,
        extent=extent_of(searcher, chosen, once=grounds[0].scope.once),
        judged=None,
    )


def _of_one(ground: Ground, matches: Matches, whole: Ground) -> Iterator[str]:
    """Sentences on one of several queries that do not hold of all: what it is counted in, and what was judged of it."""
    if (ground.numbers, ground.size) != (whole.numbers, whole.size):
        yield plain(
            "counted in {documents} of {characters}",
            documents=many(len(ground.numbers), "document"),
            characters=many(ground.size, "character"),
        )
    if ground.judged is not None:
        yield from ground.judged.notes()
    common = set(whole.notes())
    yield from (note for note in (*matches.notes, *ground.notes()) if note not in common)


def _summed(found: Sequence[Matches]) -> dict[str, Any]:
    """The fields of the basis that sum up the matches of several queries."""
    totals: defaultdict[HitKind, int] = defaultdict(int)
    for matches in found:
        for kind, count in matches.totals().items():
            totals[kind] += count
    return {
        "matches": sum(map(len, found)),
        "documents_with": len({number for matches in found for number in matches.by_document()}),
        "totals": dict(totals),
        "at_least": any(matches.at_least for matches in found),
    }


def _judged(grounds: Sequence[Ground]) -> dict[str, Any]:
    """How much was judged of each query, where lines were judged."""
    found = [ground.judged.record(ground.query) for ground in grounds if ground.judged is not None]
    return {"judged": found} if found else {}


@dataclass(frozen=True, slots=True)
class _Groups:
    """The documents in scope by the label of their group, in the order of labels, and those that have none.

    `units` are the significant characters of each group, `group` says of every document of the corpus which group it
    is in, or -1.
    """

    labels: Sequence[str]
    numbers: Sequence[tuple[int, ...]]
    unknown: Sequence[int]
    units: Array
    group: Array


def _grouped(searcher: Searcher, extent: Extent, by: str) -> _Groups:
    """The groups of a name, which are kept with the extent."""
    if (known := extent.groups.get(by)) is None:
        known = extent.groups[by] = _groups(searcher, extent, by)
    groups: _Groups = known
    return groups


def _groups(searcher: Searcher, extent: Extent, by: str) -> _Groups:
    label, facts = _label_of(by), extent.texts.facts
    found: defaultdict[str, list[int]] = defaultdict(list)
    unknown: list[int] = []
    for number in extent.numbers:
        name = label(facts[number]) if label else _field(searcher.documents(number, number + 1)[0], by)
        (unknown if name is None else found[name]).append(number)
    labels = sorted(found, key=chronological) if by in TIMES else sorted(found) if is_by_folder(by) else list(found)
    group = np.full(len(facts), -1)
    for at, name in enumerate(labels):
        group[found[name]] = at
    units = np.array([extent.characters(found[name]) for name in labels], np.int64)
    return _Groups(labels, [tuple(found[name]) for name in labels], unknown, units, group)


def _slices(matches: Matches, groups: _Groups, by: str) -> list[Slice]:
    counts = matches.by_document()
    group = groups.group.take(np.fromiter(counts, np.int64, len(counts)))
    held, values = group >= 0, np.fromiter(counts.values(), np.int64, len(counts))
    with_any = np.bincount(group.compress(held), minlength=len(groups.labels))
    total = np.bincount(group.compress(held), values.compress(held), len(groups.labels)).astype(np.int64)
    rates = np.round(per_million(total, groups.units), 3).tolist()
    low, high = (
        np.round(bound * _MILLION, 3).tolist() for bound in wilson(np.minimum(total, groups.units), groups.units)
    )
    columns = groups.labels, total.tolist(), groups.units.tolist(), rates, low, high, with_any.tolist(), groups.numbers
    found = [_slice(*row) for row in zip(*columns, strict=True)]
    return found if by in TIMES or is_by_folder(by) else sorted(found, key=lambda each: -each.matches)


def _slice(
    label: str, count: int, units: int, rate: float, low: float, high: float, with_any: int, numbers: tuple[int, ...]
) -> Slice:
    if not units:
        return Slice(label, count, units, None, None, len(numbers), with_any, numbers)
    return Slice(label, count, units, rate, (low, high), len(numbers), with_any, numbers)


def _without(searcher: Searcher, numbers: Sequence[int], by: str) -> str:
    """That no document has a field, and which fields there are."""
    names = {field: None for number in numbers for field, _ in searcher.documents(number, number + 1)[0].fields}
    known = listed((*names, *GROUPS))
    return plain("no document here has a field {name}; there are {known}", name=by, known=known)


def _notes(ground: Ground, matches: Matches, unknown: Sequence[int], by: str) -> Iterator[str]:
    """Sentences on texts in no row, and on matches that rest on values that the program found by itself."""
    counts = matches.by_document()
    if unknown:
        yield plain(
            "in no row: {documents}, {share:.0%} of the text, with {matches}, since their {name} is not known",
            documents=many(len(unknown), "document"),
            share=ground.extent.share(unknown),
            matches=many(sum(counts.get(number, 0) for number in unknown), "match"),
            name=_NAMES.get(by, by),
        )
    origin = "date" if by in TIMES else by
    guessed = _guessed(ground, origin)
    if guessed and (total := len(matches)):
        yield plain(
            "{share:.0%} of the matches are in documents whose {name} the program found in the text or the file's name",
            share=sum(counts.get(number, 0) for number in guessed) / total,
            name=_NAMES[origin],
        )


def _guessed(ground: Ground, name: str) -> Sequence[int]:
    """The documents whose date or author the program found by itself; none for other names."""
    if name == "date":
        return ground.extent.with_found_date
    return ground.extent.with_found_author if name == "author" else ()


_NAMES: Final = {
    "date": plain("date"),
    "year": plain("date"),
    "decade": plain("date"),
    "month": plain("month"),
    "author": plain("author"),
}
"""The names of the values that a document in no group lacks."""


def _beginning(date: str | None, length: int) -> str | None:
    """So much of the beginning of a date, a sign not counted; None where it is not as exact."""
    end = length + (date or "").startswith("-")
    return date[:end] if date and len(date) >= end else None


def year_of(date: str | None) -> str | None:
    """The year of a date, None where it has none."""
    return _beginning(date, _YEAR)


def _year(fact: Fact) -> str | None:
    return year_of(fact.date)


def _decade(fact: Fact) -> str | None:
    beginning = _beginning(fact.date, _YEAR - 1)
    return None if beginning is None else f"{beginning}0s"


def _month(fact: Fact) -> str | None:
    return _beginning(fact.date, _MONTH)


def _folder(fact: Fact, depth: int | None = None) -> str | None:
    """The folder of a document, or so many of its folders from the first one on; a dot where it is in none."""
    return "/".join(fact.name.split("/")[:-1][:depth]) or "."


def _author(fact: Fact) -> str | None:
    return fact.author


def _document(fact: Fact) -> str | None:
    return fact.name


_LABELS: Final[dict[str, Callable[[Fact], str | None]]] = {
    "year": _year,
    "decade": _decade,
    "month": _month,
    "folder": _folder,
    "author": _author,
    "document": _document,
}


def shown_group(label: str, by: str) -> str:
    """The label of a group for people: of a time without leading zeros, 664, and of a year before our era 前221."""
    is_plain = by in TIMES and (by == "year" or before_our_era(label) is None)
    return shown_date(label) if is_plain else label


def is_by_folder(by: str) -> bool:
    """Whether texts are grouped by their folders, or by the first of these."""
    return _FOLDERS.fullmatch(by) is not None


_FOLDERS: Final = re.compile(r"folder(?:[:：]([1-9][0-9]?))?")


def _label_of(by: str) -> Callable[[Fact], str | None] | None:
    """What labels documents by their facts; None where their fields do."""
    if (folders := _FOLDERS.fullmatch(by)) is not None and folders[1]:
        return partial(_folder, depth=int(folders[1]))
    return _LABELS.get(by)


def _field(document: Document, name: str) -> str | None:
    """The value of a field of a document, whose name may be written as in a query."""
    key = field_key(name)
    return next((value for field, value in document.fields if field_key(field) == key and value), None)
