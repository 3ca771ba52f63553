from __future__ import annotations

from tuibrowser.hanzi.frequency import cost, mean_cost


def test_frequent_characters_cost_less_than_rare_ones() -> None:
    assert cost("的") < cost("话") < cost("杠") < cost("瀍")
    assert cost("話") == cost("话")
    assert cost("，") < cost("の") < cost("\ue123")
    assert cost("a") < cost("~") < cost("\x00")


def test_the_mean_is_that_of_what_is_not_ascii() -> None:
    assert mean_cost("abc的") == cost("的")
    assert mean_cost("abc") == cost("\ufffd")
