"""Parts: work on segments, or on many positions of one, shared between two threads.

NumPy lets go of the interpreter while it reads and writes large arrays. How much two threads gain depends on where the
text lies: two thirds of the time in the processor's cache, four fifths where its memory is what they wait for. Work
that is shared out already is not shared again.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import ThreadPoolExecutor

    import numpy.typing as npt

    Array = npt.NDArray[Any]
    Piece = TypeVar("Piece")
    Answer = TypeVar("Answer")

THREADS: Final = 2

PART: Final = 1 << 15
"""Positions worked on at a time: what is made of them on the way stays in the processor's cache."""

_here = threading.local()


@cache
def _threads() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(THREADS, "search", initializer=lambda: setattr(_here, "shared", True))


def each(work: Callable[[Piece], Answer], pieces: Sequence[Piece], *, shared: bool) -> list[Answer]:
    """The answers for all pieces, in their order."""
    if not shared or len(pieces) < THREADS or getattr(_here, "shared", False):
        return list(map(work, pieces))
    return list(_threads().map(work, pieces))


def in_parts(work: Callable[..., tuple[Array, ...]], *columns: Array) -> tuple[Array, ...]:
    """What `work` makes of columns of equal length; of long ones part by part, and the parts put together."""
    length = len(columns[0])
    if length <= PART:
        return work(*columns)

    def several(bounds: Sequence[slice]) -> list[tuple[Array, ...]]:
        return [work(*(column[part] for column in columns)) for part in bounds]

    bounds = [slice(at, at + PART) for at in range(0, length, PART)]
    half = (len(bounds) + 1) // THREADS
    answers = each(several, (bounds[:half], bounds[half:]), shared=True)
    return tuple(map(np.concatenate, zip(*(answer for held in answers for answer in held), strict=True)))
