"""Several hosts answer as one engine does, and say so where one of them is missing."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.division import (
    SCOPES,
    answers,
    counted,
    figures,
    of_corpus,
    of_repeats,
    of_words,
    queries,
    small,
    words_beside,
)
from support.hosts import Failing, cluster_of, hosts_of
from support.searching import answer, engine_of
from support.words import cut_greedily
from tuibrowser.analysis.figures.collocates import collocates
from tuibrowser.analysis.figures.frequency import frequency
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.cluster.asking.transport import Inside
from tuibrowser.search.cluster.cluster import Cluster
from tuibrowser.search.cluster.host.host import Host
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.model import Scope
from tuibrowser.search.query import READ_LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tuibrowser.analysis.table import Table
    from tuibrowser.search.searcher import Searcher

TEXTS = ["高質量發展", "高质量的中国，高质发展", "中国人民的法院", "gao 高質量發展的國家"]


def check_queries(seed: int, count: int) -> None:
    rng = Random(seed)
    corpus = small(rng)
    cluster = cluster_of(corpus.engine, hosts_of(corpus.engine, rng, rng.randint(1, 5)))
    for query in rng.sample(list(queries(rng, corpus)), count):
        scope, limit = rng.choice(SCOPES), rng.choice((2, 10, 100))
        assert answers(corpus.engine, query, scope, limit) == answers(cluster, query, scope, limit), (query, scope)
        if not scope.once:
            assert figures(corpus.engine.matches(query, scope)) == figures(cluster.matches(query, scope)), (
                query,
                scope,
            )


def test_a_word_that_stands_quoted_and_not_is_looked_for_near_as_by_one_engine() -> None:
    engine = engine_of(["發展史\n" * 5 + "发展史\n", "人民国\n" * 3 + "高质\n" * 9, "高質告質\n" * 5])
    cluster = cluster_of(engine, hosts_of(engine, Random(1), 2))
    query = '发展史 ="发展史" 人民国 告质'
    assert answer(cluster, query).notes == answer(engine, query).notes


@pytest.mark.parametrize("seed", range(2))
def test_hosts_answer_as_one_engine(seed: int) -> None:
    check_queries(seed, 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 14))
def test_hosts_answer_all_queries_as_one_engine(seed: int) -> None:
    check_queries(seed, 25)


@pytest.mark.parametrize("seed", range(2))
def test_hosts_know_of_a_corpus_what_one_engine_knows(seed: int) -> None:
    rng = Random(seed)
    corpus = small(rng)
    cluster = cluster_of(corpus.engine, hosts_of(corpus.engine, rng, 3))
    assert of_corpus(corpus.engine, corpus) == of_corpus(cluster, corpus)
    assert of_repeats(corpus.engine) == of_repeats(cluster)


def test_a_paragraph_that_stands_on_another_host_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.counting.once.LEAST", 3)
    engine = engine_of(["高質量發展\n中国", "高质量发展", "别的\n高质量发展\n别的", "中国，中国\n高質，量发展"])
    cluster = cluster_of(engine, hosts_of(engine, Random(5), 3))
    documents = range(4)
    assert list(cluster.repeated(documents, READ_LAYERS)) == [0, 5, 5, 5]
    assert list(engine.repeated(documents, READ_LAYERS)) == [0, 5, 5, 5]
    for some in (documents, range(1, 4)):
        own, other = (each.units(some, 1, READ_LAYERS, once=True) for each in (engine, cluster))
        assert counted(own) == counted(other)
        found = [list(each.matches_of_unit("国", some, READ_LAYERS, once=True)) for each in (engine, cluster)]
        assert found[0] == found[1]
    scope = Scope(once=True)
    assert figures(engine.matches("高质", scope)) == figures(cluster.matches("高质", scope))
    with cut_greedily():
        tables = [each.cut_texts.units(documents, READ_LAYERS, once=True) for each in (engine, cluster)]
        assert counted(tables[0]) == counted(tables[1])


def test_figures_of_hosts_are_those_of_one_engine() -> None:
    rng = Random(6)
    corpus = small(rng)
    cluster = cluster_of(corpus.engine, hosts_of(corpus.engine, rng, 3))
    makes: list[Callable[[Searcher], Table[Any]]] = [
        lambda searcher: collocates(searcher, "国", window=(2, 2), minimum=1),
        lambda searcher: frequency(searcher, "国", by="document"),
    ]
    for make in makes:
        own, other = make(corpus.engine), make(cluster)
        assert list(own.records()) == list(other.records())
        assert replace(own.basis, made="") == replace(other.basis, made="")


@pytest.mark.parametrize("seed", range(3))
def test_hosts_count_words_as_one_engine(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.cluster.figures.words.TOGETHER", (7, 2_000_000, 3)[seed])
    rng = Random(seed)
    corpus = small(rng)
    cluster = cluster_of(corpus.engine, hosts_of(corpus.engine, rng, 3))
    with cut_greedily():
        assert of_words(corpus.engine) == of_words(cluster)
        for exact in (False, True):
            own, other = corpus.engine.matches("国"), cluster.matches("国")
            assert words_beside(own, exact=exact) == words_beside(other, exact=exact)


@pytest.mark.parametrize("seed", range(3))
def test_words_used_alike_are_those_of_one_engine(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.likeness.contexts._LEAST", 2)
    monkeypatch.setattr("tuibrowser.search.likeness.contexts._COMMON", 5)
    monkeypatch.setattr("tuibrowser.search.likeness.table.LEAST", 3)
    monkeypatch.setattr("tuibrowser.search.likeness.model.LEAST", 3)
    monkeypatch.setattr("tuibrowser.search.cluster.figures.likeness.ROWS", 4)
    rng = Random(seed)
    corpus = small(rng)
    cluster = cluster_of(corpus.engine, hosts_of(corpus.engine, rng, 3))
    told: list[tuple[int, int]] = []
    with cut_greedily():
        assert cluster.cut_texts.similar("国", 9, cancelled=lambda: True) is None
        found = [cluster.cut_texts.similar(word, 9, lambda *each: told.append(each)) for word in "国人法治没"]
        assert found == [corpus.engine.cut_texts.similar(word, 9) for word in "国人法治没"]
    assert any(each is not None and len(each.rows) > 1 for each in found)
    assert told[-1][0] == told[-1][1]


def test_what_is_bounded_is_bounded_over_all_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.planning.bounds.MOST_ALIKE", 5)
    monkeypatch.setattr("tuibrowser.search.planning.bounds.MOST_OF_THEM", 3)
    monkeypatch.setattr("tuibrowser.search.planning.commonest._COUNTED", 4)
    monkeypatch.setattr("tuibrowser.search.planning.commonest._MOST_RANKS", 2)
    engine = engine_of(["国人高", "国民中国国", "了国x民国民法国", "中国高人国人国"])
    cluster = cluster_of(engine, hosts_of(engine, Random(4), 3))
    for query in ("g", "r", "guo ren", "guoren", "min"):
        assert answers(engine, query, Scope(), 10) == answers(cluster, query, Scope(), 10), query


def test_an_answer_without_a_host_says_what_is_missing() -> None:
    engine = engine_of(TEXTS)
    transport = hosts_of(engine, Random(1), 3)
    lost = max(transport.shards)
    whole = answer(cluster_of(engine, transport), "高质量")
    cluster = cluster_of(engine, Failing(transport, lost, 0))
    part = answer(cluster, "高质量")
    assert not whole.at_least
    assert part.at_least
    assert 0 < part.total < whole.total
    reach = cluster.reach()
    assert reach.documents < reach.total
    assert [each.part for each in reach.missing] == [str(lost)]
    assert cluster.matches("高质量").at_least
    with cut_greedily():
        for searcher in (cluster, cluster.cut_texts):
            assert searcher.matches_of_unit("国", range(4), READ_LAYERS).at_least


@pytest.mark.parametrize("after", range(1, 12))
def test_a_host_that_is_lost_during_a_search_is_left_out(after: int) -> None:
    engine = engine_of(TEXTS)
    transport = hosts_of(engine, Random(1), 3)
    lost = max(transport.shards)
    without = answer(cluster_of(engine, Failing(transport, lost, 0)), "gaozhi 发展")
    cluster = cluster_of(engine, Failing(transport, lost, after))
    found = list(cluster.search("gaozhi 发展"))
    assert [each.final for each in found] == [False] * (len(found) - 1) + [True]
    whole = answer(cluster_of(engine, transport), "gaozhi 发展")
    assert found[-1].hits == (whole.hits if cluster.reach().missing == () else without.hits)
    share = cluster.reach().missing
    assert not share or 0 < share[0].share < 1


def test_a_corpus_without_hosts_cannot_be_searched() -> None:
    engine = engine_of(TEXTS)
    with pytest.raises(CorpusError, match="no host"):
        Cluster(engine._corpus, Inside({}), [0, 1])


def test_a_host_of_another_generation_is_not_asked() -> None:
    engine = engine_of(TEXTS)
    with pytest.raises(CorpusError, match="another state"):
        Cluster(engine._corpus, Inside({0: Host(engine, "new").answer}), [0], "old")


def test_matches_that_a_host_no_longer_keeps_are_found_again() -> None:
    engine = engine_of(TEXTS)
    transport = hosts_of(engine, Random(1), 2)
    cluster, other = cluster_of(engine, transport), cluster_of(engine, transport)
    held: list[Iterable[object]] = [cluster.occurrences("高质量"), cluster.matches("高质量"), cluster.listing("gaozhi")]
    own: list[Iterable[object]] = [engine.occurrences("高质量"), engine.matches("高质量"), engine.listing("gaozhi")]
    for query in "国人法院的中发展高质量了一是不大小学习":
        answer(other, query)
    assert [list(each) for each in held] == [list(each) for each in own]


@given(st.binary(max_size=40), st.sampled_from(["kept.holding", "session.whole", "counted.of", "x", "kept.x"]))
def test_random_bytes_are_no_question(data: bytes, name: str) -> None:
    with pytest.raises(WireError):
        Host(engine_of(["高"])).answer(name, data)


def test_units_are_those_of_all_hosts() -> None:
    engine = engine_of(TEXTS)
    cluster = cluster_of(engine, hosts_of(engine, Random(2), 2))
    units, own = cluster.units(range(4), 1, READ_LAYERS), engine.units(range(4), 1, READ_LAYERS)
    assert units.described(["高", "质"]) == own.described(["高", "质"])


def test_what_is_too_large_to_be_asked_or_answered_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of(TEXTS)
    cluster = cluster_of(engine, hosts_of(engine, Random(1), 2))
    monkeypatch.setattr("tuibrowser.search.machines.frames.MOST_ANSWERED", 2000)
    asked: list[Callable[[], object]] = [
        lambda: cluster.parallels("江" * 2000),
        lambda: cluster.reuse("江" * 2000),
        lambda: (
            cluster.around(0, (0, 1)) and [cluster.line_of(0, 1), cluster.excerpts(answer(cluster, "高").hits * 99)]
        ),
    ]
    for ask in asked:
        with pytest.raises(CorpusError, match="bytes are more than can be sent at once, which are 2,000"):
            ask()
