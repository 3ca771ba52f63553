"""Tables and lines on a screen: what makes way where it is narrow, and that all stands in its cells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.style import Style

from support.searching import engine_of
from tuibrowser.analysis.texts.stop_list import NO_WORDS
from tuibrowser.analysis.texts.units import BIGRAM
from tuibrowser.corpus.model import Metadata
from tuibrowser.hanzi import cells
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.tui.analysis.making.asked import Asked, View
from tuibrowser.tui.analysis.making.columns import columns_of, number
from tuibrowser.tui.analysis.making.made import Figure, Lines, make
from tuibrowser.tui.analysis.panel.drawing import Grid, Look, draw_line, line_room
from tuibrowser.tui.analysis.panel.layout import laid_out

LOOK = Look(False, False, Style(), Style(), Style())
SIZES = (120, 80, 60)

ENGINE = engine_of(
    {
        "河/一.txt": ("渡口有船，渡口有人，老渡口", Metadata(title="渡口旧事一则", delivered="1978-01-02")),
        "河/二.txt": ("新渡口有桥", Metadata(title="桥", delivered="1979")),
        "三.txt": "山中无渡口",
    }
)


def figure(view: View, query: str = "渡口", **more: object) -> Figure:
    asked = Asked(query=query, view=view, unit=BIGRAM)
    for name, value in more.items():
        object.__setattr__(asked, name, value)
    made = make(ENGINE, asked, None, (), NO_WORDS, lambda: False, lambda *_: None)
    assert isinstance(made, Figure)
    return made


def keys(view: View, room: int, width: int = 8) -> list[str]:
    columns = columns_of(Asked(query="渡口", view=view))
    return [each.column.key for each in laid_out(columns, {column.key: width for column in columns}, room)]


def test_where_it_is_narrow_titles_and_documents_go_and_numbers_stay() -> None:
    wide, narrow = keys(View.COLLOCATES, 150), keys(View.COLLOCATES, 58)
    assert "forms" in wide
    assert narrow[:2] == ["text", "together"]
    assert "logdice" in narrow
    assert "documents" not in narrow
    assert keys(View.COLLOCATES, 20)[:2] == ["text", "together"]
    assert "date" not in keys(View.SPREAD, 50)
    assert keys(View.TIME, 58)[-1] != "documents_with"


@pytest.mark.parametrize("room", SIZES)
@pytest.mark.parametrize("view", [View.SPREAD, View.COLLOCATES, View.CLUSTERS, View.WORDS, View.TIME])
def test_a_row_is_as_wide_as_the_screen_and_numbers_end_below_their_headings(view: View, room: int) -> None:
    made = figure(view)
    grid = Grid(made, ascii_only=False)
    grid.fit(room)
    heads = grid.headings(room, "", Style(), Style())
    rows = [grid.draw(at, room, LOOK) for at in range(len(made))]
    assert {strip.cell_length for strip in (heads, *rows)} == {room}
    for placed in grid.placed:
        if placed.column.is_number:
            ends = {cut(strip.text, placed.start + placed.width)[-1:] for strip in (heads, *rows)}
            assert " " not in ends


def cut(text: str, cells_wide: int) -> str:
    """The beginning of a text that takes so many cells."""
    end = 0
    while end < len(text) and cell_width(text[: end + 1]) <= cells_wide:
        end += 1
    return text[:end]


def test_rows_are_ordered_by_any_column_and_the_other_way_round() -> None:
    def texts(key: str, *, is_reversed: bool = False) -> list[str]:
        made = figure(View.CLUSTERS, size=1, sort=key, is_reversed=is_reversed)
        return [row.text for row in made.rows(0, 99)]

    assert texts("")[0] == "渡口有"
    assert texts("text", is_reversed=True) == texts("text")[::-1]
    spread = figure(View.SPREAD, sort="date")
    assert [row.date for row in spread.rows(0, 3)] == ["1978-01-02", "1979", None], "the undated last"
    back = figure(View.SPREAD, sort="date", is_reversed=True)
    assert [row.date for row in back.rows(0, 3)] == ["1979", "1978-01-02", None]


def test_rows_are_filtered_in_any_script() -> None:
    made = figure(View.COLLOCATES, rows_with="橋", unit="character")
    assert [row.text for row in made.rows(0, 99)] == ["桥"]


def test_a_table_made_before_is_only_ordered_anew() -> None:
    first = figure(View.COLLOCATES)
    again = make(ENGINE, first.asked.ordered_by("left"), first, (), NO_WORDS, lambda: False, lambda *_: None)
    assert isinstance(again, Figure)
    assert again.table is first.table
    other = make(ENGINE, first.asked.wider(1), first, (), NO_WORDS, lambda: False, lambda *_: None)
    assert isinstance(other, Figure)
    assert other.table is not first.table


def test_two_queries_over_time_stand_below_each_other() -> None:
    made = figure(View.TIME, also="桥")
    assert [(row.label, row.query) for row in made.rows(0, 4)] == [
        ("1978", "渡口"),
        ("1978", "桥"),
        ("1979", "渡口"),
        ("1979", "桥"),
    ]


def test_a_small_base_stands_in_brackets_and_its_bar_is_drawn_lighter() -> None:
    grid = Grid(figure(View.TIME), ascii_only=True)
    grid.fit(80)
    row = grid.draw(0, 80, LOOK).text
    assert "(272,727)" in row
    assert "..." in row
    assert "#" not in row


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_strip_shows_each_part_with_a_match(ascii_only: bool) -> None:
    grid = Grid(figure(View.SPREAD), ascii_only=ascii_only)
    grid.fit(80)
    text = grid.draw(0, 80, LOOK).text
    dots = text.translate(str.maketrans("", "", "\u2800 "))
    assert any("\u2800" < each <= "\u28ff" for each in dots) != ascii_only
    assert dots[-1] in ".:|#" if ascii_only else True


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("ambiguous", [1, 2])
def test_the_matches_of_lines_stand_below_one_another_in_any_width_of_marks(width: int, ambiguous: int) -> None:
    made = make(ENGINE, Asked(query="渡口"), None, (), NO_WORDS, lambda: False, lambda *_: None)
    assert isinstance(made, Lines)
    cells.draw_ambiguous(ambiguous)
    try:
        room = line_room(width, 4, 20)
        drawn = [draw_line(line, room, width, LOOK) for line in made.lines]
        assert {strip.cell_length for strip in drawn} == {width}
        assert len({cell_width(strip.text.partition(" 渡口 ")[0]) for strip in drawn}) == 1
    finally:
        cells.draw_ambiguous(1)


def test_wider_contexts_take_the_room_of_titles_first_then_of_dates() -> None:
    assert line_room(120, 4, 20).title > 0
    wider = line_room(120, 4, 24)
    assert (wider.title, wider.date) == (0, 10)
    assert line_room(120, 4, 30).date == 6, "the year stays"
    assert line_room(60, 4, 20).title == 0
    assert line_room(60, 4, 20).side > line_room(60, 4, 5).side


def test_a_line_of_eighty_cells_has_the_year() -> None:
    made = make(ENGINE, Asked(query="渡口"), None, (), NO_WORDS, lambda: False, lambda *_: None)
    assert isinstance(made, Lines)
    line = replace(made.lines[0], date="1982-12-10")
    assert draw_line(line, line_room(80, 4, 20), 80, LOOK).text.rstrip().endswith(" 1982")
    line = replace(line, date="-0220-03")
    assert draw_line(line, line_room(80, 4, 20), 80, LOOK).text.rstrip().endswith(" 前221")


def test_numbers_have_separators_and_as_many_decimals_as_say_something() -> None:
    assert [number(each) for each in (1234567, 1234.5, 3.14159, -0.5, None)] == [
        "1,234,567",
        "1,234",
        "3.14",
        "-0.50",
        "–",
    ]


def test_without_a_query_the_reader_is_told_what_to_do() -> None:
    made = make(ENGINE, Asked(query=" "), None, (), NO_WORDS, lambda: False, lambda *_: None)
    assert "select words" in getattr(made, "why", "")
    assert isinstance(
        make(ENGINE, Asked(query="", view=View.WORDS, unit=BIGRAM), None, (), NO_WORDS, lambda: False, lambda *_: None),
        Figure,
    )
