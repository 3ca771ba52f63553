"""The panel of words used alike: which word it is for, going on and back, searching."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.search.answering.cut_texts import LocalCutTexts
from tuibrowser.search.likeness.model import SimilarWord, SimilarWords
from tuibrowser.tui.widgets.search.panel import QueryField

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse

KNOWN = {
    "春風": SimilarWords("春風", 2000, (SimilarWord("秋風", 0.81, 1234), SimilarWord("東風", 0.7, 900))),
    "秋風": SimilarWords("秋風", 1234, (SimilarWord("西風", 0.66, 700),)),
}


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(LocalCutTexts, "similar", lambda _, word, *__: KNOWN.get(word, SimilarWords(word, 3)))
    file = tmp_path / "風.txt"
    file.write_text("記風\n\n春風吹過青山，秋風吹過江水。\n", encoding="utf-8")
    return file


async def test_of_the_last_query_then_of_a_word_in_the_list_and_back(browse: Browse, text: Path) -> None:
    async with browse(text) as reader:
        await reader.press("~")
        await reader.sees("no word is selected")
        await reader.press("/", *"春風", "enter")
        await reader.press("escape", "~")
        await reader.sees("0.81 1,234 秋風")
        await reader.press("j", "l")
        await reader.sees("0.66 700 西風")
        await reader.press("h")
        await reader.sees("0.70   900 東風")
        await reader.press("j", "j", "enter")
        await reader.until(lambda: reader.browser.query_one(QueryField).value == "東風")


async def test_of_the_selection_and_why_there_is_none(browse: Browse, text: Path) -> None:
    async with browse(text) as reader:
        await reader.press("v", "~")
        await reader.sees("記: 3 times as a word")
        await reader.sees("below 500")
        await reader.press("escape", "escape")
        assert reader.app.focused is reader.pane
