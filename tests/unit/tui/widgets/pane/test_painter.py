from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style

from support.documents import Piece, document
from tuibrowser.corpus.model import ParagraphKind, Script
from tuibrowser.reading.lines.rows import Row
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.tui.widgets.pane.marked import MarkedSpan
from tuibrowser.tui.widgets.pane.painter import Painter

if TYPE_CHECKING:
    from textual.strip import Strip

TEXT = ViewedText(
    document(
        Piece("第一章 總則", kind=ParagraphKind.HEADING),
        Piece("推動�工作取得成效", repairs=(("�", "各", False),)),
    ),
    Script.HANT,
    View(),
)
NAMES = ("heading", "note", "fold", "margin", "damage", "hit", "mark", "cursor")
STYLES = {name: Style(meta={name: True}) for name in NAMES}


def painted(strip: Strip) -> list[tuple[str, set[str]]]:
    """The pieces of a row and the names of their styles, without those that are blank."""
    return [
        (segment.text.strip(), set(segment.style.meta) if segment.style else set())
        for segment in strip
        if segment.text.strip()
    ]


def paint(number: int, row: Row, *marks: MarkedSpan, is_current: bool = False) -> Strip:
    return Painter(STYLES.__getitem__, 2).row(TEXT[number], row, marks, 30, is_current=is_current)


def test_a_row_is_as_wide_as_is_said_and_begins_after_the_indent_and_the_margin() -> None:
    strip = paint(1, Row(1, 1, 3, 5))
    assert strip.text == "     工作" + " " * 21
    assert strip.cell_length == 30


def test_the_current_paragraph_and_damage_in_it_are_marked_in_the_margin() -> None:
    assert painted(paint(1, Row(1, 0, 0, 5), is_current=True)) == [
        ("▌", {"margin"}),
        ("!", {"damage"}),
        ("推動", set()),
        ("�", {"damage"}),
        ("工作", set()),
    ]
    assert painted(paint(1, Row(1, 1, 3, 5), is_current=True)) == [("▌", {"margin"}), ("工作", set())]


def test_a_mark_lies_over_those_before_it_and_over_the_style_of_the_paragraph() -> None:
    marks = MarkedSpan(0, 3, "mark"), MarkedSpan(1, 2, "hit")
    assert painted(paint(0, Row(0, 0, 0, 6), *marks)) == [
        ("第", {"heading", "mark"}),
        ("一", {"heading", "mark", "hit"}),
        ("章", {"heading", "mark"}),
        ("總則", {"heading"}),
    ]


def test_folded_furniture_is_counted() -> None:
    painter = Painter(STYLES.__getitem__, 0)
    assert painted(painter.fold(1, 0, 40)) == [("⋯ 1 line of page furniture", {"fold"})]
    assert painted(painter.fold(3, 0, 40)) == [("⋯ 3 lines of page furniture", {"fold"})]
    assert painter.fold(3, 0, 12).cell_length == 12


def test_folded_readings_of_other_editions_are_called_apparatus() -> None:
    painter = Painter(STYLES.__getitem__, 0)
    assert painted(painter.fold(1, 1, 60)) == [("⋯ 1 line of apparatus", {"fold"})]
    assert painted(painter.fold(3, 2, 60)) == [("⋯ 2 lines of apparatus, 1 line of page furniture", {"fold"})]


def test_a_reason_stands_where_the_text_would_stand() -> None:
    assert Painter(STYLES.__getitem__, 2).reason("打不開", 20).text == "     打不開" + " " * 9
