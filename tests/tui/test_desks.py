"""A desk that is added to the program: its commands, its keys, its panel, and what it may ask of the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from support.desk import BEARERS, BearerPanel, Bearers
from tuibrowser.language import i18n
from tuibrowser.language.i18n import SIMPLIFIED, TRADITIONAL, catalogue
from tuibrowser.settings.commands import COMMANDS, PLACE_TITLES
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.browser.desks import DESKS
from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse

DESKS_WITH_IT: Final = (*DESKS, BEARERS)


async def test_a_key_of_a_desk_shows_its_panel_and_esc_gives_the_focus_back(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, desks=DESKS_WITH_IT) as reader:
        made = Bearers.made
        await reader.press("j")
        assert Bearers.made == made, "a desk is made when it is wanted"
        await reader.press("f7")
        await reader.sees("bearer laws/供水.md")
        panel = reader.browser.query_one(BearerPanel)
        await reader.until(lambda: panel.has_focus_within)
        assert panel.region.width == reader.app.size.width
        assert panel.region.y >= reader.pane.region.bottom
        await reader.press("escape")
        assert reader.app.focused is reader.pane
        assert "bearer laws" not in reader.screen
        await reader.press("f7")
        await reader.sees("bearer laws/供水.md")
        assert Bearers.made == made + 1


async def test_a_panel_beside_the_text_leaves_it_in_sight(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, desks=DESKS_WITH_IT) as reader:
        await reader.press("f8")
        await reader.sees("bearer laws/供水.md")
        panel = reader.browser.query_one(BearerPanel)
        assert panel.region.x >= reader.pane.region.right
        assert reader.pane.region.width >= 24


async def test_a_panel_has_keys_of_its_own_and_leads_to_places(browse: Browse, tmp_path: Path) -> None:
    for name in ("山", "水", "月"):
        (tmp_path / f"{name}.txt").write_text(f"松{name}。\n\n完。\n", encoding="utf-8")
    async with browse(tmp_path, desks=DESKS_WITH_IT) as reader:
        first = reader.pane.document
        await reader.press("f7")
        await reader.sees("3 bearers of 松")
        panel = reader.browser.query_one(BearerPanel)
        await reader.until(lambda: panel.has_focus_within)
        await reader.press("j", "enter")
        await reader.until(lambda: reader.pane.document is not first)
        assert panel.has_focus_within
        await reader.press("q")
        assert reader.app.focused is reader.pane
        await reader.press("H")
        await reader.until(lambda: reader.pane.document is first)


async def test_tab_goes_between_the_panel_and_the_text(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, desks=DESKS_WITH_IT) as reader:
        await reader.press("f7")
        await reader.sees("bearer laws")
        panel = reader.browser.query_one(BearerPanel)
        await reader.until(lambda: panel.has_focus_within)
        await reader.press("tab")
        assert reader.app.focused is reader.pane
        await reader.press("tab")
        assert panel.has_focus_within


async def test_a_panel_is_told_where_the_reader_goes_as_long_as_it_is_open(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, desks=DESKS_WITH_IT) as reader:
        await reader.press("f7")
        await reader.sees("bearer laws")
        panel = reader.browser.query_one(BearerPanel)
        await reader.until(lambda: panel.has_focus_within)
        await reader.press("tab")
        await reader.press("p")
        await reader.until(lambda: reader.pane.quoted_span is not None and panel.followed)
        assert reader.pane.quoted_span is not None
        assert panel.followed[-1] == reader.pane.quoted_span[0] > 0
        await reader.press("escape")
        await reader.press("escape")
        known = len(panel.followed)
        await reader.press("p")
        assert len(panel.followed) == known


async def test_the_search_takes_the_room_of_a_panel_and_a_panel_that_of_the_search(
    browse: Browse, corpus: Path
) -> None:
    async with browse(corpus, desks=DESKS_WITH_IT) as reader:
        await reader.press("f7")
        await reader.sees("bearer laws")
        await reader.press("slash")
        await reader.type("供水")
        await reader.sees("in 1 document")
        assert "bearer laws" not in reader.screen
        await reader.press("tab")
        await reader.press("f7")
        await reader.sees("bearer laws")
        await reader.sees("query 供水")
        assert not reader.browser.parts.searching.is_open
        await reader.until(lambda: reader.browser.query_one(BearerPanel).has_focus_within)
        await reader.press("escape")
        assert reader.app.focused is reader.pane


async def test_the_commands_of_a_desk_are_in_the_help_and_those_of_its_panel_first_there(
    browse: Browse, corpus: Path
) -> None:
    async with browse(corpus, desks=DESKS_WITH_IT, size=(100, 250)) as reader:
        await reader.press("question_mark")
        await reader.sees("List the documents that have the first character")
        await reader.press("escape", "f7")
        await reader.sees("bearer laws")
        await reader.until(lambda: reader.browser.query_one(BearerPanel).has_focus_within)
        await reader.press("question_mark")
        await reader.sees("Go to the bearer")
        lines = [line for line in reader.screen.splitlines() if "List of bearers" in line or "The first hour" in line]
        assert "List of bearers" in lines[0]


async def test_the_palette_carries_out_a_command_of_a_desk(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, desks=DESKS_WITH_IT) as reader:
        await reader.press("colon")
        await reader.type("bearers of")
        await reader.sees("Bearers of the character")
        await reader.press("enter")
        await reader.sees("bearer laws/供水.md")


@pytest.mark.parametrize(("language", "name"), [(SIMPLIFIED, "含此字的文件"), (TRADITIONAL, "含此字的文件")])
async def test_a_command_of_a_desk_is_named_in_the_readers_language(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch, language: str, name: str
) -> None:
    translated = {**catalogue(language), "Bearers of the character": name}
    monkeypatch.setattr(i18n._spoken, "catalogue", translated)
    async with browse(corpus, desks=DESKS_WITH_IT) as reader:
        await reader.press("colon")
        await reader.type("hanci")
        await reader.sees(name)


async def test_the_reader_binds_a_command_of_a_desk_to_another_key(browse: Browse, corpus: Path) -> None:
    config = ReadConfig(Config(keys={"bearers": ("f9",)}))
    async with browse(corpus, desks=DESKS_WITH_IT, config=config) as reader:
        await reader.press("f7")
        await reader.sees("means nothing here")
        await reader.press("f9")
        await reader.sees("bearer laws/供水.md")


async def test_work_of_a_desk_shows_how_far_it_is_and_ends_with_esc(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, desks=DESKS_WITH_IT) as reader:
        await reader.press("z", "x")
        await reader.sees("25% done")
        await reader.press("escape")
        await reader.sees("stopped")
        assert "% done" not in reader.screen
        await reader.pilot.pause(0.1)
        assert "never said" not in reader.screen


async def test_work_of_a_desk_that_fails_is_said_and_the_program_goes_on(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, desks=DESKS_WITH_IT) as reader:
        await reader.press("z", "q")
        await reader.sees("this could not be done: ZeroDivisionError")
        await reader.press("f7")
        await reader.sees("bearer laws")


async def test_a_desk_shows_a_second_pane_which_is_read_and_copied_from_by_itself(
    browse: Browse, corpus: Path, sent: list[str]
) -> None:
    async with browse(corpus / "speeches" / "長文.txt", desks=DESKS_WITH_IT) as reader:
        first, place = reader.pane, reader.pane.position
        await reader.press("z", "s")
        await reader.until(lambda: getattr(reader.app.focused, "id", "") == "second")
        second = reader.browser.query_one("#second", ReadingPane)
        await reader.until(lambda: second.document is not None and second.is_at_end)
        await reader.press("y")
        await reader.until(lambda: sent)
        assert sent[-1].startswith("第57段")
        await reader.press("k", "J", "n")
        assert first.position == place
        assert "this is the last document" not in reader.screen
        assert "no search yet" not in reader.screen
        await reader.press("escape")
        assert reader.app.focused is first


async def test_every_command_for_everywhere_does_something(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        table = reader.browser.parts.table
        assert [each.id for each in COMMANDS if each.action.startswith("command(") and each.id not in table] == []


def test_the_commands_of_the_programs_desks_are_in_the_registry_and_the_places_of_their_keys_in_the_help() -> None:
    known = {command.id for command in COMMANDS}
    assert [command.id for desk in DESKS for command in desk.commands if command.id not in known] == []
    assert {command.place for command in COMMANDS} <= set(PLACE_TITLES)
