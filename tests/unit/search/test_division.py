"""Any division of a corpus into segments gives the same answers."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from support.division import (
    SCOPES,
    Small,
    answers,
    cut,
    figures,
    of_corpus,
    of_repeats,
    of_words,
    queries,
    small,
    words_beside,
)
from support.searching import answer, engine_of
from support.words import cut_greedily
from tuibrowser.search.model import HitKind, Scope

if TYPE_CHECKING:
    from tuibrowser.search.engine import Engine


def divided(rng: Random) -> tuple[Small, Engine]:
    """A small corpus, and the same cut into segments."""
    corpus = small(rng)
    documents = range(1, corpus.engine.reach().total)
    return corpus, cut(corpus.engine, sorted(rng.sample(documents, min(len(documents), rng.randint(1, 4)))))


def check_queries(seed: int, count: int) -> None:
    rng = Random(seed)
    corpus, other = divided(rng)
    for query in rng.sample(list(queries(rng, corpus)), count):
        scope, limit = rng.choice(SCOPES), rng.choice((2, 10, 100))
        assert answers(corpus.engine, query, scope, limit) == answers(other, query, scope, limit), (query, scope)
        assert figures(corpus.engine.matches(query, scope)) == figures(other.matches(query, scope)), (query, scope)


@pytest.mark.parametrize("seed", range(3))
def test_any_division_gives_the_same_answers(seed: int) -> None:
    check_queries(seed, 4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 23))
def test_any_division_gives_the_same_answers_to_all_queries(seed: int) -> None:
    check_queries(seed, 25)


@pytest.mark.parametrize("seed", range(3))
def test_any_division_gives_the_same_figures(seed: int) -> None:
    corpus, other = divided(Random(seed))
    assert of_corpus(corpus.engine, corpus) == of_corpus(other, corpus)
    assert of_repeats(corpus.engine) == of_repeats(other)


def test_any_division_gives_the_same_words() -> None:
    for seed in range(3):
        corpus, other = divided(Random(seed))
        with cut_greedily():
            assert of_words(corpus.engine) == of_words(other)
            assert words_beside(corpus.engine.matches("国")) == words_beside(other.matches("国"))


def test_what_is_bounded_is_bounded_for_the_whole_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.planning.bounds.MOST_ALIKE", 5)
    monkeypatch.setattr("tuibrowser.search.planning.bounds.MOST_OF_THEM", 3)
    monkeypatch.setattr("tuibrowser.search.planning.plan.MOST_PLACES", 2)
    engine = engine_of(["国人法", "国民法中国国", "了国x法人国民法国", "中国中人国人国"])
    letter = answer(engine, "g")
    assert sum(letter.totals.values()) == 3
    assert letter.at_least
    shortened = answer(engine, "国法")
    assert shortened.totals == {HitKind.ABBREVIATION: 2}
    assert shortened.at_least
    for bounds in ([1], [2], [1, 2, 3]):
        for query in ("g", "国法"):
            assert answers(engine, query, Scope(), 10) == answers(cut(engine, bounds), query, Scope(), 10)
