from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.settings.keymaps import PRESETS, rebound
from tuibrowser.tui.browser.hint import first_hint
from tuibrowser.tui.work.memory import Memory

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse

HINT = "/ search · y copy · ? all keys · q quit"


def test_the_hint_names_the_keys_that_hold() -> None:
    assert first_hint(rebound({})) == HINT
    assert "h all keys" in first_hint(rebound(PRESETS["less"]))


async def test_the_hint_is_shown_once_ever_and_gone_at_the_first_key(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    memory = Memory(tmp_path / "data.sqlite")
    async with browse(corpus, memory=memory) as reader:
        assert HINT in reader.status
        reader.browser.say("something else")
        await reader.pilot.pause()
        assert HINT not in reader.status
        await reader.press("j")
        await reader.browser.action_command("cancel")
        await reader.pilot.pause()
        assert HINT not in reader.status
    memory.close()
    memory = Memory(tmp_path / "data.sqlite")
    async with browse(corpus, memory=memory) as reader:
        assert HINT not in reader.status
    memory.close()


async def test_without_a_disk_to_remember_it_by_there_is_no_hint(browse: Browse, corpus: Path) -> None:
    config = ReadConfig(replace(Config(), outline=False))
    async with browse(corpus, config=config) as reader:
        assert HINT not in reader.status
