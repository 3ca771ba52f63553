"""Cited: the basis of a figure as a paragraph that a paper can quote, in the reader's language."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.texts.units import BIGRAM, WORD
from tuibrowser.language.i18n import many, plain, shown
from tuibrowser.language.wording import clauses, full_date, listed
from tuibrowser.search.kinds import HIT_KINDS
from tuibrowser.search.missing import missing_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.analysis.basis import Basis

MEASURES: Final = {
    "logdice": plain("logDice (Rychlý 2008)"),
    "g2": plain("G² (Dunning 1993)"),
    "mi": plain("MI (Church & Hanks 1990)"),
    "mi3": plain("MI³ (Daille 1994)"),
    "t": plain("t (Church et al. 1991)"),
    "z": plain("z (Berry-Rogghe 1973)"),
    "conservative": plain("conservative Log Ratio (Hardie 2014, Katz et al. 1978)"),
    "log_ratio": plain("Log Ratio (Hardie 2014)"),
    "ll2": plain("G², two cells (Rayson & Garside 2000)"),
    "together": plain("number in the windows"),
    "diff": plain("%DIFF (Gabrielatos & Marchi 2011)"),
    "bic": plain("BIC (Wilson 2013)"),
    "simple_maths": plain("simple maths (Kilgarriff 2009)"),
}
"""The measures with their sources, by the names that the shell knows them by."""


def cited(basis: Basis) -> str:
    """The basis as sentences, in which every figure that it rests on stands."""
    return reduce(lambda one, two: plain("{first} {second}", first=one, second=two), _sentences(basis))


def basis_record(basis: Basis) -> dict[str, object]:
    """The basis as its JSON object, and as the paragraph that a paper can quote."""
    return basis.record() | {"citation": shown(cited(basis))}


def _sentences(basis: Basis) -> Iterator[str]:
    yield _found(basis)
    fingerprint = plain("Corpus fingerprint {fingerprint}", fingerprint=basis.fingerprint)
    undated = ""
    if basis.undated.documents:
        undated = plain(
            "{documents}, {share:.0%} of the text, undated",
            documents=many(basis.undated.documents, "document"),
            share=basis.undated.share,
        )
    yield plain("{clauses}.", clauses=clauses([fingerprint, undated]))
    if basis.missing:
        yield plain("{sentence}.", sentence=missing_words(basis.missing))
    if counted := clauses(_counted(basis)):
        yield plain("Method: {clauses}.", clauses=counted)
    if basis.notes:
        yield plain("Notes: {clauses}.", clauses=clauses(basis.notes))
    yield plain("tuibrowser {version}, {date}.", version=basis.version, date=full_date(basis.made))


def _found(basis: Basis) -> str:
    """What was found in how much text; of a group, how much text it is."""
    characters = many(basis.characters, "character")
    if basis.matches is None:
        documents = many(basis.documents, "document")
        if not basis.query:
            return plain("{documents} ({characters}).", documents=documents, characters=characters)
        return plain(
            "{query}: {documents} ({characters}).", query=basis.query, documents=documents, characters=characters
        )
    found = many(basis.matches, "match")
    if basis.at_least:
        found = plain("at least {matches}", matches=found)
    kinds = listed(plain("{kind} {count:,}", kind=HIT_KINDS[kind], count=count) for kind, count in basis.totals.items())
    return plain(
        "{query}: {matches} ({kinds}) in {some:,} of {documents} ({characters}).",
        query=basis.query,
        matches=found,
        kinds=clauses([kinds, basis.normalisation]),
        some=basis.documents_with or 0,
        documents=many(basis.documents, "document"),
        characters=characters,
    )


def _counted(basis: Basis) -> Iterator[str]:
    """The units counted and how, where the figure is more than a number of matches."""
    if basis.window is not None:
        left, right = (_units(count, basis.unit) for count in basis.window)
        if basis.s is None:
            yield plain(
                "with {left} on the left and {right} on the right of the same paragraph", left=left, right=right
            )
        else:
            yield plain(
                "within {left} on the left and {right} on the right of the same paragraph, each place once",
                left=left,
                right=right,
            )
    if basis.s is not None:
        yield plain("S {s:,}, N {n:,}", s=basis.s, n=basis.n)
    if "reference" in basis.more:
        yield plain("N {units} against {n:,}", units=_units(basis.n, basis.unit), n=basis.more["reference"]["N"])
    elif "types" in basis.more:
        yield plain("N {units}", units=_units(basis.n, basis.unit))
    if basis.measure is not None:
        yield plain("by {measure}", measure=MEASURES.get(basis.measure, basis.measure))
    if basis.minimum is not None:
        yield plain("{count:,} at least", count=basis.minimum)
    if basis.cutter is not None:
        yield plain("words as {cutter} cuts them", cutter=basis.cutter)
    yield basis.method


def _units(count: int, unit: str) -> str:
    if unit == WORD:
        return many(count, "word")
    return many(count, "bigram") if unit == BIGRAM else many(count, "character")
