from __future__ import annotations

from tuibrowser.corpus.kept import Kept


def test_the_least_recently_used_is_dropped_first() -> None:
    kept: Kept[str] = Kept(2, 100)
    kept.put(1, "一", 1)
    kept.put(2, "二", 1)
    assert kept.get(1) == "一"
    kept.put(3, "三", 1)
    assert [kept.get(number) for number in (1, 2, 3)] == ["一", None, "三"]
    assert len(kept) == 2


def test_a_large_value_pushes_out_the_others_and_is_kept() -> None:
    kept: Kept[str] = Kept(10, 100)
    kept.put(1, "一", 60)
    kept.put(2, "二", 30)
    kept.put(3, "三", 500)
    assert [kept.get(number) for number in (1, 2, 3)] == [None, None, "三"]
    kept.put(4, "四", 10)
    assert [kept.get(number) for number in (3, 4)] == [None, "四"]
