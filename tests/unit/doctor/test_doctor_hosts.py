"""What is said of the hosts of a cluster; the hosts are stand-ins."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("distributed")

from tuibrowser import __version__
from tuibrowser.doctor import hosts
from tuibrowser.search.cluster.host.bundle import present
from tuibrowser.search.network.about import About, about_of
from tuibrowser.search.network.certificates import make_certificates
from tuibrowser.search.network.cluster_file import Address, ClusterFile, read_cluster_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LATER = datetime.now(UTC) + timedelta(days=400)
FILE = """\
scheduler = "tls://127.0.0.1:8786"
certificates = "tls"
index = "index"
texts = "texts"
[hosts]
h1 = "127.0.0.1:8788"
h2 = "127.0.0.1:8790"
"""


class Standing:
    """A transport to hosts that say what a test has them say; None where they do not answer."""

    def __init__(self, said: Mapping[str, tuple[About, bytes] | None]) -> None:
        self.said = said

    def about(self) -> dict[str, Future[Any]]:
        return {name: _done(name, each and each[0]) for name, each in self.said.items()}

    def send(self, asked: Mapping[str, bytes]) -> dict[str, Future[Any]]:
        return {name: _done(name, each and each[1]) for name, each in self.said.items() if name in asked}

    def close(self) -> None: ...


def _done(name: str, value: object) -> Future[Any]:
    future: Future[Any] = Future()
    if value is None:
        future.set_exception(OSError(f"{name} is away"))
    else:
        future.set_result(value)
    return future


@pytest.fixture
def cluster(tmp_path: Path) -> ClusterFile:
    file = tmp_path / "cluster.toml"
    file.write_text(FILE, "utf-8")
    make_certificates(tmp_path / "tls", {"gateway": []})
    manifest = tmp_path / "index" / "gateway" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(json.dumps({"generation": "g1", "holders": {"0": ["h1"], "1": ["h2", "h1"]}}), "ascii")
    return read_cluster_file(file)


def whats(
    cluster: ClusterFile, monkeypatch: pytest.MonkeyPatch, said: Mapping[str, tuple[About, bytes] | None]
) -> list[str]:
    monkeypatch.setattr(hosts, "DaskTransport", lambda *_: Standing(said))
    found, problems = hosts.look_at_hosts(cluster)
    assert [each.name for each in found] == ["h1", "h2"]
    assert all(each.healthy == (not each.problems) for each in found)
    return [each.what for each in problems]


def test_nothing_is_wrong_where_all_hosts_are_as_they_should_be(
    cluster: ClusterFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = About(__version__, LATER, ()), present("g1", [0, 1])
    assert whats(cluster, monkeypatch, {"h1": right, "h2": right}) == []


def test_a_host_that_is_away_is_named_and_parts_that_only_it_has(
    cluster: ClusterFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = About(__version__, LATER, ()), present("g1", [1])
    assert whats(cluster, monkeypatch, {"h1": None, "h2": right}) == [
        "h1 does not answer at tls://127.0.0.1:8788",
        "part 0 of the index cannot be searched",
    ]


def test_where_there_is_no_index_it_is_said_how_to_make_one(
    cluster: ClusterFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cluster.folder("gateway") / "manifest.json").unlink()
    empty = About(__version__, LATER, ()), present("", [])
    monkeypatch.setattr(hosts, "DaskTransport", lambda *_: Standing({"h1": empty, "h2": empty}))
    _, (problem,) = hosts.look_at_hosts(cluster)
    assert (problem.what, problem.remedy) == ("there is no index yet", f"run tuibrowser index --cluster {cluster.path}")


def test_a_host_that_listens_and_says_nothing_is_told_from_one_that_is_not_there(
    cluster: ClusterFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = About(__version__, LATER, ()), present("g1", [0, 1])
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        here = replace(cluster, hosts={**cluster.hosts, "h2": Address("127.0.0.1", port)})
        monkeypatch.setattr(hosts, "DaskTransport", lambda *_: Standing({"h1": right, "h2": None}))
        _, (problem,) = hosts.look_at_hosts(here)
    assert problem.what == f"h2 takes connections at tls://127.0.0.1:{port} and says nothing"
    assert "kill -CONT" in problem.remedy


@pytest.mark.parametrize("knows_ours", [False, True])
def test_a_host_of_another_authority_is_told_from_one_that_is_stopped(
    cluster: ClusterFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, knows_ours: bool
) -> None:
    make_certificates(tmp_path / "others", {"h2": []})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "others" / "h2.crt", tmp_path / "others" / "h2.key")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(tmp_path / ("tls" if knows_ours else "others") / "ca.crt")

    def serve(listening: socket.socket) -> None:
        with suppress(OSError), context.wrap_socket(listening.accept()[0], server_side=True) as taken:
            taken.sendall(b"hello")

    right = About(__version__, LATER, ()), present("g1", [0, 1])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        port = listening.getsockname()[1]
        here = replace(cluster, hosts={**cluster.hosts, "h2": Address("127.0.0.1", port)})
        monkeypatch.setattr(hosts, "DaskTransport", lambda *_: Standing({"h1": right, "h2": None}))
        _, (problem,) = hosts.look_at_hosts(here)
    assert problem.what == f"h2 at tls://127.0.0.1:{port} has a certificate of another authority"


def test_another_version_another_state_and_a_certificate_that_ends_are_named(
    cluster: ClusterFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = datetime.now(UTC) + timedelta(days=3)
    wrong = About("0.0.1", soon, ("part 1 of the index is damaged",)), present("g0", [0, 1])
    right = About(__version__, LATER, ()), present("g1", [0, 1])
    assert whats(cluster, monkeypatch, {"h1": right, "h2": wrong}) == [
        "part 1 of the index is damaged",
        "h2 has version 0.0.1 of the program",
        f"the certificate of h2 ends on {soon.date()}",
        "h2 has another state of the corpus than the gateway",
    ]


def test_what_a_host_says_of_itself_is_sent_as_plain_values() -> None:
    said = About("1", LATER, ("damaged",))
    assert about_of(json.loads(json.dumps(said.sent()))) == said
    for sent in (None, ["1"], ["1", "tomorrow", []], [1, LATER.isoformat(), []]):
        with pytest.raises(ValueError, match=r".*"):
            about_of(sent)
