"""Piped: read a pipe to its end, or, where it does not end, for a while."""

from __future__ import annotations

import os
import select
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MOST: Final = 50_000_000
"""Bytes that are read of a pipe for a while."""

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Piped:
    """What came through a pipe; `goes_on` says that there is more to come."""

    data: bytes
    goes_on: bool = False


def read_for(descriptor: int, seconds: float, waiting: Callable[[], object]) -> Piped:
    """What comes through a pipe until it ends, or for so many seconds from its first byte on.

    Where it goes on, the data end with a whole line, if there is one. `waiting` is called where nothing has come yet
    after so many seconds; there is no end to the wait for the first byte.
    """
    if not select.select([descriptor], [], [], seconds)[0]:
        waiting()
    data = bytearray(os.read(descriptor, _PIECE))
    end, last = monotonic() + seconds, not data
    while not last and len(data) < MOST and (left := end - monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            piece = os.read(descriptor, _PIECE)
            data += piece
            last = not piece
    return Piped(bytes(data)) if last else Piped(bytes(data[: data.rfind(b"\n") + 1] or data), goes_on=True)
