"""Cut texts: the texts of an engine cut into words, and what is counted in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.model import Layer
from tuibrowser.hanzi.cutting import dictionaries
from tuibrowser.hanzi.words import own_problem
from tuibrowser.language.i18n import plain
from tuibrowser.search.answering.matches import LocalMatches, Part
from tuibrowser.search.counting.words.grams import BETWEEN, GramTable
from tuibrowser.search.counting.words.tables import NO_WORD, WordTable, by_word, chosen, words_of
from tuibrowser.search.counting.words.views import WordViews, views_of
from tuibrowser.search.likeness.keeper import likeness_of
from tuibrowser.search.likeness.model import SimilarWords
from tuibrowser.search.likeness.table import text_forms
from tuibrowser.search.values import Cutting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.once import KeptOnce, OnceText
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.keeper import WordKeeper
    from tuibrowser.search.index.words.layer import WordLayer
    from tuibrowser.search.values import Coverage

    Array = npt.NDArray[Any]

_TEXT: Final = frozenset({Layer.TEXT})


def _ignore(*_: object) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class LocalCutTexts:
    """The `CutTexts` of segments of this process."""

    keeper: WordKeeper
    segments: Sequence[Segment]
    is_whole: bool
    once: KeptOnce

    def cutting(self) -> Cutting | None:
        """What cut the texts into words, at once; None where that has not been done."""
        return _cutting(self.keeper.known(self.segments))

    def coverage(self, documents: Collection[int]) -> Coverage:
        """How many of the words of some documents, by their numbers, the dictionary has, without cutting them all."""
        return self.keeper.coverage(self.segments, documents)

    def prepare(
        self, progress: Callable[[int, int], object] = _ignore, cancelled: Callable[[], bool] = _never
    ) -> Cutting | None:
        """Cut the texts into words where that has not been done; None where it was cancelled."""
        return _cutting(self._layer(progress, cancelled))

    def units(
        self,
        documents: Collection[int],
        layers: frozenset[Layer],
        size: int = 1,
        *,
        exact: bool = False,
        once: bool = False,
    ) -> WordTable | GramTable:
        """The words, or so many in a row, in some layers of some documents, by their numbers."""
        views = self.views_of(self.once.of(self.segments, documents)) if once else self.views()
        parts = chosen(views.of(layers, exact=exact), documents)
        vocabulary = views.vocabulary(exact=exact)
        return WordTable(vocabulary, parts) if size == 1 else GramTable(vocabulary, parts, size)

    def matches_of_unit(
        self,
        unit: str,
        documents: Collection[int],
        layers: frozenset[Layer],
        *,
        exact: bool = False,
        once: bool = False,
    ) -> LocalMatches:
        """All occurrences of what `units` counts; a blank divides words in a row."""
        found = self.units(documents, layers, unit.count(BETWEEN) + 1, exact=exact, once=once).occurrences(unit)
        views = partial(self.views_of, self.once.of(self.segments, documents)) if once else self.views
        return LocalMatches([Part(*each) for each in found], layers=layers, words=views)

    def similar(
        self,
        word: str,
        limit: int,
        progress: Callable[[int, int], object] = _ignore,
        cancelled: Callable[[], bool] = _never,
    ) -> SimilarWords | None:
        """The words used like one, most like first; None where it was cancelled."""
        layer = self._layer(progress, cancelled)
        if layer is None:
            return None
        table = likeness_of(layer, self.segments, self.keeper.place, progress, cancelled)
        if table is None:
            return None
        (number,) = words_of(layer.vocabulary, [word])
        found = table.similar(number, layer.vocabulary, limit)
        return found or SimilarWords(word, int(self._counts(layer)[number]) if number != NO_WORD else 0)

    def _counts(self, layer: WordLayer) -> Array:
        """int64: how often each word stands in the text itself."""
        return by_word(layer.vocabulary, text_forms(self.views().of(_TEXT), layer.vocabulary))

    def views(self) -> WordViews:
        """The words of all segments, which are cut now where that has not been done."""
        layer = self._layer(_ignore, _never)
        assert layer is not None
        return views_of(self.segments, layer)

    def views_of(self, text: OnceText) -> WordViews:
        """The words of the segments of a text without what repeats."""
        layer = self.views().layer
        views: WordViews = text.at_hand.setdefault("views", WordViews(text.segments, layer))
        return views

    def _layer(self, progress: Callable[[int, int], object], cancelled: Callable[[], bool]) -> WordLayer | None:
        if not self.is_whole:
            raise CorpusError(plain("words are counted when all texts have been read"))
        return self.keeper.layer(self.segments, progress, cancelled)


def _cutting(layer: WordLayer | None) -> Cutting | None:
    if layer is None:
        return None
    own = dictionaries()
    return Cutting(layer.cutter, tuple(path.name for path in own), tuple(filter(None, map(own_problem, own))))
