"""Server: a Unix socket at which the readers of a machine ask one searcher."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import struct
import threading
import time
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.clerk import Clerk
from tuibrowser.search.machines.frames import MOST_ASKED, Frame, Kind, packed, read_frame
from tuibrowser.search.machines.places import answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tuibrowser.search.machines.clerk import Served

MOST_CONNECTIONS: Final = 200
"""Readers at a time."""

_MODE: Final = 0o660
_PAUSE: Final = 1.0
"""Seconds after which readers are taken again where the system let none be taken, for want of open files for one."""

_PATIENCE: Final = struct.pack("ll", 20, 0)
"""Seconds for which an answer waits for a reader that does not take it; then its connection ends."""


class Server:
    """Listens at a socket until it is stopped; every connection has a thread that reads its requests."""

    def __init__(self, path: Path, served: Callable[[], Served], note: Callable[[str], object], cores: int) -> None:
        """`note` writes a line into the log; `cores` requests are worked on at a time."""
        self._path = path
        self._served = served
        self._note = note
        self._turns = threading.Semaphore(cores)
        self._connections: dict[int, _Connection] = {}
        self._lock = threading.Lock()
        self._listening = socket.socket(socket.AF_UNIX)
        self._is_over = False

    def open(self, group: str | None = None) -> None:
        """Make the socket, for its owner and, where one is named, a group; one that nobody listens at is replaced.

        Raise CorpusError where another server listens there, and where the socket cannot be made.
        """
        if answers(self._path):
            raise CorpusError(plain("another server serves these texts already: {path}", path=str(self._path)))
        mask = os.umask(0o777 & ~0o600)
        try:
            if self._path.is_socket():
                self._path.unlink()
            elif os.path.lexists(self._path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            self._listening.bind(os.fspath(self._path))
            if group is not None:
                shutil.chown(self._path, group=group)
            self._path.chmod(_MODE)
            self._listening.listen(64)
        except LookupError:
            self._path.unlink(missing_ok=True)
            raise CorpusError(plain("there is no group of that name: {name}", name=group)) from None
        except OSError as error:
            reason = system_reason(error)
            raise CorpusError(plain("no socket at {path}: {reason}", path=str(self._path), reason=reason)) from None
        finally:
            os.umask(mask)

    def run(self) -> None:
        """Take readers until it is stopped."""
        numbers = count(1)
        while not self._is_over:
            try:
                accepted, _ = self._listening.accept()
            except OSError as error:
                if not self._is_over:
                    self._note(f"no reader can be taken: {error}")
                    time.sleep(_PAUSE)
                continue
            number = next(numbers)
            with self._lock:
                if len(self._connections) >= MOST_CONNECTIONS or self._is_over:
                    accepted.close()
                    self._note(f"reader {number} refused: {len(self._connections)} are connected")
                    continue
                connection = self._connections[number] = _Connection(number, accepted, self)
            threading.Thread(target=connection.run, name=f"reader-{number}", daemon=True).start()

    def stop(self) -> None:
        """Listen no more, and end all connections."""
        self._is_over = True
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._path.unlink(missing_ok=True)
        for connection in self._all():
            connection.end()

    def tell_changed(self) -> None:
        """Tell all readers that there is a newer generation."""
        served = self._served()
        frame = Frame(served.generation, 0, Kind.CHANGED, served.shelf.digest)
        for connection in self._all():
            connection.send(frame)

    def clerks(self) -> list[Clerk]:
        """Those who answer the readers that are connected."""
        return [connection.clerk for connection in self._all()]

    def _all(self) -> list[_Connection]:
        with self._lock:
            return list(self._connections.values())

    def clerk(self, connection: _Connection) -> Clerk:
        """Who answers a connection."""
        return Clerk(self._served, connection.send, self._turns, self.note)

    def note(self, line: str) -> None:
        """Write a line into the log."""
        self._note(line)

    def ended(self, number: int, reason: str) -> None:
        """A connection has ended."""
        with self._lock:
            self._connections.pop(number, None)
            left = len(self._connections)
        self._note(f"reader {number} left{reason}; {left} connected")


class _Connection:
    """A reader: its requests are read here, and its answers written by the threads that work on them."""

    def __init__(self, number: int, accepted: socket.socket, server: Server) -> None:
        self._number = number
        self._socket = accepted
        self._server = server
        self._writing = threading.Lock()
        self.clerk = server.clerk(self)
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _PATIENCE)

    def run(self) -> None:
        """Take requests until the reader leaves, or sends what is none."""
        server, reason = self._server, ""
        server.note(f"reader {self._number} came{_who(self._socket)}")
        try:
            while (frame := read_frame(self._socket.recv, MOST_ASKED)) is not None:
                self.clerk.receive(frame)
        except WireError as error:
            reason = f": {error}"
        except OSError:
            pass  # It is gone.
        finally:
            self.clerk.end()
            self.end()
            server.ended(self._number, reason)

    def send(self, frame: Frame) -> None:
        """Send a frame; a reader that is gone, or does not take it, has no connection any more."""
        data = packed(frame)
        try:
            with self._writing:
                self._socket.sendall(data)
        except OSError:
            self.end()

    def end(self) -> None:
        """End the connection."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _who(accepted: Any) -> str:
    """Whose process connected, where the system tells."""
    if not hasattr(socket, "SO_PEERCRED"):
        return ""
    try:
        process, user, _ = struct.unpack("3i", accepted.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    except OSError:
        return ""
    return f": user {user}, process {process}"
