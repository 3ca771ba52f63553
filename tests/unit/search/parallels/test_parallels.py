"""Parallels of a passage: what is found, over which changes, and what each says of itself."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from support.searching import answer, engine_of
from tuibrowser.hanzi.convert import convert
from tuibrowser.search import engine
from tuibrowser.search.model import HitKind, Scope
from tuibrowser.search.parallels import seeds

if TYPE_CHECKING:
    from tuibrowser.search.engine import Engine
    from tuibrowser.search.parallels.model import Parallel

PASSAGE = "渡口之舟三艘，皆舊；行人日日往來，舟子候於岸上，風雨不改，問其歲，曰：不知也。"
NOISE = "城外有山，山下有寺，寺中老僧種竹養鶴，春分煮茶，秋分掃葉，客至則談，客去則坐，終年不入城市。"


def filler(seed: int, length: int = 400) -> str:
    """Sentences of characters at random, which are parallels of nothing."""
    chosen = random.Random(seed)
    return "".join(chosen.choice("金木水火土東南西北上下左右前後內外遠近高低長短多少輕重") for _ in range(length))


def found(engine: Engine, text: str, limit: int = 20) -> list[Parallel]:
    return list(engine.parallels(text, limit=limit).rows)


@pytest.fixture
def corpus() -> Engine:
    texts = [filler(1), f"{NOISE}\n前言。{PASSAGE}後語。\n{filler(2)}", filler(3), NOISE]
    return engine_of(texts)


def test_a_lost_character_in_either_text_takes_nothing_from_the_score(corpus: Engine) -> None:
    damaged, changed = (PASSAGE.replace("人", mark).replace("候", mark) for mark in "□龜")
    (whole,), (lost,), (unlike,) = (found(corpus, text) for text in (PASSAGE, damaged, changed))
    assert lost.matched == unlike.matched == whole.matched - 2
    assert (lost.score, unlike.score) == (lost.matched, unlike.matched - 2)
    (lost,) = found(engine_of([filler(1), damaged]), PASSAGE)
    assert lost.score == lost.matched == whole.matched - 2


@pytest.mark.parametrize(
    "text",
    [
        PASSAGE,
        convert(PASSAGE, "t2s")[0],
        PASSAGE.translate(str.maketrans("", "", "，；：。")),
        PASSAGE.replace("日日", "日").replace("皆舊", "皆甚舊").replace("不改", "不易"),
        "風雨不改，問其歲，曰：不知也。渡口之舟三艘，皆舊；行人日日往來，舟子候於岸上",
    ],
    ids=["as it stands", "other script", "no punctuation", "changed", "another order"],
)
def test_a_passage_is_found_in_another_form(corpus: Engine, text: str) -> None:
    best, *_ = found(corpus, text)
    assert best.document == 1
    assert best.cover > 0.85
    assert best.text == f"前言。{PASSAGE}後語。"
    assert best.text[min(pair[2] for pair in best.pairs) :].startswith("渡口之舟")


def test_pairs_correspond_and_the_offsets_are_those_of_the_raw_text(corpus: Engine) -> None:
    (best, *_) = found(corpus, f"他說：{PASSAGE[:20]}")
    (pair,) = best.pairs
    start, end, text_start, text_end = pair
    assert f"他說：{PASSAGE[:20]}"[start:end] == PASSAGE[:20].rstrip("，；")
    assert best.text[text_start:text_end] == PASSAGE[:20].rstrip("，；")
    raw = f"{NOISE}\n前言。{PASSAGE}後語。"
    assert raw[best.start : best.end] == PASSAGE[:20].rstrip("，；")
    assert best.paragraph == 1
    assert best.matched == best.score == len(PASSAGE[:20].replace("，", "").replace("；", ""))


def test_places_of_the_same_words_are_one_row_and_are_all_counted() -> None:
    texts = [f"{filler(number)}\n{PASSAGE}" for number in range(30)]
    given = engine_of(texts).parallels(PASSAGE, limit=5)
    assert [row.count for row in given.rows] == [30]
    assert given.total == 30
    assert [document for document, _ in given.rows[0].also] == list(range(1, 30))
    assert not given.at_least


def test_both_of_two_places_side_by_side_are_found() -> None:
    given = engine_of([f"{filler(1)}\n{PASSAGE}{PASSAGE}\n{filler(2)}"]).parallels(PASSAGE)
    assert given.total == 2
    assert given.rows[0].count == 2


def test_a_scope_is_kept_to() -> None:
    engine = engine_of([f"{PASSAGE}{filler(1)}", f"{filler(2)}{PASSAGE}"])
    assert [row.document for row in engine.parallels(PASSAGE, Scope(document=1)).rows] == [1]


@pytest.mark.parametrize(("text", "places"), [("舟", 0), ("城外", 1), ("寺中", 2), ("渡口之舟", 2)])
def test_every_place_of_a_short_passage_is_found(text: str, places: int) -> None:
    texts = [NOISE, f"寺。\n中庭。{PASSAGE}", f"{filler(1)}渡口、之舟{filler(2)}"]
    assert engine_of(texts).parallels(text).total == places


def test_short_clauses_in_another_order_are_found() -> None:
    engine = engine_of([f"{filler(1)}\n話說天下大勢，分久必合，合久必分。\n{filler(2)}"])
    (row,) = engine.parallels("合久必分，分久必合，天下大勢").rows
    assert row.cover == 1.0


@pytest.mark.parametrize("text", ["", "，。", "舟", "城內", "zzzz"])
def test_too_little_is_a_parallel_of_nothing(corpus: Engine, text: str) -> None:
    given = corpus.parallels(text)
    assert (given.rows, given.total) == ((), 0)


def test_a_search_that_is_cancelled_ends(corpus: Engine) -> None:
    given = corpus.parallels(PASSAGE, cancelled=lambda: True)
    assert given.total <= 1
    assert given.at_least


def test_the_bound_names_the_places_that_were_looked_at(monkeypatch: pytest.MonkeyPatch, corpus: Engine) -> None:
    monkeypatch.setattr(seeds, "_SEEDS", 10)
    monkeypatch.setattr(seeds, "_FEWEST", 0)
    given = corpus.parallels(PASSAGE + NOISE)
    assert given.at_least
    assert [bound.limit for bound in given.bounds] == [10]
    monkeypatch.setattr(seeds, "_SIZE", sum(len(segment.post) for segment in corpus.segments) / 2)
    assert [bound.limit for bound in corpus.parallels(PASSAGE + NOISE).bounds] == [20]


def test_an_index_in_parts_gives_the_same_parallels(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{filler(number)}\n{PASSAGE[number : number + 25]}\n{NOISE}" for number in range(6)]
    whole = engine_of(texts).parallels(PASSAGE)
    monkeypatch.setattr(engine, "SEALED", 0)
    parts = engine_of(texts, complete=False)
    assert len(parts.segments) == len(texts)
    parted = parts.parallels(PASSAGE)
    assert parted.rows == whole.rows
    assert parted.total == whole.total == 6


def test_a_query_may_ask_for_parallels_alone(corpus: Engine) -> None:
    result = answer(corpus, f"like:{PASSAGE.replace('日日', '日')}")
    assert result.totals == {HitKind.PARALLEL: 1}
    (hit,) = result.hits
    assert (hit.document, hit.paragraph) == (1, 1)
    matches = corpus.matches(f"like:{PASSAGE}")
    assert matches.totals() == {HitKind.PARALLEL: 1}


def test_other_words_beside_a_passage_are_left_out_with_a_word(corpus: Engine) -> None:
    result = answer(corpus, f"like:{PASSAGE} 老僧")
    assert result.total == 1
    assert any("like:" in str(note) for note in result.notes)


def test_conditions_hold_for_parallels_too(corpus: Engine) -> None:
    assert answer(corpus, f"like:{PASSAGE} in:0.txt").total == 0
    assert answer(corpus, f"like:{PASSAGE} in:1.txt").total == 1


def test_a_passage_that_stands_nowhere_whole_is_answered_by_its_parallels(corpus: Engine) -> None:
    text = PASSAGE.replace("三艘", "十數隻").replace("候於岸上", "立於水邊").replace("風雨", "寒暑")
    result = answer(corpus, text)
    assert result.totals == {HitKind.PARALLEL: 1}
    (hit,) = result.hits
    assert hit.document == 1
    assert len(hit.spans) >= 1


def test_a_passage_that_is_found_whole_has_no_need_of_parallels(corpus: Engine) -> None:
    assert set(answer(corpus, PASSAGE).totals) == {HitKind.EXACT}
    assert set(answer(corpus, f"“{PASSAGE.replace('舟', '船')}”").totals) == set()
