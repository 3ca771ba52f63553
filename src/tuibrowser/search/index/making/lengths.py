"""Lengths: pack whole numbers that are mostly small: the byte 255 as often as it fits, then the rest in a byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

MORE: Final = 255
"""The byte that says that a length goes on with the next one."""


def sizes(lengths: Array) -> Array:
    """How many bytes each of some lengths, none below 0, takes."""
    return lengths // MORE + 1


def packed(lengths: Array) -> Array:
    """uint8: lengths, none below 0, as bytes."""
    reached = np.cumsum(sizes(lengths))
    parts = np.full(int(reached[-1]) if len(reached) else 0, MORE, np.uint8)
    parts[reached - 1] = lengths % MORE
    return parts
