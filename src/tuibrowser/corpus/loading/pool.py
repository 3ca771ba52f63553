"""Processes that read documents beside the one that shows them."""

from __future__ import annotations

import os
import pickle
import selectors
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, TYPE_CHECKING, Final, Generic, Self, cast

from tuibrowser.corpus.loading import child
from tuibrowser.corpus.loading.frames import FRAME
from tuibrowser.corpus.loading.limits import seconds_for, spent_by
from tuibrowser.corpus.loading.loaded import Failure, T
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from tuibrowser.corpus.loading.loaded import LoadedDocument
    from tuibrowser.corpus.model import Source

Batch = tuple[tuple[int, "Source"], ...]

_MOST: Final = 4
"""Processes; more would only wait for the one that gathers their answers."""
_AHEAD: Final = 2
"""Batches given to a process at a time, so that it need not wait for the next."""
_WAIT_SECONDS: Final = 0.05
"""Longest time until a cancellation is noticed."""
_ITS_SHARE: Final = 0.25
"""Share of the time it may take that a process has had a processor where it is not the machine that is slow."""
_READ: Final = 1 << 20
"""Bytes taken from a pipe at a time."""
_ENDED: Final = plain("cannot be read: the process that read it ended")
_TOO_LONG: Final = plain("cannot be read: it takes too long")


@dataclass(slots=True, eq=False)
class _Process(Generic[T]):
    process: subprocess.Popen[bytes]
    batches: deque[Batch] = field(default_factory=deque)
    """Those given to it and not answered yet."""
    received: bytearray = field(default_factory=bytearray)
    deadline: float = 0.0
    """When the batch at hand has taken longer than it may, by the monotonic clock."""
    allowed: float = 0.0
    """The seconds that the batch at hand may take."""
    spent: float = 0.0
    """The seconds of a processor that it had before the batch at hand."""

    @property
    def tasks(self) -> IO[bytes]:
        return cast("IO[bytes]", self.process.stdin)

    @property
    def answers(self) -> IO[bytes]:
        return cast("IO[bytes]", self.process.stdout)

    def give(self, encoding: str | None, batch: Batch, made: Callable[[LoadedDocument], T]) -> None:
        """Hand it a batch. Tasks are far smaller than what a pipe holds, so this does not block."""
        self.batches.append(batch)
        with suppress(BrokenPipeError):  # it ended; its answers will say so
            pickle.dump((encoding, batch, made), self.tasks, pickle.HIGHEST_PROTOCOL)
            self.tasks.flush()
        if len(self.batches) == 1:
            self._begin(is_first=True)

    def _begin(self, *, is_first: bool) -> None:
        """Let the time of the batch at hand begin."""
        sources = (source for _, source in self.batches[0]) if self.batches else ()
        self.allowed = seconds_for(sources, is_first=is_first)
        self.deadline = time.monotonic() + self.allowed
        self.spent = spent_by(self.process.pid).seconds

    def is_late(self) -> bool:
        """Whether the batch at hand has taken longer than it may.

        On a machine with too much to do, a process that would work but hardly came to it gets as much time again.
        """
        if not self.batches or time.monotonic() <= self.deadline:
            return False
        now = spent_by(self.process.pid)
        if not now.is_at_work or now.seconds - self.spent >= _ITS_SHARE * self.allowed:
            return True
        self.deadline = time.monotonic() + self.allowed
        return False

    def take(self) -> Iterator[list[T | Failure]]:
        """The answers that its last bytes complete."""
        while len(self.received) >= FRAME.size:
            end = FRAME.size + FRAME.unpack_from(self.received)[0]
            if len(self.received) < end:
                return
            answer = pickle.loads(memoryview(self.received)[FRAME.size : end])
            del self.received[:end]
            self.batches.popleft()
            self._begin(is_first=False)
            yield answer

    def end(self) -> None:
        """End it at once."""
        child.end(self.process)


class Pool(Generic[T]):
    """Reads batches of documents in processes of its own; as a context it ends them on leaving, at once.

    `made` is a function of a module, which makes in these processes what is wanted of each document. Raises OSError, on
    entering and while it reads, where no process can be started or none gets so far as to answer.
    """

    def __init__(self, batches: Iterable[Batch], encoding: str | None, made: Callable[[LoadedDocument], T]) -> None:
        self._batches = iter(batches)
        self._pending: deque[Batch] = deque()
        """Batches that come before those not asked for yet."""
        self._encoding = encoding
        self._made = made
        self._processes: set[_Process[T]] = set()
        self._answered = False
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        try:
            for _ in range(_readers()):
                if self._has_more():
                    self._start()
        except OSError:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def answers(self, cancelled: Callable[[], bool]) -> Iterator[list[T | Failure]]:
        """Answers of the processes, a batch at a time in the order they finish, until all is read or `cancelled`."""
        while self._processes and not cancelled():
            for key, _ in self._selector.select(_WAIT_SECONDS):
                worker: _Process[T] = key.data
                data = os.read(worker.answers.fileno(), _READ)
                if not data:
                    yield self._lost(worker)
                    continue
                worker.received += data
                for answer in worker.take():
                    self._answered = True
                    yield answer
                self._feed(worker)
            for worker in [each for each in self._processes if each.is_late()]:
                yield self._lost(worker, _TOO_LONG)

    def _start(self) -> None:
        worker: _Process[T] = _Process(child.start())
        self._processes.add(worker)
        self._selector.register(worker.answers, selectors.EVENT_READ, worker)
        self._feed(worker)

    def _feed(self, worker: _Process[T]) -> None:
        """Give a process more to do; end it when there is nothing left."""
        while len(worker.batches) < _AHEAD and self._has_more():
            worker.give(self._encoding, self._pending.popleft(), self._made)
        if not worker.batches:
            self._dismiss(worker)

    def _lost(self, worker: _Process[T], reason: str = _ENDED) -> list[T | Failure]:
        """Replace a process that ended too soon: its documents are read one by one, and the one to blame left out."""
        if not self._answered and reason is _ENDED:
            raise OSError("the processes that read do not work here")
        self._dismiss(worker)
        first, *others = worker.batches
        for batch in reversed(others):
            self._pending.appendleft(batch)
        failures: list[T | Failure] = []
        if len(first) == 1:
            failures.append(Failure(first[0][0], reason))
        else:
            self._pending.extendleft((document,) for document in reversed(first))
        if self._has_more():
            self._start()
        return failures

    def _has_more(self) -> bool:
        """Whether there is a batch to give; the next one is then pending."""
        if not self._pending:
            self._pending.extend(islice(self._batches, 1))
        return bool(self._pending)

    def _dismiss(self, worker: _Process[T]) -> None:
        self._selector.unregister(worker.answers)
        self._processes.discard(worker)
        worker.end()

    def _end(self) -> None:
        for worker in list(self._processes):
            self._dismiss(worker)
        self._selector.close()


@contextmanager
def begun() -> Iterator[Callable[[], None]]:
    """What starts the processes of the next pool before its documents are known; those left over end on leaving."""
    try:
        yield lambda: child.begin(_readers())
    finally:
        child.end_begun()


def _readers() -> int:
    """How many processes read."""
    return min(processors(), _MOST)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
