"""Passage: what parallels are looked for, as the ids of its significant characters and the pairs of these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import fold, fold_table

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

LONGEST: Final = 5_000
"""Significant characters of a passage that are looked at."""


@dataclass(frozen=True)
class Passage:
    """The first `LONGEST` significant characters of a text."""

    text: str
    ids: Array
    """uint16: the fold id of each significant character."""
    at: Array
    """int64: the offset into the text, in code points, of each of them."""
    is_cut: bool
    """Whether the text has more of them."""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def keys(self) -> Array:
        """uint32: the pairs of significant characters in a row, as an index has them."""
        return (self.ids[:-1].astype(np.uint32) << np.uint32(16)) | self.ids[1:]

    @cached_property
    def folded(self) -> str:
        """The ids as characters, for comparing texts."""
        return as_text(self.ids)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text, in code points, from one significant character up to another."""
        return int(self.at[start]), int(self.at[end - 1]) + 1


def passage_of(text: str) -> Passage:
    """The passage of a text."""
    ids = fold(text)
    at = np.flatnonzero(ids >= fold_table().gap_end)
    return Passage(text, ids[at[:LONGEST]], at[:LONGEST], len(at) > LONGEST)


def as_text(ids: Array) -> str:
    """Ids as characters, of which those that are alike are the same."""
    return ids.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
