"""Bundle: what is asked of all shards of one host as one frame, and what it answers to that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.frames import Frame, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HELLO, _ASK, _ANSWERS, _OUTDATED = "hello", "ask", "answers", "outdated"
_LENGTH: Final = 4
_MOST: Final = (1 << 32) - 1
"""Bytes of a bundle at most: each question and answer in it is bounded by itself."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a shard: a method such as `session.whole`, and its question as bytes."""

    shard: int
    method: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a shard answers as bytes; where its host cannot tell, `data` is None and there is a reason."""

    shard: int
    data: bytes | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """What a host is asked for its presence: the generation that it serves, and its shards."""

    generation: str
    shards: frozenset[int]


class OutdatedError(Exception):
    """A host serves another generation than the one that was asked for."""


def hello(generation: str) -> bytes:
    """The frame that asks a host whether it is there, and serves a generation."""
    return _bytes(Frame(generation, 0, _HELLO, None))


def asking(generation: str, questions: Iterable[Question]) -> bytes:
    """The frame that asks the shards of a host."""
    return _bytes(Frame(generation, 0, _ASK, [[each.shard, each.method, each.data] for each in questions]))


def questions_of(data: bytes) -> tuple[str, Sequence[Question]] | None:
    """The generation and the questions of a frame; None where it asks for presence. Raise WireError for others."""
    frame = unpacked(data)
    match frame.name, frame.value:
        case str(name), None if name == _HELLO:
            return None
        case str(name), (*rows,) if name == _ASK:
            return frame.generation, [_question(row) for row in rows]
    raise WireError("this asks nothing")


def _question(row: object) -> Question:
    match row:
        case (int() as shard, str() as method, bytes() as data):
            return Question(shard, method, data)
    raise WireError("this asks nothing of a shard")


def present(generation: str, shards: Iterable[int]) -> bytes:
    """The frame of a host that is there."""
    return _bytes(Frame(generation, 0, _HELLO, list(shards)))


def present_of(data: bytes) -> Present:
    """What a host says that is there. Raise WireError for anything else."""
    frame = unpacked(data)
    match frame.name, frame.value:
        case str(name), (*shards,) if name == _HELLO and all(type(each) is int for each in shards):
            return Present(frame.generation, frozenset(shards))
    raise WireError("this is no host")


def answering(generation: str, answers: Iterable[Answer]) -> bytes:
    """The frame with the answers of shards."""
    return _bytes(Frame(generation, 0, _ANSWERS, [[each.shard, each.data, each.reason] for each in answers]))


def outdated(generation: str) -> bytes:
    """The frame of a host that serves another generation than it was asked for."""
    return _bytes(Frame(generation, 0, _OUTDATED, None))


def answers_of(data: bytes) -> Sequence[Answer]:
    """The answers of shards. Raise OutdatedError, and WireError for anything else."""
    frame = unpacked(data)
    match frame.name, frame.value:
        case str(name), (*rows,) if name == _ANSWERS:
            return [_answer(row) for row in rows]
        case str(name), None if name == _OUTDATED:
            raise OutdatedError(frame.generation)
    raise WireError("this answers nothing")


def _answer(row: object) -> Answer:
    match row:
        case (int() as shard, bytes() | None as data, str() as reason):
            return Answer(shard, data, reason)
    raise WireError("this is no answer of a shard")


def _bytes(frame: Frame) -> bytes:
    return packed(frame, _MOST)[_LENGTH:]
