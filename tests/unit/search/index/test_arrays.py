"""Arrays worked on in parts, and engines searched from several threads, answer as ever."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.examples import examples
from support.searching import answer, engine_of
from tuibrowser.search import engine
from tuibrowser.search.index import arrays, postings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.search.engine import Engine
    from tuibrowser.search.model import SearchResult

TEXTS = st.lists(st.text(alphabet="高髙质質量發发展改革行长，、 \na1", max_size=60), min_size=1, max_size=4)
HAN = st.text(alphabet="高质量发展改革行长", min_size=1, max_size=8)
QUERIES = st.one_of(
    HAN,
    HAN.map(lambda text: f'="{text}"'),
    st.lists(HAN, min_size=2, max_size=3).map(" ".join),
    st.tuples(HAN, HAN).map(lambda pair: f"{pair[0]} -{pair[1]}"),
    st.lists(st.sampled_from(["gao", "zhi", "liang", "fa", "zhan", "xing", "chang"]), min_size=1, max_size=4).map(
        "".join
    ),
    st.text(alphabet="gzlfgxc", min_size=2, max_size=5),
    st.tuples(HAN, st.sampled_from(["zhi", "fazhan", "fz", "x"])).map("".join),
    st.sampled_from(["a", "a1", "，", "、 "]),
)


@contextmanager
def parts_of(positions: int) -> Iterator[None]:
    """Have so many positions worked on at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "PART", positions)
        patch.setattr(postings, "PART", positions)
        patch.setattr(postings, "_HINTED", 0)
        yield


def told(engine: Engine, query: str) -> tuple[object, ...]:
    """All that an answer says but the time it took."""
    result: SearchResult = answer(engine, query)
    occurrences = list(engine.occurrences(query))
    return result.hits, result.totals, result.at_least, result.documents, result.notes, occurrences


@pytest.mark.slow
@examples(150)
@given(TEXTS, QUERIES)
def test_what_is_worked_on_in_parts_is_answered_as_if_it_were_not(texts: list[str], query: str) -> None:
    alone = told(engine_of(texts), query)
    with parts_of(1):
        assert told(engine_of(texts), query) == alone


@pytest.mark.slow
@examples(100)
@given(TEXTS, QUERIES)
def test_several_segments_answer_as_one(texts: list[str], query: str) -> None:
    hits, totals, *_ = told(engine_of(texts), query)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "SEALED", 0)
        several = engine_of(texts, complete=False)
    assert len(several.segments) == len(texts)
    parted_hits, parted_totals, *_ = told(several, query)
    assert parted_totals == totals
    assert parted_hits == hits


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 12))
def test_parts_are_put_together_in_their_order(numbers: list[int], threshold: int) -> None:
    def even(column: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        kept = column % 2 == 0
        return column[kept], other[kept]

    column, other = np.array(numbers, np.int64), np.arange(len(numbers))
    with parts_of(threshold):
        found = arrays.in_parts(even, column, other)
    assert [each.tolist() for each in found] == [each.tolist() for each in even(column, other)]


def test_an_error_in_a_part_is_the_error_of_the_whole() -> None:
    def fails(column: np.ndarray) -> tuple[np.ndarray]:
        if column[0] > 0:
            raise MemoryError
        return (column,)

    with parts_of(2), pytest.raises(MemoryError):
        arrays.in_parts(fails, np.arange(4))
    with parts_of(2):
        assert arrays.in_parts(lambda column: (column + 1,), np.arange(4))[0].tolist() == [1, 2, 3, 4]


ALL_KINDS = ("高质量", "發展", "发展改革", "gaozhiliang", "gzl", "高zhi", "搞知量", "高质发展", "高发", "发展 高", "xc")


@pytest.mark.slow
def test_engines_searched_from_several_threads_at_once_come_to_their_end() -> None:
    texts = ["高质量發展改革，行长高質量发展。\n高改质革量 a1" * 20, "發展，改革\n行长" * 30]
    engines = [engine_of(texts, complete=False) for _ in range(3)]
    expected = {query: told(engine_of(texts, complete=False), query) for query in ALL_KINDS}
    wrong: list[str] = []

    def search(engine: Engine, turn: int) -> None:
        for at in range(2 * len(ALL_KINDS)):
            query = ALL_KINDS[(at + turn) % len(ALL_KINDS)]
            if told(engine, query) != expected[query]:
                wrong.append(query)

    with parts_of(1):
        threads = [threading.Thread(target=search, args=(engines[turn % 3], turn), daemon=True) for turn in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in threads)
    assert wrong == []


@pytest.mark.parametrize("dtype", [np.uint32, np.int64])
@pytest.mark.parametrize("count", [0, 1, 500, 5000])
def test_positions_are_put_in_order_and_equal_ones_stay(dtype: type[np.generic], count: int) -> None:
    numbers = np.random.default_rng(count).integers(0, 2**32, count).astype(dtype)
    numbers[: count // 2] //= 2**17  # many equal ones
    found = arrays.ascending(numbers)
    assert found.tolist() == sorted(range(count), key=lambda at: int(numbers[at]))


def test_positions_alone_are_put_in_order_too() -> None:
    numbers = np.random.default_rng(1).integers(0, 2**32, 3000)
    assert arrays.in_order(numbers).tolist() == sorted(numbers.tolist())
    assert arrays.in_order(numbers.astype(np.uint32)).dtype == np.int64


@given(st.lists(st.integers(-9, 9)))
def test_each_distinct_value_comes_once(values: list[int]) -> None:
    assert arrays.distinct(np.array(values, np.int64)).tolist() == sorted(set(values))


@given(values=st.lists(st.integers(0, 9)), wanted=st.lists(st.integers(0, 9)), side=st.sampled_from(("left", "right")))
def test_numbers_have_the_ranks_that_numpy_finds(
    values: list[int], wanted: list[int], side: Literal["left", "right"]
) -> None:
    columns = np.sort(np.array(values, np.int64)), np.sort(np.array(wanted, np.int64))
    assert arrays.ranks(*columns, side).tolist() == np.searchsorted(*columns, side).tolist()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 2**32 - 1)), min_size=1).map(sorted))
def test_the_least_of_each_group_is_its_first_one(rows: list[tuple[int, int, int]]) -> None:
    rows = [(group, first, second % 3) for group, first, second in rows]
    found = arrays.least_of_each(*np.array(rows, np.int64).T).tolist()
    groups = sorted({group for group, _, _ in rows})
    expected = [min((at for at, row in enumerate(rows) if row[0] == group), key=rows.__getitem__) for group in groups]
    assert found == expected


@given(st.lists(st.sampled_from([0, 1, 7, 0xFFFF, 0x10000, 0x10001, 0x2_0000]), max_size=40))
def test_rising_numbers_come_back(steps: list[int]) -> None:
    numbers = np.cumsum([0, *steps]).astype(np.uint32)
    rising = arrays.Rising.of(numbers)
    assert rising.lows.dtype == np.uint16
    assert rising.take(np.arange(len(rising))).tolist() == numbers.tolist()
    table = np.arange(len(rising)).reshape(-1, 1).repeat(3, 1)
    assert rising.take(table).tolist() == numbers.take(table).tolist()
    assert rising.take(np.array([len(rising) - 1, 0], np.uint32)).tolist() == numbers[[-1, 0]].tolist()
