"""Clerk: answers the requests of one connection, whatever carries them.

Each request is worked on in a thread of its own, as many at a time as there are turns for all connections together.
What a connection holds (matches, lists) is bounded: what was used least recently is let go, and made again by the other
side, which knows what it asked for.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Protocol

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.kept import Kept
from tuibrowser.language.i18n import said
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.coding import NOTHING, coder
from tuibrowser.search.machines.frames import Frame, Kind
from tuibrowser.search.machines.methods import CANCELLED, method

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tuibrowser.search.machines.methods import Method
    from tuibrowser.search.machines.shelf import Shelf
    from tuibrowser.search.searcher import Searcher

HELLO: Final = "hello"
CANCEL: Final = "cancel"
RELEASE: Final = "release"
"""What is asked beside the methods: which generation there is, an answer no more, handles no more."""

MOST_HELD: Final = 256
"""Handles that a connection holds at most."""

MOST_MATCHES: Final = 4_000_000
"""Matches in the handles of a connection at most; each takes some twenty bytes."""

MOST_WAITING: Final = 32
"""Requests of a connection that are worked on or wait at most."""

_SEARCH: Final = "Searcher.search"
_AT_ONCE: Final = frozenset(
    {
        *("Searcher.reach", "Searcher.line_of", "Searcher.known_spans_in", "Searcher.cut_texts"),
        *(
            "Shelf.about",
            "Shelf.names",
            "Shelf.found",
            "Shelf.number_of",
            "Shelf.number_at",
            "Shelf.looks",
            "Shelf.digest",
        ),
        *("Occurrences.__len__", "Matches.__len__", "Matches.at_least", "Matches.bounds", "Matches.notes"),
    }
)
"""Methods that take no time and wait for no turn."""

_TOLD_SECONDS: Final = 0.1
"""Time between two words on progress."""

_LETTERS: Final = coder(str)


class Served(Protocol):
    """A state of a corpus that is served: its name, which is another one when anything changed, and what answers."""

    @property
    def generation(self) -> str:
        """The name of the state."""

    @property
    def searcher(self) -> Searcher:
        """What answers a `Searcher`'s methods."""

    @property
    def shelf(self) -> Shelf:
        """What answers a `Shelf`'s methods."""


class Held:
    """What a connection holds: values that stay here, by their numbers."""

    def __init__(self) -> None:
        self._values: Kept[int, tuple[str, Any]] = Kept(MOST_HELD, limit=MOST_MATCHES, cost=_weight)
        self._numbers = count(1)
        self.get, self.drop, self.clear = self._values.get, self._values.drop, self._values.clear

    def give(self, kind: str, value: object, /) -> int:
        """Hold a value under a number."""
        number = next(self._numbers)
        self._values.put(number, (kind, value))
        return number

    def numbers(self) -> list[int]:
        """The numbers that are held."""
        return [number for number, _ in self._values.items()]

    def take(self, kind: str, number: int, /) -> Any:
        """Raise WireError: no argument is a handle."""
        raise WireError(f"{kind} {number} in a request")


class Clerk:
    """Answers one connection, for which what is served stays the same until it says hello again."""

    def __init__(
        self,
        served: Callable[[], Served],
        send: Callable[[Frame], object],
        turns: threading.Semaphore,
        note: Callable[[str], object],
    ) -> None:
        """`send` sends a frame from any thread, `turns` are shared by all connections, `note` writes into the log."""
        self._latest = served
        self._served = served()
        self._send = send
        self._turns = turns
        self._note = note
        self._lock = threading.Lock()
        self._running: dict[int, _Running] = {}
        self.held = Held()

    def receive(self, frame: Frame) -> None:
        """Take a request. Raise WireError for what is none, after which nothing more is to be taken."""
        if frame.name == HELLO:
            self._served = self._latest()
            self._answer(frame.id, Kind.VALUE, self._served.shelf.digest)
        elif frame.name == CANCEL:
            with self._lock:
                if (running := self._running.get(frame.id)) is not None:
                    running.over.set()
        elif frame.name == RELEASE:
            for number in coder(list[int]).decode(frame.value, NOTHING):
                self.held.drop(number)
        else:
            self._begin(frame)

    def end(self) -> None:
        """Nobody waits for answers any more."""
        with self._lock:
            for running in self._running.values():
                running.over.set()
        self.held.clear()

    # Answering

    def _begin(self, frame: Frame) -> None:
        asked = method(frame.name)
        if asked is None:
            raise WireError(f"no method: {frame.name}")
        match frame.value:
            case (int() as number, dict() as given):
                arguments = asked.decode(given, NOTHING)
            case _:
                raise WireError(f"no arguments of {frame.name}")
        if frame.generation != self._served.generation:
            self._answer(frame.id, Kind.OUTDATED, self._served.generation)
            return
        target = self._target(frame.name.partition(".")[0], frame.name, number)
        if target is None:
            self._answer(frame.id, Kind.GONE, None)
            return
        running = _Running(frame.id, asked, target, arguments)
        with self._lock:
            if frame.id in self._running or len(self._running) >= MOST_WAITING:
                raise WireError("too many requests at once")
            if running.gives_way:
                for other in self._running.values():
                    if other.gives_way:
                        other.is_replaced = True
                        other.over.set()
            self._running[frame.id] = running
        threading.Thread(target=self._run, args=(running,), name=frame.name, daemon=True).start()

    def _target(self, kind: str, name: str, number: int) -> Any:
        """What is asked: the searcher, the shelf, or what is held under a number; None where it is not held."""
        if kind == "Searcher":
            return self._served.searcher
        if kind == "Shelf":
            return self._served.shelf
        held = self.held.get(number)
        if held is None:
            return None
        if held[0] not in (kind, name):
            raise WireError(f"{held[0]} {number} is no {kind}")
        return held[1]

    def _run(self, running: _Running) -> None:
        try:
            for kind, value in self._answers(running):
                self._answer(running.id, kind, value)
        except Exception as error:
            self._fail(running, error)
        finally:
            with self._lock:
                self._running.pop(running.id, None)

    def _answers(self, running: _Running) -> Iterator[tuple[Kind, Any]]:
        """What is sent for a request; a turn is held while it is worked on and not while it is sent."""
        asked, arguments = running.asked, self._completed(running)
        with self._turn(asked.name):
            answer = asked.of(running.target, arguments)
            if not asked.streams:
                answer = asked.answer.encode(answer, self.held)
        if asked.streams:
            while True:
                with self._turn(asked.name):
                    each = next(answer, None)
                if each is None or running.over.is_set():
                    break
                yield Kind.ITEM, asked.answer.encode(each, self.held)
            answer = None
        yield (Kind.REPLACED, None) if running.is_replaced else (Kind.VALUE, answer)

    @contextmanager
    def _turn(self, name: str) -> Iterator[None]:
        if name in _AT_ONCE:
            yield
        else:
            with self._turns:
                yield

    def _completed(self, running: _Running) -> dict[str, Any]:
        """Arguments with the functions that say whether an answer is wanted and are told how far the work is."""
        arguments = dict(running.arguments)
        for name, hint in running.asked.callables.items():
            if hint == CANCELLED:
                arguments[name] = running.over.is_set
            elif name in arguments:
                arguments[name] = self._progress(running.id)
        return arguments

    def _progress(self, number: int) -> Callable[[int, int], None]:
        told = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal told
            if done >= total or time.monotonic() - told > _TOLD_SECONDS:
                told = time.monotonic()
                self._answer(number, Kind.PROGRESS, (done, total))

        return progress

    def _answer(self, number: int, kind: Kind, value: Any) -> None:
        self._send(Frame(self._served.generation, number, kind, value))

    def _fail(self, running: _Running, error: Exception) -> None:
        """Say why a request could not be answered; what nobody expected is noted as well, as an answer too large is."""
        is_wire = isinstance(error, WireError)
        name = next((name for name, known in ERRORS.items() if isinstance(error, known) and not is_wire), "")
        if not name:
            self._note(f"{running.asked.name} failed: {error!r}")
        words = said(error) if name or is_wire else type(error).__name__
        try:
            self._answer(running.id, Kind.ERROR, (name, _LETTERS.encode(words, NOTHING)))
        except (WireError, OSError):
            self._note(f"{running.asked.name}: the answer could not be sent")


ERRORS: Final[dict[str, type[Exception]]] = {
    "corpus": CorpusError,
    "index": IndexError,
    "key": KeyError,
    "value": ValueError,
    "system": OSError,
}
"""What is raised again on the other side, the first that fits."""


class _Running:
    """A request that is worked on."""

    def __init__(self, number: int, asked: Method, target: Any, arguments: dict[str, Any]) -> None:
        self.id = number
        self.asked = asked
        self.target = target
        self.arguments = arguments
        self.over = threading.Event()
        """Set when the answer is not wanted any more."""
        self.is_replaced = False
        self.gives_way = asked.name == _SEARCH and "cancelled" in arguments
        """Whether a newer one of its kind takes its place: a search that may be cancelled."""


def _weight(held: tuple[str, Any]) -> int:
    """The matches of a handle; a list of hits and what else can tell count too."""
    kind, value = held
    return len(value) if kind in _COUNTED else 1


_COUNTED: Final = frozenset({"Occurrences", "Matches", "Reuse"})
