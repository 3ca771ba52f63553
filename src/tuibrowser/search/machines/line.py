"""Line: the connection of a reader to a server, made again where it breaks."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import threading
import time
from collections import deque
from contextlib import suppress
from itertools import count
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain, said
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.clerk import CANCEL, HELLO, RELEASE
from tuibrowser.search.machines.frames import MOST_ANSWERED, MOST_ASKED, Frame, Kind, TooLargeError, packed, read_frame
from tuibrowser.search.machines.places import is_trusted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE: Final = 30.0
"""Seconds for which a server that is gone is asked for, from a thread that may wait."""

GREETING: Final = 5.0
"""Seconds after which a server that says nothing when it is connected to, or takes no request, is one that hangs."""

_AT_ONCE: Final = 1.0
"""Seconds for which the event loop waits for an answer at most."""

_PAUSE: Final = 0.1
"""Seconds between two attempts to connect."""

_LOOK: Final = 0.01
"""Seconds between two looks whether an answer is still wanted."""


class UnansweredError(CorpusError):
    """No server answers."""

    def __init__(self) -> None:
        super().__init__(plain("the server of these texts does not answer"))


class OtherTextsError(CorpusError):
    """The server has other documents than before."""

    def __init__(self) -> None:
        super().__init__(plain("texts were added or removed: open them again"))


class LostError(Exception):
    """The connection broke before the answer was whole."""


class GoneError(Exception):
    """The server does not hold the handle any more."""


class OutdatedError(Exception):
    """The server serves another generation."""


class Wire:
    """One connection, whose answers a thread of its own brings to those who wait for them."""

    def __init__(self, path: Path, noticed: Callable[[str], object]) -> None:
        """Connect; `noticed` is told the digest of the names when there is a newer generation. Raise OSError."""
        self._noticed = noticed
        self._socket = socket.socket(socket.AF_UNIX)
        seconds = struct.pack("ll", int(GREETING), int(GREETING % 1 * 1e6))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, seconds)
        try:
            self._socket.connect(os.fspath(path))
        except OSError:
            self._socket.close()
            raise
        self.generation = self.digest = ""
        self.is_lost = False
        self.released: deque[int] = deque()
        """Handles that nobody has any more."""
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._waiting: dict[int, SimpleQueue[Frame | None]] = {}
        self._ids = count(1)
        threading.Thread(target=self._read, name="answers", daemon=True).start()

    def _read(self) -> None:
        try:
            while (frame := read_frame(self._socket.recv, MOST_ANSWERED)) is not None:
                if frame.name == Kind.CHANGED:
                    self._noticed(str(frame.value))
                    continue
                with self._lock:
                    waiting = self._waiting.get(frame.id)
                if waiting is not None:
                    waiting.put(frame)
        except (OSError, WireError):
            pass
        with self._lock:
            self.is_lost = True
            left = list(self._waiting.values())
        for waiting in left:
            waiting.put(None)
        self._socket.close()

    def close(self) -> None:
        """End the connection."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def answers(
        self, name: str, value: Any, cancelled: Callable[[], bool] | None, patience: float | None = None
    ) -> Iterator[Frame]:
        """The answers to a request. Raise LostError, and UnansweredError where none comes for so many seconds."""
        if on_event_loop():
            patience = min(patience or _AT_ONCE, _AT_ONCE)
        number, waiting = next(self._ids), SimpleQueue[Frame | None]()
        with self._lock:
            self._waiting[number] = waiting
        try:
            self._send(Frame(self.generation, number, name, value))
            yield from self._taken(number, waiting, cancelled, patience)
        finally:
            with self._lock:
                self._waiting.pop(number, None)

    def _taken(
        self,
        number: int,
        waiting: SimpleQueue[Frame | None],
        cancelled: Callable[[], bool] | None,
        patience: float | None,
    ) -> Iterator[Frame]:
        is_told, until = False, None if patience is None else time.monotonic() + patience
        is_over = False
        try:
            while True:
                if cancelled is not None and not is_told and cancelled():
                    is_told = True
                    self._send(Frame(self.generation, number, CANCEL, None))
                try:
                    frame = waiting.get(
                        timeout=_LOOK if cancelled is not None and not is_told else patience or _AT_ONCE
                    )
                except Empty:
                    if until is not None and time.monotonic() >= until:
                        raise UnansweredError from None
                    continue
                if frame is None or self.is_lost:
                    raise LostError
                is_over = frame.name not in (Kind.ITEM, Kind.PROGRESS)
                yield frame
                if is_over:
                    return
        finally:
            if not is_over and not is_told:
                with suppress(LostError, UnansweredError):  # Nobody waits for the rest.
                    self._send(Frame(self.generation, number, CANCEL, None))

    def _send(self, frame: Frame) -> None:
        """Send a request. Raise LostError, and UnansweredError where the event loop would wait for another one.

        Raise CorpusError where the request is too large: the server would end the connection.
        """
        try:
            request = packed(frame, MOST_ASKED)
        except TooLargeError as error:
            raise CorpusError(said(error)) from error
        if not self._sending.acquire(timeout=_AT_ONCE if on_event_loop() else -1):
            raise UnansweredError
        try:
            data = b""
            if self.released and frame.name not in (HELLO, CANCEL):
                numbers = [self.released.popleft() for _ in range(len(self.released))]
                data = packed(Frame(self.generation, 0, RELEASE, numbers))
            data += request
            if self.is_lost:
                raise LostError
            self._socket.sendall(data)
        except OSError:
            self.close()  # Part of a request may be sent.
            raise LostError from None
        finally:
            self._sending.release()


class Line:
    """Asks a server, over one connection after another. May be used from any thread."""

    def __init__(self, path: Path, owners: frozenset[int] = frozenset()) -> None:
        """Connect to the socket at a path, which must be of this user, root or one of `owners`. Raise OSError."""
        self.path = path
        self._owners = owners
        self._lock = threading.RLock()
        self.is_outdated = False
        """Whether the server has a newer generation than this line."""
        self.changed: Callable[[bool], object] = lambda _: None
        """Called, from a thread of its own, when there is a newer generation; told whether it is of the same documents.

        Of other documents the one that was asked before is asked on, as long as the server runs.
        """
        self.again: Callable[[], object] = lambda: None
        """Called when a broken connection was made again."""
        self.renewed: Callable[[], object] = lambda: None
        """Called when another generation of the same documents is asked."""
        self._wire = self._connected()

    @property
    def generation(self) -> str:
        """The generation that is asked."""
        return self._wire.generation

    @property
    def is_lost(self) -> bool:
        """Whether the connection is broken, and was not made again yet."""
        return self._wire.is_lost

    def close(self) -> None:
        """Ask no more."""
        self._wire.close()

    def wire(self, cancelled: Callable[[], bool] | None = None) -> Wire:
        """The connection, made again where it broke. Raise CorpusError where no server answers for some time."""
        until = time.monotonic() + (0 if on_event_loop() else PATIENCE)
        while (wire := self._made_again()) is None:
            if time.monotonic() >= until or (cancelled is not None and cancelled()):
                raise UnansweredError
            self.rest()
        return wire

    @staticmethod
    def rest() -> None:
        """Wait a little before the next attempt, but not on the event loop: a server that ends breaks what it takes."""
        if not on_event_loop():
            time.sleep(_PAUSE)

    def _made_again(self) -> Wire | None:
        """The connection, made again where it broke; None where no server answers now, or soon for the event loop."""
        if not self._lock.acquire(timeout=_AT_ONCE if on_event_loop() else -1):
            return None
        try:
            if not self._wire.is_lost:
                return self._wire
            before = self._wire
            try:
                self._wire = self._connected()
            except (OSError, LostError, UnansweredError):
                return None
            if self._wire.digest != before.digest:
                self._wire.close()
                self._wire = before
                raise OtherTextsError
            self._taken_up(before.generation, before.digest)
        finally:
            self._lock.release()
        self.again()
        return self._wire

    def greet(self) -> None:
        """Ask the newest generation from now on. Raise CorpusError where it is of other documents."""
        with self._lock:
            generation, digest = self._wire.generation, self._wire.digest
            _greet(self._wire)
            self._taken_up(generation, digest)

    def _taken_up(self, generation: str, digest: str) -> None:
        self.is_outdated = False
        if self._wire.digest != digest:
            self._wire.close()
            raise OtherTextsError
        if self._wire.generation != generation:
            self.renewed()

    def _connected(self) -> Wire:
        if not is_trusted(self.path, self._owners):
            raise ConnectionRefusedError
        wire = Wire(self.path, self._notice)
        _greet(wire)
        return wire

    def _notice(self, digest: str) -> None:
        is_same = digest == self._wire.digest
        self.is_outdated = is_same
        threading.Thread(target=self.changed, args=(is_same,), name="changed", daemon=True).start()


def _greet(wire: Wire) -> None:
    try:
        (answer,) = wire.answers(HELLO, None, None, GREETING)
    except UnansweredError:
        wire.close()
        raise
    wire.generation, wire.digest = answer.generation, str(answer.value)


def on_event_loop() -> bool:
    """Whether this thread runs an event loop, which must not wait."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
