"""Passages that documents on several hosts share are those that one engine finds."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from support.division import HAN
from support.hosts import Failing, cluster_of, hosts_of
from support.searching import Texts, engine_of
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.model import Metadata
from tuibrowser.search.model import Bound, Scope
from tuibrowser.search.reuse import shared
from tuibrowser.search.reuse.model import ReuseOrder

if TYPE_CHECKING:
    from tuibrowser.search.engine import Engine
    from tuibrowser.search.searcher import Reuse


def corpus(rng: Random) -> Engine:
    """Some documents that share stretches, of which some stand in several places of one document."""
    stretches = ["".join(rng.choices(HAN, k=rng.randint(4, 40))) for _ in range(4)]
    texts: Texts = {}
    for number in range(rng.randint(3, 8)):
        pieces = []
        for _ in range(rng.randint(1, 6)):
            stretch = rng.choice(stretches)
            begin = rng.randrange(len(stretch))
            pieces += [stretch[begin : begin + rng.randint(3, 40)], "".join(rng.choices(HAN, k=rng.randint(0, 6)))]
            pieces.append(rng.choice(("，", "。\n", "", "𠀀")))
        texts[f"{'ab'[number % 2]}/{number}.txt"] = "".join(pieces), Metadata()
    return engine_of(texts)


def known(found: Reuse) -> list[Any]:
    """All that is asked of shared passages, as plain values."""
    rows = [found.rows(0, len(found), order) for order in ReuseOrder]
    return [len(found), found.total(), found.at_least, found.bounds, *rows, found.rows(1, 3)]


def check(engine: Engine, rng: Random, scope: Scope, minimum: int, hosts: int) -> int:
    cluster = cluster_of(engine, hosts_of(engine, rng, hosts))
    count = engine.reach().total
    text = engine._corpus.documents[0].name + "".join(rng.choices(HAN, k=9))
    asked = [*range(count + 1), text, engine.segments[0].text(3, 60).replace("\n", "\0")]
    found = [(engine.reuse(each, scope, minimum), cluster.reuse(each, scope, minimum)) for each in asked]
    for own, other in found:
        assert known(own) == known(other)
    return sum(len(own) for own, _ in found)


@pytest.mark.parametrize("seed", range(6))
def test_what_a_document_shares_is_what_one_engine_finds(seed: int) -> None:
    rng = Random(seed)
    scope = rng.choice((Scope(), Scope(folder="a/"), Scope(document=1)))
    assert check(corpus(rng), rng, scope, rng.choice((4, 5, 9)), 1 + seed % 5)


@pytest.mark.parametrize("limit", [2, 9, 30])
def test_a_bound_is_that_of_one_engine(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "SEEDS_BOUND", Bound("places", limit))
    monkeypatch.setattr("tuibrowser.search.cluster.query.reuse.SEEDS_BOUND", shared.SEEDS_BOUND)
    rng = Random(limit)
    assert check(corpus(rng), rng, Scope(), 4, 4)


def test_rows_are_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("CHARACTERS", 20), ("PASSAGES", 3), ("OFFSETS", 2)):
        monkeypatch.setattr(f"tuibrowser.search.cluster.query.standings.{name}", value)
    rng = Random(8)
    assert check(corpus(rng), rng, Scope(), 4, 3)


def sessions_of(answer: Any) -> Any:
    """The sessions that a host keeps, whose method is given."""
    return answer.__self__._sessions


def check_among(engine: Engine, rng: Random, scope: Scope, minimum: int, hosts: int) -> int:
    cluster = cluster_of(engine, hosts_of(engine, rng, hosts))
    told: list[tuple[int, int]] = []
    found = engine.reuse_among(scope, minimum), cluster.reuse_among(scope, minimum, lambda *each: told.append(each))
    assert None not in found
    own, other = (known(each) for each in found if each is not None)
    assert own == other
    assert told == sorted(told)
    return int(own[0])


@pytest.mark.parametrize("seed", range(8))
def test_what_all_documents_share_is_what_one_engine_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(seed)
    monkeypatch.setattr("tuibrowser.search.cluster.query.among.GRAMS_OF_HOST", rng.choice((20, 10_000)))
    monkeypatch.setattr("tuibrowser.search.cluster.query.among._COPIED", rng.choice((9, 10_000)))
    monkeypatch.setattr("tuibrowser.search.cluster.host.comparing.WINDOW", rng.choice((7, 20, 10_000)))
    monkeypatch.setattr("tuibrowser.search.cluster.host.comparing._PART", rng.choice((11, 10_000)))
    if seed % 2:
        bound = Bound("places", 3)
        for module in ("reuse.every", "reuse.among", "cluster.query.among"):
            monkeypatch.setattr(f"tuibrowser.search.{module}.COMMON_BOUND", bound)
    scope = rng.choice((Scope(), Scope(), Scope(folder="a/"), Scope(document=1)))
    assert check_among(corpus(rng), rng, scope, rng.choice((4, 5, 9)), 1 + seed % 5) or scope != Scope()


def test_documents_that_share_nothing_share_nothing_on_hosts() -> None:
    for texts in (["高質量", "中国人民"], [""], ["的的的的的的的"]):
        assert not check_among(engine_of(texts), Random(1), Scope(), 4, 2)


def test_that_hosts_compare_is_given_up_where_that_is_wanted_and_nothing_is_kept() -> None:
    engine = engine_of(["高質量發展的", "高質量發展的", "高质量发展的"])
    transport = hosts_of(engine, Random(1), 2)
    for times in range(6):
        left = iter([False] * times)
        found = cluster_of(engine, transport).reuse_among(minimum=4, cancelled=lambda: next(left, True))  # noqa: B023
        assert found is None
    assert not any(sessions_of(each).items() for each in transport.shards.values())


def test_a_host_that_forgets_meanwhile_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.cluster.query.among.GRAMS_OF_HOST", 20)
    rng = Random(3)
    engine = corpus(rng)
    transport = hosts_of(engine, rng, 3)
    cluster = cluster_of(engine, transport)
    told: list[int] = []

    def forget(done: int, _: int) -> None:
        if done in (12, 25, 37):
            told.append(done)
            for host in transport.shards.values():
                sessions_of(host).clear()

    found, own = cluster.reuse_among(minimum=4, progress=forget), engine.reuse_among(minimum=4)
    assert told
    assert found is not None
    assert own is not None
    assert known(found) == known(own)


def test_what_a_lost_host_has_is_missing_and_is_not_passed_over() -> None:
    engine = engine_of(["高質量發展的中國人民", "高質量發展的國家", "高质量发展的法院", "別的學習"])
    transport = hosts_of(engine, Random(1), 3)
    lost = max(transport.shards)
    cluster = cluster_of(engine, Failing(transport, lost, 0))
    gone = [number for number in range(4) if int(cluster._hosts.owners[number]) not in cluster._hosts.there]
    held = next(number for number in range(3) if number not in gone)
    found = cluster.reuse(held, minimum=6)
    assert found.at_least
    assert [each.part for each in found.missing] == [str(lost)]
    assert 0 < found.total() < engine.reuse(held, minimum=6).total()
    with pytest.raises(CorpusError, match="does not answer"):
        cluster.reuse(gone[0], minimum=6)


def test_it_is_given_up_where_that_is_wanted() -> None:
    engine = engine_of(["高質量發展的", "高質量發展的"])
    found = cluster_of(engine, hosts_of(engine, Random(1), 2)).reuse(0, minimum=4, cancelled=lambda: True)
    assert (len(found), found.at_least) == (0, True)
