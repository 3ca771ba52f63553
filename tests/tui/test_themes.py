from __future__ import annotations

import asyncio
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from tuibrowser.settings.config import THEMES, Config, ReadConfig
from tuibrowser.tui.themes import OWN_THEMES, words_of
from tuibrowser.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader

MARKS = ("hit", "current-hit", "selection", "cursor", "repair")
LEAST_CONTRAST = 7.0


def luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.rgb]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))))
    return (lighter + 0.05) / (darker + 0.05)


def attributes(reader: Reader, name: str) -> tuple[bool, ...]:
    style = reader.pane.get_component_rich_style(f"reading-pane--{name}", partial=True)
    return bool(style.bold), bool(style.underline), bool(style.reverse), bool(style.dim)


def test_the_themes_of_the_config_are_those_there_are() -> None:
    assert set(THEMES) == {*BUILTIN_THEMES, *(theme.name for theme in OWN_THEMES)}
    assert all(words_of(name) for name in THEMES)
    assert words_of("nord") == "dark"
    assert words_of("solarized-light") == "light"


def test_the_colours_of_high_contrast_have_it() -> None:
    for theme in OWN_THEMES:
        assert theme.background is not None
        for colour in (theme.foreground, theme.primary, theme.warning, theme.error, theme.success):
            assert colour is not None
            assert contrast(colour, theme.background) >= LEAST_CONTRAST, (theme.name, colour)


async def test_marks_are_told_apart_without_colour_in_every_theme(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        for theme in THEMES:
            reader.app.theme = theme
            await reader.pilot.pause()
            for one, other in combinations(MARKS, 2):
                if not (theme.startswith("contrast") and "repair" in {one, other}):
                    assert attributes(reader, one) != attributes(reader, other), (theme, one, other)
            assert attributes(reader, "damage")[1], theme
            cursor = reader.browser.query(LineList).first()
            assert cursor.get_component_rich_style("line-list--cursor", partial=True).bold


async def test_f2_changes_the_theme_for_the_session(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.pilot.press("f2")
        await reader.pilot.press(*"contrast-li", "enter")
        await reader.until(lambda: reader.app.theme == "contrast-light")
        await reader.pilot.pause()
        assert "config file keeps it" in reader.status
        strip = reader.pane.render_line(0)
        styles = [segment.style for segment in strip if segment.style is not None]
        assert all(style.bgcolor is not None and style.bgcolor.triplet == (255, 255, 255) for style in styles)
        assert len(styles) == len(list(strip))


@pytest.mark.parametrize("theme", ["ansi-dark", "nord"])
async def test_no_color_leaves_no_colour(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browse(corpus, config=ReadConfig(Config(theme=theme)), query="高质量") as reader:
        await asyncio.sleep(0)
        strips = reader.app.screen._compositor.render_strips()
        for strip in strips:
            filtered = strip.apply_filter(reader.app._filters[1], Color.parse("black"))
            for segment in filtered:
                assert segment.style is None or segment.style.color is None or segment.style.color.is_default
