"""The key for readings above the text: which are shown, and that nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.lexicon.errors import LexiconError
from tuibrowser.reading.lines.above import Reading
from tuibrowser.tui.study import readings as module
from tuibrowser.tui.widgets.pane.dragging import Cell

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse

TEXT = "渡頭有彘，舟人見之。\n\n舟去，彘在渡頭。\n"
SOUNDS = {"渡": "dù", "頭": "tóu", "头": "tóu", "彘": "zhì", "舟": "zhōu"}


class FewSounds:
    """Knows few characters, one of which is rare."""

    def __init__(self, *_: object) -> None:
        pass

    def rare(self, text: str) -> list[Reading]:
        return [each for each in self.all(text) if text[each.at] == "彘"]

    def all(self, text: str) -> list[Reading]:
        return [Reading(at, SOUNDS[c], c == "彘") for at, c in enumerate(text) if c in SOUNDS]


@pytest.fixture(autouse=True)
def _few_sounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Spoken", FewSounds)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "渡.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


async def test_first_rare_characters_then_the_paragraph_then_none(browse: Browse, text: Path) -> None:
    async with browse(text) as reader:
        before = reader.screen.splitlines()[:-1]
        await reader.press("z", "r")
        await reader.sees("rare characters read")
        assert reader.screen.count("zhì") == 2
        assert "dù" not in reader.screen
        await reader.press("z", "r")
        await reader.sees("dù tóu   zhì zhōu")
        assert reader.screen.count("zhì") == 1
        await reader.press("}")
        await reader.sees("zhōu     zhì   dù tóu")
        assert reader.screen.count("zhì") == 1
        await reader.press("z", "r")
        await reader.sees("no readings")
        await reader.press("{")
        assert reader.screen.splitlines()[:-1] == before


async def test_they_stay_with_another_script_size_and_selection_and_are_not_copied(
    browse: Browse, text: Path, sent: list[str]
) -> None:
    async with browse(text) as reader:
        await reader.press("z", "r")
        await reader.sees("rare characters read")
        await reader.press("z", "r", "t")
        await reader.sees("渡 头  有彘，舟   人")
        await reader.press("v", "w", "w", "y")
        await reader.until(lambda: sent)
        await reader.press("y")
        await reader.until(lambda: len(sent) == 2)
        assert sent[1] == "渡头有彘，舟人见之。"
        assert "渡头有彘，舟人见之。".startswith(sent[0])
        await reader.pilot.resize_terminal(30, 12)
        await reader.sees("dù tóu   zhì zhōu")


async def test_a_click_finds_the_character_below_a_reading(browse: Browse, text: Path) -> None:
    async with browse(text) as reader:
        await reader.press("z", "r")
        await reader.sees("rare characters read")
        await reader.press("z", "r")
        await reader.sees("dù tóu   zhì zhōu")
        row, words = next(each for each in enumerate(reader.screen.splitlines()) if "舟   人" in each[1])
        column = cell_width(words[: words.index("舟")]) - reader.pane.region.x
        for cell, letter in ((column, "舟"), (column + 4, "舟"), (column + 5, "人")):
            found = reader.pane.ends_at(Cell(cell, row - reader.pane.region.y))
            assert found is not None
            assert TEXT[found.before] == letter


async def test_the_extra_that_is_missing_is_named(browse: Browse, text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> FewSounds:
        raise LexiconError("readings need pypinyin")

    monkeypatch.setattr(module, "Spoken", missing)
    async with browse(text) as reader:
        await reader.press("z", "r")
        await reader.sees("readings need pypinyin")


async def test_a_paragraph_that_is_too_long_has_none_and_that_is_said(
    browse: Browse, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST_RARE", 5)
    async with browse(text) as reader:
        await reader.press("z", "r")
        await reader.sees("more than 5 characters")
        assert "zhì" not in reader.screen
