"""Gateway: keeps the scheduler of a cluster running, and has what its hosts hold."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.supervised import Supervised
from tuibrowser.language.i18n import said
from tuibrowser.search.network.cluster_file import GATEWAY
from tuibrowser.search.network.dask import security, settle
from tuibrowser.search.network.library import ClusterLibrary
from tuibrowser.search.network.transport import DaskTransport

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.network.cluster_file import ClusterFile

_SCHEDULER: Final = "tuibrowser.search.network.scheduler"
_PAUSE: Final = 1.0
"""Seconds between two attempts to open an index that is not there yet, or whose hosts do not answer."""


class Gateway:
    """The scheduler, and the connections to the hosts, until it is ended."""

    def __init__(self, cluster: ClusterFile, note: Callable[[str], object]) -> None:
        """Start the scheduler; `note` writes into the log. Raise CorpusError where a certificate cannot be used."""
        self._cluster = cluster
        self._note = note
        settle(cluster.folder(GATEWAY))
        secured = security(cluster.certificates, GATEWAY)
        self._scheduler = Supervised(_SCHEDULER, [os.fspath(cluster.path)], self._ended)
        self._transport = DaskTransport(cluster.hosts, secured)

    def library(self, name: str) -> ClusterLibrary:
        """What the hosts have; wait until there is an index, and a host answers."""
        told = ""
        while True:
            try:
                return ClusterLibrary(self._cluster, self._transport, name, self._note)
            except CorpusError as error:
                if (reason := said(error)) != told:
                    self._note(reason)
                    told = reason
                time.sleep(_PAUSE)

    def _ended(self, status: int) -> None:
        self._note(f"the scheduler ended with {status} and is started again")

    def end(self) -> None:
        """End the scheduler and all connections."""
        self._scheduler.end()
        self._transport.close()
