"""The palette in Chinese, for somebody without an input method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.language import i18n
from tuibrowser.language.i18n import SIMPLIFIED, TRADITIONAL, catalogue
from tuibrowser.tui.dialogs.picker import OptionRows

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse


@pytest.mark.parametrize(
    ("language", "typed", "name"),
    [
        (SIMPLIFIED, "bangzhu", "帮助"),
        (SIMPLIFIED, "bz", "帮助"),
        (TRADITIONAL, "shuoming", "說明"),
        (TRADITIONAL, "sm", "說明"),
        (TRADITIONAL, "help", "說明"),
    ],
)
async def test_a_command_found_by_its_sound_is_carried_out(
    browse: Browse, corpus: Path, language: str, typed: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n._spoken, "catalogue", catalogue(language))
    async with browse(corpus, size=(60, 18)) as reader:
        await reader.press("colon")
        await reader.type(typed)
        rows = reader.app.screen.query_one(OptionRows)
        await reader.until(lambda: rows.draw_row(0, rows.size.width, cursor=True).text.split() == [name, "?", "F1"])
        await reader.press("enter")
        await reader.sees("下移、上移一行或一")
        await reader.press("escape")
        await reader.press("f2")
        await reader.type("gaodb")
        await reader.until(
            lambda: {option.choice for option in reader.app.screen.query_one(OptionRows).options} == HIGH
        )


HIGH = {"contrast-dark", "contrast-light"}
