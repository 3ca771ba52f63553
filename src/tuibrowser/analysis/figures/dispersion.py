"""Dispersion: in which documents a query stands, where in them, and how evenly it is spread over all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.basis import AS_WRITTEN, ground_of
from tuibrowser.analysis.measures import deviation_of_proportions, juilland, normalised_deviation, per_million
from tuibrowser.analysis.table import Table
from tuibrowser.language.i18n import plain
from tuibrowser.search.counting.made import Made

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.analysis.basis import Ground
    from tuibrowser.analysis.judging.model import Judging
    from tuibrowser.analysis.texts.facts import Fact
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher

COLUMNS: Final = ("document", "title", "date", "matches", "units", "per_million", "juilland", "bins")

EQUAL: Final = (10, 100)
"""The fewest and the most equal stretches for which Juilland's D is reckoned."""

BINS: Final = 40
"""Equal stretches of a document in which matches are counted where no other number is asked for."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A document with matches: how many, in how many units, and in each of the equal stretches of its text.

    `juilland` is Juilland's D over these: 1 where they have equally many, 0 where all are in one; None where there are
    too few stretches, or too many, for it to mean something.
    """

    document: str
    title: str
    date: str | None
    matches: int
    units: int
    per_million: float | None
    juilland: float | None
    bins: tuple[int, ...]
    number: int
    label: str
    """The title, with the work where several documents have that title, or else the name."""

    def record(self) -> dict[str, object]:
        """The document as its JSON object."""
        return {
            "document": self.document,
            "title": self.title,
            "date": self.date,
            "matches": self.matches,
            "units": self.units,
            "per_million": self.per_million,
            "juilland": self.juilland,
            "bins": list(self.bins),
        }


def dispersion(
    searcher: Searcher,
    query: str,
    *,
    bins: int = BINS,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
    judging: Judging | None = None,
) -> Table[Spread]:
    """The documents with matches, most matches first; the basis has DP and DPnorm over all documents in scope."""
    ground = ground_of(searcher, query, paths, scope, judging)
    matches = ground.matches(searcher)
    counts = matches.by_document()
    numbers = sorted(counts, key=counts.__getitem__, reverse=True)
    labels = labels_of({number: ground.extent.texts.facts[number] for number in numbers})

    def made(some: range) -> list[Spread]:
        wanted = numbers[some.start : some.stop]
        strips = matches.of_documents(wanted).strips(bins)
        return [_spread(ground, number, counts[number], strips[number], labels[number]) for number in wanted]

    parts, units = ground.extent.with_text, ground.units
    counted = [counts.get(number, 0) for number in parts], [units[number] for number in parts]
    dp, dpnorm = _number(deviation_of_proportions(*counted)), _number(normalised_deviation(*counted))
    basis = ground.basis(matches, method=_method(dp, dpnorm), more={"dp": dp, "dpnorm": dpnorm, "parts": len(parts)})
    rows = Made(len(numbers), made)
    return Table(COLUMNS, rows, basis, lambda row: matches.of_documents([row.number]))


def labels_of(facts: Mapping[int, Fact]) -> dict[int, str]:
    """What documents are called where each must be known: by the title, else with the work, else by the name."""
    labels = {number: fact.title for number, fact in facts.items()}
    for longer in (_with_work, _name):
        often = Counter(labels.values())
        labels |= {number: longer(facts[number]) for number, label in labels.items() if often[label] > 1}
    return labels


def _with_work(fact: Fact) -> str:
    return fact.title if fact.work is None or fact.work in fact.title else f"{fact.work} {fact.title}"


def _name(fact: Fact) -> str:
    return fact.name


def _spread(ground: Ground, number: int, count: int, bins: Sequence[int], label: str) -> Spread:
    document, units = ground.extent.texts.facts[number], ground.units[number]
    rate = round(float(per_million(count, units)), 3) if units else None
    even = _number(juilland(bins)) if EQUAL[0] <= len(bins) <= EQUAL[1] else None
    return Spread(
        document=document.name,
        title=document.title,
        date=document.date,
        matches=count,
        units=units,
        per_million=rate,
        juilland=even,
        bins=tuple(bins),
        number=number,
        label=label,
    )


def _method(dp: float | None, dpnorm: float | None) -> str:
    if dp is None or dpnorm is None:
        return ""
    return plain("DP {dp:.3f} (Gries 2008), DPnorm {dpnorm:.3f} (Lijffijt & Gries 2012)", dp=dp, dpnorm=dpnorm)


def _number(value: float) -> float | None:
    return None if isnan(value) else round(value, 6)
