"""How often hosts are asked for one answer."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from support.hosts import cluster_of, hosts_of
from support.searching import answer, engine_of
from tuibrowser.search.cluster.asking.transport import Inside, never
from tuibrowser.search.machines.arrays import packed_array, unpacked_array
from tuibrowser.search.model import Order, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TEXTS = ["高质量发展的中国。高质量，高质量", "高質量的中国，高质发展", "中国人民的法院", "高质量发展的国家"] * 5


class Counted(Inside):
    """Counts how often hosts are asked."""

    rounds = 0

    def ask(
        self, method: str, asked: Mapping[int, bytes], deadline: float, cancelled: Callable[[], bool] = never
    ) -> Mapping[int, bytes]:
        """Ask hosts."""
        self.rounds += 1
        return super().ask(method, asked, deadline, cancelled)


@pytest.mark.parametrize(
    ("query", "scope", "most"),
    [
        ("高质量", Scope(order=Order.PATH), 2),
        ("高质量", Scope(), 3),
        ("高质量", Scope(order=Order.HITS), 2),
        ("gaozhiliang", Scope(), 6),
        ("法院 人民", Scope(), 5),
        ("高质发中国", Scope(), 6),
        ("没在这里的", Scope(), 9),
        ("没在 这里", Scope(), 3),
    ],
)
def test_hosts_are_asked_few_times(query: str, scope: Scope, most: int) -> None:
    engine = engine_of(TEXTS)
    transport = Counted(hosts_of(engine, Random(3), 3).shards)
    cluster = cluster_of(engine, transport)
    transport.rounds = 0
    found = answer(cluster, query, scope)
    assert transport.rounds <= most
    assert found.hits == answer(engine, query, scope).hits


def test_pairs_of_characters_are_asked_for_once() -> None:
    engine = engine_of(TEXTS)
    transport = Counted(hosts_of(engine, Random(3), 3).shards)
    cluster = cluster_of(engine, transport)
    rounds = []
    for _ in range(2):
        transport.rounds = 0
        assert answer(cluster, "高质量").hits == answer(engine, "高质量").hits
        rounds.append(transport.rounds)
    assert rounds[1] < rounds[0]


@pytest.mark.parametrize(
    "values",
    [
        np.arange(20),
        np.arange(20) - 1,
        np.full(9, 1 << 40),
        np.arange(3),
        np.arange(300).reshape(2, -1),
        np.empty(0, np.int64),
        np.linspace(0, 1, 20),
    ],
    ids=str,
)
def test_numbers_come_as_they_were_sent(values: Any) -> None:
    found = unpacked_array(packed_array(values))
    assert found.dtype == values.dtype
    assert (found == values).all()


def test_small_numbers_take_few_bytes() -> None:
    assert len(packed_array(np.arange(200))[2]) == 200
