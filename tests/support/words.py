"""Words: a cutter that needs no dictionary, and words found by reading a text from its beginning."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import pytest

from support.brute import is_gap

if TYPE_CHECKING:
    from collections.abc import Iterator

KNOWN = ("茶樓", "茶楼", "樓酒", "楼酒", "酒酒酒")


class Greedy:
    """Cuts a text into the longest words of a few that stand next, and into characters where none does."""

    name = "greedy 1"

    def lengths(self, text: str) -> list[int]:
        """The lengths of the pieces that a text is cut into."""
        found, at = [], 0
        while at < len(text):
            found.append(max((len(word) for word in KNOWN if text.startswith(word, at)), default=1))
            at += found[-1]
        return found

    def knows(self, word: str) -> bool:
        """Whether it is one of the words."""
        return word in KNOWN


def words_in(text: str) -> list[tuple[int, int]]:
    """The spans of the words of a text."""
    ends = [0, *accumulate(Greedy().lengths(text))]
    return [(start, end) for start, end in pairwise(ends) if not is_gap(text[start])]


@contextmanager
def cut_greedily() -> Iterator[None]:
    """Let texts be cut by `Greedy`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tuibrowser.search.index.words.keeper.cutter", lambda _: Greedy())
        patch.setattr("tuibrowser.search.index.words.cut.simplified", lambda text: text)
        patch.setattr("tuibrowser.search.index.words.coverage.simplified", lambda text: text)
        patch.setattr("tuibrowser.search.index.words.forms.simplified", lambda text: text)
        yield
