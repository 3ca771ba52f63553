"""Keywords, exact or near: in which turn they are looked for, and where, changes no answer."""

from __future__ import annotations

from random import Random

import pytest

from support.division import HAN, small
from support.searching import answer, engine_of
from tuibrowser.corpus.model import Layer
from tuibrowser.search.model import HitKind
from tuibrowser.search.planning.holder import Holder
from tuibrowser.search.planning.scope import Chosen
from tuibrowser.search.query import Query


def queries(rng: Random) -> list[str]:
    """Keywords of which hardly any stand in one paragraph."""
    return [
        " ".join("".join(rng.choices(HAN, k=rng.randint(1, 3))) for _ in range(rng.randint(2, 3))) for _ in range(6)
    ]


def test_a_keyword_is_looked_for_beside_the_others_as_it_is_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(1)
    asked = [(corpus.engine, queries(rng)) for corpus in (small(rng) for _ in range(3))]
    asked.append((engine_of(["高質\n" * 9 + "法院\n法人院與高一質"]), ["法院 高质", "高质 法院 院", '高质 "法人"']))
    found = [[answer(engine, query) for query in several] for engine, several in asked]
    beside: list[bool] = []
    place = Holder.word_anyhow

    def everywhere(holder: Holder, slot: int, text: str, rarest: int, others: list[int], *, literal: bool) -> int:
        beside.append(bool(others))
        return place(holder, slot, text, rarest, [], literal=literal)

    monkeypatch.setattr(Holder, "word_anyhow", everywhere)
    for (engine, several), answers in zip(asked, found, strict=True):
        for query, each in zip(several, answers, strict=True):
            other = answer(engine, query)
            assert (other.hits, other.totals, other.notes) == (each.hits, each.totals, each.notes), query
    assert found[-1][0].totals == {HitKind.KEYWORDS: 1}
    assert any(beside)


@pytest.mark.parametrize("seed", range(4))
def test_a_word_has_at_least_as_many_matches_as_the_index_tells(seed: int) -> None:
    rng = Random(seed)
    segments = small(rng).engine.segments
    for text in ("".join(rng.choices(HAN, k=2)) for _ in range(10)):
        holder = Holder(segments, Chosen(), Query(""))
        least = holder.near_at_least(text)
        assert least <= holder.word_anyhow(0, text, 0, [], literal=False)


def test_the_index_tells_of_no_word_where_some_text_is_left_out() -> None:
    engine = engine_of(["高质高质高质"])
    assert Holder(engine.segments, Chosen(), Query("")).near_at_least("告质") > 0
    assert not Holder(engine.segments, Chosen(), Query("", layers=frozenset({Layer.NOTE}))).near_at_least("告质")
