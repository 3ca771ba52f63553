"""Hosts of this process that build and search an index, each in a folder of its own."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.search.building.build import Order, build
from tuibrowser.search.building.gateway import open_gateway
from tuibrowser.search.building.host_side import HostSide
from tuibrowser.search.building.making import make
from tuibrowser.search.building.opened import open_cluster
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.opened import read_into

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tuibrowser.search.building.gateway import Gateway
    from tuibrowser.search.building.pieces import Task


class Hosts:
    """Hosts by their names, and the transport to them. A host that is `lost` does not answer."""

    def __init__(self, root: Path, names: str = "h1 h2 h3") -> None:
        self.root = root
        self.names = names.split()
        self.lost: set[str] = set()
        self.made: list[Task] = []
        """Pieces that were made, in threads of this process."""
        self.makes: Callable[[str, Task, Path], object] = lambda _, task, folder: make(task, folder, lambda *_: None)
        """Makes a piece on a host."""
        self._pool = ThreadPoolExecutor(8)
        self.sides: dict[str, HostSide] = {}
        self._lives = dict.fromkeys(self.names, 0)
        """How often each host was started."""
        for name in self.names:
            self.start(name)

    def start(self, name: str) -> None:
        """Start a host, or start it again."""
        self._lives[name] += 1
        self.sides[name] = HostSide(self.root / name, partial(self._make, self._lives[name]))

    def _make(self, life: int, task: Task, folder: Path, *_: object) -> None:
        """Make a piece; a host that was started again since makes nothing beside the one that took its place."""
        if life != self._lives[folder.name]:
            raise OSError("killed")
        self.makes(folder.name, task, folder)
        self.made.append(task)

    def send(self, asked: Mapping[str, bytes]) -> Mapping[str, Future[bytes]]:
        """Carry frames to the hosts that are there."""
        return {name: self._sent(name, data) for name, data in asked.items()}

    def _sent(self, name: str, data: bytes) -> Future[bytes]:
        if name not in self.lost:
            return self._pool.submit(self._answer, name, data)
        refused: Future[bytes] = Future()
        refused.set_exception(OSError("no host of this name"))
        return refused

    def _answer(self, name: str, data: bytes) -> bytes:
        side = self.sides[name]
        answer = side.answer(data)
        if side is not self.sides[name] or name in self.lost:
            raise OSError("the host was killed")
        return answer

    def close(self) -> None:
        """End all hosts."""
        self.lost.update(self.names)
        for side in self.sides.values():
            side.end()
        self._pool.shutdown()


class Kill:
    """Kills hosts, each while it makes the piece after so many, and perhaps starts them again."""

    def __init__(self, hosts: Hosts, names: str, after: int, *, starts_again: bool = True) -> None:
        self._hosts = hosts
        self._left = dict.fromkeys(names.split(), after)
        self._starts_again = starts_again

    @property
    def is_done(self) -> bool:
        """Whether all were killed."""
        return not self._left

    def __call__(self, host: str, task: Task, folder: Path) -> None:
        """Make a piece, or be killed: what was begun is left behind."""
        if host in self._hosts.lost:
            raise OSError("killed")
        if self._left.get(host) == 0:
            del self._left[host]
            begun = folder / f"p{task.name[1:]}"
            begun.mkdir()
            begun.joinpath("s0.codes.npy").write_bytes(b"begun")
            if self._starts_again:
                self._hosts.start(host)
            else:
                self._hosts.lost.add(host)
            raise OSError("killed")
        if host in self._left:
            self._left[host] -= 1
        make(task, folder, lambda *_: None)


class Building:
    """A corpus whose index several hosts build."""

    def __init__(self, texts: Path, hosts: Hosts, copies: int = 2, largest: int = 1500) -> None:
        self.texts = texts
        self.hosts = hosts
        self.copies = copies
        self.largest = largest
        self.notes: list[str] = []

    @property
    def folder(self) -> Path:
        """The folder of the gateway."""
        return self.hosts.root / "gateway"

    def corpus(self) -> Corpus:
        """The corpus as it is now."""
        return Corpus.discover([self.texts])

    def build(self, patience: float = 30.0) -> bool:
        """Build the index; what is said is kept."""
        self.notes.clear()
        ordered = Order(self.hosts.names, self.copies, self.largest, patience)
        listener = Listener(note=self.notes.append)
        return build(self.corpus(), ordered, self.folder, self.hosts, listener, lambda: False)

    def gateway(self) -> Gateway:
        """What the gateway has of it."""
        return open_gateway(self.corpus(), self.folder)

    def cluster(self) -> Any:
        """What searches it."""
        return open_cluster(self.corpus(), self.gateway(), self.hosts)

    def engine(self) -> Engine:
        """An engine over the same corpus."""
        corpus = self.corpus()
        engine = Engine(corpus)
        read_into(engine, corpus, Listener())
        return engine
