"""Roster: which hosts answer, why the others do not, and when one of these is back."""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain, said
from tuibrowser.search.cluster.host.bundle import OutdatedError, hello, present_of
from tuibrowser.search.cluster.host.calls import OTHER_STATE
from tuibrowser.search.machines.arrays import WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from tuibrowser.search.cluster.asking.transport import HostTransport


AGAIN: Final = 0.5
"""Seconds between two questions whether what is lost is back."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that hosts are given."""

    silent: float = 0.25
    """Without a word; then another host that has nothing to do is asked the same."""
    lost: float = 1.0
    """Without a word; then the host is lost."""
    again: float = AGAIN
    """Between two questions whether a lost host is back."""


_PATIENCE: Final = Patience()
SILENT: Final = plain("does not answer")
"""Why a host is lost that says nothing."""


def unnoted(_: str) -> None:
    """Write a line into no log."""


@dataclass(slots=True)
class _State:
    """What is known of a host: why it is lost, "" where it is not, and whether it was asked if it is there."""

    reason: str = ""
    asked: Future[bytes] | None = None
    since: float = 0.0
    frames: int = 0
    """Frames that it has not answered yet."""


class Roster:
    """The hosts of a corpus by their names. May be called from any thread.

    While a host is lost, or was asked whether it is there, a thread looks after it; it calls `changed` when a host is
    lost or back.
    """

    def __init__(
        self,
        transport: HostTransport,
        names: Iterable[str],
        generation: str,
        changed: Callable[[], object],
        patience: Patience = _PATIENCE,
        note: Callable[[str], object] = unnoted,
    ) -> None:
        """`note` writes a line into the log."""
        self.patience = patience
        self._note = note
        self._transport = transport
        self._generation = generation
        self._changed = changed
        self._states = {name: _State() for name in names}
        self._lock = threading.RLock()
        self._watching = False
        self._is_over = threading.Event()

    def reasons(self) -> dict[str, str]:
        """Why each host cannot be asked, "" where it can."""
        return {name: state.reason for name, state in self._states.items()}

    def is_there(self, name: str) -> bool:
        """Whether a host can be asked."""
        return not self._states[name].reason

    def is_silent(self, name: str) -> bool:
        """Whether a host was asked if it is there, and has not said so for a while."""
        state = self._states[name]
        return bool(state.reason) or (state.asked is not None and time.monotonic() - state.since > self.patience.silent)

    def is_idle(self, name: str) -> bool:
        """Whether a host can be asked and has nothing to answer now."""
        return not self._states[name].frames and not self.is_silent(name)

    def count(self, name: str, frames: int) -> None:
        """Note that a host has so many frames more to answer, or fewer."""
        with self._lock:
            self._states[name].frames += frames

    def lose(self, name: str, error: BaseException | None) -> None:
        """Ask a host no more until it is back; `error` is what came instead of an answer, None where nothing came."""
        reason = _reason(error)
        with self._lock:
            state = self._states[name]
            is_new, state.reason = state.reason != reason, reason
            state.asked = None  # what it says to that is older than this
        if is_new:
            self._note(f"{name} is lost: {reason}")
            self._changed()
        self._watch()

    def ask_after(self, name: str) -> None:
        """Ask a host whether it is there, unless it was asked and has not answered."""
        with self._lock:
            state = self._states[name]
            if state.asked is not None:
                return
            asked = state.asked = self._transport.send({name: hello(self._generation)})[name]
            state.since = time.monotonic()
        asked.add_done_callback(partial(self._heard, name))
        self._watch()

    def look(self) -> None:
        """Ask all hosts whether they are there, and wait until they answer or are lost."""
        for name in self._states:
            self.ask_after(name)
        with self._lock:
            asked = [state.asked for state in self._states.values() if state.asked is not None]
        end = time.monotonic() + self.patience.lost
        for each in asked:
            try:
                each.exception(max(0.0, end - time.monotonic()))
            except (TimeoutError, CancelledError):
                continue
        self._look_after()

    def close(self) -> None:
        """Look after no host any more."""
        self._is_over.set()

    def _heard(self, name: str, asked: Future[bytes]) -> None:
        with self._lock:
            state = self._states[name]
            if state.asked is not asked:
                return
            state.asked = None
        error = _error_of(asked, self._generation)
        if error is not None:
            self.lose(name, error)
        elif self._is_back(state):
            self._note(f"{name} is back")
            self._changed()

    def _is_back(self, state: _State) -> bool:
        with self._lock:
            was, state.reason = state.reason, ""
        return bool(was)

    def _watch(self) -> None:
        """Have a thread look after the hosts that are lost or were asked."""
        with self._lock:
            if self._watching or self._is_over.is_set():
                return
            self._watching = True
        threading.Thread(target=self._run, name="hosts", daemon=True).start()

    def _run(self) -> None:
        while not self._is_over.wait(self.patience.again / 2):
            self._look_after()
            with self._lock:
                if not any(state.reason or state.asked is not None for state in self._states.values()):
                    self._watching = False
                    return

    def _look_after(self) -> None:
        """Give up hosts that said nothing for too long, and ask those that are lost."""
        now = time.monotonic()
        for name, state in self._states.items():
            with self._lock:
                given_up = state.asked if state.asked is not None and now - state.since >= self.patience.lost else None
            if given_up is not None:
                given_up.cancel()
                self.lose(name, None)
            if state.reason and now - state.since >= self.patience.again:
                self.ask_after(name)


def _error_of(asked: Future[bytes], generation: str) -> BaseException | None:
    """What is wrong with a host that was asked whether it is there; None where nothing is."""
    if asked.cancelled():
        return CancelledError()
    if (error := asked.exception()) is not None:
        return error
    try:
        found = present_of(asked.result())
    except WireError as wrong:
        return wrong
    return None if found.generation == generation else OutdatedError(found.generation)


def _reason(error: BaseException | None) -> str:
    match error:
        case OutdatedError():
            return OTHER_STATE
        case CorpusError() | WireError():
            return said(error)
        case _:
            return SILENT
