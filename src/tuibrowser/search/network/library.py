"""Library: a corpus as the gateway of a cluster has it, taken up again when its index is another one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.search.building.gateway import open_gateway
from tuibrowser.search.building.opened import open_cluster
from tuibrowser.search.cluster.asking.roster import unnoted
from tuibrowser.search.index.places import MANIFEST
from tuibrowser.search.index.store import IndexUnusableError
from tuibrowser.search.machines.library import Shown, Watching
from tuibrowser.search.machines.shelf import LocalShelf
from tuibrowser.search.network.cluster_file import GATEWAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.building.gateway import Gateway
    from tuibrowser.search.cluster.asking.transport import HostTransport
    from tuibrowser.search.network.cluster_file import ClusterFile


class ClusterLibrary(Watching):
    """What the hosts of a cluster have, as long as there is an index and a host answers when it is opened."""

    def __init__(
        self, cluster: ClusterFile, transport: HostTransport, name: str, note: Callable[[str], object] = unnoted
    ) -> None:
        """Open the index; `name` is that of the server, `note` writes a line into the log.

        Raise CorpusError where it cannot be opened now.
        """
        super().__init__()
        self._cluster = cluster
        self._transport = transport
        self._name = name
        self._note = note
        self._stamp = self._now()
        self.current = self._opened()

    def _now(self) -> tuple[int, int] | None:
        """What tells one manifest from another; None where there is none."""
        try:
            found = os.stat(self._cluster.folder(GATEWAY) / MANIFEST)  # noqa: PTH116
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _opened(self) -> Shown:
        corpus = Corpus.discover(self._cluster.texts, encoding=self._cluster.encoding)
        try:
            gateway = open_gateway(corpus, self._cluster.folder(GATEWAY))
            corpus = self._indexed(corpus, gateway)
            cluster = open_cluster(corpus, gateway, self._transport, self._note)
        except IndexUnusableError as error:
            raise CorpusError(_reason(error)) from None
        parts = ", ".join(map(str, sorted(gateway.holders)))
        hosts = dict.fromkeys(name for names in gateway.holders.values() for name in names)
        self._note(f"generation {gateway.generation} taken up: parts {parts} on {', '.join(hosts)}")
        return Shown(gateway.generation, corpus, cluster, LocalShelf(corpus, self._name, self.look_now))

    def _indexed(self, corpus: Corpus, gateway: Gateway) -> Corpus:
        """A corpus with the documents that the index has, where others have come or some have gone since."""
        if gateway.is_of(corpus):
            return corpus
        self._note(plain("documents have come or gone since the index was built: run tuibrowser index --cluster"))
        return Corpus(gateway.sources(), corpus.problems, paths=corpus.paths, encoding=corpus.encoding)

    def look(self) -> bool:
        """Whether there is another index, which is searched then. Raise CorpusError, OSError."""
        stamp = self._now()
        if stamp in (None, self._stamp):
            return False
        opened = self._opened()
        is_another = opened.generation != self.current.generation
        self._stamp, self.current = stamp, opened
        return is_another


def _reason(error: IndexUnusableError) -> str:
    """Why an index cannot be searched, and what mends it."""
    if not error.reason:
        return plain("there is no index yet: run tuibrowser index --cluster")
    return plain("the index {reason}: run tuibrowser index --cluster", reason=error.reason)
