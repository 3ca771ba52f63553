"""The text in two columns, and in longer lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.settings.config import Config, ReadConfig

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader

WIDE = (160, 20)


def numbers(reader: Reader, *, right: bool) -> list[int]:
    """The numbers of the paragraphs of which a column shows a beginning of a sentence."""
    found = [
        int(match[1])
        for line in reader.screen.splitlines()
        for match in re.finditer(r"第(\d+)段", line)
        if (cell_width(line[: match.start()]) >= 80) is right
    ]
    return sorted(set(found))


async def test_the_second_column_goes_on_where_the_first_one_ends(browse: Browse, corpus: Path) -> None:
    config = ReadConfig(Config(columns=2, outline=False))
    async with browse(corpus / "speeches" / "長文.txt", size=WIDE, config=config) as reader:
        left, right = numbers(reader, right=False), numbers(reader, right=True)
        assert left == list(range(1, len(left) + 1))
        assert right[0] in {left[-1], left[-1] + 1}
        assert right == list(range(right[0], right[-1] + 1))
        assert len(right) > 1


async def test_a_page_is_both_columns(browse: Browse, corpus: Path) -> None:
    config = ReadConfig(Config(columns=2, outline=False))
    async with browse(corpus / "speeches" / "長文.txt", size=WIDE, config=config) as reader:
        last = numbers(reader, right=True)[-1]
        await reader.press("space")
        assert reader.pane.current_paragraph + 1 in {last, last + 1}


async def test_a_click_in_the_second_column_chooses_its_paragraph(browse: Browse, corpus: Path) -> None:
    config = ReadConfig(Config(columns=2, outline=False))
    async with browse(corpus / "speeches" / "長文.txt", size=WIDE, config=config) as reader:
        number = numbers(reader, right=True)[0]
        row = next(row for row, line in enumerate(reader.screen.splitlines()) if f"第{number}段" in line)
        await reader.pilot.click(reader.pane, offset=(100, row))
        await reader.pilot.pause()
        assert reader.pane.current_paragraph == number - 1


async def test_columns_and_measure_change_by_keys(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt", size=WIDE) as reader:
        await reader.press("z", "c")
        assert "two columns" in reader.status
        await reader.press("z", "c")
        assert "one column" in reader.status
        await reader.press("z", "greater_than_sign")
        assert "lines of up to 90 cells" in reader.status


async def test_where_there_is_no_room_there_is_one_column_and_that_is_said(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt", size=(80, 20)) as reader:
        await reader.press("z", "c")
        assert "no room for two columns" in reader.status
