"""Aids: the methods of the Python API for study; an open corpus inherits them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.likeness.model import SimilarWords
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.study.parallels import PlacedParallels
    from tuibrowser.study.reuse.placed import PlacedReuse


class _Searched(Protocol):
    @property
    def searcher(self) -> Searcher: ...
    @property
    def corpus(self) -> Corpus: ...


class StudyAids:
    """What a reader of a passage looks for next."""

    def parallels(self: _Searched, text: str, limit: int | None = 20, scope: Scope | None = None) -> PlacedParallels:
        """The best `limit` passages that quote, repeat or share most of a text, or all where that is None."""
        from tuibrowser.search.model import EVERY, Scope
        from tuibrowser.study.parallels import parallels

        return parallels(self.searcher, text, EVERY if limit is None else limit, scope or Scope())

    def reuse(
        self: _Searched, document: str | os.PathLike[str], minimum: int = 10, scope: Scope | None = None
    ) -> PlacedReuse:
        """The passages that a document, by its name or title in the corpus, or a file shares with the other documents.

        They hold a run of `minimum` equal characters or more. Raises CorpusError for a document that is not known.
        """
        from tuibrowser.search.model import Scope
        from tuibrowser.study.reuse.asked import asked_of
        from tuibrowser.study.reuse.placed import PlacedReuse

        asked = asked_of(self.corpus, self.searcher, os.fspath(document))
        return PlacedReuse(self.searcher, self.searcher.reuse(asked.sought, scope or Scope(), minimum), asked)

    def reuse_among(
        self: _Searched,
        minimum: int = 10,
        scope: Scope | None = None,
        progress: Callable[[int, int], object] = lambda *_: None,
    ) -> PlacedReuse:
        """The passages that all documents share with one another; `progress` is told how far the work is."""
        from tuibrowser.search.model import Scope
        from tuibrowser.study.reuse.placed import PlacedReuse

        found = self.searcher.reuse_among(scope or Scope(), minimum, progress)
        assert found is not None  # Nobody cancels it.
        return PlacedReuse(self.searcher, found)

    def similar(
        self: _Searched, word: str, limit: int = 20, progress: Callable[[int, int], object] | None = None
    ) -> SimilarWords:
        """The `limit` words that are used like one, most like first, none for a word in fewer than 500 places.

        The texts are cut into words first where that has not been done; `progress` is called with the steps done and
        all.
        """
        found = self.searcher.cut_texts.similar(word, limit, progress or _ignore)
        assert found is not None, "nothing cancels it"
        return found


def _ignore(*_: object) -> None:
    pass
