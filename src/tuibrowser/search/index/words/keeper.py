"""Keeper: the words of the texts that are searched: loaded, cut in a process aside, or cut in memory."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.kept import Kept
from tuibrowser.hanzi.cutting import cutter, dictionaries
from tuibrowser.search.index.mapped import check
from tuibrowser.search.index.words.coverage import coverage, coverage_at
from tuibrowser.search.index.words.cut import cut
from tuibrowser.search.index.words.files import LayerUnusableError, layer_folder, load_layer, made_by
from tuibrowser.search.index.words.process import cut_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from tuibrowser.hanzi.cutting import Cutter
    from tuibrowser.search.index.mapped import Mapped
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.layer import WordLayer
    from tuibrowser.search.values import Coverage

    Progress = Callable[[int, int], object]
    Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where the words of an index may be: beside its generation, and in the folder of the user's own index.

    `texts` is the name by which they are known, if it is not that of the generation.
    """

    generation: Path
    segments: tuple[str, ...]
    own: Path
    texts: str = ""

    @property
    def name(self) -> str:
        """The name by which the words are known."""
        return self.texts or self.generation.name

    @property
    def own_folder(self) -> Path:
        """The folder in which this user's words are kept."""
        return layer_folder(self.name, self.own)

    def folders(self) -> list[tuple[Path, bool]]:
        """The folders to look in, each with whether it must be this user's."""
        folders = dict.fromkeys((self.own, self.generation.parent))
        return [(layer_folder(self.name, folder), folder == self.own) for folder in folders]


_COVERAGES: Final = 8
"""Choices of documents of which it is kept how many words are known."""


class WordKeeper:
    """Owns the words of some segments. May be called from any thread; of several that ask, one does the work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._place: WordPlace | None = None
        self._of: tuple[int, ...] = ()
        self._layer: WordLayer | None = None
        self._files: Sequence[Mapped] = ()
        self._coverages: Kept[tuple[object, ...], Coverage] = Kept(_COVERAGES)

    def adopt(self, place: WordPlace | None) -> None:
        """Note where the words of the segments that are searched from now on are kept, if anywhere."""
        self._place, self._layer, self._files = place, None, ()

    @property
    def place(self) -> WordPlace | None:
        """Where the words are kept, if anywhere."""
        return self._place

    def known(self, segments: Sequence[Segment]) -> WordLayer | None:
        """The words of some segments as far as they are known."""
        if self._of != tuple(map(id, segments)):
            return None
        check(self._files)
        return self._layer

    def coverage(self, segments: Sequence[Segment], documents: Collection[int]) -> Coverage:
        """How many words of a sample of some documents are known."""
        key = tuple(map(id, segments)), tuple(documents), tuple(map(os.fspath, dictionaries()))
        if (known := self._coverages.get(key)) is not None:
            return known
        return self._coverages.put(key, coverage(segments, documents, *self._known_by(segments)))

    def coverage_at(self, segments: Sequence[Segment], places: Sequence[tuple[int, int]]) -> Coverage:
        """How many words at some places are known."""
        return coverage_at(segments, places, *self._known_by(segments))

    def _known_by(self, segments: Sequence[Segment]) -> tuple[WordLayer | None, Cutter | None]:
        """What tells of words whether they are known: the words of segments, or else a cutter."""
        layer = self.known(segments)
        return layer, None if layer is not None else cutter(dictionaries())

    def layer(self, segments: Sequence[Segment], progress: Progress, cancelled: Cancelled) -> WordLayer | None:
        """The words of some segments, which are cut now where that was not done; None where it was cancelled."""
        with self._lock:
            if (known := self.known(segments)) is not None:
                return known
            place, of = self._place, tuple(map(id, segments))
            layer, files = self._from(place, segments)
            if layer is None and place is not None:
                if not _kept(place, progress, cancelled):
                    return None
                layer, files = self._from(place, segments)
            if layer is None:
                layer = cut(segments, cutter(dictionaries()), progress, cancelled)
            if place is self._place:
                self._layer, self._files, self._of = layer, files, of
            return layer

    @staticmethod
    def _from(place: WordPlace | None, segments: Sequence[Segment]) -> tuple[WordLayer | None, Sequence[Mapped]]:
        """The words that are kept somewhere, and the files that they are mapped from."""
        if place is not None:
            of = made_by(place.name, dictionaries())
            for folder, own in place.folders():
                with suppress(LayerUnusableError):
                    return load_layer(folder, of, segments, own=own)
        return None, ()


def _kept(place: WordPlace, progress: Progress, cancelled: Cancelled) -> bool:
    """Cut the texts aside, and keep the words if they can be kept; return False where it was cancelled."""
    try:
        return cut_aside(place, progress, cancelled)
    except OSError:
        return True
