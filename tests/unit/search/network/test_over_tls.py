"""Hosts over TLS: real processes of Dask on loopback, of which some are killed, stopped, outdated or strangers.

With `-s` the tests print what happened in how many milliseconds.
"""

from __future__ import annotations

import signal
import socket
import ssl
import threading
import time
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("distributed")

from support.division import SCOPES, answers, queries
from support.over_tls import NAMES, asked, corpus, machines, wait_for
from tuibrowser.search.cluster.host.bundle import hello
from tuibrowser.search.network.certificates import make_certificates
from tuibrowser.search.network.dask import security
from tuibrowser.search.network.transport import DaskTransport

if TYPE_CHECKING:
    from pathlib import Path

    from support.division import Small
    from tuibrowser.search.network.cluster_file import Address, ClusterFile

ALL = dict.fromkeys(NAMES, "")
SILENT, OUTDATED = "does not answer", "has another state of the corpus"


def same(cluster: Any, whole: Small, step: int = 5) -> float:
    """Check that a cluster answers as one engine; return the milliseconds of the slowest query."""
    slowest = 0.0
    for query in list(queries(Random(1), whole))[::step]:
        began = time.monotonic()
        answered = answers(cluster, query, SCOPES[0], 10)
        slowest = max(slowest, (time.monotonic() - began) * 1000)
        assert answered == answers(whole.engine, query, SCOPES[0], 10), query
    return slowest


def stranger(file: ClusterFile, folder: Path) -> DaskTransport:
    """The gateway of another cluster."""
    make_certificates(folder, {"gateway": []})
    return DaskTransport(file.hosts, security(folder, "gateway"))


def refuses(file: ClusterFile, address: Address, version: ssl.TLSVersion, name: str | None) -> bool:
    """Whether a port takes nobody who has a certificate or none, and speaks a version of TLS."""
    context = ssl.create_default_context(cafile=file.certificates / "ca.crt")
    context.check_hostname = False
    context.maximum_version = version
    if name is not None:
        context.load_cert_chain(file.certificates / f"{name}.crt", file.certificates / f"{name}.key")
    try:
        with (
            socket.create_connection((address.machine, address.port), 10) as plain,
            context.wrap_socket(plain) as asked,
        ):
            return asked.recv(1) == b""
    except (ssl.SSLError, ConnectionError):
        return True


@pytest.mark.slow
def test_hosts_answer_as_one_engine_and_strangers_not_at_all(tmp_path: Path) -> None:
    whole = corpus()
    with machines(tmp_path) as running, asked(running.file, whole.engine) as (shards, cluster):
        same(cluster, whole)
        other = stranger(running.file, tmp_path / "other")
        with pytest.raises(OSError, match=r".+"):
            other.send({"h1": hello("one")})["h1"].result(10)
        other.close()
        for version, name in ((ssl.TLSVersion.TLSv1_3, None), (ssl.TLSVersion.TLSv1_2, "h2")):
            for address in (running.file.hosts["h1"], running.file.hosts["h1"].next, running.file.scheduler):
                assert refuses(running.file, address, version, name)
        running.kill("h2")
        same(cluster, whole)
        wait_for(shards, {**ALL, "h2": SILENT})
        assert not cluster.reach().missing


@pytest.mark.long
def test_a_host_is_killed_during_a_query_and_comes_back(tmp_path: Path) -> None:
    whole = corpus()
    with machines(tmp_path) as running, asked(running.file, whole.engine) as (shards, cluster):
        before = same(cluster, whole)
        killing = threading.Timer(0.05, running.kill, ["h2"])
        killing.start()
        slowest = same(cluster, whole)
        killing.join()
        slowest = max(slowest, same(cluster, whole))
        running.kill("h3")
        began = time.monotonic()
        assert answers(cluster, "国", SCOPES[0], 10)[0].at_least
        partial = (time.monotonic() - began) * 1000
        assert [each.part for each in cluster.reach().missing] == ["2"]
        running.start("h2")
        back = wait_for(shards, {"h2": ""})
        same(cluster, whole)
        assert not cluster.reach().missing
    print(
        f"\nkilled: slowest query {before:.0f} ms before, {slowest:.0f} without h2, {partial:.0f} without h3", end=" "
    )
    print(f"as well (partial); whole again {back:.0f} ms after h2 was started")


@pytest.mark.long
def test_a_host_is_stopped_and_goes_on(tmp_path: Path) -> None:
    whole = corpus()
    with machines(tmp_path) as running, asked(running.file, whole.engine) as (shards, cluster):
        same(cluster, whole)
        running.signal("h1", signal.SIGSTOP)
        slowest = same(cluster, whole)
        lost = wait_for(shards, {"h1": SILENT})
        without = same(cluster, whole)
        running.signal("h1", signal.SIGCONT)
        back = wait_for(shards, ALL)
        same(cluster, whole)
    print(f"\nstopped: slowest query {slowest:.0f} ms, lost {lost:.0f} ms later, then {without:.0f};", end=" ")
    print(f"there {back:.0f} ms after it went on")


@pytest.mark.long
def test_hosts_answer_while_the_scheduler_is_gone_and_join_the_next_one(tmp_path: Path) -> None:
    whole = corpus()
    with machines(tmp_path) as running, asked(running.file, whole.engine) as (shards, cluster):
        before = same(cluster, whole)
        running.wait_until_joined(NAMES)
        running.kill("scheduler")
        slowest = same(cluster, whole)
        assert shards.hosts() == ALL
        running.start("scheduler")
        joined = running.wait_until_joined(NAMES)
        same(cluster, whole)
    print(f"\nscheduler gone: slowest query {before:.0f} ms before, {slowest:.0f} without; all hosts joined", end=" ")
    print(f"{joined:.0f} ms after the next one was started")


@pytest.mark.long
def test_a_host_of_another_generation_is_passed_over(tmp_path: Path) -> None:
    whole = corpus()
    with machines(tmp_path) as running, asked(running.file, whole.engine) as (shards, cluster):
        running.kill("h3")
        running.start("h3", "two")
        same(cluster, whole)
        wait_for(shards, {"h3": OUTDATED})
        assert not cluster.reach().missing
        same(cluster, whole)
