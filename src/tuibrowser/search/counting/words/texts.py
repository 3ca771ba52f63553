"""Texts: the texts of an engine cut into words, and what is counted in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.hanzi.cutting import dictionaries
from tuibrowser.language.i18n import plain
from tuibrowser.search.searcher import Cutting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.keeper import WordKeeper
    from tuibrowser.search.index.words.layer import WordLayer


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

    def cutting(self) -> Cutting | None:
        """What cut the texts into words, at once; None where that has not been done."""
        return _cutting(self.keeper.known(self.segments))

    def prepare(
        self, progress: Callable[[int, int], object] = _ignore, cancelled: Callable[[], bool] = _never
    ) -> Cutting | None:
        """Cut the texts into words where that has not been done; None where it was cancelled."""
        if not self.is_whole:
            raise CorpusError(plain("words are counted when all texts have been read"))
        return _cutting(self.keeper.layer(self.segments, progress, cancelled))


def _cutting(layer: WordLayer | None) -> Cutting | None:
    return None if layer is None else Cutting(layer.cutter, tuple(path.name for path in dictionaries()))
