"""Hosts that build an index over TLS: real processes, of which one is killed or stopped while it makes a piece.

With `-s` the tests print what that costs in milliseconds.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("distributed")

from support.division import HAN
from support.over_tls import free_ports, transport_of
from support.searching import answer
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.search.building.build import Order, build
from tuibrowser.search.building.gateway import open_gateway
from tuibrowser.search.building.opened import open_cluster
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.checks import CHECKED
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.network.certificates import make_certificates
from tuibrowser.search.network.cluster_file import GATEWAY, ClusterFile, read_cluster_file
from tuibrowser.search.opened import read_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.long

NAMES = ("h1", "h2")
LARGEST = 250_000
"""Bytes of a piece: there are several."""
LONGEST_WAIT = 120.0
PATIENCE = 8.0
"""Seconds without a word after which a host is lost."""
LOST = "host h2 is not used: it does not answer"


class Machines:
    """The hosts as processes, and what builds an index on them."""

    def __init__(self, folder: Path) -> None:
        rng, texts = Random(3), folder / "texts"
        texts.mkdir()
        for number in range(16):
            lines = ("".join(rng.choices(HAN, k=rng.randint(20, 90))) for _ in range(150))
            texts.joinpath(f"{number:02}.txt").write_text("。\n".join(lines), encoding="utf-8")
        path = folder / "cluster.toml"
        hosts = "".join(f'{name} = "127.0.0.1:{port}"\n' for name, port in zip(NAMES, free_ports(2), strict=True))
        path.write_text(
            f'scheduler = "tls://127.0.0.1:{free_ports(1)[0]}"\ncertificates = "tls"\nindex = "index"\n'
            f'texts = "texts"\n[hosts]\n{hosts}',
            "utf-8",
        )
        self.file: ClusterFile = read_cluster_file(path)
        make_certificates(self.file.certificates, {name: ["127.0.0.1"] for name in (GATEWAY, *NAMES)})
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        command = [sys.executable, "-m", "tuibrowser", "serve", "--cluster", os.fspath(self.file.path), "--host", name]
        source = Path(__file__).resolve().parents[4] / "src"
        log = self.file.path.with_name(f"{name}.log").open("ab")
        environment = {**os.environ, "PYTHONPATH": os.fspath(source)}
        self._processes[name] = subprocess.Popen(command, env=environment, stderr=log)

    def signal(self, name: str, number: signal.Signals) -> None:
        self._processes[name].send_signal(number)

    def end(self) -> None:
        for process in self._processes.values():
            process.kill()
            process.wait()

    def corpus(self) -> Corpus:
        return Corpus.discover(self.file.texts)

    def wait_for(self, name: str) -> None:
        """Wait until a host answers."""
        end = time.monotonic() + LONGEST_WAIT
        with closing(transport_of(self.file)) as transport:
            while (asked := transport.about()[name]).exception(LONGEST_WAIT) is not None:
                assert time.monotonic() < end, asked
                time.sleep(0.05)

    def build(self, patience: float = LONGEST_WAIT) -> tuple[list[str], float]:
        """Build the index; return what is said of hosts, and the milliseconds."""
        notes: list[str] = []
        began, folder = time.monotonic(), self.file.folder(GATEWAY)
        with closing(transport_of(self.file)) as transport:
            ordered = Order(NAMES, 2, LARGEST, patience)
            build(self.corpus(), ordered, folder, transport, Listener(note=notes.append), lambda: False)
        return notes, (time.monotonic() - began) * 1000

    def holders(self) -> set[str]:
        """The hosts that have parts of the index."""
        plan = open_gateway(self.corpus(), self.file.folder(GATEWAY)).plan
        return {name for names in plan.holders.values() for name in names}

    def check(self) -> None:
        """Check that the hosts answer as one engine does."""
        corpus = self.corpus()
        engine = Engine(corpus)
        read_into(engine, corpus, Listener())
        with closing(transport_of(self.file)) as transport:
            opened = self.corpus()
            cluster = open_cluster(opened, open_gateway(opened, self.file.folder(GATEWAY)), transport)
            for query in ("国中", "gaozhi", "人民 法院"):
                own, other = answer(engine, query), answer(cluster, query)
                assert (own.total, own.hits, own.at_least) == (other.total, other.hits, other.at_least), query
            assert not cluster.reach().missing

    @contextmanager
    def while_making(self, name: str, do: Callable[[], object]) -> Iterator[None]:
        """Do something as soon as a host makes a piece."""
        done: list[str] = []

        def wait() -> None:
            end = time.monotonic() + LONGEST_WAIT
            while time.monotonic() < end and not done:
                if any(self.file.folder(name).glob("p*")):
                    do()
                    done.append(name)
                time.sleep(0.005)

        thread = threading.Thread(target=wait)
        thread.start()
        yield
        thread.join()
        assert done


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Machines]:
    machines = Machines(tmp_path)
    try:
        for name in NAMES:
            machines.start(name)
        for name in NAMES:
            machines.wait_for(name)
        yield machines
    finally:
        machines.end()


def pieces(folder: Path) -> dict[str, bytes]:
    """The bytes of all files of all pieces of a host."""
    found = (path for path in folder.glob("c*/*") if path.name != CHECKED)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_host_that_is_killed_at_work_and_started_again_goes_on(running: Machines) -> None:
    def kill() -> None:
        running.signal("h2", signal.SIGKILL)
        running.start("h2")

    with running.while_making("h2", kill):
        notes, built = running.build()
    assert notes == []
    assert running.holders() == set(NAMES)
    folders = [running.file.folder(name) for name in NAMES]
    assert len(pieces(folders[0])) > 0
    assert pieces(folders[0]) == pieces(folders[1])
    assert not [path for folder in folders for path in folder.glob("p*")]
    running.check()
    print(f"\nkilled at work and started again: built in {built:.0f} ms")


def test_a_host_that_is_stopped_at_work_is_left_out_and_taken_in_again(running: Machines) -> None:
    with running.while_making("h2", lambda: running.signal("h2", signal.SIGSTOP)):
        notes, without = running.build(PATIENCE)
    assert notes == [LOST]
    assert running.holders() == {"h1"}
    running.check()
    running.signal("h2", signal.SIGCONT)
    notes, again = running.build()
    assert notes == []
    assert running.holders() == set(NAMES)
    running.check()
    print(f"\nstopped at work: built by the other in {without:.0f} ms, of them {PATIENCE * 1000:.0f} waited;", end=" ")
    print(f"taken in again in {again:.0f}")


def test_what_a_host_that_is_killed_at_work_had_to_make_is_made_by_the_other(running: Machines) -> None:
    with running.while_making("h2", lambda: running.signal("h2", signal.SIGKILL)):
        notes, built = running.build(PATIENCE)
    assert notes == [LOST]
    assert running.holders() == {"h1"}
    running.check()
    print(f"\nkilled at work: built by the other in {built:.0f} ms, of them {PATIENCE * 1000:.0f} waited")
