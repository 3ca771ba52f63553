"""Hosts: ask each host of a cluster what it is and has; change nothing."""

from __future__ import annotations

import json
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tuibrowser import __version__
from tuibrowser.doctor.model import HostFound, Problem
from tuibrowser.language.i18n import plain
from tuibrowser.search.cluster.host.bundle import hello, present_of
from tuibrowser.search.index.places import MANIFEST
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.network.certificates import end_of
from tuibrowser.search.network.cluster_file import GATEWAY
from tuibrowser.search.network.dask import own_name, security, settle
from tuibrowser.search.network.transport import DaskTransport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Future

    from tuibrowser.search.network.about import About
    from tuibrowser.search.network.cluster_file import ClusterFile

_PATIENCE: Final = 3.0
"""Seconds in which all hosts must answer."""
_REACHED: Final = 1.0
"""Seconds in which a port takes a connection that is reached at all."""
_SOON: Final = timedelta(days=30)


def look_at_hosts(cluster: ClusterFile) -> tuple[tuple[HostFound, ...], tuple[Problem, ...]]:
    """The hosts of a cluster, and all that is wrong with it. Raise CorpusError where a certificate cannot be used."""
    settle(cluster.folder(GATEWAY))
    secured = security(cluster.certificates, own_name(cluster.certificates))
    transport = DaskTransport(cluster.hosts, secured)
    context: ssl.SSLContext = secured.get_connection_args("client")["ssl_context"]
    try:
        abouts, presents = transport.about(), transport.send(dict.fromkeys(cluster.hosts, hello("")))
        end = time.monotonic() + _PATIENCE
        found = [_host(cluster, name, abouts[name], presents[name], end, context) for name in cluster.hosts]
    finally:
        transport.close()
    generation, holders = _index(cluster)
    hosts = tuple(_compared(cluster, host, generation) for host in found)
    problems = [*_of_own(cluster), *(problem for host in hosts for problem in host.problems)]
    return hosts, (*problems, *_of_index(cluster, hosts, generation), *_of_parts(hosts, generation, holders))


def _host(
    cluster: ClusterFile, name: str, about: Future[About], present: Future[bytes], end: float, context: ssl.SSLContext
) -> HostFound:
    """A host, and what is wrong with it by itself."""
    address = cluster.hosts[name].url
    try:
        told = about.result(max(0.0, end - time.monotonic()))
        has = present_of(present.result(max(0.0, end - time.monotonic())))
    except (OSError, WireError):
        return HostFound(name, address, healthy=False, problems=(_of_silence(cluster, name, context),))
    problems = [
        Problem(name, what, plain("run tuibrowser index --cluster {file}", file=cluster.path)) for what in told.problems
    ]
    if told.version != __version__:
        what = plain("{host} has version {version} of the program", host=name, version=told.version)
        problems.append(Problem(name, what, plain("install {version} there", version=__version__)))
    problems += _of_certificate(name, told.ends)
    day = told.ends.date().isoformat()
    shards = tuple(sorted(has.shards))
    return HostFound(name, address, not problems, told.version, has.generation, shards, day, tuple(problems))


def _of_silence(cluster: ClusterFile, name: str, context: ssl.SSLContext) -> Problem:
    """Why a host may not answer: nothing listens there, what does is silent or of others, or it is not reached."""
    address = cluster.hosts[name]
    start = plain("start it there: tuibrowser serve --cluster {file} --host {host}", file=cluster.path, host=name)
    try:
        reached = socket.create_connection((address.machine, address.port), _REACHED)
    except ConnectionRefusedError:
        return Problem(name, plain("{host} does not answer at {address}", host=name, address=address.url), start)
    except OSError:
        what = plain("{host} is not reached at {address}", host=name, address=address.url)
        return Problem(name, what, plain("look at its machine, and at the network and firewalls between"))
    with reached:
        refused = _refused(context, reached)
        if "expired" in refused:
            what = plain("the certificate of {host}, or the one here, has expired", host=name)
            return Problem(name, what, plain("move its two files away and run tuibrowser serve --certificates again"))
        if refused:
            what = plain("{host} at {address} has a certificate of another authority", host=name, address=address.url)
            return Problem(name, what, plain("give all machines files of one authority: ca.crt and their own"))
    what = plain("{host} takes connections at {address} and says nothing", host=name, address=address.url)
    hangs = plain("its process is stopped or hangs")
    return Problem(
        name, what, plain("{reason}: kill -CONT lets it go on; else end it and {start}", reason=hangs, start=start)
    )


def _refused(context: ssl.SSLContext, reached: socket.socket) -> str:
    """Why one end of a connection does not take the other for one of the cluster; "" where both do, or one is silent.

    What is refused of TLS 1.3 is told only when something is read.
    """
    try:
        with context.wrap_socket(reached) as shown:
            shown.recv(1)
    except ssl.SSLError as error:
        return str(error).casefold()
    except OSError:
        pass
    return ""


def _of_index(cluster: ClusterFile, hosts: tuple[HostFound, ...], generation: str) -> Iterator[Problem]:
    """That there is no index."""
    if not generation and not any(host.generation for host in hosts):
        remedy = plain("run tuibrowser index --cluster {file}", file=cluster.path)
        yield Problem(plain("index"), plain("there is no index yet"), remedy)


def _of_own(cluster: ClusterFile) -> Iterator[Problem]:
    with suppress(OSError, ValueError):
        name = own_name(cluster.certificates)
        yield from _of_certificate(name, end_of(cluster.certificates / f"{name}.crt"))


def _of_certificate(name: str, ends: datetime) -> Iterator[Problem]:
    if ends - datetime.now(UTC) < _SOON:
        what = plain("the certificate of {host} ends on {day}", host=name, day=ends.date().isoformat())
        remedy = plain("move its two files away and run tuibrowser serve --certificates again")
        yield Problem(name, what, remedy)


def _index(cluster: ClusterFile) -> tuple[str, Mapping[str, list[str]]]:
    """The generation that the gateway has, and the hosts of each part; nothing where it has none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads((cluster.folder(GATEWAY) / MANIFEST).read_bytes())
        return str(said["generation"]), dict(said["holders"])
    return "", {}


def _compared(cluster: ClusterFile, host: HostFound, generation: str) -> HostFound:
    """A host, and whether it has the generation of the gateway."""
    if not host.version or not generation or host.generation == generation:
        return host
    what = plain("{host} has another state of the corpus than the gateway", host=host.name)
    if not host.generation:
        what = plain("{host} has no part of the index yet", host=host.name)
    problem = Problem(host.name, what, plain("run tuibrowser index --cluster {file}", file=cluster.path))
    return replace(host, healthy=False, problems=(*host.problems, problem))


def _of_parts(hosts: tuple[HostFound, ...], generation: str, holders: Mapping[str, list[str]]) -> Iterator[Problem]:
    """The parts of the index that no host has which answers."""
    there = {host.name: host.shards for host in hosts if host.generation == generation}
    for part, names in holders.items():
        if not any(int(part) in there.get(name, ()) for name in names):
            what = plain("part {part} of the index cannot be searched", part=part)
            remedy = plain("start one of its hosts: {hosts}", hosts=" ".join(names))
            yield Problem(plain("index"), what, remedy)
