"""Hosts in processes of their own, over TLS on loopback: a small corpus in parts, of which each host has two.

python tests/support/over_tls.py CLUSTER_FILE HOST GENERATION
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any, Self

if __name__ == "__main__":
    sys.path.insert(0, os.fspath(Path(__file__).resolve().parents[1]))

from distributed.core import ConnectionPool

from support.division import cut, small
from tuibrowser.search.cluster.asking.replicated import Replicated
from tuibrowser.search.cluster.cluster import Cluster
from tuibrowser.search.cluster.host.host import Host
from tuibrowser.search.cluster.host.shards import Shards
from tuibrowser.search.engine import Engine
from tuibrowser.search.network.certificates import make_certificates
from tuibrowser.search.network.cluster_file import ClusterFile, read_cluster_file
from tuibrowser.search.network.dask import security, settle
from tuibrowser.search.network.transport import DaskTransport
from tuibrowser.search.network.worker import HostWorker

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterable, Iterator

    from support.division import Small

NAMES = ("h1", "h2", "h3")
PATIENCE = 30.0
SEED = 5


def corpus() -> Small:
    """The corpus, the same in all processes."""
    return small(Random(SEED))


def shards_of(name: str, engine: Engine, generation: str) -> Shards:
    """What a host has: the part of its own number and the one after it."""
    segments = cut(engine, [1, 2]).segments
    own = NAMES.index(name)
    held = {}
    for number in (own, (own + 1) % len(NAMES)):
        part = Engine(engine._corpus)
        part.adopt((segments[number],))
        held[number] = Host(part, generation)
    return Shards(held, generation)


HOLDERS = {number: (NAMES[number], NAMES[number - 1]) for number in range(len(NAMES))}


@dataclass
class Machines:
    """The scheduler and the hosts of a cluster as processes."""

    file: ClusterFile
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, generation: str = "one") -> Self:
        """Start a host, or the scheduler."""
        command = [sys.executable, "-m", "tuibrowser.search.network.scheduler", os.fspath(self.file.path)]
        if name in NAMES:
            command = [sys.executable, __file__, os.fspath(self.file.path), name, generation]
        source = Path(__file__).resolve().parents[2] / "src"
        self.processes[name] = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.fspath(source)})
        return self

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes.pop(name).wait()

    def wait_until_joined(self, names: Iterable[str]) -> float:
        """Wait until the scheduler knows some hosts; return the milliseconds."""
        began = time.monotonic()
        while asyncio.run(_joined(self.file)) != set(names):
            assert time.monotonic() - began < PATIENCE
            time.sleep(0.05)
        return (time.monotonic() - began) * 1000

    def signal(self, name: str, number: signal.Signals) -> None:
        self.processes[name].send_signal(number)


@contextmanager
def machines(folder: Path) -> Iterator[Machines]:
    """A scheduler and three hosts that begin to run."""
    path = folder / "cluster.toml"
    ports = free_ports(len(NAMES))
    hosts = "".join(f'{name} = "127.0.0.1:{port}"\n' for name, port in zip(NAMES, ports, strict=False))
    path.write_text(
        f'scheduler = "tls://127.0.0.1:{free_ports(1)[0]}"\ncertificates = "tls"\nindex = "index"\ntexts = "texts"\n'
        f"[hosts]\n{hosts}",
        "utf-8",
    )
    file = read_cluster_file(path)
    make_certificates(file.certificates, {name: ["127.0.0.1"] for name in ("gateway", *NAMES)})
    running = Machines(file)
    try:
        for name in ("scheduler", *NAMES):
            running.start(name)
        yield running
    finally:
        for name in list(running.processes):
            running.kill(name)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at, nor at those after them; connections that go out have higher ones."""
    ports: list[int] = []
    while len(ports) < count:
        port = 2 * SystemRandom().randrange(10_000, 16_000)
        here = "127.0.0.1"
        with suppress(OSError), socket.create_server((here, port)), socket.create_server((here, port + 1)):
            ports += () if port in ports else (port,)
    return ports


async def _joined(file: ClusterFile) -> set[str]:
    """The hosts that the scheduler knows; none where it does not answer."""
    arguments = security(file.certificates, "gateway").get_connection_args("client")
    async with ConnectionPool(connection_args=arguments, timeout=1) as pool:
        try:
            found = await pool(file.scheduler.url).identity(n_workers=-1)
        except OSError:
            return set()
    return {each["name"] for each in found["workers"].values()}


def transport_of(file: ClusterFile) -> DaskTransport:
    """The transport of the gateway."""
    return DaskTransport(file.hosts, security(file.certificates, "gateway"))


@contextmanager
def asked(file: ClusterFile, engine: Engine) -> Iterator[tuple[Replicated, Any]]:
    """The searcher over all hosts, which lacks reuse, once all are there."""
    transport = transport_of(file)
    shards = Replicated(transport, HOLDERS, "one")
    try:
        wait_for(shards, dict.fromkeys(NAMES, ""))
        yield shards, Cluster(engine._corpus, shards, sorted(HOLDERS), "one")
    finally:
        shards.close()
        transport.close()


def wait_for(shards: Replicated, states: dict[str, str]) -> float:
    """Wait until hosts are as wanted; return the milliseconds."""
    began = time.monotonic()
    while {name: shards.hosts()[name] for name in states} != states:
        assert time.monotonic() - began < PATIENCE, shards.hosts()
        time.sleep(0.01)
    return (time.monotonic() - began) * 1000


async def _serve(path: str, name: str, generation: str) -> None:
    file = read_cluster_file(Path(path))
    settle(file.folder(name))
    answer = shards_of(name, corpus().engine, generation).answer
    secured = security(file.certificates, name)
    await HostWorker(name, file.address(name), file.scheduler, secured, answer, lambda _: None).run()


if __name__ == "__main__":
    asyncio.run(_serve(*sys.argv[1:]))
