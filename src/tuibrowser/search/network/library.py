"""Library: a corpus as the gateway of a cluster has it, taken up again when its index is another one."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.supervised import Supervised
from tuibrowser.language.i18n import plain
from tuibrowser.search.building.gateway import open_gateway
from tuibrowser.search.building.opened import open_cluster
from tuibrowser.search.index.store import MANIFEST, IndexUnusableError
from tuibrowser.search.machines.library import Shown, Watching
from tuibrowser.search.machines.shelf import LocalShelf
from tuibrowser.search.network.cluster_file import GATEWAY
from tuibrowser.search.network.dask import security
from tuibrowser.search.network.transport import DaskTransport

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.network.cluster_file import ClusterFile

_SCHEDULER: Final = "tuibrowser.search.network.scheduler"
_PAUSE: Final = 1.0
"""Seconds between two attempts to open an index that is not there yet, or whose hosts do not answer."""


class ClusterLibrary(Watching):
    """What the gateway of a cluster serves."""

    def __init__(self, cluster: ClusterFile, name: str, note: Callable[[str], object]) -> None:
        """Let hosts join, and open the index; wait until there is one, and a host answers.

        `note` writes into the log. Raise CorpusError where a certificate is missing.
        """
        super().__init__()
        self._cluster = cluster
        self._name = name
        secured = security(cluster.certificates, GATEWAY)
        self._scheduler = Supervised(
            _SCHEDULER, [os.fspath(cluster.path)], lambda status: note(f"the scheduler ended: {status}")
        )
        self._transport = DaskTransport(cluster.hosts, secured)
        self._stamp = self._now()
        self.current = self._first(note)

    def end(self) -> None:
        """Ask the hosts no more, and let them go."""
        super().end()
        self._scheduler.end()
        self._transport.close()

    def _first(self, note: Callable[[str], object]) -> Shown:
        told = ""
        while True:
            try:
                self._stamp = self._now()
                return self._opened()
            except (CorpusError, IndexUnusableError) as error:
                if (reason := _reason(error)) != told:
                    note(reason)
                    told = reason
                time.sleep(_PAUSE)

    def _now(self) -> tuple[int, int] | None:
        """What tells one manifest from another; None where there is none."""
        try:
            found = os.stat(self._cluster.folder(GATEWAY) / MANIFEST)  # noqa: PTH116
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _opened(self) -> Shown:
        corpus = Corpus.discover(self._cluster.texts, encoding=self._cluster.encoding)
        gateway = open_gateway(corpus, self._cluster.folder(GATEWAY))
        cluster = open_cluster(corpus, gateway, self._transport)
        return Shown(gateway.generation, corpus, cluster, LocalShelf(corpus, self._name, self.look_now))

    def look(self) -> bool:
        """Whether there is another index, which is searched then. Raise CorpusError, OSError."""
        stamp = self._now()
        if stamp in (None, self._stamp):
            return False
        self._stamp = stamp
        try:
            opened = self._opened()
        except IndexUnusableError as error:
            raise CorpusError(_reason(error)) from None
        is_another, self.current = opened.generation != self.current.generation, opened
        return is_another


def _reason(error: Exception) -> str:
    """Why an index cannot be searched, and what mends it."""
    if not isinstance(error, IndexUnusableError):
        return str(error)
    if not error.reason:
        return plain("there is no index yet: run tuibrowser index --cluster")
    return plain("the index {reason}: run tuibrowser index --cluster", reason=error.reason)
