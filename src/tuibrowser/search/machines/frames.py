"""Frames: what goes between processes: a length, then msgpack of plain values alone; no pickle, no code.

A request is `[VERSION, generation, id, method, arguments]`, where the arguments are a handle's number and values by
name. An answer is `[VERSION, generation, id, kind, value]`; the kind is one of `Kind`.
"""

from __future__ import annotations

import struct
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgpack

from tuibrowser.language.i18n import plain
from tuibrowser.search.machines.arrays import WireError

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION: Final = 1

MOST_ANSWERED: Final = 256 << 20
"""Bytes of an answer at most."""

MOST_ASKED: Final = 16 << 20
"""Bytes of a request at most."""

_LENGTH: Final = struct.Struct("<I")
_LARGEST_READ: Final = 1 << 20
"""Bytes for which memory is taken at a time: a length alone, which anyone can send, takes none."""


class Kind(StrEnum):
    """What an answer is."""

    VALUE = "value"
    """The answer; nothing more comes."""
    ITEM = "item"
    """One of several."""
    PROGRESS = "progress"
    ERROR = "error"
    GONE = "gone"
    """The handle is not held any more."""
    OUTDATED = "outdated"
    """What is served is of another generation than the request."""
    REPLACED = "replaced"
    """A newer search took the place of this one."""
    CHANGED = "changed"
    """Nobody asked: there is a newer generation."""


class Frame(NamedTuple):
    """A request or an answer. `name` is the method of a request, and the kind of an answer."""

    generation: str
    id: int
    name: str
    value: Any


class TooLargeError(WireError):
    """A frame is larger than those that are taken."""

    def __init__(self, size: int, most: int) -> None:
        super().__init__(
            plain("{size:,} bytes are more than can be sent at once, which are {most:,}", size=size, most=most)
        )


def packed(frame: Frame, most: int | None = None) -> bytes:
    """A frame as it is sent. Raise TooLargeError, and WireError where it holds what is no plain value.

    It is too large above so many bytes, those of an answer where none are given.
    """
    most = MOST_ANSWERED if most is None else most
    try:
        data: bytes = msgpack.packb(
            [VERSION, *frame], use_bin_type=True, unicode_errors="surrogatepass", default=_scalar
        )
    except (TypeError, ValueError, OverflowError) as error:
        raise WireError(str(error)) from None
    if len(data) > most:
        raise TooLargeError(len(data), most)
    return _LENGTH.pack(len(data)) + data


def _scalar(value: Any) -> Any:
    """A number of NumPy as one of Python."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} is no plain value")


def unpacked(data: bytes | bytearray) -> Frame:
    """The frame that `packed` packed, without its length. Raise WireError for anything else."""
    try:
        row = msgpack.unpackb(
            data,
            raw=False,
            unicode_errors="surrogatepass",
            use_list=False,
            strict_map_key=True,
            max_ext_len=0,
            ext_hook=_refused,
        )
    except (ValueError, RecursionError, msgpack.UnpackException) as error:
        raise WireError(str(error) or type(error).__name__) from None
    match row:
        case (int() as version, str() as generation, int() as number, str() as name, value) if version == VERSION:
            return Frame(generation, number, name, value)
    raise WireError("this is no frame of this version")


def _refused(*_: object) -> None:
    raise WireError("a type of its own")


def read_frame(read: Callable[[int], bytes], most: int) -> Frame | None:
    """Read the next frame; None where nothing more comes.

    `read` gives at most so many bytes, none at the end. Raise WireError for what is no frame, or one above `most`.
    """
    head = _exactly(read, _LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise WireError("a frame was cut short")
    (length,) = _LENGTH.unpack(head)
    if length > most:
        raise WireError(f"a frame of {length:,} bytes")
    data = _exactly(read, length)
    if len(data) < length:
        raise WireError("a frame was cut short")
    return unpacked(data)


def _exactly(read: Callable[[int], bytes], length: int) -> bytes | bytearray:
    """So many bytes, fewer where nothing more comes."""
    first = read(min(length, _LARGEST_READ))
    if len(first) == length:
        return first
    data = bytearray(first)
    while first and len(data) < length:
        first = read(min(length - len(data), _LARGEST_READ))
        data += first
    return data
