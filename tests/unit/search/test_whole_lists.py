"""Lists and counts are whole: the same total, order, groups and places at any limit."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import answer, engine_of
from tuibrowser.hanzi.fold import fold
from tuibrowser.search.answering import joining
from tuibrowser.search.model import EVERY, Hit, HitKind, Order, Scope, SearchResult
from tuibrowser.search.planning.bounds import ENOUGH

if TYPE_CHECKING:
    from tuibrowser.search.engine import Engine

LIMITS = (1, 2, 7, 30)

PARAGRAPHS = st.lists(st.text("灯火。阑", max_size=12), max_size=8).map("\n\n".join)


def every(engine: Engine, query: str, order: Order = Order.RELEVANCE) -> SearchResult:
    return answer(engine, query, Scope(order=order), EVERY)


def places(hit: Hit) -> list[tuple[int, int]]:
    return sorted([(hit.document, hit.spans[0][0]), *hit.also])


@pytest.mark.slow
@given(st.lists(PARAGRAPHS, max_size=6), st.sampled_from(["灯", "灯火", "火。", "灯 阑"]), st.sampled_from(Order))
def test_what_comes_first_is_the_same_at_any_limit(texts: list[str], query: str, order: Order) -> None:
    engine = engine_of(texts)
    whole = every(engine, query, order)
    if whole.total:
        assert sum(hit.count for hit in whole.hits) == whole.total
        assert all(hit.count == 1 + len(hit.also) for hit in whole.hits)
    for limit in LIMITS:
        part = answer(engine, query, Scope(order=order), limit)
        assert (part.totals, part.at_least, part.documents) == (whole.totals, whole.at_least, whole.documents)
        assert part.hits == whole.hits[:limit]


def test_a_passage_printed_everywhere_is_one_hit_that_names_every_place() -> None:
    passage = "老渡口的灯一夜没有灭，守灯的人也一夜没有睡。"
    engine = engine_of([f"第{number}份。\n\n{passage}\n" for number in range(300)])
    for limit in (1, 20, EVERY):
        result = answer(engine, "一夜没有灭", limit=limit)
        (hit,) = result.hits
        assert (result.total, hit.count) == (300, 300)
        assert [document for document, _ in places(hit)] == list(range(300))


def test_hits_are_joined_over_others_that_are_far_down_the_list() -> None:
    # The first and the second passage are the same hit because a third paragraph, last of all, holds both.
    one, two = ("".join(chr(0x5000 + at + 48 * which) for at in range(48)) for which in range(2))
    one, two = (f"{text[:24]}灯{text[24:]}" for text in (one, two))
    others = [f"{number}号灯杆在第{number}街。" for number in range(1000, 1400)]
    engine = engine_of([one, two, *others, one + two])
    result = answer(engine, "灯", limit=5)
    assert result.hits[0].count == 4
    assert result.hits == every(engine, "灯").hits[:5]


def test_the_total_counts_the_same_kinds_at_any_limit() -> None:
    texts = ["守灯的老人。"] * 3 + ["守着灯的老人。"] * (ENOUGH - 4) + ["守灯地老人。"] * 9
    engine = engine_of([f"第{number}份。{text}" for number, text in enumerate(texts)])
    totals = [answer(engine, "守灯的老人", limit=limit).totals for limit in (1, 10, 100, 1000, EVERY)]
    assert len(totals[0]) > 1
    assert all(one == other for one, other in pairwise(totals))


@pytest.mark.parametrize(("others", "kinds"), [(-1, {HitKind.EXACT, HitKind.HOMOPHONE}), (0, {HitKind.EXACT})])
@pytest.mark.parametrize("limit", [1, EVERY])
def test_worse_kinds_are_looked_for_where_better_ones_are_few(others: int, kinds: set[HitKind], limit: int) -> None:
    texts = ["守灯的老人。"] * (ENOUGH + others) + ["守灯地老人。"]
    engine = engine_of([f"第{number}份。{text}" for number, text in enumerate(texts)])
    assert set(answer(engine, "守灯的老人", limit=limit).totals) == kinds


@pytest.mark.parametrize("order", list(Order))
def test_every_order_is_over_all_hits(order: Order) -> None:
    counts = [3, 1, 7, 2]
    texts = [
        "\n\n".join(f"第{at}段第{number}份的灯。" for at in range(count * 100)) for number, count in enumerate(counts)
    ]
    result = every(engine_of(texts), "灯", order)
    by_document: dict[int, int] = defaultdict(int)
    for hit in result.hits:
        by_document[hit.document] += hit.count
    assert [by_document[number] for number in range(4)] == [count * 100 for count in counts]
    if order == Order.HITS:
        assert list(by_document) == [2, 0, 3, 1]
    if order == Order.PATH:
        assert list(by_document) == [0, 1, 2, 3]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_rows_are_joined_alike_one_by_one_and_at_once(rows: list[tuple[int, int]]) -> None:
    prints = np.array(rows, np.uint64).reshape(-1, 2)
    one_by_one = joining._connected_one_by_one(prints)
    assert one_by_one.tolist() == joining._connected_at_once(prints).tolist()
    assert joining.connected(prints).tolist() == one_by_one.tolist()


def test_a_passage_at_the_end_of_a_document_is_that_at_the_end_of_a_paragraph() -> None:
    others = [f"{number}号灯杆在第{number}街。" for number in range(1000, 1400)]
    engine = engine_of(["夜里有灯。", *others, "夜里有灯。\n天亮了。"])
    assert answer(engine, "灯", limit=1).hits[0].count == 2


def test_neighbouring_characters_in_neighbouring_paragraphs_are_two_hits() -> None:
    one, other = "瞪", "登"
    assert fold(one) - fold(other) == 1, "the classes of the two must follow one another"
    engine = engine_of([f"此处有{one}字。\n彼处又见{other}字。"])
    assert [hit.count for hit in answer(engine, "deng").hits] == [1, 1]


@pytest.mark.parametrize(("behind", "count"), [("到天明。", 2), ("又一年。", 1)])
def test_a_match_over_the_end_of_a_paragraph_is_repeated_where_what_follows_is(behind: str, count: int) -> None:
    others = [f"第{number}号渡口有人守\n灯杆在第{number}街。" for number in range(1000, 1400)]
    engine = engine_of(["此夜有人守\n灯到天明。", *others, f"此夜有人守\n灯{behind}\n次日大雾。"])
    for limit in (1, EVERY):
        result = answer(engine, "“守灯”", limit=limit)
        assert (result.total, result.hits[0].count) == (402, count)


def test_the_number_beside_a_document_counts_its_own_matches() -> None:
    shared = "（二）关于疏浚河道的三项安排和两点要求"
    engine = engine_of([f"{shared}\n\n疏浚开工。\n\n疏浚完工。\n", f"{shared}\n\n疏浚之后。\n", f"{shared}\n"])
    listing = engine.listing("疏浚")
    assert dict(zip(listing.documents, listing.places, strict=True)) == {0: 3, 1: 2}
    assert every(engine, "疏浚").total == 6
