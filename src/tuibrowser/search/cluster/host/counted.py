"""Counted: the matches of a host as figures count them, as sums that those of other hosts are added to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.answering.matches import LocalMatches
    from tuibrowser.search.counting.clusters import ClusterCounts
    from tuibrowser.search.model import HitKind
    from tuibrowser.search.values import Beside, Context, Match, Neighbour

    Array = npt.NDArray[Any]


class Counted:
    """Counts the matches of a host."""

    def __init__(self, matches: LocalMatches) -> None:
        self._matches = matches

    def in_order(self) -> tuple[Array, Array]:
        """The documents with matches, ascending, and how many each has."""
        return self._matches.order.documents, self._matches.order.counts

    def of(self, indices: Array) -> list[Match]:
        """The matches of some indices."""
        return self._matches.of(indices)

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind there is."""
        return self._matches.totals()

    def strips(self, count: int) -> dict[int, list[int]]:
        """How many matches begin in each of so many equal stretches of each document with any."""
        return self._matches.strips(count)

    def contexts(self, indices: Array, width: int) -> list[Context]:
        """The matches of some indices with so many characters on either side."""
        return self._matches.contexts_of(indices, width)

    def keys(self, beside: Beside) -> Array:
        """uint16, a column for each match: the ids beside it by which it is ordered."""
        return self._matches.keys(beside)

    def neighbours(self, left: int, right: int, size: int) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """The units in the windows of matches, and those that overlap matches, as they are written, and how often."""
        return self._matches.tallied(left, right, size)

    def near(self, units: Sequence[str], left: int, right: int, *, exact: bool) -> list[Neighbour]:
        """Where each of some units stands in a window of so many units left and right."""
        return self._matches.near(units, left, right, exact=exact)

    def clusters(self, size: int, side: Beside, *, exact: bool) -> ClusterCounts:
        """The clusters of the matches with so many characters on one side."""
        return self._matches.cluster_counts(size, side, exact=exact)

    def word_neighbours(self, left: int, right: int, *, exact: bool) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """The forms of words in the windows of matches, and those that overlap matches, and how often each is there."""
        return self._matches.word_tallied(left, right, exact=exact)

    def words_near(self, words: Sequence[str], left: int, right: int, *, exact: bool) -> list[Neighbour]:
        """Where each of some words stands in a window of so many words left and right."""
        return self._matches.words_near(words, left, right, exact=exact)
