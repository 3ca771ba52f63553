"""Keyness: the characters, bigrams or words that mark one group of texts against another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.analysis import measures
from tuibrowser.analysis.basis import AS_WRITTEN, ground_of
from tuibrowser.analysis.figures.collocates import MINIMUM
from tuibrowser.analysis.table import Table
from tuibrowser.analysis.texts.extent import extent_of
from tuibrowser.analysis.texts.units import CHARACTERS, counted
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import clauses
from tuibrowser.search.counting.made import Made

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.analysis.basis import Ground
    from tuibrowser.analysis.texts.units import UnitsAsked
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher, Units
    from tuibrowser.search.values import Unit

    Array = npt.NDArray[Any]

COLUMNS: Final = (
    *("text", "target", "reference", "per_million", "documents"),
    *("g2", "ll2", "bic", "log_ratio", "conservative", "diff", "simple_maths", "forms"),
)

MEASURES: Final = ("conservative", "g2", "ll2", "bic", "log_ratio", "diff", "simple_maths")
"""The orders of keywords."""

UNITS, DOCUMENTS = "units", "documents"
COUNTED: Final = (UNITS, DOCUMENTS)
"""The numbers that the measures can compare: of occurrences, or of documents, which one long text cannot sway."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A unit of two groups: how often it occurs in the target and the reference, per million, in how many documents.

    `diff` is None where the reference does not have it. `forms` are the ways in which the target writes it.
    """

    text: str
    target: int
    reference: int
    per_million: tuple[float, float]
    documents: tuple[int, int]
    g2: float
    ll2: float
    bic: float
    log_ratio: float
    conservative: float
    diff: float | None
    simple_maths: float
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
    units: UnitsAsked = CHARACTERS,
    measure: str = "conservative",
    count: str = UNITS,
    minimum: int = MINIMUM,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
) -> Table[Keyword]:
    """The units that mark the documents of some conditions, the most telling first, and last those that they lack.

    These are compared with the documents of other conditions, or with all others; the scope is that of the target.
    A unit is tested if the target has it `minimum` times at least, or would have it so often at the rate of the
    reference. Raise NoGroupError where one of the groups has no text.
    """
    target, reference = _groups(searcher, filters, against, paths, scope)
    each_unit = counted(searcher, units, sorted({*target.numbers, *reference.numbers}), once=scope.once)
    ours, theirs = (each_unit.of(each.numbers, each.chosen.layers) for each in (target, reference))
    texts, stopped = each_unit.shown(_tested(ours, theirs, minimum), ours)
    columns = _columns(texts, ours, theirs, (len(target.numbers), len(reference.numbers)), count)
    order = np.lexsort((-columns["g2"], -columns[measure]))

    def made(some: range) -> list[Keyword]:
        at = order[some.start : some.stop]
        names = [texts[row] for row in at.tolist()]
        numbers = zip(*(column.take(at).tolist() for column in columns.values()), strict=True)
        each = zip(ours.described(names), theirs.described(names), numbers, strict=True)
        return [_keyword(one, other, dict(zip(columns, row, strict=True))) for one, other, row in each]

    told = each_unit.basis(stopped)
    told["notes"] += _notes(target, reference, len(texts))
    told["more"] |= {"reference": _record(reference, theirs), "types": len(texts), "count": count}
    basis = target.basis(measure=measure, minimum=minimum, n=ours.total(), **told)
    layers, numbers = target.chosen.layers, target.numbers
    rows = Made(len(order), made)
    return Table(COLUMNS, rows, basis, lambda row: each_unit.matches(row.text, numbers, layers))


def _tested(ours: Units, theirs: Units, minimum: int) -> Sequence[str]:
    """The units that the target has so many times at least, or would have if it had them as often as the reference."""
    c, d = max(1, ours.total()), theirs.total()
    common = ours.commonest(minimum).units
    return list(dict.fromkeys((*common, *theirs.commonest(max(1, -(-minimum * d // c))).units)))


def _groups(
    searcher: Searcher, filters: str, against: str | None, paths: Sequence[str], scope: Scope
) -> tuple[Ground, Ground]:
    """The target and the reference, which is all other documents where no conditions choose it."""
    target = _group(searcher, filters, paths, scope)
    whole = replace(AS_WRITTEN, once=scope.once)
    if against is None:
        return target, _rest(searcher, target, paths, whole)
    return target, _group(searcher, against, paths, whole)


def _group(searcher: Searcher, filters: str, paths: Sequence[str], scope: Scope) -> Ground:
    ground = ground_of(searcher, filters, paths, scope)
    if ground.chosen.words:
        raise NoGroupError(
            plain("{filters}: a group is chosen by conditions alone, such as in:, by:, date:", filters=filters)
        )
    if not ground.size:
        why = plain("{filters}: no document of that group has text", filters=filters)
        notes = clauses(ground.chosen.notes)
        raise NoGroupError(plain("{problem} ({remedy})", problem=why, remedy=notes) if notes else why)
    return ground


def _rest(searcher: Searcher, target: Ground, paths: Sequence[str], scope: Scope) -> Ground:
    """All documents that are not in the target, in its layers."""
    whole = ground_of(searcher, "", paths, scope)
    inside = set(target.chosen.documents)
    chosen = replace(
        whole.chosen,
        documents=[number for number in whole.chosen.documents if number not in inside],
        layers=target.chosen.layers,
        conditions=target.chosen.conditions,
    )
    rest = replace(whole, chosen=chosen, extent=extent_of(searcher, chosen, once=scope.once))
    if not rest.size:
        raise NoGroupError(plain("there are no other texts to compare with"))
    return rest


def _record(reference: Ground, units: Units) -> dict[str, object]:
    """The reference as its JSON object."""
    return {
        "query": reference.query,
        "documents": len(reference.numbers),
        "characters": reference.size,
        "N": units.total(),
    }


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


def _columns(
    texts: Sequence[str], ours: Units, theirs: Units, documents: tuple[int, int], count: str
) -> dict[str, Array]:
    """The numbers and measures of units by name."""
    groups = ours, theirs
    occurrences = [np.array(group.frequencies(texts), np.int64) for group in groups]
    totals = [max(1, group.total()) for group in groups]
    (a, b), (c, d) = occurrences, totals
    if count == DOCUMENTS:
        a, b = (np.array([each.documents for each in group.described(texts)], np.int64) for group in groups)
        c, d = documents
    scores = {
        "rate": measures.per_million(occurrences[0], totals[0]),
        "other_rate": measures.per_million(occurrences[1], totals[1]),
        "g2": measures.keyness(a, b, c, d),
        "ll2": measures.keyness_of_two_cells(a, b, c, d),
        "bic": measures.bayes_factor(a, b, c, d),
        "log_ratio": measures.log_ratio(a, b, c, d),
        "conservative": measures.conservative_log_ratio(a, b, c, d, len(texts)),
        "diff": measures.difference(a, b, c, d),
        "simple_maths": measures.simple_maths(a, b, c, d),
    }
    rounded = {name: measures.rounded(column) for name, column in scores.items()}
    return {"target": occurrences[0], "reference": occurrences[1], **rounded}


def _keyword(ours: Unit, theirs: Unit, numbers: dict[str, Any]) -> Keyword:
    rates = numbers.pop("rate"), numbers.pop("other_rate")
    if not isfinite(numbers["diff"]):
        numbers["diff"] = None
    return Keyword(
        text=next(iter(ours.forms or theirs.forms)),
        per_million=rates,
        documents=(ours.documents, theirs.documents),
        forms=ours.forms,
        **numbers,
    )
