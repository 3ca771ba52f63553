from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tuibrowser.corpus.kept import Kept


def test_the_least_recently_used_is_dropped_first() -> None:
    kept: Kept[str, str] = Kept(2)
    kept.put("yi", "一")
    kept.put("er", "二")
    assert kept.get("yi") == "一"
    kept.put("san", "三")
    assert [kept.get(key) for key in ("yi", "er", "san")] == ["一", None, "三"]
    assert kept.items() == [("san", "三"), ("yi", "一")]


def test_a_value_that_costs_much_pushes_out_the_others_and_stays() -> None:
    kept: Kept[int, str] = Kept(limit=5, cost=len)
    kept.put(1, "天地")
    kept.put(2, "玄黃")
    kept.put(3, "宇宙洪荒日月盈昃")
    assert [kept.get(key) for key in (1, 2, 3)] == [None, None, "宇宙洪荒日月盈昃"]
    kept.put(4, "辰")
    assert [kept.get(key) for key in (3, 4)] == [None, "辰"]


def test_a_value_put_again_counts_once_and_as_the_one_used_last() -> None:
    kept: Kept[int, str] = Kept(limit=5, cost=len)
    kept.put(1, "天地玄")
    kept.put(2, "黃")
    kept.put(1, "天")
    kept.put(3, "宇宙")
    assert [kept.get(key) for key in (1, 2, 3)] == ["天", "黃", "宇宙"]
    kept.put(1, "地")
    kept.put(4, "洪荒")
    assert [kept.get(key) for key in (1, 2, 3, 4)] == ["地", None, "宇宙", "洪荒"]


def test_what_is_dropped_makes_room() -> None:
    kept: Kept[int, str] = Kept(limit=4, cost=len)
    kept.put(1, "天地")
    kept.put(2, "玄黃")
    kept.drop(1)
    kept.drop(1)
    kept.put(3, "宇宙")
    assert [kept.get(key) for key in (1, 2, 3)] == [None, "玄黃", "宇宙"]


def test_threads_that_put_the_same_keys_leave_no_more_than_there_is_room_for() -> None:
    kept: Kept[int, str] = Kept(8, limit=8, cost=len)

    def use(key: int) -> None:
        if kept.get(key % 16) is None:
            kept.put(key % 16, "字")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(use, range(4_000)))
    for key in range(100, 108):
        kept.put(key, "字")
    assert [kept.get(key) for key in range(100, 108)] == ["字"] * 8


def test_what_is_kept_is_listed_from_the_last_used_until_it_is_cleared() -> None:
    kept: Kept[int, str] = Kept(limit=3, cost=len)
    kept.put(1, "天")
    kept.put(2, "地")
    kept.get(1)
    assert kept.items() == [(1, "天"), (2, "地")]
    kept.clear()
    assert kept.items() == []
    kept.put(3, "天")
    kept.put(4, "地玄")
    assert kept.items() == [(4, "地玄"), (3, "天")]
