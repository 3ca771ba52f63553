from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.formats.lines import LineRole, split_lines
from tuibrowser.corpus.model import DocumentText


def texts(raw: str) -> list[str]:
    return [raw[line.start : line.end] for line in split_lines(raw)]


def test_line_feeds_and_carriage_returns_end_lines() -> None:
    assert texts("甲\n乙\r\n丙\r丁") == ["甲", "乙", "丙", "丁"]


def test_form_feeds_and_unicode_separators_do_not() -> None:
    assert texts("甲\f乙\u2028丙\x85丁\v戊") == ["甲\f乙\u2028丙\x85丁\v戊"]


def test_a_last_line_ending_opens_no_further_line() -> None:
    assert texts("甲\n") == ["甲"]
    assert texts("甲\n\n") == ["甲", ""]
    assert texts("") == []
    assert texts("\r\r\n") == ["", ""]


def test_a_line_knows_its_text_without_the_white_space_around_it() -> None:
    (line,) = split_lines("　　學而時習之 \t")
    assert (line.text_start, line.text_end, line.role) == (2, 7, LineRole.PLAIN)


def test_a_line_of_ideographic_spaces_is_blank() -> None:
    (line,) = split_lines("　　 ")
    assert line.role is LineRole.BLANK
    assert line.text_start == line.text_end == line.end


@given(st.text(alphabet="甲 　\r\n\f\u2028", max_size=30))
def test_lines_are_what_a_plain_split_gives_and_cover_the_text(raw: str) -> None:
    expected = re.split(r"\r\n|\r|\n", raw)
    if not expected[-1]:
        expected.pop()
    lines = split_lines(raw)
    assert texts(raw) == expected
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    rest = "".join(raw[first.end : second.start] for first, second in pairwise(lines))
    assert not rest.strip("\r\n")
    assert all(raw[line.text_start : line.text_end] == raw[line.start : line.end].strip() for line in lines)


@given(st.text(alphabet="甲 \r\n\f\u2028", max_size=30))
def test_a_text_finds_the_line_of_an_offset_and_the_offset_of_a_line(raw: str) -> None:
    text = DocumentText(raw, raw)
    for line in split_lines(raw):
        assert text.offset_of_line(line.number) == line.start
        assert all(text.line_of(offset) == line.number for offset in range(line.start, line.end + 1))


def test_lines_of_a_long_text_are_found_in_linear_time() -> None:
    text = DocumentText("甲\n" * 300_000, "")
    assert text.line_of(len(text.raw)) == 300_001
