"""Likeness: the words used alike on several hosts, each of which counts what stands beside words in its own texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.counting.words.tables import NO_WORD, by_word, words_of
from tuibrowser.search.likeness.contexts import SIDES, columns_of, rows_of
from tuibrowser.search.likeness.model import SimilarWords
from tuibrowser.search.likeness.table import LikenessTable, made_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from tuibrowser.search.cluster.asking.hosts import Hosts
    from tuibrowser.search.cluster.figures.words import CommonVocabulary
    from tuibrowser.search.index.words.layer import Vocabulary

    Array = npt.NDArray[Any]
    Cancelled = Callable[[], bool]
    Progress = Callable[[int, int], object]

ROWS: Final = 2_000
"""Words whose contexts are asked for together: an answer has 48 MB at most."""


class _CancelledError(Exception):
    """Nobody waits for the table any more."""


@dataclass(frozen=True)
class LikenessOfHosts:
    """The table of the words of all hosts, and how often each word stands in the text."""

    vocabulary: Vocabulary
    table: LikenessTable
    counts: Array

    def similar(self, word: str, limit: int) -> SimilarWords:
        """The words used like one, most like first."""
        (number,) = words_of(self.vocabulary, [word])
        found = self.table.similar(number, self.vocabulary, limit)
        return found or SimilarWords(word, int(self.counts[number]) if number != NO_WORD else 0)


def likeness_of(
    hosts: Hosts, vocabulary: CommonVocabulary, progress: Progress, cancelled: Cancelled
) -> LikenessOfHosts | None:
    """Have the hosts count what stands beside words, and make the table; None where it was cancelled."""
    forms = vocabulary.spread(hosts.all("kept.text_forms", None, {}, vocabulary.numbers))

    def told(done: int, total: int) -> None:
        if cancelled():
            raise _CancelledError
        progress(done, total)

    def counted(words: Array, part: Callable[[float], object]) -> Array:
        return _counted(hosts, vocabulary, words, part)

    try:
        table = made_of(forms, vocabulary.forms, counted, told)
    except _CancelledError:
        return None
    return LikenessOfHosts(vocabulary.forms, table, by_word(vocabulary.forms, forms))


def _counted(hosts: Hosts, vocabulary: CommonVocabulary, words: Array, progress: Callable[[float], object]) -> Array:
    """float32, a row for each of some words: how often the common words stand beside it on any host."""
    columns, row_of = columns_of(len(words)), rows_of(vocabulary.forms, words)
    counts = np.zeros((len(words), SIDES * columns), np.float32)
    for first in range(0, len(words), ROWS):
        progress(first / len(words))
        last = min(first + ROWS, len(words))
        questions = {
            host: (None, _question(row_of.take(own), first, last, columns)) for host, own in vocabulary.numbers.items()
        }
        part = counts[first:last].reshape(-1)
        for cells, each in hosts.each("kept.contexts", questions).values():
            part[cells] += each
    return counts


def _question(rows: Array, first: int, last: int, columns: int) -> dict[str, Any]:
    """What a host is asked whose forms have some rows: those that are counted, and what may stand beside them."""
    forms = np.flatnonzero(((rows >= first) & (rows < last)) | ((rows >= 0) & (rows < columns)))
    return {"forms": forms, "rows": rows.take(forms), "first": first, "last": last, "columns": columns}
