"""Keeper: the table of likeness of a layer of words: kept beside it, made in a process aside, or made in memory."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.cutting import dictionaries
from tuibrowser.search.index.words.files import LayerUnusableError, made_by
from tuibrowser.search.likeness.files import load_table
from tuibrowser.search.likeness.process import make_aside
from tuibrowser.search.likeness.table import LikenessTable, made

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.keeper import WordPlace
    from tuibrowser.search.index.words.layer import WordLayer

    Progress = Callable[[int, int], object]
    Cancelled = Callable[[], bool]

_LOCK: Final = threading.Lock()
_NAME: Final = "likeness"


def likeness_of(
    layer: WordLayer, segments: Sequence[Segment], place: WordPlace | None, progress: Progress, cancelled: Cancelled
) -> LikenessTable | None:
    """The table of a layer of words, made now where there is none; None where it was cancelled.

    `place` is where the words are kept, if anywhere. Of several threads that ask, one does the work.
    """
    with _LOCK:
        known: LikenessTable | None = layer.at_hand.get(_NAME)
        if known is None and (found := _from(place, progress, cancelled)) is None and cancelled():
            return None
        if known is None:
            known = layer.at_hand[_NAME] = found or made(segments, layer, progress)
        return known


def _from(place: WordPlace | None, progress: Progress, cancelled: Cancelled) -> LikenessTable | None:
    """The table that is kept, which is made aside where there is none yet; None where it cannot be kept."""
    if place is None:
        return None
    if (found := _kept(place)) is not None:
        return found
    with suppress(OSError):
        make_aside(place, progress, cancelled)
    return _kept(place)


def _kept(place: WordPlace) -> LikenessTable | None:
    of = made_by(place.name, dictionaries())
    for folder, own in place.folders():
        with suppress(LayerUnusableError):
            return load_table(folder, of, own=own)
    return None
