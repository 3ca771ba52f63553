"""Carriers: the hosts of this process, each of which can be made to fail in the ways in which hosts fail."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Answering = Callable[[bytes], bytes]


class Carrier:
    """The `HostTransport` to hosts of this process."""

    def __init__(self, hosts: Mapping[str, Answering]) -> None:
        self.hosts = dict(hosts)
        self.dead: set[str] = set()
        """Hosts that cannot be reached."""
        self.stopped: set[str] = set()
        """Hosts that take what is asked, and answer once they go on."""
        self.left: dict[str, int] = {}
        """How many frames some hosts still answer until they cannot be reached."""
        self.frames: list[str] = []
        """The hosts that were asked, in order."""
        self._waiting: list[tuple[str, bytes, Future[bytes]]] = []
        self._pool = ThreadPoolExecutor(8)

    def send(self, asked: Mapping[str, bytes]) -> Mapping[str, Future[bytes]]:
        """Ask each host in a thread."""
        return {name: self._sent(name, data) for name, data in asked.items()}

    def _sent(self, name: str, data: bytes) -> Future[bytes]:
        self.frames.append(name)
        found: Future[bytes] = Future()
        if name in self.left:
            self.left[name] -= 1
            if self.left[name] < 0:
                self.dead.add(name)
        if name in self.dead:
            found.set_exception(ConnectionRefusedError(name))
        elif name in self.stopped:
            self._waiting.append((name, data, found))
        else:
            return self._pool.submit(self.hosts[name], data)
        return found

    def go_on(self, name: str) -> None:
        """Let a host answer that was stopped."""
        self.stopped.discard(name)
        for host, data, found in self._waiting:
            if host == name and found.set_running_or_notify_cancel():
                found.set_result(self.hosts[name](data))
        self._waiting = [each for each in self._waiting if each[0] != name]
