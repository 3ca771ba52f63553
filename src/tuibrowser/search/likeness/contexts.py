"""Contexts: count which common words stand one and two words before and after each word, within paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.counting.words.tables import by_word
from tuibrowser.search.index.arrays import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.words.views import WordView
    from tuibrowser.search.index.words.layer import Vocabulary

    Array = npt.NDArray[Any]

MOST_WORDS: Final = 20_000
"""The commonest words with a Chinese character, which are compared with one another,"""
_LEAST: Final = 50
"""of those that stand in so many places at least."""
_COMMON: Final = 750
"""The commonest of them, which are told apart beside a word."""
_REACH: Final = 2
"""Words on either side that are looked at."""
SIDES: Final = 2 * _REACH

_TOGETHER: Final = 1 << 22
"""Pairs of words that are counted together."""


def _ignore(_: float) -> None:
    pass


_HAN: Final = (("\u3400", "\u9fff"), ("\U00020000", "\U000323af"))


def compared(forms: Array, vocabulary: Vocabulary) -> tuple[Array, Array]:
    """int64: the words that are compared, the commonest first, and how often each stands in the text.

    `forms` tells how often each form stands there.
    """
    counts = by_word(vocabulary, forms)
    common = np.flatnonzero(counts >= _LEAST)
    common = common[np.argsort(-counts.take(common), kind="stable")]
    written, first = vocabulary.written, vocabulary.commonest
    chinese = [word for word in common.tolist() if _has_han(written[int(first[word])])][:MOST_WORDS]
    words = np.array(chinese, np.int64)
    return words, counts.take(words)


def _has_han(word: str) -> bool:
    return any(low <= letter <= high for letter in word for low, high in _HAN)


def rows_of(vocabulary: Vocabulary, words: Array) -> Array:
    """int32: the row of each form, which is the place of its word among some words; -1 where it has none."""
    place = np.full(vocabulary.size, -1, np.int32)
    place[words] = np.arange(len(words), dtype=np.int32)
    return place.take(vocabulary.words)


def columns_of(count: int) -> int:
    """How many common words are told apart beside each of so many words."""
    return min(_COMMON, count)


def contexts(
    views: Sequence[WordView], rows: Array, some: range, columns: int, progress: Callable[[float], object] = _ignore
) -> Array:
    """float32: how often each common word stands beside the words of some rows, on each side.

    `rows` has the row of each form, and the first `columns` rows are those of the common words. The answer has a row
    for each of `some`. `progress` is called with the share that is done.
    """
    width = SIDES * columns
    counts = np.zeros(len(some) * width, np.float32)
    total, done = max(1, len(views) * SIDES), 0
    for view in views:
        row = rows.take(view.forms)
        paragraph = np.repeat(np.arange(len(view.paragraphs) - 1, dtype=np.int32), np.diff(view.paragraphs))
        for side, (one, other) in enumerate(_sides(len(row))):
            for low in range(0, one.stop - one.start, _TOGETHER):
                here, there = _part(one, low), _part(other, low)
                held = (row[here] >= some.start) & (row[here] < some.stop) & (row[there] >= 0) & (row[there] < columns)
                held &= paragraph[here] == paragraph[there]
                keys = (row[here].compress(held).astype(np.int64) - some.start) * width
                keys += row[there].compress(held) + side * columns
                keys.sort()
                first = np.flatnonzero(changes(keys))
                counts[keys.take(first)] += np.diff(np.append(first, len(keys))).astype(np.float32)
            done += 1
            progress(done / total)
    return counts.reshape(len(some), width)


def _sides(count: int) -> Iterator[tuple[slice, slice]]:
    """The words that have one beside them at each distance and side, and those that stand there."""
    for distance in range(1, _REACH + 1):
        before, after = slice(0, max(0, count - distance)), slice(min(distance, count), count)
        yield before, after
        yield after, before


def _part(whole: slice, low: int) -> slice:
    return slice(whole.start + low, min(whole.start + low + _TOGETHER, whole.stop))
