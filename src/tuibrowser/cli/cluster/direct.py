"""`--cluster FILE` or `--cluster tls://HOST:PORT`: have an operator's command search the hosts of a cluster directly.

The command asks a server as ever. That is one of its own process, at a socket which nobody else finds.
"""

from __future__ import annotations

import atexit
import os
import shutil
import threading
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.corpus.loading.pool import processors
from tuibrowser.host.environment import CERTIFICATES, SERVER
from tuibrowser.language.i18n import plain
from tuibrowser.search.machines.server import Server
from tuibrowser.search.network.cluster_file import GATEWAY, TLS, ClusterFile, read_cluster_file, read_url
from tuibrowser.search.network.extra import need_packages

if TYPE_CHECKING:
    from tuibrowser.cli.line.grammar import Arguments

_STRAY = ("--no-server", "--index-dir", "--encoding")


def through_cluster(arguments: Arguments, named: str) -> Arguments:
    """Search a cluster from now on; return the arguments with the texts of the cluster. Raise CorpusError."""
    for option in _STRAY:
        if arguments.flag(option):
            said = plain("{option} does not go with {other}", option=option, other="--cluster")
            raise UsageError(said, arguments.command)
    cluster = cluster_named(named, arguments.text("--certificates"))
    _serve(cluster)
    texts = [os.fspath(path) for path in cluster.texts]
    # They stand behind what was given, and none of them is taken for a place where to begin.
    literal = arguments.literal + len(texts)
    return replace(arguments, operands=(*arguments.operands, *texts), literal=literal)


def cluster_named(named: str, given: str | None) -> ClusterFile:
    """A cluster by its file, or by the address of its scheduler; `given` is the folder of certificates, if any is.

    Raise CorpusError, UsageError.
    """
    need_packages()
    folder = given or os.environ.get(CERTIFICATES, "")
    certificates = Path(folder).expanduser().absolute() if folder else None
    if not named.startswith(TLS):
        cluster = read_cluster_file(Path(named))
        return cluster if certificates is None else replace(cluster, certificates=certificates)
    if certificates is None:
        raise CommandError(
            plain("where is your certificate? give --certificates DIR, or certificates in the config file")
        )
    from tuibrowser.search.network.fetching import fetched

    return fetched(read_url(named), certificates)


def _serve(cluster: ClusterFile) -> None:
    """Serve a cluster to this process, until it ends."""
    from tuibrowser.search.network.dask import own_name, security, settle
    from tuibrowser.search.network.library import ClusterLibrary
    from tuibrowser.search.network.transport import DaskTransport

    settle(cluster.folder(GATEWAY))
    transport = DaskTransport(cluster.hosts, security(cluster.certificates, own_name(cluster.certificates)))
    library = ClusterLibrary(cluster, transport, plain("the hosts of {cluster}", cluster=str(cluster.path)))
    folder = Path(mkdtemp(prefix="tuibrowser-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    server = Server(folder / "s", lambda: library.current, _ignore, processors())
    server.open()
    threading.Thread(target=server.run, name="accept", daemon=True).start()
    os.environ[SERVER] = os.fspath(folder / "s")


def _ignore(_: str) -> None:
    pass
