"""Starting: what `serve --cluster` begins with: the cluster file, a gateway or a host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.printing.log import log
from tuibrowser.language.i18n import plain
from tuibrowser.search.network.cluster_file import read_cluster_file
from tuibrowser.search.network.extra import need_packages

if TYPE_CHECKING:
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.search.network.cluster_file import ClusterFile
    from tuibrowser.search.network.gateway import Gateway

_IN_THE_FILE: Final = ("--encoding", "--index-dir")
_OF_A_GATEWAY: Final = ("--socket", "--group", "--web")


def cluster_of(arguments: Arguments) -> ClusterFile | None:
    """The cluster that is to be served; None where none is. Raise UsageError, CorpusError."""
    file = arguments.text("--cluster")
    if file is None:
        if arguments.flag("--host"):
            raise UsageError(plain("{option} goes with {other}", option="--host", other="--cluster"), arguments.command)
        return None
    others = _IN_THE_FILE + (_OF_A_GATEWAY if arguments.flag("--host") else ())
    beside = "--host" if arguments.flag("--host") else "--cluster"
    for option in others:
        if arguments.flag(option):
            said = plain("{option} does not go with {other}", option=option, other=beside)
            raise UsageError(said, arguments.command)
    if arguments.operands:
        raise UsageError(plain("the texts of a cluster are named in {file}", file=file), arguments.command)
    need_packages()
    return read_cluster_file(Path(file))


def gateway_of(cluster: ClusterFile) -> Gateway:
    """The gateway, whose hosts may join from now on."""
    from tuibrowser.search.network.gateway import Gateway

    return Gateway(cluster, log)


def serve_host(cluster: ClusterFile, name: str) -> int:
    """Answer for the parts of the index that a host has, until a signal ends it; return 0."""
    from tuibrowser.cli.cluster import host

    return host.serve_host(cluster, name)
