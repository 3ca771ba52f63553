from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.commands import COMMANDS, PLACE_TITLES, Place, commands_of, keys_label
from tuibrowser.config import Config, Loaded
from tuibrowser.keymaps import PRESETS, rebound
from tuibrowser.tui.screens.text_dialog import LABEL_CELLS, TextDialog, TextRows, help_lines

if TYPE_CHECKING:
    from pathlib import Path

    from reader import Browse


def test_the_help_has_every_command_of_every_place() -> None:
    words = [words for _, words in help_lines(Place.READING, COMMANDS)]
    assert [command.id for command in COMMANDS if command.help not in words] == []
    assert set(PLACE_TITLES) == set(Place)


def test_the_help_shows_the_keys_of_the_preset() -> None:
    lines = help_lines(Place.READING, rebound(PRESETS["less"]))
    (keys,) = [label for label, words in lines if words == "Move down by a page"][:1]
    assert keys.split()[0] == "f"


async def test_all_keys_of_a_command_are_shown_on_a_narrow_screen(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(80, 24), config=Loaded(Config(preset="less"))) as reader:
        await reader.press("h")
        await reader.sees("Esc closes")
        rows = reader.app.screen.query_one(TextRows)
        shown = [rows.draw_row(row, rows.size.width, cursor=False).text for row in range(rows.row_count)]
        labels = " ".join(" ".join(line[:LABEL_CELLS] for line in shown).split())
        assert "…" not in labels.replace("“…”", "")
        for command in rebound(PRESETS["less"]):
            assert f" {keys_label(command)} " in labels, command.id


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("question_mark",), Place.READING),
        (("v", "question_mark"), Place.SELECTING),
        (("tab", "question_mark"), Place.OUTLINE),
        (("slash", "f1"), Place.FIELD),
        (("slash", *"gao", "tab", "question_mark"), Place.LIST),
        (("apostrophe", "f1"), Place.BOOKMARKS),
        (("colon", "f1"), Place.CHOICE),
    ],
)
async def test_the_focused_part_comes_first(browse: Browse, corpus: Path, keys: tuple[str, ...], place: Place) -> None:
    async with browse(corpus) as reader:
        for key in keys:
            await reader.press(key)
        await reader.until(lambda: isinstance(reader.app.screen, TextDialog))
        await reader.sees(PLACE_TITLES[place])
        shown = [
            title for line in reader.screen.splitlines() for title in PLACE_TITLES.values() if f"│ {title} " in line
        ]
        assert shown[0] == PLACE_TITLES[place]
        assert commands_of(place)[0].help in reader.screen
        await reader.press("escape")
        assert not isinstance(reader.app.screen, TextDialog)
