from __future__ import annotations

import pytest

from tuibrowser.corpus.decoding.resync import resynchronised

TEXT = "集市散了以后，街上只剩下卖灯的老人，还在数他的铜钱。"


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs"])
def test_sound_text_is_left_alone(codec: str) -> None:
    text = TEXT if codec == "gb18030" else "集市散了以後，街上只剩下賣燈的老人。Lamp A股 100 元。"
    assert resynchronised(text.encode(codec), codec) == (text, 0)


def test_the_byte_left_over_is_one_mark_and_is_counted() -> None:
    data = TEXT.encode("gb18030")
    text, lost = resynchronised(data[:20] + data[21:], "gb18030")
    assert (text[:8], text[-14:], text.count("\ufffd"), lost) == (TEXT[:8], TEXT[-14:], 1, 1)


def test_bytes_left_over_side_by_side_are_one_mark() -> None:
    data = TEXT.encode("gb18030")
    assert resynchronised(data[:20] + b"\xff\xff" + data[20:], "gb18030") == (TEXT[:10] + "\ufffd" + TEXT[10:], 2)


def test_no_bytes_are_no_text() -> None:
    assert resynchronised(b"", "gb18030") == ("", 0)
