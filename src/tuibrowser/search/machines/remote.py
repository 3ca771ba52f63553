"""Remote: what stands here for a searcher, its handles and the functions in its answers, all made of the protocols."""

from __future__ import annotations

import weakref
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.search.machines.clerk import ERRORS
from tuibrowser.search.machines.coding import NOTHING, Nothing, coder
from tuibrowser.search.machines.frames import Kind
from tuibrowser.search.machines.line import GoneError, LostError, OutdatedError, UnansweredError
from tuibrowser.search.machines.methods import CANCELLED, PROGRESS, PROTOCOLS, functions, methods_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from tuibrowser.search.machines.frames import Frame
    from tuibrowser.search.machines.line import Line, Wire
    from tuibrowser.search.machines.methods import Method

_TRIES: Final = 8
_PART: Final = 500
"""Items of a handle that are asked for at a time when it is gone through."""
_CONSTANT: Final = frozenset({"Occurrences", "Matches", "Reuse"})
"""Handles whose length and properties stay the same."""


class Origin(NamedTuple):
    """The request from whose answer a handle came, and the handle's place among those in the answer."""

    asked_of: Proxy
    method: Method
    arguments: Mapping[str, Any]
    place: int
    generation: str


class _Hold:
    """The number under which a server holds a handle, on which connection."""

    def __init__(self, wire: Wire | None, number: int) -> None:
        self.wire = wire
        self.number = number

    def release(self) -> None:
        """Let the server hold it no more; told with the next request."""
        if self.wire is not None:
            self.wire.released.append(self.number)


class Proxy:
    """Something that a server holds; of the searcher and the shelf there is one each."""

    def __init__(self, line: Line, origin: Origin | None = None, hold: _Hold | None = None) -> None:
        self._line = line
        self._origin = origin
        self._hold = hold or _Hold(None, 0)
        self._known: dict[str, Any] = {}
        if origin is not None:
            weakref.finalize(self, self._hold.release).atexit = False

    def _number_on(self, wire: Wire) -> int:
        """The number on a connection; what another one held is asked for again. Raise CorpusError."""
        origin, hold = self._origin, self._hold
        if origin is None or hold.wire is wire:
            return hold.number
        if origin.generation != wire.generation:
            raise CorpusError(plain("the texts were changed meanwhile: search again"))
        taken = _Numbers()
        for frame in _frames(wire, origin.asked_of, origin.method, origin.arguments):
            origin.method.answer.decode(_checked(frame), taken)
        if origin.place >= len(taken.numbers):
            raise CorpusError(plain("the texts were changed meanwhile: search again"))
        hold.wire, hold.number = wire, taken.numbers[origin.place]
        return hold.number

    def _forget(self) -> None:
        """Take this, and what it came from, for held no more."""
        self._hold.wire = None
        if self._origin is not None:
            self._origin.asked_of._forget()

    def _ask(self, asked: Method, arguments: Mapping[str, Any]) -> Any:
        """The one answer to a request."""
        answers = self._answers(asked, arguments)
        try:
            while True:
                next(answers)
        except StopIteration as end:
            return end.value

    def _answers(self, asked: Method, arguments: Mapping[str, Any]) -> Generator[Any, None, Any]:
        """The answers to a request, asked again where the connection broke; returned is the last one."""
        cancelled = _given(asked, arguments, CANCELLED)
        for _ in range(_TRIES):
            wire = self._line.wire(cancelled)
            try:
                if self._line.is_outdated and self._origin is None:
                    self._line.greet()
                return (yield from self._answers_on(wire, asked, arguments))
            except LostError:
                self._line.rest()
            except GoneError:
                self._forget()
            except OutdatedError:
                self._line.is_outdated = True
        raise UnansweredError

    def _answers_on(self, wire: Wire, asked: Method, arguments: Mapping[str, Any]) -> Generator[Any, None, Any]:
        cancelled, progress = _given(asked, arguments, CANCELLED), _given(asked, arguments, PROGRESS)
        taking = _Taking(self, wire, asked, arguments)
        for frame in _frames(wire, self, asked, arguments):
            if frame.name == Kind.PROGRESS:
                if progress is not None:
                    progress(*frame.value)
            elif frame.name == Kind.ITEM:
                yield asked.answer.decode(frame.value, taking)
            elif frame.name == Kind.REPLACED:
                if cancelled is None or not cancelled():
                    raise CorpusError(plain("a newer search took the place of this one"))
            else:
                value = _checked(frame)
                return None if asked.streams else asked.answer.decode(value, taking)
        return None


def _frames(wire: Wire, proxy: Proxy, asked: Method, arguments: Mapping[str, Any]) -> Iterator[Frame]:
    number = proxy._number_on(wire)
    given = {name: value for name, value in arguments.items() if value is not None or name not in asked.callables}
    return wire.answers(asked.name, (number, asked.encode(given, NOTHING)), _given(asked, arguments, CANCELLED))


def _given(asked: Method, arguments: Mapping[str, Any], kind: Any) -> Any:
    """The function of a kind among arguments; None where there is none."""
    return next((arguments[name] for name, hint in asked.callables.items() if hint == kind and name in arguments), None)


def _checked(frame: Frame) -> Any:
    """The value of the last answer. Raise what the server raised."""
    if frame.name == Kind.GONE:
        raise GoneError
    if frame.name == Kind.OUTDATED:
        raise OutdatedError
    if frame.name == Kind.ERROR:
        name, words = frame.value
        said = coder(str).decode(words, NOTHING)
        if name not in ERRORS:
            raise CorpusError(plain("the server failed: {error}", error=said))
        raise ERRORS[name](said)
    return frame.value


class _Numbers(Nothing):
    """Takes nothing but the numbers of the handles in an answer."""

    def __init__(self) -> None:
        self.numbers: list[int] = []

    def take(self, kind: str, number: int, /) -> Any:
        self.numbers.append(number)
        return lambda *_: kind


class _Taking(Nothing):
    """Makes what stands here for the handles in an answer."""

    def __init__(self, proxy: Proxy, wire: Wire, asked: Method, arguments: Mapping[str, Any]) -> None:
        self._made = partial(Origin, proxy, asked, arguments)
        self._line, self._wire = proxy._line, wire
        self._count = 0

    def take(self, kind: str, number: int, /) -> Any:
        origin = self._made(self._count, self._wire.generation)
        self._count += 1
        made = proxy_of(PROTOCOLS[kind]) if kind in PROTOCOLS else Function
        proxy: Proxy = made(self._line, origin, _Hold(self._wire, number))
        return partial(proxy, functions()[kind]) if isinstance(proxy, Function) else proxy


class Function(Proxy):
    """A function in an answer."""

    def __call__(self, asked: Method, *given: Any) -> Any:
        """What it returns."""
        return self._ask(asked, {str(at): value for at, value in enumerate(given)})


@cache
def proxy_of(protocol: type) -> type[Proxy]:
    """The class of what stands for an object of a protocol."""
    members: dict[str, Any] = {}
    is_constant = protocol.__name__ in _CONSTANT
    for name, asked in methods_of(protocol).items():
        if asked.is_property:
            members[name] = property(_asking_once(asked) if is_constant else _asking(asked))
        elif name == "__len__":
            members[name] = _asking_once(asked)
        elif name == "__getitem__":
            members[name] = _item(asked, methods_of(protocol)["__getitem__:1"])
            members["__iter__"] = _by_parts
        elif ":" not in name:
            members[name] = _streaming(asked) if asked.streams else _asking(asked)
    return type(f"Remote{protocol.__name__}", (Proxy,), members)


def _named(asked: Method, given: tuple[Any, ...], named: Mapping[str, Any]) -> dict[str, Any]:
    names = list(asked.parameters)
    if len(given) > len(names) or not named.keys() <= set(names):
        raise TypeError(f"{asked.name} takes {names}")
    return {**dict(zip(names, given, strict=False)), **named}


def _asking(asked: Method) -> Callable[..., Any]:
    return lambda self, *given, **named: self._ask(asked, _named(asked, given, named))


def _streaming(asked: Method) -> Callable[..., Any]:
    return lambda self, *given, **named: self._answers(asked, _named(asked, given, named))


def _asking_once(asked: Method) -> Callable[[Any], Any]:
    def ask(self: Any) -> Any:
        if asked.name not in self._known:
            self._known[asked.name] = self._ask(asked, {})
        return self._known[asked.name]

    return ask


def _item(one: Method, several: Method) -> Callable[[Any, Any], Any]:
    def item(self: Any, index: int | slice) -> Any:
        return self._ask(several if isinstance(index, slice) else one, {"index": index})

    return item


def _by_parts(self: Any) -> Iterator[Any]:
    for start in range(0, len(self), _PART):
        yield from self[start : start + _PART]
