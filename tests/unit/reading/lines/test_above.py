"""Readings above a line: the blanks they need, where they begin, and how a screen is made of both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.documents import document
from tuibrowser.corpus.model import Script
from tuibrowser.reading.lines.above import Reading, Readings
from tuibrowser.reading.lines.linebreak import Line, Lines
from tuibrowser.reading.lines.rows import Row
from tuibrowser.reading.lines.viewport import Viewport
from tuibrowser.reading.views.render import ViewedParagraph, ViewedText
from tuibrowser.reading.views.view import View

SOUNDS = ("é", "yí", "zhì", "zhuàng", "'ān")


def above(text: str, readings: Readings, width: int = 80) -> str:
    """The row of the readings of a line."""
    row = ""
    for column, reading in readings.set_above(text, 0, width):
        row = row.ljust(column) + reading.text
    return row


def test_a_reading_that_stands_alone_is_centred_and_needs_no_blank() -> None:
    text = "此古之彘形也"
    readings = Readings(text, [Reading(3, "zhuàng")])
    assert above(text, readings) == "    zhuàng"
    assert readings.blanks == {}


def test_at_the_ends_of_a_line_it_stays_within() -> None:
    text = "彘形也此古之彘"
    readings = Readings(text, [Reading(0, "zhuàng"), Reading(6, "zhuàng")])
    assert above(text, readings, 14) == "zhuàng  zhuàng"


def test_readings_side_by_side_begin_with_their_characters() -> None:
    text = "饕餮紋"
    readings = Readings(text, [Reading(0, "tāo", ends_word=False), Reading(1, "tiè"), Reading(2, "wén")])
    assert readings.blanks == {0: 1, 1: 2, 2: 2}
    assert above(text, readings) == "tāotiè wén"


def test_a_closing_mark_gives_its_room() -> None:
    readings = Readings("之紋，刻「", [Reading(0, "zhī"), Reading(1, "wén"), Reading(3, "kè")])
    assert readings.blanks == {0: 2, 3: 1}


@given(
    st.lists(st.tuples(st.sampled_from("之紋刻，「a"), st.sampled_from(["", *SOUNDS]), st.booleans()), max_size=40),
    st.integers(8, 30),
)
def test_readings_lie_within_their_lines_and_never_upon_one_another(
    letters: list[tuple[str, str, bool]], width: int
) -> None:
    text = "".join(letter for letter, _, _ in letters)
    found = [
        Reading(at, sound, ends_word=ends)
        for at, (letter, sound, ends) in enumerate(letters)
        if sound and letter in "之紋刻"
    ]
    readings = Readings(text, found)
    lines, seen = Lines(text, width, readings.cells), 0
    line: Line | None = lines.first()
    while line is not None:
        end = 0
        for column, reading in readings.set_above(text[line.start : line.end], line.start, width):
            assert column >= end
            end = column + len(reading.text)
            seen += 1
        assert end <= width
        line = lines.after(line)
    assert seen == len(found)


PARAGRAPH = "歲在甲子，余與諸友泛舟江上，峰巒崢嶸，煙波浩渺。此古之彘形也。"


def read(paragraph: ViewedParagraph) -> Readings:
    return Readings(paragraph.text, [Reading(at, "zhì") for at, c in enumerate(paragraph.text) if c in "彘巒崢"])


def screen(shown: Viewport) -> list[str]:
    return [
        "~" if row.read >= 0 else shown.text[row.paragraph].text[row.start : row.end] if row.paragraph >= 0 else ""
        for row in shown.rows()
    ]


def viewport(height: int = 20) -> Viewport:
    shown = Viewport(ViewedText(document("甲", PARAGRAPH, PARAGRAPH), Script.HANT, View()), 20, height)
    shown.read(read)
    return shown


def test_a_row_is_added_above_the_lines_that_have_readings() -> None:
    shown = viewport(7)
    assert screen(shown) == ["甲", "", "歲在甲子，余與諸友泛", "~", "舟江上，峰巒崢", "嶸，煙波浩渺。此古之", ""]
    assert shown.rows()[3] == Row(-1, 0, 10, 17, read=1)


def test_without_readings_the_screen_is_as_before() -> None:
    shown = viewport()
    shown.read(None)
    assert "~" not in screen(shown)
    assert shown.readings_of(1).within(0, 100) == ()


@pytest.mark.parametrize("height", [2, 3, 5, 8])
def test_scrolling_down_and_up_shows_every_line_once(height: int) -> None:
    shown = viewport(height)
    every = [row for row in viewport(100).rows() if row.paragraph >= 0]
    seen = [shown.rows()[0 if shown.rows()[0].paragraph >= 0 else 1]]
    while shown.scroll(1):
        rows = shown.rows()
        seen.append(rows[0] if rows[0].paragraph >= 0 else rows[1])
    assert seen == every[: len(seen)]
    assert shown.rows()[-1] == every[-1]
    while shown.scroll(-1):
        pass
    assert shown.at_start


def test_readings_are_not_shown_without_their_line() -> None:
    assert [row.read for row in viewport(4).rows()] == [-1, -1, -1, -1]


def test_a_cell_is_that_of_the_character_with_its_blanks() -> None:
    shown = viewport()
    offsets = [shown.offset_at(4, column) for column in range(20)]
    letters = "".join(shown.text.source.raw[offset] for offset in offsets if offset is not None)
    assert letters == "舟舟江江上上，，峰峰巒巒巒巒崢崢崢崢崢崢"[:20]
    raw = shown.text.source.raw
    assert shown.offset_beside(raw.index("舟", 3), -1) == raw.index("歲")


@given(st.integers(4, 40), st.integers(0, 60))
def test_another_width_keeps_the_character_at_the_top(width: int, lines: int) -> None:
    shown = viewport(5)
    shown.scroll(lines)
    anchor = shown.anchor
    shown.resize(width, 5)
    assert shown.anchor == anchor
    top = shown.row_of(anchor)
    assert top == (1 if shown.rows()[0].read >= 0 else 0)
