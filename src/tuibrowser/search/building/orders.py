"""Orders: what a host is told to do for an index, and what it answers, as frames of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, get_args

from tuibrowser.language.i18n import plain
from tuibrowser.search.building.folder import Share
from tuibrowser.search.building.making import Made  # noqa: TC001  # The coder looks it up here.
from tuibrowser.search.building.pieces import Task
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.coding import NOTHING, coder
from tuibrowser.search.machines.frames import Frame, packed, unpacked

BUILD: Final = "build"
"""The name of the frames that are orders."""

WORKING, WHOLE, FAILED, UNKNOWN = "working", "whole", "failed", "unknown"
"""What a piece is: being made; there; not to be made here; never begun, or not since the host was started."""

_REFUSED: Final = "refused"
_LENGTH: Final = 4


@dataclass(frozen=True, slots=True)
class About:
    """What makes the index on a host, how many pieces it makes at a time, and the generations that it has."""

    maker: str
    at_once: int
    generations: list[str]


@dataclass(frozen=True, slots=True)
class State:
    """What has become of a piece: so many documents of all are read; it is made; why it is not."""

    name: str
    phase: str
    done: int = 0
    total: int = 0
    made: Made | None = None
    problem: str = ""


_ORDERS: Final[dict[str, tuple[Any, Any]]] = {
    "about": (tuple[()], About),
    "work": (tuple[list[Task], list[str]], list[State]),
    "read": (tuple[str, str, int], bytes),
    "adopt": (tuple[Share, list[str]], list[str]),
}
"""What each order takes and what is answered."""


class RefusedError(Exception):
    """A host does not do what it is told, and why."""


def order(name: str, *arguments: object) -> bytes:
    """An order as bytes."""
    takes, _ = _ORDERS[name]
    coded = [coder(each).encode(value, NOTHING) for each, value in zip(_types(takes), arguments, strict=True)]
    return _bytes(Frame("", 0, BUILD, [name, coded]))


def order_of(frame: Frame) -> tuple[str, list[Any]]:
    """What an order is, and its arguments. Raise WireError for anything else."""
    match frame.value:
        case (str() as name, (*sent,)) if name in _ORDERS and len(sent) == len(_types(_ORDERS[name][0])):
            types = _types(_ORDERS[name][0])
            return name, [coder(each).decode(value, NOTHING) for each, value in zip(types, sent, strict=True)]
    raise WireError("this is no order")


def done(name: str, value: object) -> bytes:
    """What is answered to an order that was carried out."""
    return _bytes(Frame("", 0, name, coder(_ORDERS[name][1]).encode(value, NOTHING)))


def refused(reason: str) -> bytes:
    """What is answered to an order that was not."""
    return _bytes(Frame("", 0, _REFUSED, coder(str).encode(reason, NOTHING)))


def answer_of(name: str, data: bytes) -> Any:
    """The answer to an order. Raise RefusedError, and WireError for anything else."""
    frame = unpacked(data)
    if frame.name == _REFUSED:
        raise RefusedError(coder(str).decode(frame.value, NOTHING))
    if frame.name != name:
        raise RefusedError(plain("it has another version of the program"))
    return coder(_ORDERS[name][1]).decode(frame.value, NOTHING)


def _types(takes: Any) -> tuple[Any, ...]:
    return get_args(takes)


def _bytes(frame: Frame) -> bytes:
    return packed(frame)[_LENGTH:]
