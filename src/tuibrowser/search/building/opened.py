"""Opened: a searcher over the hosts of an index, with the records that the gateway has."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.records.catalogue import CatalogueError, take_records
from tuibrowser.language.i18n import plain
from tuibrowser.search.cluster.asking.replicated import Replicated
from tuibrowser.search.cluster.asking.roster import unnoted
from tuibrowser.search.cluster.cluster import Cluster
from tuibrowser.search.index.store import IndexUnusableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.building.gateway import Gateway
    from tuibrowser.search.cluster.asking.transport import HostTransport


def open_cluster(
    corpus: Corpus, gateway: Gateway, transport: HostTransport, note: Callable[[str], object] = unnoted
) -> Cluster:
    """Search the index of a corpus, whose documents are then known; `note` writes a line on its hosts into the log.

    Raises IndexUnusableError where the records are damaged, and CorpusError where no host answers.
    """
    try:
        if not gateway.is_of(corpus):
            raise IndexUnusableError(plain("is one of other texts"))
        take_records(corpus, gateway.catalogue)
    except CatalogueError as error:
        raise IndexUnusableError(plain("is damaged")) from error
    shards = Replicated(transport, gateway.holders, gateway.generation, note=note)
    sizes = gateway.plan.sizes()
    try:
        cluster = Cluster(corpus, shards, sorted(gateway.holders), gateway.generation, gateway.names, sizes)
    except CorpusError:
        shards.close()
        raise
    weakref.finalize(cluster, shards.close)  # else lost hosts of a generation that nobody reads were asked for ever
    return cluster
