"""The terminal's cursor is at the caret of the field with the focus, from the first moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.filter import NoColor
from textual.widgets import Input

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader


def drawn_caret(reader: Reader) -> tuple[int, int]:
    """Where the field draws its caret."""
    field = reader.app.focused
    assert isinstance(field, Input)
    style = field.get_component_rich_style("input--cursor")
    x, y, _, _ = field.content_region
    column = 0
    for segment in field.render_line(0):
        if segment.style is not None and segment.style.bgcolor == style.bgcolor and segment.style.bgcolor is not None:
            return x + column, y
        column += segment.cell_length
    pytest.fail("no caret is drawn")


@pytest.mark.parametrize("key", ["slash", "m", "colon", "f", "apostrophe"])
async def test_the_cursor_is_at_the_caret_of_every_field(browse: Browse, corpus: Path, key: str) -> None:
    async with browse(corpus) as reader:
        await reader.press(key)
        await reader.until(lambda: isinstance(reader.app.focused, Input))
        await reader.pilot.pause()
        field = reader.app.focused
        assert isinstance(field, Input)
        for typed, cells in (("", 0), ("abc", 3), ("高質", 7), (None, 5)):
            await (reader.press("left") if typed is None else reader.type(typed))
            x, y, _, _ = field.content_region
            assert reader.app.cursor_position == (x + cells, y)
            assert drawn_caret(reader) == (x + cells, y)


async def test_a_long_line_keeps_the_cursor_in_its_field(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(60, 24)) as reader:
        await reader.press("m")
        await reader.until(lambda: isinstance(reader.app.focused, Input))
        await reader.type("高質量發展" * 12)
        await reader.pilot.pause()
        field = reader.app.focused
        assert isinstance(field, Input)
        x, _, width, _ = field.content_region
        assert x <= reader.app.cursor_position.x < x + width
        assert drawn_caret(reader) == tuple(reader.app.cursor_position)


async def test_without_colours_the_caret_is_reversed(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.until(lambda: isinstance(reader.app.focused, Input))
        field = reader.app.focused
        assert field is not None
        assert field.get_component_rich_style("input--cursor").reverse


async def test_an_empty_no_color_is_none(browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    async with browse(corpus) as reader:
        assert not reader.app.no_color
        assert not any(isinstance(each, NoColor) for each in reader.app._filters)
