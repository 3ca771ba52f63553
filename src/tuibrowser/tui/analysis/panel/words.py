"""Words: what the figures, their orders and their basis are called where a reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.figures.frequency import is_by_folder
from tuibrowser.analysis.texts.units import BIGRAM, CHARACTER, WORD
from tuibrowser.language.i18n import many, plain, shown
from tuibrowser.language.wording import listed
from tuibrowser.search.kinds import HIT_KINDS
from tuibrowser.search.missing import without_words
from tuibrowser.tui.analysis.making.asked import NEEDING_A_QUERY, WITH_UNITS, View
from tuibrowser.tui.analysis.making.columns import COLUMNS, DEFAULT_SORT, group_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tuibrowser.analysis.basis import Basis
    from tuibrowser.tui.analysis.making.asked import Asked

VIEW_NAMES: Final = {
    View.LINES: plain("lines"),
    View.SPREAD: plain("spread"),
    View.COLLOCATES: plain("collocates"),
    View.CLUSTERS: plain("clusters"),
    View.WORDS: plain("word list"),
    View.KEYNESS: plain("keyness"),
    View.TIME: plain("time"),
}
"""The names of the views."""

LINE_ORDERS: Final[Mapping[str, str]] = {
    "right": plain("by what follows"),
    "left": plain("by what stands before"),
    "neighbour": plain("the commonest next character first"),
    "document": plain("in reading order"),
    "date": plain("by date"),
    "random": plain("at random"),
}
"""The orders of lines."""

MEASURES: Final[Mapping[str, str]] = {
    "logdice": plain("how much two words keep to each other, whatever the size of the corpus (Rychlý 2008)"),
    "g2": plain("how sure it is that they stand together more often than by chance (Dunning 1993)"),
    "mi": plain("how many times doubled above chance; raises what is rare (Church & Hanks 1990)"),
    "mi3": plain("MI that does not raise what is rare (Daille 1994)"),
    "t": plain("how sure it is that they stand together; raises what is frequent (Church et al. 1991)"),
    "z": plain("the distance from chance in standard deviations (Berry-Rogghe 1973)"),
    "conservative": plain("the part of the log ratio that is sure at 95 % for all units tested (Hardie 2014)"),
    "log_ratio": plain("how many times doubled against the other texts (Hardie 2014)"),
    "diff": plain("by how many per cent more frequent than in the other texts (Gabrielatos & Marchi 2011)"),
    "dp": plain("DP: 0 where spread as the texts are long, near 1 where all is in a short one (Gries 2008)"),
    "interval": plain("where the rate most likely lies, 95 %, if occurrences were independent (Wilson 1927)"),
}
"""Each measure in one sentence, with its source."""

MEASURE_NAMES: Final[Mapping[str, str]] = {
    "logdice": "logDice",
    "g2": "G²",
    "mi": "MI",
    "mi3": "MI³",
    "t": "t",
    "z": "z",
    "conservative": plain("sure part"),
    "log_ratio": plain("log ratio"),
    "diff": "%DIFF",
    "dp": "DP",
    "interval": plain("95% interval"),
}
"""What the measures are called."""

_UNITS: Final = {
    WORD: plain("words"),
    CHARACTER: plain("characters"),
    BIGRAM: plain("pairs of characters"),
    "": plain("units"),
}
"""The units, and what they are called before it is known which the texts are counted by."""

_GROUPS: Final = {
    "year": plain("by year, per million: time"),
    "decade": plain("by decade, per million: time"),
    "month": plain("by month, per million: time"),
}


def summary(asked: Asked, basis: Basis | None) -> str:
    """What is counted, before the term for it."""
    return _SUMMARIES[asked.view](asked, basis)


def _lines(asked: Asked, basis: Basis | None) -> str:
    if asked.opened is not None:
        return plain("{row}: {matches}", row=asked.opened.words, matches=many(len(asked.opened.matches), "line"))
    if basis is None:
        return plain("every match in its context: lines")
    kinds = listed(plain("{kind} {count:,}", kind=HIT_KINDS[kind], count=count) for kind, count in basis.totals.items())
    found = plain(
        "{count:,} in {documents}", count=basis.matches, documents=many(basis.documents_with or 0, "document")
    )
    found = plain("at least {matches}", matches=found) if basis.at_least else found
    return plain("{found}: {kinds}", found=found, kinds=kinds) if kinds else found


def _spread(_: Asked, basis: Basis | None) -> str:
    if basis is None or basis.more.get("dp") is None:
        return plain("where in each document: spread")
    return plain(
        "where in {documents}: spread, DP {dp:.2f}",
        documents=many(basis.documents_with or 0, "document"),
        dp=basis.more["dp"],
    )


def _collocates(asked: Asked, basis: Basis | None) -> str:
    return plain("{units} within {window}: collocates", units=_units(asked, basis), window=asked.window)


def _units(asked: Asked, basis: Basis | None) -> str:
    units = _UNITS[asked.unit or ("" if basis is None else basis.unit)]
    return plain("{units}, forms apart", units=units) if asked.is_exact else units


def _clusters(asked: Asked, _: Basis | None) -> str:
    characters = many(asked.size, "character")
    if asked.side == "left":
        return plain("with the {characters} before it: clusters", characters=characters)
    return plain("with the {characters} after it: clusters", characters=characters)


def _words(asked: Asked, basis: Basis | None) -> str:
    return plain("{units} of the texts: word list", units=_units(asked, basis))


def _keyness(asked: Asked, basis: Basis | None) -> str:
    target = asked.target or plain("these texts")
    against = asked.against or plain("all others")
    units = _units(asked, basis)
    if asked.count == "documents":
        return plain(
            "{units} in more documents of {target} than of {against}: keywords",
            units=units,
            target=target,
            against=against,
        )
    return plain("{units} that mark {target} against {against}: keywords", units=units, target=target, against=against)


def _time(asked: Asked, _: Basis | None) -> str:
    depth = asked.by.partition(":")[2]
    if depth and is_by_folder(asked.by):
        return plain("by folder, {levels} deep, per million", levels=many(int(depth), "level"))
    return _GROUPS.get(asked.by) or plain("by {group}, per million", group=group_of(asked.by))


_SUMMARIES: Final[Mapping[View, Callable[[Asked, Basis | None], str]]] = {
    View.LINES: _lines,
    View.SPREAD: _spread,
    View.COLLOCATES: _collocates,
    View.CLUSTERS: _clusters,
    View.WORDS: _words,
    View.KEYNESS: _keyness,
    View.TIME: _time,
}


def order_words(asked: Asked, basis: Basis | None) -> str:
    """The order of what is shown, and how often a row must be there."""
    if asked.view is View.LINES:
        return LINE_ORDERS[asked.line_order]
    key = asked.sort or DEFAULT_SORT.get(asked.view, "")
    heading = next((each.heading for each in COLUMNS.get(asked.view, ()) if each.key == key), "")
    if not heading:
        return ""
    order = (
        plain("by {column}, reversed", column=heading) if asked.is_reversed else plain("by {column}", column=heading)
    )
    if basis is None or basis.minimum is None or basis.minimum < 2:
        return order
    return plain("{order}, {count:,} at least", order=order, count=basis.minimum)


def known_words(asked: Asked, basis: Basis | None, *, is_part: bool) -> str:
    """What is not known of the texts, or how many units a measure rests on; where only a part was counted, that."""
    if basis is None:
        return ""
    if basis.missing:
        return without_words(basis.missing)
    if is_part:
        return plain("at least: not all texts were looked at")
    if asked.view is View.COLLOCATES and basis.s is not None:
        return plain("S {s:,}, N {n:,}", s=basis.s, n=basis.n)
    if asked.view is View.LINES and (asked.sample or asked.is_distinct or asked.rows_with):
        return basis.notes[-1]
    if basis.undated.documents and basis.characters:
        undated = many(basis.undated.documents, "undated document")
        return plain("{documents}, {share:.0%} of text", documents=undated, share=basis.undated.share)
    return ""


def chosen_words(asked: Asked, basis: Basis | None) -> str:
    """What alone is counted or shown: lines of some codes, which are listed whatever their code; no stop list."""
    if asked.codes and asked.view is not View.LINES and asked.view in NEEDING_A_QUERY:
        return plain("only lines with {code}", code=asked.codes)
    if asked.view in WITH_UNITS and basis is not None and basis.more.get("stop_list"):
        return plain("without {count:,} of the stop list", count=basis.more["stop_list"]["units"])
    return ""


def place_words(place: str, chosen: str, order: str, *, is_near: bool, is_once: bool, is_counting: bool) -> str:
    """Where is counted, which lines, and in which order; or that it is being counted."""
    where = plain("in {folder}", folder=place) if place else plain("everywhere")
    near, once = plain("near ones too") if is_near else "", plain("repeats once") if is_once else ""
    parts = [chosen, where, near, once, plain("counting …") if is_counting else order]
    return "  ".join(shown(part) for part in parts if part)
