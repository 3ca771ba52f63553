"""Going to a share of the document, putting a line where one wants it, and keys that mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.widgets.outline.sidebar import Sidebar

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader


def row_of_mark(reader: Reader) -> int:
    """The row of the screen on which the mark of the current paragraph stands first."""
    return next(row for row, line in enumerate(reader.screen.splitlines()) if "▌" in line)


@pytest.fixture
def long(corpus: Path) -> Path:
    return corpus / "speeches" / "長文.txt"


async def test_a_number_and_percent_go_to_that_share_of_the_document(browse: Browse, long: Path) -> None:
    async with browse(long) as reader:
        await reader.press("5", "0", "percent_sign")
        assert "¶31/60" in reader.status
        await reader.press("percent_sign")
        assert "a number from 0 to 100" in reader.status
        await reader.press("1", "5", "0", "percent_sign")
        assert "a number from 0 to 100" in reader.status


async def test_the_marked_line_goes_to_the_top_the_middle_and_the_bottom(browse: Browse, long: Path) -> None:
    async with browse(long, size=(100, 31)) as reader:
        await reader.press("3", "0", "G")
        await reader.press("z", "t")
        assert row_of_mark(reader) == 0
        await reader.press("z", "z")
        assert 14 <= row_of_mark(reader) <= 15
        await reader.press("z", "b")
        marked = [row for row, line in enumerate(reader.screen.splitlines()) if "▌" in line]
        assert marked[-1] == 29
        assert "¶30/60" in reader.status


async def test_the_keys_after_z_are_named_and_escape_takes_them_back(browse: Browse, long: Path) -> None:
    async with browse(long) as reader:
        await reader.press("z")
        assert "zt Line to the top" in reader.status
        await reader.press("escape")
        assert "zt" not in reader.status
        assert "¶1/60" in reader.status


async def test_a_key_that_means_nothing_is_named_but_not_in_a_field(browse: Browse, long: Path) -> None:
    async with browse(long) as reader:
        await reader.press("ctrl+b")
        assert "ctrl+b means nothing here: ? shows the keys" in reader.status
        await reader.press("z", "q")
        assert "zq means nothing here" in reader.status
        await reader.press("f")
        await reader.type("#")
        assert "# means nothing" not in reader.screen


async def test_escape_takes_the_marks_away_and_n_still_knows_the_query(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("2 in 1 document")
        await reader.press("enter")
        await reader.sees("hit 1/2")
        await reader.press("escape")
        assert "hit" not in reader.status
        assert reader.pane.current_hit is None
        await reader.press("n")
        await reader.sees("hit 2/2")
        assert reader.pane.current_hit is not None
        await reader.press("slash")
        await reader.sees("2 in 1 document")


@pytest.mark.parametrize("key", ["f", "colon"])
async def test_a_dialog_that_finds_nothing_says_so(browse: Browse, long: Path, key: str) -> None:
    async with browse(long) as reader:
        await reader.press(key)
        await reader.type("zzzqqq")
        await reader.sees("nothing found for zzzqqq")


async def test_selecting_shows_its_mode(browse: Browse, long: Path) -> None:
    async with browse(long) as reader:
        await reader.press("v")
        assert "selecting " in reader.status
        await reader.press("V")
        assert "selecting paragraphs" in reader.status
        await reader.press("escape")
        assert "selecting" not in reader.status


async def test_the_outline_grows_by_keys_and_by_its_edge(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(120, 30)) as reader:
        sidebar = reader.browser.query_one(Sidebar)
        width = sidebar.outer_size.width
        await reader.press("tab", "plus")
        assert sidebar.outer_size.width == width + 4
        await reader.press("minus", "minus")
        assert sidebar.outer_size.width == width - 4
        await reader.pilot.mouse_down(sidebar, offset=(sidebar.outer_size.width - 1, 3))
        await reader.pilot.hover(offset=(60, 3))
        await reader.pilot.mouse_up(offset=(60, 3))
        await reader.pilot.pause()
        assert sidebar.outer_size.width == 61


async def test_the_outline_leaves_room_for_the_text(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(90, 30), config=ReadConfig(Config(sidebar=200))) as reader:
        assert reader.pane.size.width >= 24


async def test_the_outline_moves_by_half_pages(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("tab", "d")
        half = reader.browser.query_one(Sidebar).outline.cursor
        assert half > 1
        await reader.press("u")
        assert reader.browser.query_one(Sidebar).outline.cursor == 0


async def test_going_to_a_name_waits_until_the_names_are_known(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        searching = reader.browser.parts.searching
        searcher, searching.searcher = searching.searcher, None
        await reader.press("f")
        await reader.type("供水")
        await reader.sees("still searching")
        searching.searcher = searcher
        await reader.sees("城市供水条例")
        await reader.press("escape")
        assert "制定本条例" in reader.screen
