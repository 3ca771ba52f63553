"""Keyness: the characters or bigrams that mark one group of texts against another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Final

import numpy as np

from tuibrowser.analysis import measures
from tuibrowser.analysis.basis import AS_WRITTEN, CHARACTER, ground_of
from tuibrowser.analysis.collocates import MINIMUM, SIZES
from tuibrowser.analysis.table import Table
from tuibrowser.language.i18n import many, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.analysis.basis import Ground
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher, Unit, Units

COLUMNS: Final = (
    *("text", "target", "reference", "per_million", "documents"),
    *("g2", "ll2", "log_ratio", "conservative", "diff", "forms"),
)

MEASURES: Final = ("conservative", "g2", "ll2", "log_ratio", "diff")
"""The orders of keywords."""

UNITS, DOCUMENTS = "units", "documents"
COUNTED: Final = (UNITS, DOCUMENTS)
"""The numbers that the measures can compare: of occurrences, or of documents, which one long text cannot sway."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A unit of the target: how often it occurs there and in the reference, per million, and in how many documents.

    `diff` is None where the reference does not have it. `forms` are the ways in which the target writes it.
    """

    text: str
    target: int
    reference: int
    per_million: tuple[float, float]
    documents: tuple[int, int]
    g2: float
    ll2: float
    log_ratio: float
    conservative: float
    diff: float | None
    forms: Mapping[str, int]

    def record(self) -> dict[str, object]:
        """The keyword as its JSON object."""
        return {column: getattr(self, column) for column in COLUMNS[:-1]} | {"forms": dict(self.forms)}


class NoGroupError(ValueError):
    """Raised with a message where a group is no group: it has words, or no text."""


def keyness(
    searcher: Searcher,
    filters: str,
    against: str | None = None,
    *,
    unit: str = CHARACTER,
    measure: str = "conservative",
    count: str = UNITS,
    minimum: int = MINIMUM,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
) -> Table[Keyword]:
    """The units that the documents of some conditions have `minimum` times at least, the most telling first.

    They are compared with the documents of other conditions, or with all others; the scope is that of the target.
    Raise NoGroupError where one of the groups has no text.
    """
    target = _group(searcher, filters, paths, scope)
    reference = _rest(searcher, target, paths) if against is None else _group(searcher, against, paths)
    size = SIZES[unit]
    ours, theirs = (searcher.units(each.numbers, size, each.chosen.layers) for each in (target, reference))
    found = ours.commonest(minimum)
    rows = _rows(found, ours, theirs, (len(target.numbers), len(reference.numbers)), count)
    rows.sort(key=lambda row: (-_value(row, measure), -row.g2))
    basis = target.basis(
        unit=unit,
        measure=measure,
        minimum=minimum,
        n=ours.total(),
        notes=list(_notes(target, reference, len(found))),
        more={
            "reference": {
                "query": reference.query,
                "documents": len(reference.numbers),
                "characters": reference.size,
                "N": theirs.total(),
            },
            "types": len(found),
            "count": count,
        },
    )
    layers, numbers = target.chosen.layers, target.numbers
    return Table(COLUMNS, tuple(rows), basis, lambda row: searcher.matches_of_unit(row.text, numbers, layers))


def _group(searcher: Searcher, filters: str, paths: Sequence[str], scope: Scope = AS_WRITTEN) -> Ground:
    ground = ground_of(searcher, filters, paths, scope)
    if ground.chosen.words:
        raise NoGroupError(
            plain("{filters}: a group is chosen by conditions alone, such as in:, by:, date:", filters=filters)
        )
    if not ground.size:
        raise NoGroupError(plain("{filters}: no document of that group has text", filters=filters))
    return ground


def _rest(searcher: Searcher, target: Ground, paths: Sequence[str]) -> Ground:
    """All documents that are not in the target, in its layers."""
    whole = ground_of(searcher, "", paths)
    inside = set(target.numbers)
    rest = replace(
        whole,
        chosen=replace(whole.chosen, layers=target.chosen.layers),
        numbers=[number for number in whole.numbers if number not in inside],
        unread=whole.unread - target.unread,
        units=target.units,
        aside=target.aside,
    )
    if not rest.size:
        raise NoGroupError(plain("there are no other texts to compare with"))
    return rest


def _notes(target: Ground, reference: Ground, types: int) -> list[str]:
    rest = reference.query or plain("all others")
    notes: list[str] = [
        plain(
            "compared with {reference}: {documents} of {characters}",
            reference=rest,
            documents=many(len(reference.numbers), "document"),
            characters=many(reference.size, "character"),
        ),
        plain("{types} tested (Bonferroni)", types=many(types, "unit")),
        *(plain("{query}: {summary}", query=rest, summary=note) for note in reference.notes()),
    ]
    if both := set(target.numbers).intersection(reference.numbers):
        notes.append(plain("{documents} in both groups", documents=many(len(both), "document")))
    return notes


def _rows(found: Sequence[Unit], ours: Units, theirs: Units, documents: tuple[int, int], count: str) -> list[Keyword]:
    """The keywords with all measures, as they were found."""
    if not found:
        return []
    texts = [next(iter(each.forms)) for each in found]
    occurrences = np.array([each.count for each in found]), np.array(theirs.frequencies(texts))
    held = np.array([each.documents for each in found]), np.array(theirs.documents_with(texts))
    totals = ours.total(), max(1, theirs.total())
    a, b = occurrences if count == UNITS else held
    c, d = totals if count == UNITS else documents
    numbers = [
        *occurrences,
        *held,
        *(measures.per_million(*each) for each in zip(occurrences, totals, strict=True)),
        measures.keyness(a, b, c, d),
        measures.keyness_of_two_cells(a, b, c, d),
        measures.log_ratio(a, b, c, d),
        measures.conservative_log_ratio(a, b, c, d, len(found)),
        measures.difference(a, b, c, d),
    ]
    rows = zip(*(measures.rounded(column).tolist() for column in numbers), strict=True)
    return [_keyword(text, each.forms, *row) for text, each, row in zip(texts, found, rows, strict=True)]


def _keyword(
    text: str,
    forms: Mapping[str, int],
    target: int,
    reference: int,
    documents: int,
    others: int,
    rate: float,
    other_rate: float,
    *scores: float,
) -> Keyword:
    g2, ll2, ratio, sure, diff = scores
    return Keyword(
        text=text,
        target=target,
        reference=reference,
        per_million=(rate, other_rate),
        documents=(documents, others),
        g2=g2,
        ll2=ll2,
        log_ratio=ratio,
        conservative=sure,
        diff=diff if isfinite(diff) else None,
        forms=forms,
    )


def _value(row: Keyword, measure: str) -> float:
    value = getattr(row, measure)
    return float("inf") if value is None else float(value)
