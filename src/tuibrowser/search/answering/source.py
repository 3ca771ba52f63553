"""Source: the matches of a query of which the first are shown, wherever they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.answering.rows import Rows

    Array = npt.NDArray[Any]

MOST_COMPARED: Final = 50_000
"""Matches of a query up to which passages that are repeated become one hit; of more, each paragraph is a hit."""

_WEIGHED: Final = 64
"""Matches, the first ones, among which those that seem to be whole words come before their equals."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where matches stand in the raw texts: paragraphs within their documents, and what each match marks."""

    paragraphs: Sequence[int]
    spans: Sequence[Sequence[tuple[int, int]]]


class Source(Protocol):
    """The matches of a query in an order."""

    @property
    def total(self) -> int:
        """How many there are."""

    @property
    def kinds(self) -> Mapping[int, HitKind]:
        """The kind of each list of matches, by its number."""

    def first(self, wanted: int) -> Rows:
        """The first matches, so many, in order."""

    def like(self, seeds: Rows, new: Rows, known: Array) -> Rows:
        """Matches that may be the same as some: those in the paragraphs of seeds, and those that may repeat new ones.

        None of them is among the known ones, given by their names.
        """

    def located(self, rows: Rows) -> Located:
        """Where some matches stand in the raw texts."""

    def offsets(self, whose: Array, starts: Array) -> Array:
        """int64: where matches begin in the raw texts, given by their list and where they begin in its segment."""


def weighed(rows: Rows, are_bound: Callable[[Rows], Array], kinds: Mapping[int, HitKind]) -> Rows:
    """Rows of which the first that seem to be whole words come before their equals.

    `are_bound` says of the pairs of characters at their beginnings, and then of those at their ends, whether they
    belong together.
    """
    some = rows.rows(slice(_WEIGHED))
    inside = are_bound(some).reshape(2, -1).sum(axis=0)
    if HitKind.KEYWORDS in kinds.values():
        inside = inside * np.array([kinds[whose] != HitKind.KEYWORDS for whose in some.whose.tolist()])
    order = np.lexsort((some.starts, some.numbers, inside, some.first))
    return rows.rows(np.concatenate((order, np.arange(len(order), len(rows)))))
