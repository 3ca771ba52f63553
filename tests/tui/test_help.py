from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language import i18n
from tuibrowser.language.i18n import LANGUAGES, catalogue, shown
from tuibrowser.settings.commands import COMMANDS, MOUSE, PLACE_TITLES, Place, commands_of, keys_label
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.settings.keymaps import PRESETS, rebound
from tuibrowser.tui.browser.hint import first_hint
from tuibrowser.tui.dialogs.palette import command_finder
from tuibrowser.tui.dialogs.text_dialog import LABEL_CELLS, SEARCH_SYNTAX, TextDialog, TextRows, help_lines
from tuibrowser.tui.widgets.strips import take

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse


def test_the_help_has_every_command_of_every_place() -> None:
    words = [words for _, words in help_lines(Place.READING, COMMANDS)]
    assert [command.id for command in COMMANDS if command.help not in words] == []
    assert set(PLACE_TITLES) == set(Place)


def test_the_help_shows_the_keys_of_the_preset() -> None:
    lines = help_lines(Place.READING, rebound(PRESETS["less"]))
    (keys,) = [label for label, words in lines if words == "Move down by a page"][:1]
    assert keys.split()[0] == "f"


class Marked(dict[str, str]):
    """A language in which every message is the English one in ⟦⟧."""

    def get(self, key: str, default: object = None) -> str:
        return f"⟦{key}⟧"


ENGLISH_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


def unmarked(text: str) -> str:
    return re.sub("⟦[^⟧]*⟧", "", text)


@pytest.mark.parametrize("place", Place)
def test_no_message_of_help_palette_and_hint_is_left_in_english(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n._spoken, "catalogue", Marked(some="language"))
    keys = {keys_label(command) for command in COMMANDS}
    lines = help_lines(place, COMMANDS)
    assert [words for _, words in lines if ENGLISH_WORDS.search(unmarked(words))] == []
    assert [label for label, _ in lines if label.strip() not in keys and ENGLISH_WORDS.search(unmarked(label))] == []
    assert all(label.startswith("# ⟦") for label, words in lines if label and not words)
    rows = command_finder(COMMANDS)("", lambda: False)
    assert all(re.fullmatch("⟦[^⟧]+⟧", shown(row.label)) for row in rows)
    assert first_hint(COMMANDS) == "/ ⟦search⟧ · y ⟦copy⟧ · ? ⟦all keys⟧ · q ⟦quit⟧"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_help_is_whole_on_the_narrowest_screen(
    browse: Browse, corpus: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n._spoken, "catalogue", catalogue(language))
    async with browse(corpus, size=(60, 18)) as reader:
        await reader.press("question_mark")
        await reader.until(lambda: isinstance(reader.app.screen, TextDialog))
        await reader.pilot.pause()
        rows = reader.app.screen.query_one(TextRows)
        drawn = [rows.draw_row(row, rows.size.width, cursor=False).text for row in range(rows.row_count)]
        assert {cell_width(line) for line in drawn} == {rows.size.width}
        labels = [take(line, LABEL_CELLS) for line in drawn]
        beside = [line[len(label) :].strip() for label, line in zip(labels, drawn, strict=True)]
        assert [line for line in beside if line.startswith(tuple("，。、；：）”"))] == []
        words = without_blanks(*beside)
        for title in PLACE_TITLES.values():
            assert without_blanks(shown(title)) in without_blanks(*drawn)
        for label, text in (*MOUSE, *SEARCH_SYNTAX):
            assert without_blanks(shown(label)) in without_blanks(*labels)
            assert without_blanks(shown(text)) in words
        assert [command.id for command in COMMANDS if without_blanks(shown(command.help)) not in words] == []


def without_blanks(*texts: str) -> str:
    return "".join("".join(texts).split())


async def test_all_keys_of_a_command_are_shown_on_a_narrow_screen(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(80, 24), config=ReadConfig(Config(preset="less"))) as reader:
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
