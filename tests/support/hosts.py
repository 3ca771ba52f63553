"""Hosts of this process: a small corpus divided among some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support.carriers import Carrier
from support.division import cut
from tuibrowser.search.cluster.asking.replicated import Replicated
from tuibrowser.search.cluster.asking.transport import Inside, never
from tuibrowser.search.cluster.cluster import Cluster
from tuibrowser.search.cluster.host.host import Host
from tuibrowser.search.cluster.host.shards import Shards
from tuibrowser.search.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from tuibrowser.search.cluster.asking.roster import Patience
    from tuibrowser.search.index.segment import Segment

HOLDERS = {0: ("a", "b"), 1: ("b", "c"), 2: ("c", "a")}
"""The hosts of each shard."""
GENERATION = "one"


def hosts_of(engine: Engine, rng: Random, count: int) -> Inside:
    """The transport to so many hosts, or fewer, among which the segments of a corpus, cut anyhow, are dealt out."""
    documents = range(1, engine.reach().total)
    bounds = sorted(rng.sample(documents, min(len(documents), max(count - 1, rng.randint(1, 4)))))
    held: dict[int, list[Segment]] = {}
    for segment in cut(engine, bounds).segments:
        held.setdefault(rng.randrange(count), []).append(segment)
    return Inside({number: Host(_holding(engine, segments)).answer for number, segments in held.items()})


@dataclass
class Copied:
    """A small corpus of which two of three hosts have each shard, and what is left of it where some are lost."""

    engine: Engine
    carrier: Carrier
    replicated: Replicated
    cluster: Cluster
    _segments: dict[int, list[Segment]]

    def without(self, *lost: int) -> Engine:
        """One engine over the shards that are not lost."""
        left = [segment for shard, several in self._segments.items() if shard not in lost for segment in several]
        return _holding(self.engine, sorted(left, key=lambda segment: int(segment.numbers[0])))

    def restart(self, name: str, generation: str = GENERATION) -> None:
        """Let a host be another process, which knows of no query, perhaps with another state of the corpus."""
        self.carrier.hosts[name] = _shards(self.engine, self._segments, name, generation).answer


def copied(engine: Engine, patience: Patience, dead: str = "") -> Copied:
    """A corpus of four documents at least, in three shards, each of which two hosts have; some cannot be reached."""
    segments: dict[int, list[Segment]] = {shard: [] for shard in HOLDERS}
    for at, segment in enumerate(cut(engine, (1, 2, 3)).segments):
        segments[at % len(HOLDERS)].append(segment)
    carrier = Carrier({name: _shards(engine, segments, name, GENERATION).answer for name in "abc"})
    carrier.dead.update(dead)
    replicated = Replicated(carrier, HOLDERS, GENERATION, patience=patience)
    sizes = {shard: sum(map(len, several)) for shard, several in segments.items()}
    cluster = Cluster(engine._corpus, replicated, sorted(HOLDERS), GENERATION, sizes=sizes)
    return Copied(engine, carrier, replicated, cluster, segments)


def _shards(engine: Engine, segments: dict[int, list[Segment]], name: str, generation: str) -> Shards:
    held = {shard: several for shard, several in segments.items() if name in HOLDERS[shard]}
    return Shards({shard: Host(_holding(engine, each), generation) for shard, each in held.items()}, generation, 4)


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
