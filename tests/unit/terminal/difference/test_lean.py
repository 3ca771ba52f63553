"""The lean stream shows what the plain one shows, cell by cell, on terminals of every kind."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size

from support.examples import examples
from support.vt import Vt, differences
from tuibrowser.terminal.asking.abilities import Abilities
from tuibrowser.terminal.cells.errors import Unmodelled
from tuibrowser.terminal.difference.lean import Lean

COLUMNS, ROWS = 24, 9
AMBIGUOUS = "“”…—·"
LETTERS = "高質量發展a b　,。-" + AMBIGUOUS
STYLES = ("", "", "1", "2", "34", "1;38;2;10;20;30", "30;47", "7", "7;31", "4", "48;5;17", "9;2", "1;3;33;44")

Line = tuple[tuple[str, str], ...]

pieces = st.tuples(st.sampled_from(STYLES), st.text(st.sampled_from(LETTERS), min_size=1, max_size=8))
lines = st.lists(pieces, min_size=0, max_size=4).map(tuple)


def wide(ambiguous: int) -> object:
    """The widths of a terminal that draws ambiguous characters on so many cells."""
    return lambda character: ambiguous if character in AMBIGUOUS else get_character_cell_size(character)


def strip(line: Line, width: int) -> str:
    """A line as Textual renders it: cut or filled to exactly `width` cells, every style ended by a reset."""
    out, used = "", 0
    for style, text in (*line, ("", " " * width)):
        kept = ""
        for character in text:
            size = get_character_cell_size(character)
            if used + size > width:
                kept += " " * (width - used)
                used = width
                break
            kept += character
            used += size
        out += f"\x1b[{style}m{kept}\x1b[0m" if style and kept else kept
    return out


def frame(places: list[tuple[int, int, str]], cursor: tuple[int, int] = (0, 0)) -> str:
    """A frame as Textual writes it: row, column and strip of each line, then the cursor (column, row)."""
    painted = ""
    for (row, column, text), following in zip(places, [*places[1:], None], strict=True):
        ends = following is not None and following[0] != row
        painted += f"\x1b[{row + 1};{column + 1}H{text}" + ("\n" if ends else "")
    return f"{painted}\x1b[{cursor[1] + 1};{cursor[0] + 1}H"


def whole(page: list[Line], width: int = COLUMNS) -> str:
    return frame([(row, 0, strip(line, width)) for row, line in enumerate(page)])


class Pair:
    """A terminal fed with plain frames, and one fed with what the lean driver makes of them."""

    def __init__(self, abilities: Abilities, ambiguous: int = 1, known: bool = True) -> None:
        size_of = wide(ambiguous)
        kind = {"colour_erase": abilities.colour_erase, "margins": abilities.margins, "size_of": size_of}
        self.plain = Vt(COLUMNS, ROWS, **kind)  # type: ignore[arg-type]
        self.lean = Vt(COLUMNS, ROWS, **kind)  # type: ignore[arg-type]
        self.model = Lean(COLUMNS, ROWS, abilities)
        if known:
            self.lean.feed(self.model.wipe())

    def feed(self, data: str) -> str:
        self.plain.feed(data)
        self.model.take(data)
        sent = self.model.changes()
        self.lean.feed(sent)
        assert not differences(self.plain, self.lean), sent
        assert (self.plain.x, self.plain.y) == (self.lean.x, self.lean.y)
        return sent


every_ability = st.builds(
    Abilities,
    scroll=st.booleans(),
    erase_characters=st.booleans(),
    colour_erase=st.booleans(),
    margins=st.booleans(),
    ambiguous_settled=st.just(False),
)


EVENTS = ("scroll", "scroll", "scroll", "box", "line", "all", "styles")


@st.composite
def sessions(draw: st.DrawFn, edges: tuple[int, ...] = (0, 7, 8), events: tuple[str, ...] = EVENTS) -> list[str]:
    """Frames of a pane beside another, which begins at one of `edges`: scrolled, overlaid, repainted in part."""
    page = draw(st.lists(lines, min_size=2 * ROWS, max_size=2 * ROWS))
    side = draw(st.lists(lines, min_size=ROWS, max_size=ROWS))
    edge = draw(st.sampled_from(edges))
    frames, top = [], 0
    for _ in range(draw(st.integers(2, 6))):
        what = draw(st.sampled_from(events))
        if what == "scroll":
            top = min(max(top + draw(st.integers(-4, 4)), 0), ROWS)
        if what == "styles":
            page[top] = tuple((draw(st.sampled_from(STYLES)), text) for _, text in page[top])
        if what == "box":
            left, right = sorted((draw(st.integers(0, COLUMNS - 1)), draw(st.integers(1, COLUMNS))))
            box = [(row, left, strip(draw(lines), max(right - left, 1))) for row in range(2, 5)]
            frames.append(frame(box, (left, 2)))
        elif what == "line":
            frames.append(frame([(ROWS - 1, edge, strip(draw(lines), COLUMNS - edge))]))
        else:
            rows = [(row, edge, strip(page[top + row], COLUMNS - edge)) for row in range(ROWS)]
            if edge and what == "all":
                rows = [each for row in range(ROWS) for each in ((row, 0, strip(side[row], edge)), rows[row])]
            frames.append(frame(rows))
    return frames


@pytest.mark.slow
@examples(150)
@given(sessions(), every_ability, st.booleans())
def test_any_session_shows_the_same_on_any_terminal(frames: list[str], abilities: Abilities, known: bool) -> None:
    pair = Pair(abilities, known=known)
    for data in frames:
        pair.feed(data)


@pytest.mark.slow
@examples(100)
@given(sessions(edges=(0,), events=("scroll", "line", "all", "styles")), every_ability)
def test_lines_show_the_same_where_the_terminal_has_other_widths(frames: list[str], abilities: Abilities) -> None:
    pair = Pair(abilities, ambiguous=2)
    for data in frames:
        pair.feed(data)


@pytest.mark.slow
@examples(50)
@given(sessions(), every_ability)
def test_frames_left_out_are_made_up_for_by_the_next(frames: list[str], abilities: Abilities) -> None:
    pair = Pair(abilities)
    for data in frames:
        pair.plain.feed(data)
        pair.model.take(data)
    pair.lean.feed(pair.model.changes())
    assert not differences(pair.plain, pair.lean)


@pytest.mark.slow
@examples(50)
@given(sessions(), every_ability)
def test_what_is_shown_already_is_not_sent_again(frames: list[str], abilities: Abilities) -> None:
    pair = Pair(abilities)
    for data in frames:
        pair.feed(data)
    assert pair.feed(frames[-1]) == ""


PAGE: list[Line] = [(("", number * 9),) for number in "一二三四五六七八九十"]


@pytest.mark.parametrize("by", [1, 2, -1, -3])
def test_a_page_that_moved_is_scrolled(by: int) -> None:
    start = 0 if by > 0 else -by
    page = PAGE + PAGE[::-1]
    pair = Pair(Abilities())
    pair.feed(whole(page[start : start + ROWS]))
    sent = pair.feed(whole(page[start + by : start + by + ROWS]))
    assert ("M" if by > 0 else "L") in sent
    assert len(sent.encode()) < 60 * abs(by)


def test_beside_an_outline_only_the_text_is_scrolled_where_there_are_margins() -> None:
    pair = Pair(Abilities(margins=True))
    side = [(("", f"目{number}"),) for number in range(ROWS)]
    beside = [frame([(row, 0, strip(side[row], 8)) for row in range(ROWS)])]
    beside += [frame([(row, 8, strip(PAGE[row + top], COLUMNS - 8)) for row in range(ROWS)]) for top in (0, 1)]
    *_, sent = [pair.feed(data) for data in beside]
    assert "\x1b[9;24s" in sent
    assert "目" not in sent


def test_nothing_is_scrolled_by_margins_that_would_cut_a_character() -> None:
    pair = Pair(Abilities(margins=True))
    pair.feed(whole([(("", "a高質量發展高質量發展"),)] * ROWS))
    for top in (0, 1):
        sent = pair.feed(frame([(row, 8, strip(PAGE[row + top], COLUMNS - 8)) for row in range(ROWS)]))
    assert not differences(pair.plain, pair.lean), sent


def test_a_line_of_doubtful_width_is_written_from_where_it_begins() -> None:
    pair = Pair(Abilities(), ambiguous=2)
    pair.feed(frame([(0, 0, strip((("", "“高質量”發展"),), COLUMNS))]))
    pair.feed(frame([(0, 0, strip((("", "“高質量”展發"),), COLUMNS))]))


@pytest.mark.parametrize(
    "data",
    [
        "\x1b[2J",
        "text",
        "\x1b[1;1Ha\tb\x1b[1;1H",
        "\x1b[1;1H\x1b[1mbold\x1b[1;1H",
        "\x1b[9;9H一\x1b[99;1H",
        "\x1b[1;23H一二\x1b[1;1H",
        "\x1b[1;1H\x1b[58;5;3mx\x1b[0m\x1b[1;1H",
        "\x1b[1;1Hx",
        "\x1b[1;1H\x1b[4:3mx\x1b[0m\x1b[1;1H",
    ],
)
def test_what_is_no_frame_is_refused_and_changes_nothing(data: str) -> None:
    pair = Pair(Abilities())
    pair.feed(whole(PAGE[:ROWS]))
    with pytest.raises(Unmodelled):
        pair.model.take(data)
    assert pair.model.changes() == ""


def test_links_begin_and_end_with_their_text() -> None:
    pair = Pair(Abilities())
    link = "\x1b]8;id=1;https://example.org\x1b\\\x1b[4m高質量\x1b[0m\x1b]8;;\x1b\\"
    sent = pair.feed(frame([(0, 0, f"見{link}。")]))
    assert sent.count("\x1b]8;") == 2


def test_marks_without_width_stay_with_their_character() -> None:
    pair = Pair(Abilities())
    pair.feed(frame([(0, 0, "ka\u0301o 葛\U000e0100城"), (1, 0, "a\x1b[1m\u0301b\x1b[0m")]))
    assert pair.lean.text()[0] == "ka\u0301o 葛\U000e0100城"


def test_doubt_draws_all_that_is_wanted_again() -> None:
    pair = Pair(Abilities())
    pair.feed(whole(PAGE[:ROWS]))
    pair.model.doubt()
    fresh = Vt(COLUMNS, ROWS)
    fresh.feed(pair.model.changes())
    assert not differences(pair.plain, fresh)


def test_the_way_back_costs_what_the_way_costs() -> None:
    pair = Pair(Abilities())
    sizes = [len(pair.feed(whole(PAGE[top : top + ROWS]))) for top in (0, 1, 0, 1)]
    assert all(abs(one - other) < 12 for one, other in pairwise(sizes[1:]))


def test_a_bar_beside_a_border_that_stands_is_drawn_downwards() -> None:
    """Both have one pen, so they are one run of cells; the border is there before."""
    lean = Lean(40, ROWS, Abilities(ambiguous_settled=True))
    lean.wipe()
    lean.take(whole([(("", " " * 9), ("34", "│"))] * ROWS, 40))
    lean.changes()
    lean.take(whole([(("", " " * 9), ("34", "│▌"), ("", " 高質量發展"))] * ROWS, 40))
    sent = lean.changes()
    assert sent.count("\x1b[34m") == 1
    assert sent.count("▌") == ROWS
    assert "│" not in sent
