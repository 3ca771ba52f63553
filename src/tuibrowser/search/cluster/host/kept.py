"""Kept: what a host tells of its documents, and of the whole of its segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.kept import Kept as Lately
from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.search.answering.bonds import together
from tuibrowser.search.cluster.host.reuse import Answer, Question, counts_in, document_stream, documents_at, runs_in
from tuibrowser.search.counting.once import prints_of
from tuibrowser.search.counting.words.grams import GramTable
from tuibrowser.search.counting.words.tables import WordTable
from tuibrowser.search.index.words.coverage import extents
from tuibrowser.search.likeness.contexts import contexts
from tuibrowser.search.likeness.table import text_forms
from tuibrowser.search.query import LAYERS_ASIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.words.grams import GramCounts
    from tuibrowser.search.engine import Engine
    from tuibrowser.search.model import Excerpt, Hit
    from tuibrowser.search.reuse.model import Standing
    from tuibrowser.search.values import Coverage, Cutting, Place, Unit

    Array = npt.NDArray[Any]

_TEXT: Final = frozenset({Layer.TEXT})


@dataclass(frozen=True, slots=True)
class Holding:
    """What a shard holds: the numbers of its documents by segment, the documents of the corpus, and its characters.

    `frequencies` are how often each id occurs; `asides` are the layers of its text that stand aside.
    """

    segments: Sequence[Array]
    documents: int
    characters: int
    frequencies: Array
    asides: frozenset[Layer]


_ORDERS = 4
"""Orders of documents that are kept."""


class Kept:
    """The documents of a host."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.ranks: Lately[str, Array] = Lately(_ORDERS)
        """The ranks of the documents in some orders, by the names of these."""
        self._tables: Lately[object, GramTable] = Lately(1)

    def holding(self) -> Holding:
        """What the host holds."""
        segments, reach = self._engine.segments, self._engine.reach()
        frequencies = sum((np.diff(segment.before) for segment in segments), np.zeros(1, np.int64))
        layers = {LAYERS[at] for segment in segments for at in np.unique(segment.layers[:, 2]).tolist()}
        numbers = [segment.numbers for segment in segments]
        return Holding(
            numbers,
            reach.total,
            sum(map(len, segments)),
            frequencies.astype(np.uint32),
            frozenset(layers & LAYERS_ASIDE),
        )

    def know_ranks(self, name: str, ranks: Array) -> None:
        """Know by a name the ranks of the documents of all segments, one segment after another."""
        self.ranks.put(name, ranks)

    def excerpts(self, hits: Sequence[Hit]) -> list[Excerpt | None]:
        """The text around hits and their lines."""
        return self._engine.excerpts(hits)

    def around(self, document: int, raw_span: tuple[int, int]) -> Excerpt | None:
        """The text around a span of a document's raw text."""
        return self._engine.around(document, raw_span)

    def places(self, spans: Sequence[tuple[int, int, int]]) -> list[Place | None]:
        """Where spans begin."""
        return self._engine.places(spans)

    def holds(self, document: int, fingerprint: str) -> bool:
        """Whether the text of a document that is searched has this fingerprint."""
        return self._engine.holds(document, fingerprint)

    def line_of(self, document: int, raw_offset: int) -> int | None:
        """The line at an offset into a document's raw text."""
        return self._engine.line_of(document, raw_offset)

    def significant(self, layers: frozenset[Layer]) -> Sequence[int]:
        """How many significant characters of some layers each document of the corpus has here."""
        return self._engine.significant(layers)

    def digests(self) -> Sequence[str]:
        """A digest of the text of each document of the corpus, empty where it is elsewhere."""
        return self._engine.digests()

    def prints(self, documents: Collection[int], layers: frozenset[Layer]) -> tuple[Array, Array, Array]:
        """The prints of long paragraphs of some documents, their documents, and their characters in some layers."""
        return prints_of(self._engine.segments, documents, layers)

    def tell(self, documents: Collection[int], prints: Array, firsts: Array) -> None:
        """Know which paragraphs of some documents stand elsewhere, and in which document first."""
        self._engine.kept_once.tell(self._engine.segments, documents, (prints, firsts))

    def pairs(self, keys: Array) -> Array:
        """int64: how often pairs of ids occur here."""
        return together(self._engine.segments, keys)

    def units(
        self, documents: Collection[int], size: int, layers: frozenset[Layer], *, exact: bool, once: bool
    ) -> tuple[Array, Array]:
        """The keys of the units of some documents, ascending, and how often they occur."""
        return self._engine.units(documents, size, layers, exact=exact, once=once).keyed

    def described(
        self,
        units: Sequence[str],
        documents: Collection[int],
        size: int,
        layers: frozenset[Layer],
        *,
        exact: bool,
        once: bool,
    ) -> list[Unit]:
        """The forms of some units, how often they occur, and in how many documents."""
        return self._engine.units(documents, size, layers, exact=exact, once=once).described(units)

    # What documents share

    def stream(self, document: int) -> Array:
        """The characters of a document as those of others are compared with them."""
        return document_stream(self._engine.segments, document)

    def runs_with(self, segment: int, question: Question, most: int, kept: Array | None) -> Answer:
        """The runs of a text with the documents of one of the segments, by its place among them."""
        return runs_in(self._engine.segments[segment], question, most, kept)

    def pairs_with(self, segment: int, question: Question) -> Array:
        """How many pairs of places of each gram of a text there are in one of the segments."""
        return counts_in(self._engine.segments[segment], question)

    def standings(self, firsts: Array, ends: Array, bounds: Sequence[int]) -> list[Standing]:
        """Where passages stand: the addresses from which and up to which their runs go; `bounds` divide the runs."""
        return documents_at(self._engine.segments, firsts).standings(firsts, ends, bounds)

    def offsets(self, addresses: Array) -> Array:
        """int64: the offsets into the raw texts at some addresses."""
        return documents_at(self._engine.segments, addresses).offsets(addresses)

    # Words

    def cutting(self) -> Cutting | None:
        """What cut the texts into words, at once; None where that has not been done."""
        return self._engine.cut_texts.cutting()

    def prepare(self) -> Cutting | None:
        """Cut the texts into words where that has not been done."""
        return self._engine.cut_texts.prepare()

    def extents(self, documents: Collection[int]) -> tuple[Array, Array]:
        """The numbers of those of some documents that are here, and how many characters each has."""
        return extents(self._engine.segments, documents)

    def coverage(self, places: Sequence[tuple[int, int]]) -> Coverage:
        """How many words at some places are known."""
        texts = self._engine.cut_texts
        return texts.keeper.coverage_at(texts.segments, places)

    def vocabulary(self) -> tuple[list[str], Array, Array]:
        """The forms of words, how often each occurs here, and whether the dictionary has it."""
        layer = self._engine.cut_texts.views().layer
        count = len(layer.vocabulary)
        counts = sum((np.bincount(each.forms, minlength=count) for each in layer.segments), np.zeros(count, np.int64))
        return layer.vocabulary.written, counts, layer.vocabulary.known

    def text_forms(self) -> Array:
        """int64: how often each form stands in the text itself."""
        views = self._engine.cut_texts.views()
        return text_forms(views.of(_TEXT), views.layer.vocabulary)

    def contexts(self, forms: Array, rows: Array, first: int, last: int, columns: int) -> tuple[Array, Array]:
        """How often common words stand beside those of some rows: the cells of the table that are not 0, and each.

        Some forms have a row; the first `columns` rows are those of the common words.
        """
        views = self._engine.cut_texts.views()
        row_of = np.full(len(views.layer.vocabulary), -1, np.int32)
        row_of[forms] = rows
        counts = contexts(views.of(_TEXT), row_of, range(first, last), columns).ravel()
        cells = np.flatnonzero(counts)
        return cells.astype(np.uint32), counts.take(cells)

    def words(
        self, documents: Collection[int], layers: frozenset[Layer], *, exact: bool, once: bool
    ) -> tuple[Array, Array]:
        """How often each form occurs in some documents, and in how many it is the first of its word."""
        table = self._engine.cut_texts.units(documents, layers, exact=exact, once=once)
        assert isinstance(table, WordTable)
        return table.forms, table.firsts

    def gram_totals(
        self, documents: Collection[int], layers: frozenset[Layer], size: int, *, exact: bool, once: bool
    ) -> tuple[int, int]:
        """How many times so many words stand in a row in some documents, and how many of these differ."""
        table = self._grams(documents, layers, size, exact=exact, once=once)
        return table.total(), table.types()

    def grams(
        self,
        documents: Collection[int],
        layers: frozenset[Layer],
        size: int,
        part: int,
        parts: int,
        *,
        exact: bool,
        once: bool,
    ) -> GramCounts:
        """So many words in a row in some documents: one of so many parts of them."""
        return self._grams(documents, layers, size, exact=exact, once=once).counted(part, parts)

    def _grams(
        self, documents: Collection[int], layers: frozenset[Layer], size: int, *, exact: bool, once: bool
    ) -> GramTable:
        """The table of these, which is asked for again and again."""
        key = tuple(documents), layers, size, exact, once
        table = self._engine.cut_texts.units(documents, layers, size, exact=exact, once=once)
        assert isinstance(table, GramTable)
        known = self._tables.get(key)
        return known if known is not None and known.vocabulary is table.vocabulary else self._tables.put(key, table)

    def grams_described(
        self,
        units: Sequence[str],
        documents: Collection[int],
        layers: frozenset[Layer],
        size: int,
        *,
        exact: bool,
        once: bool,
    ) -> list[Unit]:
        """The forms of some of these, how often they occur, and in how many documents."""
        return self._grams(documents, layers, size, exact=exact, once=once).described(units)
