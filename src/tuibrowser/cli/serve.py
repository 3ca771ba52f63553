"""`tuibrowser serve`: search a corpus for all readers of a machine, who ask at a Unix socket."""

from __future__ import annotations

import getpass
import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.cli.cluster.certificates import write_certificates
from tuibrowser.cli.cluster.starting import cluster_of, gateway_of, serve_host
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.printing.log import log
from tuibrowser.cli.sources import STANDARD_INPUT, Progress, check_paths
from tuibrowser.cli.web.starting import pages_of
from tuibrowser.corpus.loading.pool import processors
from tuibrowser.host.signals import Signals
from tuibrowser.host.state_folder import make_private
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import many, plain
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.machines.library import Library, Watching
from tuibrowser.search.machines.places import own_folder, socket_name
from tuibrowser.search.machines.server import Server

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.cli.line.grammar import Arguments

_EVERY: Final = 60.0
"""Seconds between two looks at the files,"""
_OFTEN: Final = 2.0
"""and between those whether the hosts of a cluster have another index."""


def serve(arguments: Arguments) -> int:
    """Serve until a signal ends it; return 0.

    SIGHUP lets it look at the files at once, and ends it where its terminal is gone.
    """
    if (folder := arguments.text("--certificates")) is not None:
        return write_certificates(arguments, folder)
    cluster = cluster_of(arguments)
    if cluster is not None and (host := arguments.text("--host")) is not None:
        return serve_host(cluster, host)
    paths, encoding = _texts(arguments) if cluster is None else ([*map(str, cluster.texts)], cluster.encoding)
    check_paths(paths)
    socket = _socket(arguments.text("--socket"), paths, encoding)
    pages = pages_of(arguments, paths, encoding, socket, log)
    name = plain("{user}, process {process}", user=_user(), process=os.getpid())
    signals = Signals()
    signals.take(signal.SIGHUP)
    gateway = None if cluster is None else gateway_of(cluster)
    library = _library(arguments, paths, encoding, name) if gateway is None else gateway.library(name)
    server = Server(socket, lambda: library.current, log, processors())
    server.open(arguments.text("--group"))
    signals.take(signal.SIGTERM, signal.SIGINT)  # an index that is being built is left at once by either
    threading.Thread(target=server.run, name="accept", daemon=True).start()
    _watch(server, library, _EVERY if gateway is None else _OFTEN)
    log(f"{_documents(library)} served at {socket}")
    if pages is not None:
        pages.start()
    while signals.next() == signal.SIGHUP and log("looking at the files"):
        library.look_now()
    if pages is not None:
        pages.stop()
    library.end()
    server.stop()
    if gateway is not None:
        gateway.end()
    log("ended")
    return 0


def _texts(arguments: Arguments) -> tuple[Sequence[str], str | None]:
    """The paths that are to be served, and their encoding where one is given."""
    paths, encoding = arguments.operands, arguments.text("--encoding")
    if not paths:
        raise UsageError(plain("what to serve is missing"), arguments.command)
    if STANDARD_INPUT in paths:
        raise UsageError(plain("standard input (-) cannot be served"), arguments.command)
    if encoding is not None:
        from tuibrowser.corpus.decoding.decode import encoding_name

        encoding = encoding_name(encoding)
    return paths, encoding


def _library(arguments: Arguments, paths: Sequence[str], encoding: str | None, name: str) -> Watching:
    """The corpus, with its index in this process."""
    index_dir = arguments.text("--index-dir")
    return Library(paths, encoding, Path(index_dir) if index_dir else None, Listener(Progress(), note=log), name)


def _socket(named: str | None, paths: Sequence[str], encoding: str | None) -> Path:
    """Where the socket is: as named, else in the folder that systemd gives or in this user's own."""
    if named is not None:
        return Path(named)
    given = os.environ.get("RUNTIME_DIRECTORY", "").partition(":")[0]
    folder = Path(given) if given else own_folder()
    if not given:
        try:
            make_private(folder)
        except OSError as error:
            raise CommandError(
                plain("no socket at {path}: {reason}", path=str(folder), reason=system_reason(error))
            ) from None
    return folder / socket_name(paths, encoding)


def _watch(server: Server, library: Watching, every: float) -> None:
    """Look at the files from now on."""

    def changed() -> None:
        log(f"files have changed: {_documents(library)} served now")
        server.tell_changed()

    def failed(error: Exception) -> None:
        log(f"the files could not be looked at: {error}")

    threading.Thread(target=library.watch, args=(every, changed, failed), name="watch", daemon=True).start()


def _documents(library: Watching) -> str:
    return many(len(library.current.corpus.documents), "document")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
