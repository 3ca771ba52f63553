from __future__ import annotations

import pytest

from tuibrowser.corpus.repairs.repair import converted_badly

TEXT = "渡船走了三公里，皇后的頭髮被風吹亂。船上的鐘壞了，過了幾分鐘，大家把餅乾分給乾淨的孩子，讓他們在山谷裡休息。"
FIRST = str.maketrans("里后髮鐘乾谷", "裡後發鍾幹穀")
WORDS = ["公里", "皇后", "頭髮", "分鐘", "餅乾", "乾淨", "山谷"]


def test_words_that_were_given_the_first_form_are_flagged() -> None:
    edits = converted_badly(TEXT.translate(FIRST))
    assert [edit.replacement for edit in edits] == WORDS
    assert [edit.original for edit in edits] == [word.translate(FIRST) for word in WORDS]
    assert not any(edit.certain for edit in edits)
    assert {edit.rule for edit in edits} == {"overconverted"}


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.translate(FIRST) + TEXT,
        "街頭發生了什麼事，王太後來也說不清楚，帶頭發言的人還沒有到場。",
        "三千里外的渡口，後來發現沒有船，幾個人坐在木牌旁邊說話。",
    ],
    ids=["right", "right elsewhere", "other words", "no such word"],
)
def test_other_texts_have_no_such_flag(text: str) -> None:
    assert [edit for edit in converted_badly(text) if edit.rule == "overconverted"] == []
