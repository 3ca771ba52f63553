"""Hosts of this process: a small corpus divided among some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.division import cut
from tuibrowser.search.cluster.asking.transport import Inside, never
from tuibrowser.search.cluster.cluster import Cluster
from tuibrowser.search.cluster.host.host import Host
from tuibrowser.search.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from tuibrowser.search.index.segment import Segment


def hosts_of(engine: Engine, rng: Random, count: int) -> Inside:
    """The transport to so many hosts, or fewer, among which the segments of a corpus, cut anyhow, are dealt out."""
    documents = range(1, engine.reach().total)
    bounds = sorted(rng.sample(documents, min(len(documents), max(count - 1, rng.randint(1, 4)))))
    held: dict[int, list[Segment]] = {}
    for segment in cut(engine, bounds).segments:
        held.setdefault(rng.randrange(count), []).append(segment)
    return Inside({number: Host(_holding(engine, segments)).answer for number, segments in held.items()})


def _holding(engine: Engine, segments: list[Segment]) -> Engine:
    holding = Engine(engine._corpus)
    holding.adopt(tuple(segments))
    return holding


def cluster_of(engine: Engine, transport: Inside) -> Cluster:
    """The searcher over all hosts that there are."""
    return Cluster(engine._corpus, transport, sorted(transport.shards))


class Failing(Inside):
    """A transport to hosts of which one no longer answers after so many questions to it."""

    def __init__(self, transport: Inside, lost: int, after: int) -> None:
        super().__init__(transport.shards)
        self._lost = lost
        self._left = after

    def ask(
        self, method: str, asked: Mapping[int, bytes], deadline: float, cancelled: Callable[[], bool] = never
    ) -> Mapping[int, bytes]:
        """Ask the hosts that still answer."""
        if self._lost in asked:
            self._left -= 1
        if self._left < 0:
            asked = {number: data for number, data in asked.items() if number != self._lost}
        return super().ask(method, asked, deadline, cancelled)
