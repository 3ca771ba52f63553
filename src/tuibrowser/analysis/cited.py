"""Cited: the basis of a figure as a paragraph that a paper can quote, in the reader's language."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.basis import BIGRAM, NORMALISATION
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import clauses, listed
from tuibrowser.search.kinds import HIT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.analysis.basis import Basis

MEASURES: Final = {
    "logdice": "logDice (Rychlý 2008)",
    "g2": "G² (Dunning 1993)",
    "mi": "MI (Church & Hanks 1990)",
    "mi3": "MI³ (Daille 1994)",
    "t": "t (Church et al. 1991)",
    "z": "z (Berry-Rogghe 1973)",
    "conservative": "conservative Log Ratio (Hardie 2014, Katz et al. 1978)",
    "log_ratio": "Log Ratio (Hardie 2014)",
    "ll2": "G², two cells (Rayson & Garside 2000)",
    "diff": "%DIFF (Gabrielatos & Marchi 2011)",
}
"""The measures with their sources, by the names that the shell knows them by."""


def cited(basis: Basis) -> str:
    """The basis as sentences, in which every figure that it rests on stands."""
    return reduce(lambda one, two: plain("{first} {second}", first=one, second=two), _sentences(basis))


def _sentences(basis: Basis) -> Iterator[str]:
    if basis.matches is not None:
        yield _found(basis, basis.matches, basis.documents_with or 0)
    elif basis.query:
        yield plain("{query}.", query=basis.query)
    corpus = plain(
        "{documents} of {characters}, corpus fingerprint {fingerprint}",
        documents=many(basis.documents, "document"),
        characters=many(basis.characters, "character"),
        fingerprint=basis.fingerprint,
    )
    undated = ""
    if basis.undated.documents:
        undated = plain(
            "{documents}, {share:.0%} of the text, undated",
            documents=many(basis.undated.documents, "document"),
            share=basis.undated.share,
        )
    yield plain("{clauses}.", clauses=clauses([corpus, undated]))
    if counted := clauses(_counted(basis)):
        yield plain("{clauses}.", clauses=counted)
    if basis.notes:
        yield plain("{clauses}.", clauses=clauses(basis.notes))
    yield plain("tuibrowser {version}, {date}.", version=basis.version, date=basis.made[:10])


def _found(basis: Basis, matches: int, documents: int) -> str:
    found = many(matches, "match")
    if basis.at_least:
        found = plain("at least {matches}", matches=found)
    kinds = listed(plain("{kind} {count:,}", kind=HIT_KINDS[kind], count=count) for kind, count in basis.totals.items())
    return plain(
        "{query}: {matches} ({kinds}) in {documents}.",
        query=basis.query,
        matches=found,
        kinds=clauses([kinds, NORMALISATION]),
        documents=many(documents, "document"),
    )


def _counted(basis: Basis) -> Iterator[str]:
    """The units counted and how, where the figure is more than a number of matches."""
    if basis.window is not None:
        left, right = basis.window
        yield plain(
            "within {left} on the left and {right} on the right of the same paragraph, each place once",
            left=_units(left, basis.unit),
            right=_units(right, basis.unit),
        )
    if basis.s is not None:
        yield plain("S {s:,}, N {n:,}", s=basis.s, n=basis.n)
    if basis.measure is not None:
        yield plain("by {measure}", measure=MEASURES.get(basis.measure, basis.measure))
    if basis.minimum is not None:
        yield plain("{count:,} at least", count=basis.minimum)


def _units(count: int, unit: str) -> str:
    return many(count, "bigram") if unit == BIGRAM else many(count, "character")
