"""Replicated: ask shards, each of which several hosts have; where one host does not answer another one is asked."""

from __future__ import annotations

import queue
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.host.stopping import StoppedError
from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import clauses
from tuibrowser.search.cluster.asking.roster import Patience, Roster, unnoted
from tuibrowser.search.cluster.asking.transport import never
from tuibrowser.search.cluster.host.bundle import Question, answers_of, asking
from tuibrowser.search.cluster.host.calls import GONE, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from tuibrowser.search.cluster.asking.transport import HostTransport
    from tuibrowser.search.cluster.host.bundle import Answer

LONG: Final = 60.0
"""Seconds: what may take longer is not asked of a second host while the first one says that it is there."""

_TICKS: Final = 5
"""Times that it is looked what has become of a host until it is silent."""

_PATIENCE: Final = Patience()


class Replicated:
    """The `Transport` to shards that hosts have, the preferred host of each first.

    Every question goes to one host that is there for each shard, in one frame for all shards of a host.
    """

    def __init__(
        self,
        transport: HostTransport,
        holders: Mapping[int, Sequence[str]],
        generation: str,
        patience: Patience = _PATIENCE,
        note: Callable[[str], object] = unnoted,
    ) -> None:
        """Ask all hosts whether they are there; `note` writes a line into the log."""
        self._transport = transport
        self.holders = holders
        self.generation = generation
        self.version = 0
        """Another one after a host was lost or came back."""
        names = dict.fromkeys(name for several in holders.values() for name in several)
        self.roster = Roster(transport, names, generation, self._changed, patience, note)
        self._note = note
        self.roster.look()

    def _changed(self) -> None:
        self.version += 1

    def hosts(self) -> Mapping[str, str]:
        """Why each host cannot be asked, by its name; "" where it can."""
        return self.roster.reasons()

    def absent(self) -> Mapping[int, str]:
        """Why shards cannot be asked that no host has which is there."""
        reasons = self.roster.reasons()
        return {
            shard: clauses(plain("{host} {reason}", host=name, reason=reasons[name]) for name in names)
            for shard, names in self.holders.items()
            if all(reasons[name] for name in names)
        }

    def ask(
        self, method: str, asked: Mapping[int, bytes], deadline: float, cancelled: Callable[[], bool] = never
    ) -> Mapping[int, bytes]:
        """Ask several shards at once; return what those answered that did so within so many seconds.

        Raise StoppedError soon after `cancelled` says so.
        """
        began = time.monotonic()
        answers = _Asking(self, self._transport, method, asked, deadline).answers(cancelled)
        if (took := time.monotonic() - began) > self.roster.patience.lost and deadline < LONG:
            parts, silent = ", ".join(map(str, asked)), ", ".join(map(str, sorted(asked.keys() - answers.keys())))
            self._note(f"{method} took {took:.1f} s for parts {parts}{silent and f'; no answer of {silent}'}")
        return answers

    def close(self) -> None:
        """Look after the hosts no more."""
        self.roster.close()


@dataclass(slots=True)
class _Sent:
    """A frame that a host has not answered yet."""

    host: str
    shards: Collection[int]
    since: float
    future: Future[bytes]
    is_doubled: bool = False
    """Whether other hosts were asked the same."""


class _Asking:
    """One question to several shards."""

    def __init__(
        self, asks: Replicated, transport: HostTransport, method: str, asked: Mapping[int, bytes], deadline: float
    ) -> None:
        self._asks = asks
        self._roster = asks.roster
        self._transport = transport
        self._method = method
        self._asked = asked
        self._deadline = deadline
        self._patience = asks.roster.patience
        self._gone = refused(asks.generation, GONE, "")
        """What a host answers that does not know of the query: another one that was asked may do better."""
        self._answers: dict[int, bytes] = {}
        self._second_best: dict[int, bytes] = {}
        self._tried: dict[int, set[str]] = {shard: set() for shard in asked}
        self._sent: list[_Sent] = []
        self._done: queue.SimpleQueue[_Sent] = queue.SimpleQueue()

    def answers(self, cancelled: Callable[[], bool]) -> Mapping[int, bytes]:
        """The answers of those shards that answer in time. Raise StoppedError once it was cancelled."""
        self._send(self._asked)
        try:
            while self._waits():
                if cancelled():
                    raise StoppedError
                self._wait()
        finally:
            for each in self._sent:
                each.future.cancel()
        return {**self._second_best, **self._answers}

    def _wait(self) -> None:
        """Wait for an answer, or look what has become of all that was sent."""
        try:
            self._take(self._done.get(timeout=self._patience.silent / _TICKS))
        except queue.Empty:
            for each in list(self._sent):
                self._look(each)

    def _waits(self) -> bool:
        """Whether an answer may still come that is wanted."""
        return any(not self._unanswered(each.shards).isdisjoint(self._awaited(each)) for each in self._sent)

    def _awaited(self, sent: _Sent) -> set[int]:
        """The shards whose answer is waited for at a host: a silent one is not, where another has said anything."""
        shards = set(sent.shards)
        return shards - self._second_best.keys() if self._roster.is_silent(sent.host) else shards

    def _unanswered(self, shards: Iterable[int]) -> set[int]:
        return set(shards) - self._answers.keys()

    def _send(self, shards: Iterable[int]) -> bool:
        """Ask a host about each of some shards that was not asked about it; return whether there is one."""
        together: dict[str, list[int]] = defaultdict(list)
        for shard in shards:
            if (host := self._choice(shard)) is not None:
                together[host].append(shard)
                self._tried[shard].add(host)
        frames = {host: self._frame(several) for host, several in together.items()}
        for host in frames:
            self._roster.count(host, 1)
        for host, future in self._transport.send(frames).items() if frames else ():
            sent = _Sent(host, together[host], time.monotonic(), future)
            self._sent.append(sent)
            future.add_done_callback(lambda _, sent=sent: self._ended(sent))  # type: ignore[misc]
        return bool(frames)

    def _ended(self, sent: _Sent) -> None:
        self._roster.count(sent.host, -1)
        self._done.put(sent)

    def _choice(self, shard: int) -> str | None:
        """The host to ask about a shard; one that says nothing comes last."""
        left = [
            name for name in self._asks.holders[shard] if self._roster.is_there(name) and name not in self._tried[shard]
        ]
        return min(left, key=self._roster.is_silent, default=None)

    def _frame(self, shards: Iterable[int]) -> bytes:
        questions = (Question(shard, self._method, self._asked[shard]) for shard in shards)
        return asking(self._asks.generation, questions)

    # What became of a frame

    def _take(self, sent: _Sent) -> None:
        """Take what a host answered; ask others where it failed."""
        if sent not in self._sent:
            return
        self._sent.remove(sent)
        try:
            answers = answers_of(sent.future.result())
        except Exception as error:  # whatever it is, another host may do better
            self._roster.lose(sent.host, error)
            self._send(self._unanswered(sent.shards))
            return
        self._send(self._failed(answers))

    def _failed(self, answers: Iterable[Answer]) -> Sequence[int]:
        """Keep the answers of a host; return the shards that it could not tell of."""
        failed = []
        for each in answers:
            if each.data is None:
                failed.append(each.shard)
            elif each.data == self._gone:
                self._second_best.setdefault(each.shard, each.data)
            else:
                self._answers.setdefault(each.shard, each.data)
        return failed

    def _look(self, sent: _Sent) -> None:
        """Ask a host whether it is there that has not answered for a while, and others the same that it was asked."""
        age = time.monotonic() - sent.since
        if age > self._deadline or not self._roster.is_there(sent.host):
            self._sent.remove(sent)
            sent.future.cancel()
            self._send(self._unanswered(sent.shards))
            return
        if age < self._patience.silent:
            return
        self._roster.ask_after(sent.host)
        if not sent.is_doubled and (self._roster.is_silent(sent.host) or self._deadline < LONG):
            left = self._unanswered(sent.shards)
            idle = [shard for shard in left if age > self._patience.lost or self._is_idle_elsewhere(shard)]
            sent.is_doubled = len(idle) == len(left)
            self._send(idle)

    def _is_idle_elsewhere(self, shard: int) -> bool:
        names = (name for name in self._asks.holders[shard] if name not in self._tried[shard])
        return any(map(self._roster.is_idle, names))
