"""Arrays: those of NumPy, and long rows of integers, as bytes."""

from __future__ import annotations

import math
import sys
from array import array
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection

PACKED: Final = 32
"""Integers in a row from which on they are sent as bytes, which takes a tenth of the time."""

_SHORT: Final = 8
"""Numbers in an array of int64 from which on they are sent in fewer bytes, if they are small and not negative,"""
_WIDE: Final = "wide"
"""which is what this says of an array."""

_CODES: Final = {4: "i", 8: "q"}
_KINDS: Final = frozenset("biuf")
"""Kinds of NumPy's types that are numbers."""


class WireError(ValueError):
    """What came is not what a method takes or gives."""


class Array:
    """What annotations call a NumPy array of numbers; none is made of it."""


class Integers:
    """What annotations call `array[int]`; none is made of it."""

    def __class_getitem__(cls, _: object) -> type[Integers]:
        return cls


def packed_integers(values: Collection[int]) -> bytes:
    """Integers of 64 bits at most, as bytes; the first one tells how many bytes each takes."""
    try:
        packed = array("i", values)
    except OverflowError:
        packed = array("q", values)
    return bytes([packed.itemsize]) + _little(packed).tobytes()


def unpacked_integers(packed: bytes) -> array[int]:
    """What `packed_integers` packed. Raise WireError for anything else."""
    code = _CODES.get(packed[0]) if packed else None
    if code is None or (len(packed) - 1) % packed[0]:
        raise WireError("these are no integers")
    values = array(code)
    values.frombytes(memoryview(packed)[1:])
    return _little(values)


def _little(values: array[int]) -> array[int]:
    if sys.byteorder == "big":
        values.byteswap()
    return values


def packed_array(values: Any) -> list[Any]:
    """A NumPy array as its type, its shape and its bytes."""
    import numpy as np

    plain = np.ascontiguousarray(values)
    if plain.dtype == np.int64 and plain.size >= _SHORT:
        narrow = np.min_scalar_type(max(int(plain.max()), -1 - int(plain.min())))
        if narrow.itemsize < plain.itemsize and plain.min() >= 0:
            return [narrow.newbyteorder("<").str, list(values.shape), plain.astype(narrow).tobytes(), _WIDE]
    return [
        plain.dtype.newbyteorder("<").str,
        list(values.shape),
        plain.astype(plain.dtype.newbyteorder("<")).tobytes(),
    ]


def unpacked_array(packed: Any) -> Any:
    """What `packed_array` packed, not to be written to. Raise WireError for anything else."""
    import numpy as np

    match packed:
        case (*narrow, wide) if wide == _WIDE:
            return unpacked_array(narrow).astype(np.int64)
        case (str() as name, (*shape,), bytes() as data) if all(type(each) is int and each >= 0 for each in shape):
            try:
                kind = np.dtype(name)
            except (TypeError, ValueError, SyntaxError):
                raise WireError("this is no array") from None
            if kind.kind in _KINDS and kind.itemsize * math.prod(shape) == len(data):
                return np.frombuffer(data, kind).reshape(shape)
    raise WireError("this is no array")
