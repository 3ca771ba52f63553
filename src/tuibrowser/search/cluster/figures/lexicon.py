"""Lexicon: the words of all hosts and those used alike, kept as long as the same hosts are there."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from tuibrowser.corpus.kept import Kept
from tuibrowser.search.cluster.figures.likeness import likeness_of
from tuibrowser.search.cluster.figures.words import CutTextsOfHosts, common_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.cluster.asking.hosts import Hosts
    from tuibrowser.search.cluster.figures.likeness import LikenessOfHosts
    from tuibrowser.search.cluster.figures.words import CommonVocabulary


class Lexicon:
    """The words of several hosts. May be called from any thread."""

    def __init__(self, hosts: Hosts, again: Callable[[Callable[[], Any]], Any]) -> None:
        """`again` does something, and once more where a host is lost."""
        self._hosts = hosts
        self._again = again
        self._vocabularies: Kept[tuple[int, ...], CommonVocabulary] = Kept(1)
        self._likenesses: Kept[tuple[int, ...], LikenessOfHosts] = Kept(1)
        self._comparing = threading.Lock()

    def cut_texts(self) -> CutTextsOfHosts:
        """The texts cut into words."""
        return CutTextsOfHosts(self._hosts, self.vocabulary, self.likeness)

    def vocabulary(self) -> CommonVocabulary:
        """The forms of words of all hosts that are there."""
        key = tuple(self._hosts.there)
        known = self._vocabularies.get(key)
        return self._vocabularies.put(key, common_vocabulary(self._hosts)) if known is None else known

    def likeness(self, progress: Callable[[int, int], object], cancelled: Callable[[], bool]) -> LikenessOfHosts | None:
        """The words used alike of all hosts that are there; None where it was cancelled."""

        def work() -> LikenessOfHosts | None:
            vocabulary = self.vocabulary()
            key = tuple(vocabulary.numbers)
            known = self._likenesses.get(key) or likeness_of(self._hosts, vocabulary, progress, cancelled)
            return None if known is None else self._likenesses.put(key, known)

        with self._comparing:
            found: LikenessOfHosts | None = self._again(work)
            return found
