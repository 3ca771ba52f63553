"""Crew: the hosts that make the pieces of an index, each of which has at most one order to answer at a time."""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain, said
from tuibrowser.search.building.orders import FAILED, UNKNOWN, WHOLE, RefusedError, answer_of, order
from tuibrowser.search.machines.arrays import WireError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from tuibrowser.search.building.making import Made
    from tuibrowser.search.building.orders import About, State
    from tuibrowser.search.building.pieces import Piece
    from tuibrowser.search.cluster.asking.transport import HostTransport

PATIENCE: Final = 30.0
"""Seconds without a word after which others do what a host had to do. It may be started again in that time."""

_SOONEST, _LATEST = 0.02, 0.5
"""Seconds between two questions how far a host is, which grow while it has nothing new to tell."""
_LOOKS: Final = 4
"""How often a host that has nothing to do is asked whether it is there, in the time after which it would be lost."""
_AHEAD: Final = 2
"""Pieces that a host is given beyond those that it makes at a time."""
_PATIENT: Final = 600.0
"""Seconds that a host may take to hand out records or to open its part of an index."""

ANOTHER_VERSION: Final = plain("it has another version of the program")
NO_ANSWER: Final = plain("it does not answer")


@dataclass(slots=True, eq=False)
class Worker:
    """A host: what it said of itself, what it has made, and why it is not given anything any more."""

    name: str
    about: About | None = None
    made: dict[str, Made] = field(default_factory=dict)
    problem: str = ""
    begun: dict[str, State | None] = field(default_factory=dict)
    """Pieces that it was told to make, as far as it has told of them."""
    asked: tuple[str, Future[bytes]] | None = None
    since: float = 0.0
    """When it was asked, or heard last."""
    heard: float = 0.0
    pause: float = _SOONEST

    def left(self, wanted: Iterable[Piece]) -> list[Piece]:
        """Those of some pieces that it has not made."""
        return [piece for piece in wanted if piece.name not in self.made]

    def done(self) -> int:
        """How many documents it has read of those pieces that it has not made."""
        return sum(state.done for state in self.begun.values() if state is not None)


class Crew:
    """The hosts of an index in the making, by their names."""

    def __init__(self, transport: HostTransport, names: Iterable[str], maker: str, patience: float = PATIENCE) -> None:
        self._transport = transport
        self._maker = maker
        self._patience = patience
        self.workers = {name: Worker(name, heard=time.monotonic()) for name in names}
        self._looked = time.monotonic()
        """When hosts were looked after last."""

    @property
    def there(self) -> list[str]:
        """The hosts that can be given something, or may yet answer."""
        return [name for name, worker in self.workers.items() if not worker.problem]

    def step(self, wanted: Mapping[str, Sequence[Piece]]) -> None:
        """Take what hosts answer, and give them more to do; wait a moment.

        The time since the step before is not counted against hosts: nobody has asked them anything.
        """
        now = time.monotonic()
        for worker in self.workers.values():
            worker.heard += now - self._looked
        for name in self.there:
            self._take(self.workers[name])
            if not self.workers[name].problem:
                self._give(self.workers[name], wanted.get(name, ()))
        waiting = [self.workers[name].asked for name in self.there]
        futures = [asked[1] for asked in waiting if asked is not None]
        wait(futures, _SOONEST, FIRST_COMPLETED)
        time.sleep(_SOONEST / 2)
        self._looked = time.monotonic()

    def _take(self, worker: Worker) -> None:
        now = time.monotonic()
        if worker.asked is not None and worker.asked[1].done():
            name, answer = worker.asked
            worker.asked = None
            try:
                told = answer_of(name, answer.result())
            except (RefusedError, CorpusError, WireError) as error:
                worker.problem = said(error)
                return
            except Exception:
                pass
            else:
                worker.heard = now
                self._told(worker, name, told)
        if now - worker.heard > self._patience:
            self.give_up(worker.name, NO_ANSWER)

    def _told(self, worker: Worker, name: str, told: Any) -> None:
        if name == "about":
            worker.about = told
            if told.maker != self._maker:
                worker.problem = ANOTHER_VERSION
            return
        worker.pause = min(_LATEST, 1.5 * worker.pause)
        for state in told:
            worker.begun[state.name] = state
            if state.phase == WHOLE:
                worker.made[state.name] = state.made
                worker.pause = _SOONEST
                del worker.begun[state.name]
            elif state.phase == FAILED:
                worker.problem = state.problem
            elif state.phase == UNKNOWN:
                del worker.begun[state.name]

    def _give(self, worker: Worker, wanted: Sequence[Piece]) -> None:
        """Give a host the next order, if it has answered the last one and it is time."""
        now = time.monotonic()
        if worker.asked is not None or now - worker.since < worker.pause:
            return
        if worker.about is None:
            self._send(worker, "about")
            return
        left = worker.left(wanted)
        room = worker.about.at_once + _AHEAD - len(worker.begun)
        new = [piece for piece in left if piece.name not in worker.begun][: max(0, room)]
        worker.begun.update((piece.name, None) for piece in new)
        if worker.begun:
            self._send(worker, "work", [piece.task for piece in new], list(worker.begun))
        elif now - worker.heard > self._patience / _LOOKS:
            self._send(worker, "about")  # it has nothing to do, and must not be taken for lost

    def _send(self, worker: Worker, name: str, *arguments: object) -> None:
        worker.since = time.monotonic()
        worker.asked = name, self._transport.send({worker.name: order(name, *arguments)})[worker.name]

    def give_up(self, name: str, problem: str) -> None:
        """Give a host nothing any more."""
        worker = self.workers[name]
        if worker.asked is not None:
            worker.asked[1].cancel()
            worker.asked = None
        worker.problem = worker.problem or problem

    def ask(self, host: str, name: str, *arguments: object) -> Any:
        """Ask a host something alone, and wait. Raise RefusedError, or another Exception where it does not answer."""
        future = self._transport.send({host: order(name, *arguments)})[host]
        try:
            return answer_of(name, future.result(_PATIENT))
        finally:
            future.cancel()

    def ask_each(self, name: str, arguments: Mapping[str, Sequence[object]]) -> dict[str, Any]:
        """Ask hosts something, each with arguments of its own; what went wrong is an Exception in the answers."""
        futures = self._transport.send({host: order(name, *each) for host, each in arguments.items()})
        end = time.monotonic() + _PATIENT
        found: dict[str, Any] = {}
        for host, future in futures.items():
            try:
                found[host] = answer_of(name, future.result(max(0.0, end - time.monotonic())))
            except Exception as error:
                future.cancel()
                found[host] = error
        return found
