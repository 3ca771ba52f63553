"""Steps: those of a query that a shard carries out in a row, as bytes, and what it answers to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tuibrowser.search.cluster.host.calls import ANSWERED, METHODS, opening_of
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.coding import NOTHING
from tuibrowser.search.machines.frames import Frame, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tuibrowser.search.cluster.host.session import Opening
    from tuibrowser.search.machines.methods import Method

DO: Final = "session.do"
CANCEL: Final = "session.cancel"
"""What is asked of a session: to carry out steps, and to end what it is doing."""

_METHODS: Final = METHODS["session"]
_TEXT: Final = "text"
"""An argument that is sent once where several steps in a row have the same."""
_LENGTH: Final = 4


class Step(NamedTuple):
    """A step by its name and its arguments."""

    name: str
    arguments: Mapping[str, Any]


class Done(NamedTuple):
    """What a shard answers to a step, and how many matches it has then."""

    value: Any
    total: int


SKIPPED: Final = Done(None, -1)
"""What stands for a step that was passed over."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps that are asked of a session.

    What it did from the step of the number `at` on is taken back first; without one the steps change nothing. Those
    after the first `sure` ones are asked ahead: they may be wanted, unless there are matches enough.
    """

    session: str
    opening: Any
    at: int | None
    steps: Sequence[Step]
    sure: int

    def opened(self) -> Opening | None:
        """What the session must know of its query where it is new."""
        return opening_of(self.opening)


def asked_steps(generation: str, asked: Steps) -> bytes:
    """Steps as bytes."""
    rows, text = [], None
    for step in asked.steps:
        arguments = _method(step.name).encode(step.arguments, NOTHING)
        if text is not None and arguments.get(_TEXT) == text:
            del arguments[_TEXT]
        text = arguments.get(_TEXT, text)
        rows.append([step.name, arguments])
    return _bytes(Frame(generation, 0, DO, [asked.session, asked.opening, asked.at, asked.sure, rows]))


def steps_of(data: bytes) -> tuple[str, Steps]:
    """The generation and the steps of a question. Raise WireError for anything else."""
    frame = unpacked(data)
    match frame.name, frame.value:
        case str(name), (str() as session, opening, int() | None as at, int() as sure, (*rows,)) if name == DO:
            return frame.generation, Steps(session, opening, at, list(_steps(rows)), sure)
    raise WireError("this is no question")


def _steps(rows: Iterable[Any]) -> Iterable[Step]:
    text = None
    for row in rows:
        match row:
            case (str() as name, dict() as arguments):
                method = _method(name)
                if text is not None and _TEXT in method.parameters and _TEXT not in arguments:
                    arguments = {**arguments, _TEXT: text}
                text = arguments.get(_TEXT, text)
                decoded = method.decode(arguments, NOTHING)
                yield Step(name, {key: value for key, value in decoded.items() if key not in method.callables})
            case _:
                raise WireError("this is no question")


def answered_steps(generation: str, steps: Sequence[Step], done: Sequence[Done]) -> bytes:
    """The answers to steps as bytes."""
    rows = [
        None if each is SKIPPED else [_method(step.name).answer.encode(each.value, NOTHING), each.total]
        for step, each in zip(steps, done, strict=True)
    ]
    return _bytes(Frame(generation, 0, ANSWERED, rows))


def done_of(rows: Any, steps: Sequence[Step]) -> list[Done]:
    """What was answered to steps. Raise WireError for anything else."""
    match rows:
        case (*found,) if len(found) == len(steps):
            return [_done(row, _method(step.name)) for row, step in zip(found, steps, strict=True)]
    raise WireError("this is no answer")


def _done(row: Any, method: Method) -> Done:
    match row:
        case None:
            return SKIPPED
        case (value, int() as total):
            return Done(method.answer.decode(value, NOTHING), total)
    raise WireError("this is no answer")


def _method(name: str) -> Method:
    if name in _METHODS:
        return _METHODS[name]
    raise WireError(f"there is no {name}")


def _bytes(frame: Frame) -> bytes:
    return packed(frame)[_LENGTH:]
