"""Several hosts of this process, a document on each, any of which can be lost and come back."""

from __future__ import annotations

import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from support.carriers import Carrier
from support.division import cut
from support.serving import serving_at, shown_of
from tuibrowser.api import open_corpus
from tuibrowser.search.cluster.asking.replicated import Replicated
from tuibrowser.search.cluster.asking.roster import Patience
from tuibrowser.search.cluster.cluster import Cluster
from tuibrowser.search.cluster.host.host import Host
from tuibrowser.search.cluster.host.shards import Shards
from tuibrowser.search.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support.serving import Running
    from tuibrowser.corpus.corpus import Corpus

PATIENCE = Patience(silent=0.2, lost=5.0, again=0.02)


class Several:
    """A corpus whose documents are held by the hosts h1, h2 …, one each; `searcher` searches all that are there."""

    def __init__(self, corpus: Corpus, engine: Engine) -> None:
        count = len(corpus.documents)
        pieces = cut(engine, range(1, count)).segments
        self._carrier = Carrier({})
        holders = {}
        for number, segment in enumerate(pieces):
            holding = Engine(corpus)
            holding.adopt((segment,))
            name = f"h{number + 1}"
            self._carrier.hosts[name] = Shards({number: Host(holding, "one")}, "one", cores=2).answer
            holders[number] = (name,)
        self._transport = Replicated(self._carrier, holders, "one", patience=PATIENCE)
        self.corpus = corpus
        self.searcher: Any = Cluster(corpus, self._transport, range(len(pieces)), "one")

    def lose(self, name: str) -> None:
        """Let a host answer no more."""
        self._carrier.dead.add(name)
        self._transport.roster.ask_after(name)
        self._until(name, there=False)

    def bring_back(self, *names: str) -> None:
        """Let hosts answer again, the last that are lost."""
        self._carrier.dead.difference_update(names)
        for name in names:
            self._until(name, there=True)

    def _until(self, name: str, *, there: bool) -> None:
        end = time.monotonic() + 60
        while self._transport.roster.is_there(name) is not there or (there and self.searcher.reach().missing):
            assert time.monotonic() < end
            time.sleep(0.005)

    def close(self) -> None:
        self._transport.close()


def several_of(paths: Sequence[str]) -> Several:
    """Hosts that hold the documents of some files."""
    opened = open_corpus(paths, server=False)
    assert isinstance(opened.searcher, Engine)
    return Several(opened.corpus, opened.searcher)


@contextmanager
def served_by_hosts(paths: Sequence[str]) -> Iterator[tuple[Several, Running]]:
    """A server of some files that asks hosts."""
    several = several_of(paths)
    shown = shown_of(several.corpus, several.searcher)
    with TemporaryDirectory() as folder, serving_at(lambda: shown, Path(folder) / "s") as running:
        yield several, running
    several.close()
