"""Aids: the methods of the Python API for study; an open corpus inherits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.study.parallels import PlacedParallels


class _Searched(Protocol):
    @property
    def searcher(self) -> Searcher: ...


class StudyAids:
    """What a reader of a passage looks for next."""

    def parallels(self: _Searched, text: str, limit: int | None = 20, scope: Scope | None = None) -> PlacedParallels:
        """The best `limit` passages that quote, repeat or share most of a text, or all where that is None."""
        from tuibrowser.search.model import EVERY, Scope
        from tuibrowser.study.parallels import parallels

        return parallels(self.searcher, text, EVERY if limit is None else limit, scope or Scope())
