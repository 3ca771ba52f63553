"""Calls: the methods that a host answers, and what is asked and answered as bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tuibrowser.language.i18n import plain
from tuibrowser.search.cluster.host.comparing import Comparing
from tuibrowser.search.cluster.host.counted import Counted
from tuibrowser.search.cluster.host.kept import Kept
from tuibrowser.search.cluster.host.passages import Passages
from tuibrowser.search.cluster.host.session import Opening, Session
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.coding import Nothing, coder
from tuibrowser.search.machines.frames import Frame, packed, unpacked
from tuibrowser.search.machines.methods import methods_of
from tuibrowser.search.planning.held import Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tuibrowser.search.machines.methods import Method

METHODS: Final[Mapping[str, Mapping[str, Method]]] = {
    "session": {**methods_of(Steps), **methods_of(Passages), **methods_of(Comparing), **methods_of(Session)},
    "counted": methods_of(Counted),
    "kept": methods_of(Kept),
}
"""What can be asked of a session, of matches that are counted, and of what a host keeps."""

ANSWERED: Final = "answered"
"""The kind of an answer that holds a value."""
GONE: Final = "gone"
"""The session is no longer there."""
FAULTY: Final = "faulty"
"""A pattern cannot be read."""
OUTDATED: Final = "outdated"
"""The host has another generation."""
FAILED: Final = "failed"
"""Anything else went wrong."""

OTHER_STATE: Final = plain("has another state of the corpus")
"""What is said of a host that has another generation."""

_LENGTH: Final = 4
_NOTHING: Final = Nothing()
_OPENING: Final = coder(Opening | None)


def asked(generation: str, method: Method, target: Any, arguments: Mapping[str, Any]) -> bytes:
    """A question as bytes: what is asked of which target, and the arguments."""
    return _bytes(Frame(generation, 0, method.name, [target, method.encode(arguments, _NOTHING)]))


def opened(opening: Opening | None) -> Any:
    """What opens a session as it is sent."""
    return _OPENING.encode(opening, _NOTHING)


def opening_of(sent: Any) -> Opening | None:
    """What opens a session of what was sent."""
    opening: Opening | None = _OPENING.decode(sent, _NOTHING)
    return opening


def question_of(data: bytes, method: Method) -> tuple[str, Any, dict[str, Any]]:
    """The generation, the target and the arguments of a question. Raise WireError for anything else."""
    frame = unpacked(data)
    match frame.value:
        case (target, arguments) if frame.name == method.name:
            return frame.generation, target, method.decode(arguments, _NOTHING)
    raise WireError("this is no question")


def answered(generation: str, method: Method, value: Any) -> bytes:
    """An answer as bytes."""
    return _bytes(Frame(generation, 0, ANSWERED, method.answer.encode(value, _NOTHING)))


def refused(generation: str, kind: str, reason: str) -> bytes:
    """An answer of another kind as bytes."""
    return _bytes(Frame(generation, 0, kind, coder(str).encode(reason, _NOTHING)))


def answer_of(data: bytes, decode: Callable[[Any], Any]) -> tuple[str, Any]:
    """The kind of an answer, and its value, which is to be decoded, or the reason for its kind.

    Raise WireError for anything else.
    """
    frame = unpacked(data)
    value = decode(frame.value) if frame.name == ANSWERED else coder(str).decode(frame.value, _NOTHING)
    return frame.name, value


def _bytes(frame: Frame) -> bytes:
    return packed(frame)[_LENGTH:]
