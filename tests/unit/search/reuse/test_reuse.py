"""Reuse: every run of equal characters is found, none is invented, and each place is told."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.division import cut
from support.searching import engine_of
from tuibrowser.hanzi.fold import fold, fold_table
from tuibrowser.search import engine
from tuibrowser.search.model import Bound, Scope
from tuibrowser.search.reuse import shared
from tuibrowser.search.reuse.model import ReuseOrder, SharedPassage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.search.engine import Engine

RULES = "渡船每日卯時開，酉時收，大風大霧一律停渡。"
SONG = "一更月上柳梢頭，二更人約黃昏後，三更鼓響城門閉。"


def filler(seed: int, length: int = 200) -> str:
    chosen = random.Random(seed)
    return "".join(chosen.choice("金木水火土東南西北上下左右前後內外遠近高低長短多少輕重") for _ in range(length))


def rows(engine: Engine, asked: int | str, minimum: int = 10, scope: Scope | None = None) -> list[SharedPassage]:
    found = engine.reuse(asked, scope or Scope(), minimum)
    return found.rows(0, len(found))


Run = tuple[int, int, int, int, int]
"""The start and end of a run in one text, and the document, start and end of it in another."""


def runs(found: Sequence[SharedPassage]) -> set[Run]:
    """The runs in rows of one place each, as offsets into texts whose paragraphs are given whole."""
    every = set()
    for row in found:
        assert row.count == 1
        assert row.other.document is not None
        own, other = row.own.start - row.own.spans[0][0], row.other.start - row.other.spans[0][0]
        for (start, end), (low, high) in zip(row.own.spans, row.other.spans, strict=True):
            every.add((start + own, end + own, row.other.document, low + other, high + other))
    return every


def brute(texts: Sequence[str], asked: int, minimum: int) -> set[Run]:
    """The same, by comparing every character with every other."""
    streams = []
    for text in texts:
        ids = fold(text)
        at = np.flatnonzero(ids >= fold_table().gap_end).tolist()
        streams.append([(int(ids[each]), each) for each in at])
    every, own = set(), streams[asked]
    for number, other in enumerate(streams):
        for i in range(len(own)):
            for j in range(len(other)):
                if number == asked or (i and j and own[i - 1][0] == other[j - 1][0]):
                    continue
                length = 0
                while i + length < len(own) and j + length < len(other) and own[i + length][0] == other[j + length][0]:
                    length += 1
                if length >= minimum:
                    last = length - 1
                    every.add((own[i][1], own[i + last][1] + 1, number, other[j][1], other[j + last][1] + 1))
    return every


@pytest.mark.parametrize("seed", range(12))
def test_every_run_is_found_and_none_is_invented(seed: int) -> None:
    chosen = random.Random(seed)
    letters = "渡口船家，\n"[: chosen.randint(3, 6)]
    texts = ["".join(chosen.choice(letters) for _ in range(chosen.randint(5, 90))).strip("\n") for _ in range(3)]
    minimum = chosen.randint(4, 14)
    # Each place by itself, as it stands: other places of the same runs would be a number only.
    for other in (1, 2):
        pair = [texts[0], texts[other]]
        found = engine_of(pair).reuse(0, minimum=minimum)
        expected = brute(pair, 0, minimum)
        every = found.rows(0, len(found))
        assert found.total() == sum(row.count for row in every)
        if all(row.count == 1 for row in every):
            assert runs(every) == expected
        assert bool(expected) == bool(every)
        assert {each[:2] for each in expected} == {
            (start + row.own.start - row.own.spans[0][0], end + row.own.start - row.own.spans[0][0])
            for row in every
            for start, end in row.own.spans
        }


def test_script_variants_punctuation_and_paragraphs_part_no_run() -> None:
    (row,) = rows(engine_of([f"甲。{RULES}乙", "丙\n渡船每日，卯时开\n酉时收大风大雾一律停渡丁"]), 0)
    assert row.own.text == f"甲。{RULES}乙"
    assert [row.own.text[start:end] for start, end in row.own.spans] == [RULES[:-1]]
    assert (row.own.document, row.own.start, row.own.end) == (0, 2, 1 + len(RULES))
    assert row.other.text == "渡船每日，卯时开\n酉时收大风大雾一律停渡丁"
    assert [row.other.text[start:end] for start, end in row.other.spans] == ["渡船每日，卯时开\n酉时收大风大雾一律停渡"]
    assert (row.matched, row.count, row.also) == (18, 1, ())


def test_runs_near_one_another_are_one_passage_in_the_order_of_both() -> None:
    changed = SONG.replace("黃昏後", "清晨前").replace("月上", "日出")
    (row,) = rows(engine_of([f"{filler(1)}\n{SONG}{filler(2)}", f"{filler(3)}\n{changed}{filler(4)}"]), 0, 6)
    assert [row.own.text[start:end] for start, end in row.own.spans] == ["柳梢頭，二更人約", "三更鼓響城門閉"]
    assert [row.other.text[start:end] for start, end in row.other.spans] == ["柳梢頭，二更人約", "三更鼓響城門閉"]
    assert row.matched == 14


def test_runs_far_from_one_another_are_two_passages() -> None:
    texts = [f"{SONG}{filler(1, 21)}{RULES}", f"{SONG}{filler(2, 9)}{RULES}"]
    assert [row.matched for row in rows(engine_of(texts), 0)] == [21, 18]


def test_places_of_the_same_words_are_one_row_that_names_each() -> None:
    texts = [f"{filler(number)}{name}\n{RULES}{name}" for number, name in enumerate("甲乙丙丁戊己庚辛")]
    (row,) = rows(engine_of(texts), 3)
    assert (row.own.document, row.other.document, row.count) == (3, 0, 7)
    assert row.also == tuple((number, 202) for number in (1, 2, 4, 5, 6, 7))


def test_the_document_itself_is_not_among_the_others() -> None:
    found = engine_of([f"{RULES}{filler(1)}{RULES}", filler(2)]).reuse(0)
    assert (len(found), found.total()) == (0, 0)


def test_a_text_of_nobody_is_compared_with_all_documents_and_a_document_in_it_ends() -> None:
    engine = engine_of([f"甲{RULES}", f"乙{SONG}"])
    assert [(row.own.document, row.other.document) for row in rows(engine, f"{SONG}\n丙{RULES}")] == [
        (None, 1),
        (None, 0),
    ]
    parted = rows(engine, f"{RULES[:9]}\0{RULES[9:]}", 6)
    assert [(row.own.start, row.own.text, row.own.spans) for row in parted] == [
        (0, RULES[:9], ((0, 9),)),
        (10, RULES[9:], ((0, 11),)),
    ]


def test_a_scope_is_kept_to() -> None:
    engine = engine_of({"甲/1": RULES, "乙/1": f"{filler(1)}{RULES}", "乙/2": f"{filler(2)}{RULES}"})
    assert [(row.other.document, row.count) for row in rows(engine, 0, scope=Scope(document=2))] == [(2, 1)]
    assert [(row.other.document, row.count) for row in rows(engine, 1, scope=Scope(folder="乙/"))] == [(2, 1)]


def test_rows_come_as_the_text_has_them_the_longest_first_or_by_the_other_document() -> None:
    texts = [f"{RULES}{filler(1)}{SONG}", f"{filler(2)}{SONG}", f"{filler(3)}{RULES}"]
    found = engine_of(texts).reuse(0)
    orders = {order: [row.other.document for row in found.rows(0, 5, order)] for order in ReuseOrder}
    assert orders == {ReuseOrder.TEXT: [2, 1], ReuseOrder.LENGTH: [1, 2], ReuseOrder.OTHER: [1, 2]}
    assert [row.other.document for row in found.rows(1, 2)] == [1]


def test_characters_that_share_an_id_but_are_unlike_are_not_equal() -> None:
    # Two characters of Extension B without an id of their own.
    table = fold_table()
    shared_id = int(np.flatnonzero(np.bincount(table.table[0x20000:0x2A6D0], minlength=1 << 16) > 1)[0])
    one, two = (chr(0x20000 + int(at)) for at in np.flatnonzero(table.table[0x20000:0x2A6D0] == shared_id)[:2])
    assert table.shares_its_id(shared_id)
    assert [row.matched for row in rows(engine_of([f"渡船{one}卯時開", f"渡船{two}卯時開"]), 0, 3)] == [3]
    assert [row.matched for row in rows(engine_of([f"渡船{one}卯時開", f"渡船{one}卯時開"]), 0, 4)] == [6]


def test_an_index_in_parts_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{filler(number)}\n{RULES[number : number + 16]}\n{SONG[number:]}" for number in range(6)]
    whole = rows(engine_of(texts), 2)
    monkeypatch.setattr(engine, "SEALED", 0)
    parts = engine_of(texts, complete=False)
    assert len(parts.segments) == len(texts)
    assert rows(parts, 2) == whole
    assert parts.reuse(2).at_least


def test_a_bound_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "SEEDS_BOUND", Bound("places", 3))
    found = engine_of([RULES + filler(1), RULES, RULES, SONG]).reuse(0)
    assert found.at_least
    assert [bound.limit for bound in found.bounds] == [3]


@pytest.mark.parametrize("limit", [3, 8, 20])
def test_a_bound_does_not_depend_on_the_cut_into_segments(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "SEEDS_BOUND", Bound("places", limit))
    texts = [f"{filler(at, 30 + at)}{RULES[at % 3 :]}{SONG[:12] * (at % 2)}" for at in range(7)]
    whole = engine_of([*texts, RULES + SONG])
    every = rows(whole, 7)
    for bounds in ([1], [3, 4], [1, 2, 3, 4, 5, 6]):
        assert rows(cut(whole, bounds), 7) == every


def test_a_search_that_is_cancelled_ends() -> None:
    found = engine_of([RULES, RULES]).reuse(0, cancelled=lambda: True)
    assert (len(found), found.at_least) == (0, True)


@pytest.mark.parametrize("asked", ["", "。，", "渡船", 5])
def test_too_little_shares_nothing(asked: int | str) -> None:
    assert not len(engine_of([RULES, SONG]).reuse(asked))
