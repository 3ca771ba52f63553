"""What hosts do wrong, by name: the answer is that of one engine over what is left, and says what is missing."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from support.division import answers, figures, queries, small
from support.hosts import copied
from support.searching import answer, engine_of
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.cluster.asking.roster import Patience
from tuibrowser.search.model import Scope
from tuibrowser.search.query import READ_LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from support.hosts import Copied
    from tuibrowser.search.engine import Engine

SURE = Patience(silent=60.0, lost=60.0, again=0.01)
"""Hosts are lost by what they do alone, not by how long it takes here."""
HASTY = Patience(silent=0.05, lost=60.0, again=0.01)
LOSING = Patience(silent=0.05, lost=0.4, again=0.01)
TEXTS = ["高質量發展的中国", "高质量的中国，高质发展", "中国人民的法院高质量", "gao 高質量發展的國家", "国人高质量"]
QUERIES = ("高质量", "gaozhi 发展", "zhongguo", "高质 法院", "高质里发展", "re:高.量", "没有的")


@cache
def texts() -> Engine:
    return engine_of(TEXTS)


@pytest.fixture
def make() -> Iterator[Callable[..., Copied]]:
    made: list[Copied] = []

    def one(patience: Patience = SURE, dead: str = "", engine: Engine | None = None) -> Copied:
        made.append(copied(engine or texts(), patience, dead))
        return made[-1]

    yield one
    for each in made:
        each.replicated.close()
        for name in tuple(each.carrier.stopped):
            each.carrier.go_on(name)


LEFT = (1, 2)
"""Documents of parts that are there where the first one is missing."""


def all_of(searcher: Any, query: str, documents: Sequence[int] = (0, 1)) -> list[Any]:
    return answers(searcher, query, Scope(), 10, documents)


def partly(held: Copied, query: str) -> list[Any]:
    """What is found where the first shard is missing: all that is left, that is at least, and what is missing."""
    found = all_of(held.without(0), query, LEFT)
    return [replace(found[0], at_least=True, missing=held.cluster.reach().missing), *found[1:]]


def until(holds: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(2000):
        if holds():
            return
        pause.wait(0.005)
    raise AssertionError("it never does")


@pytest.mark.parametrize("query", QUERIES)
def test_where_one_host_cannot_be_reached_everything_is_found(make: Callable[..., Copied], query: str) -> None:
    held = make()
    held.carrier.dead.add("a")
    assert all_of(held.cluster, query) == all_of(texts(), query)
    reach = held.cluster.reach()
    assert [(each.name, each.reason) for each in reach.hosts] == [("a", "does not answer"), ("b", ""), ("c", "")]
    assert (reach.missing, reach.documents) == ((), len(TEXTS))


@pytest.mark.parametrize("frames", range(1, 9))
def test_a_host_that_is_lost_during_a_query_is_not_missed(make: Callable[..., Copied], frames: int) -> None:
    held = make()
    for query in QUERIES[:3]:
        held.carrier.left = {"c": frames}
        held.carrier.dead.clear()
        assert all_of(held.cluster, query) == all_of(texts(), query)
        assert not held.cluster.reach().missing


@pytest.mark.parametrize("query", QUERIES)
def test_what_no_host_has_is_left_out_and_that_is_said(make: Callable[..., Copied], query: str) -> None:
    held = make()
    held.carrier.dead.update("ab")
    assert all_of(held.cluster, query, LEFT) == partly(held, query)
    reach = held.cluster.reach()
    (missing,) = reach.missing
    assert (missing.part, missing.reason) == ("0", "a does not answer; b does not answer")
    assert 0 < missing.share < 1
    assert reach.documents == 2


@pytest.mark.parametrize("frames", range(1, 9))
def test_the_only_host_of_a_part_that_is_lost_during_a_query(make: Callable[..., Copied], frames: int) -> None:
    held = make()
    held.carrier.dead.add("a")
    held.carrier.left = {"b": frames}
    found = answer(held.cluster, "gaozhi 发展")
    whole, left = (answer(each, "gaozhi 发展") for each in (texts(), held.without(0)))
    missing = held.cluster.reach().missing
    expected = replace(left, at_least=True, missing=missing) if missing else whole
    assert replace(found, elapsed_ms=0) == replace(expected, elapsed_ms=0)


def test_where_no_host_is_left_that_is_said_and_why(make: Callable[..., Copied]) -> None:
    held = make()
    held.carrier.dead.update("abc")
    for query in ("高质量", "高质量", "国家", "gzl"):  # also once that is known
        said = "no host that has the texts answers: a does not answer; b does not answer"
        with pytest.raises(CorpusError, match=said):
            answer(held.cluster, query)
        assert held.cluster.reach().documents == 0


def test_a_host_that_is_stopped_is_lost_and_the_copies_answer(make: Callable[..., Copied]) -> None:
    held = make(LOSING)
    assert answer(held.cluster, "高质量").total
    held.carrier.stopped.add("a")
    assert all_of(held.cluster, "gaozhi 发展") == all_of(texts(), "gaozhi 发展")
    until(lambda: held.replicated.hosts()["a"] == "does not answer")
    held.carrier.go_on("a")
    until(lambda: not any(held.replicated.hosts().values()))
    assert all_of(held.cluster, "zhongguo") == all_of(texts(), "zhongguo")


def test_a_host_that_is_stopped_during_a_query_is_not_missed(make: Callable[..., Copied]) -> None:
    held = make(LOSING)
    results = held.cluster.search("高质里发展")
    occurrences = held.cluster.occurrences("高质量")
    held.carrier.stopped.add("c")
    assert list(occurrences) == list(texts().occurrences("高质量"))
    assert [each.total for each in results][-1] == answer(texts(), "高质里发展").total


def test_a_host_of_another_state_of_the_corpus_counts_as_missing(make: Callable[..., Copied]) -> None:
    held = make()
    held.restart("a", "two")
    assert all_of(held.cluster, "高质量") == all_of(texts(), "高质量")
    assert held.cluster.reach().hosts[0].reason == "has another state of the corpus"
    held.restart("b", "two")
    assert all_of(held.cluster, "高质量", LEFT) == partly(held, "高质量")
    other = "has another state of the corpus"
    assert held.cluster.reach().missing[0].reason == f"a {other}; b {other}"


def test_a_part_that_is_back_is_searched_again_by_itself(make: Callable[..., Copied]) -> None:
    held = make()
    held.carrier.dead.update("ab")
    assert all_of(held.cluster, "高质量", LEFT) == partly(held, "高质量")
    before = held.cluster.reach().version
    held.carrier.dead.clear()
    until(lambda: not any(held.replicated.hosts().values()))
    assert held.cluster.reach().version != before
    assert held.cluster.reach().missing == ()
    assert all_of(held.cluster, "高质量") == all_of(texts(), "高质量")
    assert not answer(held.cluster, "高质量").at_least


def test_a_part_that_was_never_there_is_searched_once_it_is(make: Callable[..., Copied]) -> None:
    held = make(SURE, "ab")
    assert all_of(held.cluster, "高质量", LEFT) == partly(held, "高质量")
    (missing,) = held.cluster.reach().missing
    assert missing.part == "0"
    assert 0 < missing.share < 1
    held.carrier.dead.clear()
    until(lambda: not any(held.replicated.hosts().values()))
    assert all_of(held.cluster, "高质量") == all_of(texts(), "高质量")
    assert held.cluster.reach().missing == ()


def test_what_repeats_is_told_anew_when_a_part_is_back(
    make: Callable[..., Copied], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuibrowser.search.counting.once.LEAST", 3)
    engine = engine_of(["高質量發展", "中国", "别的\n高质量发展", "国家"])
    held, scope = make(engine=engine), Scope(once=True)
    documents, layers = range(4), READ_LAYERS
    asked: list[Callable[[Any], Any]] = [
        lambda searcher: list(searcher.matches("高质量", scope)),
        lambda searcher: list(searcher.matches_of_unit("高质", documents, layers, once=True)),
        lambda searcher: searcher.units(documents, 2, layers, once=True).described(["高质"]),
    ]
    for ask in asked:
        assert ask(held.cluster) == ask(engine)
        held.carrier.dead.update("ab")
        assert answer(held.cluster, "高质").missing
        assert ask(held.cluster) == ask(held.without(0))
        held.carrier.dead.clear()
        until(lambda: not any(held.replicated.hosts().values()))
        assert ask(held.cluster) == ask(engine)


def test_a_figure_is_of_the_parts_that_were_there_when_it_was_begun(make: Callable[..., Copied]) -> None:
    held = make()
    held.carrier.dead.update("ab")
    assert answer(held.cluster, "高质").missing
    part = held.cluster.units(range(len(TEXTS)), 1, READ_LAYERS)
    total = part.total()
    held.carrier.dead.clear()
    until(lambda: not any(held.replicated.hosts().values()))
    whole = held.cluster.units(range(len(TEXTS)), 1, READ_LAYERS)
    assert part.described(["高"])[0].count == part.frequencies(["高"])[0] < whole.frequencies(["高"])[0]
    assert total < whole.total()
    held.carrier.dead.update("ab")
    with pytest.raises(CorpusError, match="does not answer"):
        whole.described(["高"])


def test_hits_in_a_document_that_no_host_has_are_not_known(make: Callable[..., Copied]) -> None:
    held = make()
    held.carrier.dead.update("ab")
    assert answer(held.cluster, "高质量").missing
    assert held.cluster.known_spans_in("高质量", 0) is None
    with pytest.raises(CorpusError, match="a host that has some of these documents does not answer"):
        held.cluster.spans_in("高质量", 0)
    assert held.cluster.spans_in("高质量", 2) == texts().spans_in("高质量", 2)


def test_a_host_that_was_started_again_finds_anew_what_it_forgot(make: Callable[..., Copied]) -> None:
    held = make()
    handles = held.cluster.occurrences("高质量"), held.cluster.matches("高质量"), held.cluster.listing("高质量")
    for name in "abc":
        held.restart(name)
    own = texts().occurrences("高质量"), texts().matches("高质量"), texts().listing("高质量")
    assert list(handles[0]) == list(own[0])
    assert figures(handles[1]) == figures(own[1])
    assert list(handles[2]) == list(own[2])


def test_a_slow_host_is_waited_for_where_the_copy_does_not_know_the_query(make: Callable[..., Copied]) -> None:
    held = make(HASTY)
    slow, answering = threading.Event(), held.carrier.hosts["a"]

    def late(data: bytes) -> bytes:
        slow.wait(0.15)
        return answering(data)

    held.carrier.hosts["a"] = late
    assert all_of(held.cluster, "gaozhi 发展") == all_of(texts(), "gaozhi 发展")
    assert not any(held.replicated.hosts().values())


def test_a_query_that_is_not_wanted_any_more_ends_at_once(make: Callable[..., Copied]) -> None:
    held = make()
    held.carrier.stopped.add("a")
    asked = threading.Event()
    found: list[Any] = []
    searching = threading.Thread(
        target=lambda: found.extend(held.cluster.search("高质量", cancelled=asked.is_set)), daemon=True
    )
    searching.start()
    asked.set()
    held.replicated.roster.patience = HASTY
    searching.join(20)
    assert not searching.is_alive()
    assert found == []


def test_the_first_matches_of_a_pattern_come_before_the_last(
    make: Callable[..., Copied], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuibrowser.search.patterns.find._FIRST", 1)
    monkeypatch.setattr("tuibrowser.search.planning.plan._SHOWN_EVERY", 0.0)
    monkeypatch.setattr("tuibrowser.search.cluster.host.session.monotonic", iter(range(1 << 30)).__next__)
    monkeypatch.setattr("tuibrowser.search.cluster.host.session._SLICE", 1.5)
    held = make()
    found = list(held.cluster.search("re:高.量"))
    whole = answer(texts(), "re:高.量")
    assert len(found) > 2
    assert replace(found[-1], elapsed_ms=0) == replace(whole, elapsed_ms=0)
    assert [each.at_least for each in found[:-1]] == [True] * (len(found) - 1)
    for name in "abc":
        held.restart(name)
    assert list(held.cluster.occurrences("re:高.量")) == list(texts().occurrences("re:高.量"))


def test_many_queries_at_once_are_answered_each_for_itself(make: Callable[..., Copied]) -> None:
    held = make()
    found: dict[str, Any] = {}

    def ask(query: str) -> None:
        found[query] = answer(held.cluster, query)

    threads = [threading.Thread(target=ask, args=(query,)) for query in QUERIES]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for query in QUERIES:
        assert replace(found[query], elapsed_ms=0) == replace(answer(texts(), query), elapsed_ms=0), query


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_any_corpus_is_searched_while_hosts_come_and_go(seed: int) -> None:
    rng = Random(seed)
    corpus = small(rng)
    while corpus.engine.reach().total < 4:  # as many documents as shards
        corpus = small(rng)
    held = copied(corpus.engine, SURE)
    for query in rng.sample(list(queries(rng, corpus)), 12):
        lost = rng.choice("abc")
        held.carrier.left = {lost: rng.randint(0, 6)}
        assert all_of(held.cluster, query) == all_of(corpus.engine, query), query
        held.carrier.left = {}
        held.carrier.dead.clear()
        until(lambda: not any(held.replicated.hosts().values()))
        if rng.random() < 0.5:
            held.restart(rng.choice("abc"))
    held.replicated.close()
