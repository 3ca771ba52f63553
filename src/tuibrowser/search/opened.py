"""Opened: an engine over a corpus, with its index from disk where there is one, else built, else in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tuibrowser.corpus.loading.loader import load
from tuibrowser.corpus.records.catalogue import Catalogue, CatalogueError, take_records, worth_keeping
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.places import folder_of
from tuibrowser.search.index.refresh import PART, Listener, refresh
from tuibrowser.search.index.store import IndexUnusableError, load_segment, open_index
from tuibrowser.search.index.words.keeper import WordPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.store import StoredIndex


def open_engine(corpus: Corpus, index_dir: Path | None, listener: Listener) -> Engine:
    """An engine over all documents of a corpus, whose records are then known; builds the index where need be.

    `index_dir` is a folder of indexes that others keep, which is looked at first and never written. Where no index can
    be kept all is read into memory.
    """
    engine = Engine(corpus)
    if not worth_keeping(corpus):
        read_into(engine, corpus, listener)
        return engine
    kept = find_kept(corpus, index_dir, listener.note)
    try:
        if kept.index is None:
            # What is wrong with an index has been found already.
            refresh(corpus, folder_of(corpus), replace(listener, note=_ignore), _never)
            if kept.reason:
                listener.note(plain("the index {reason} and was built again", reason=kept.reason))
        take_up(engine, corpus, kept.index or open_index(corpus, folder_of(corpus)))
    except (OSError, IndexUnusableError) as error:
        listener.note(plain("no index can be kept ({reason}): all is read into memory", reason=reason_of(error)))
        read_into(engine, corpus, listener)
    return engine


def reason_of(error: Exception) -> str:
    """Why there is no index, in a few words."""
    if isinstance(error, IndexUnusableError):
        return plain("the index {reason}", reason=error.reason) if error.reason else plain("there is no index")
    return system_reason(error)


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """An index that is up to date, or none, and what is wrong with the user's own, empty where it is only outdated."""

    index: StoredIndex | None
    reason: str = ""


def find_kept(corpus: Corpus, index_dir: Path | None, note: Callable[[str], object]) -> KeptIndex:
    """An index that is up to date: the shared one, else the user's own. What is wrong with the shared one is told."""
    if index_dir is not None:
        try:
            stored = open_index(corpus, folder_of(corpus, index_dir), own=False)
            if _fits(stored, corpus):
                return KeptIndex(stored)
            note(plain("the shared index is not up to date"))
        except IndexUnusableError as error:
            note(plain("the shared index {reason}", reason=error.reason or plain("is missing")))
    try:
        stored = open_index(corpus, folder_of(corpus))
    except IndexUnusableError as error:
        return KeptIndex(None, error.reason)
    return KeptIndex(stored if _fits(stored, corpus) else None)


def _fits(stored: StoredIndex, corpus: Corpus) -> bool:
    """Whether an index is up to date; not where another generation has taken its place since it was opened."""
    try:
        return stored.fits(corpus)
    except FileNotFoundError:
        return False


def take_up(engine: Engine, corpus: Corpus, stored: StoredIndex) -> Sequence[int]:
    """Search a stored index of the documents of a corpus, and know them; return the numbers of those that were read.

    Raises IndexUnusableError.
    """
    try:
        if not stored.catalogue.is_of(corpus.sources):
            raise IndexUnusableError(plain("is one of other texts"))
        taken = take_records(corpus, stored.catalogue)
    except CatalogueError as error:
        raise IndexUnusableError(plain("is damaged")) from error
    words = WordPlace(stored.folder, stored.segment_names, folder_of(corpus))
    engine.adopt(stored.segments, files=stored.files, names=stored.names, words=words)
    return taken


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an index in the making, mapped into memory."""

    catalogue: Catalogue
    segment: Segment


def open_part(folder: Path) -> Part:
    """Open a part that `refresh` told of. Raises OSError, ValueError: the index may be done meanwhile."""
    return Part(Catalogue(folder), load_segment(folder, PART))


def read_into(engine: Engine, corpus: Corpus, listener: Listener) -> None:
    """Read all documents and index them in memory."""
    for step in load(corpus, _never):
        engine.add(step.loaded)
        listener.progress(step.done, step.total)
    engine.complete()


def _never() -> bool:
    return False


def _ignore(*_: object) -> None:
    pass
