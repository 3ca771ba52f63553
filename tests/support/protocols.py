"""The methods of the protocols of a searcher, and what is asked by each: whatever fulfils them answers alike.

A method that a protocol is given needs a row here, or a test fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.model import Layer, Metadata
from tuibrowser.search.answering.listing import Listing
from tuibrowser.search.model import Scope
from tuibrowser.search.reuse.model import ReuseOrder
from tuibrowser.search.searcher import CutTexts, Matches, Occurrences, Reuse, Searcher, Units
from tuibrowser.search.values import Beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.searching import Texts

TEXTS: Texts = {
    "甲/一.txt": (
        "高质量发展是首要任务。\n推动高质量发展,高質量党建引领。",
        Metadata(author="李", delivered="2022-10-28"),
    ),
    "甲/二.txt": ("江水漫漫\n高质 量的江水发展", Metadata(published="2021-03"), ("江水漫漫",)),
    "乙.txt": ("江水漫漫\n人们说高质量发展是首要任务。", Metadata()),
}
READ = frozenset({Layer.TEXT, Layer.NOTE})
WHOLE = Scope()

SEARCHER: dict[str, Callable[[Any], Any]] = {
    "search": lambda each: [replace(found, elapsed_ms=0) for found in each.search("gaozhiliang", WHOLE, 9)],
    "occurrences": lambda each: list(each.occurrences("高质量")),
    "listing": lambda each: each.listing("高质量", Scope(folder="甲/")),
    "matches": lambda each: list(each.matches("高质量", WHOLE, lambda: False)),
    "parallels": lambda each: replace(each.parallels("高质量发展是首要任务", limit=3), elapsed_ms=0),
    "reuse": lambda each: each.reuse(0, minimum=6).rows(0, 9),
    "reuse_among": lambda each: each.reuse_among(WHOLE, 6).rows(0, 9),
    "excerpts": lambda each: each.excerpts([*each.search("江水", WHOLE)][-1].hits),
    "around": lambda each: each.around(1, (5, 7)),
    "places": lambda each: each.places([(1, 5, 7), (0, 0, 3)]),
    "holds": lambda each: (each.holds(0, "no"), each.holds(7, "no")),
    "spans_in": lambda each: each.spans_in("高质量", 0),
    "known_spans_in": lambda each: ([*each.search("首要", WHOLE)], each.known_spans_in("首要", 0))[1],
    "line_of": lambda each: (each.line_of(0, 15), each.line_of(9, 0)),
    "documents": lambda each: list(each.documents(0, 3)),
    "titles": lambda each: each.titles("江水"),
    "text": lambda each: raised(lambda: each.text(0)),
    "reach": lambda each: each.reach(),
    "chosen": lambda each: each.chosen("by:李 高 题:无", WHOLE),
    "significant": lambda each: each.significant(READ),
    "repeated": lambda each: each.repeated([0, 1, 2], READ),
    "units": lambda each: each.units([0, 1], 1, READ).total(),
    "matches_of_unit": lambda each: list(each.matches_of_unit("江", [0, 1, 2], READ)),
    "cut_texts": lambda each: each.cut_texts.units([0, 1], READ).total(),
    "digests": lambda each: each.digests(),
}
OCCURRENCES: dict[str, Callable[[Any], Any]] = {
    "__len__": len,
    "__getitem__": lambda each: (each[0], each[-1]),
    "__getitem__:1": lambda each: (each[1:3], each[::2], list(each)),
    "after": lambda each: (each.after(0, 5), each.after(9, 0)),
    "before": lambda each: each.before(2, 0),
    "in_document": lambda each: each.in_document(0),
}
MATCHES: dict[str, Callable[[Any], Any]] = {
    "at_least": lambda each: each.at_least,
    "bounds": lambda each: each.bounds,
    "notes": lambda each: each.notes,
    "__len__": len,
    "__getitem__": lambda each: (each[0], each[-1], raised(lambda: each[99])),
    "__getitem__:1": lambda each: (each[1:3], list(each)),
    "totals": lambda each: each.totals(),
    "by_document": lambda each: each.by_document(),
    "strips": lambda each: each.strips(4),
    "contexts": lambda each: each.contexts(0, 3, 4),
    "ordered": lambda each: each.ordered(Beside.RIGHT),
    "neighbours": lambda each: each.neighbours(2, 2),
    "near": lambda each: each.near(["发", "江"], 2, 2),
    "clusters": lambda each: each.clusters(2, Beside.RIGHT),
    "clustered": lambda each: list(each.clustered("高质量发展", 2, Beside.RIGHT)),
    "beside": lambda each: list(each.beside("发", 1, 2)),
    "word_neighbours": lambda each: each.word_neighbours(2, 2),
    "words_near": lambda each: each.words_near(["发展"], 2, 2),
    "beside_word": lambda each: list(each.beside_word("发展", 0, 2)),
    "whole_words": lambda each: list(each.whole_words()),
    "of_documents": lambda each: list(each.of_documents({0, 2})),
    "of_indices": lambda each: (list(each.of_indices([2, 0])), raised(lambda: each.of_indices([99]))),
}
UNITS: dict[str, Callable[[Any], Any]] = {
    "total": lambda each: each.total(),
    "types": lambda each: each.types(),
    "frequencies": lambda each: each.frequencies(["江", "无"]),
    "commonest": lambda each: each.commonest(2),
    "described": lambda each: each.described(["质", "江"]),
}
CUT_TEXTS: dict[str, Callable[[Any], Any]] = {
    "prepare": lambda each: each.prepare(lambda *_: None, lambda: False),
    "cutting": lambda each: (each.prepare(lambda *_: None, lambda: False), each.cutting()),
    "coverage": lambda each: each.coverage([0, 1]),
    "similar": lambda each: each.similar("发展", 3, lambda *_: None, lambda: False),
    "units": lambda each: each.units([0, 1], READ, 2).commonest(1),
    "matches_of_unit": lambda each: list(each.matches_of_unit("发展", [0, 1, 2], READ)),
}
REUSE: dict[str, Callable[[Any], Any]] = {
    "missing": lambda each: each.missing,
    "at_least": lambda each: each.at_least,
    "bounds": lambda each: each.bounds,
    "elapsed_ms": lambda each: each.elapsed_ms > 0,
    "__len__": len,
    "total": lambda each: each.total(),
    "rows": lambda each: each.rows(0, 1, ReuseOrder.LENGTH),
}
TABLES: dict[type, dict[str, Callable[[Any], Any]]] = {
    Searcher: SEARCHER,
    Occurrences: OCCURRENCES,
    Matches: MATCHES,
    Units: UNITS,
    CutTexts: CUT_TEXTS,
    Reuse: REUSE,
}
HANDLES: dict[type, Callable[[Any], Any]] = {
    Searcher: lambda each: each,
    Occurrences: lambda each: each.occurrences("高质量"),
    Matches: lambda each: each.matches("高质量"),
    Units: lambda each: each.units([0, 1, 2], 1, READ),
    CutTexts: lambda each: each.cut_texts,
    Reuse: lambda each: each.reuse(0, minimum=6),
}


ASKED = [(protocol, name) for protocol, table in TABLES.items() for name in table]


def comparable(value: Any) -> Any:
    """A value without what kind of sequence each part of it is."""
    if isinstance(value, Listing):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), [comparable(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, dict):
        return {key: comparable(each) for key, each in value.items()}
    return [comparable(each) for each in value] if isinstance(value, Sequence) and not isinstance(value, str) else value


def raised(ask: Callable[[], object]) -> tuple[type, str]:
    """What is raised."""
    with pytest.raises((CorpusError, IndexError)) as found:
        ask()
    return found.type, str(found.value)
