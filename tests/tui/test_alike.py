"""The panel of words used alike: which word it is for, going on and back, searching."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.search.answering.cut_texts import LocalCutTexts
from tuibrowser.search.likeness.model import SimilarWord, SimilarWords
from tuibrowser.tui.browser.composition import Parts
from tuibrowser.tui.widgets.search.query_field import QueryField

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


@pytest.mark.parametrize("query", ["like:春風吹過青山", "春□", "re:春[風雨]"])
async def test_a_passage_or_a_pattern_searched_for_is_no_word(browse: Browse, text: Path, query: str) -> None:
    async with browse(text) as reader:
        await reader.press("slash")
        reader.browser.query_one(QueryField).value = query
        await reader.sees("1 in 1 document")
        await reader.press("enter")
        await reader.sees("hit 1/1")
        await reader.press("~")
        await reader.sees("no word is selected")


async def test_the_word_of_a_query_is_taken_without_its_conditions(browse: Browse, text: Path) -> None:
    async with browse(text) as reader:
        await reader.press("slash")
        reader.browser.query_one(QueryField).value = "in:風 “春風”"
        await reader.sees("1 in 1 document")
        await reader.press("enter", "~")
        await reader.sees("0.81 1,234 秋風")


async def test_of_the_selection_and_why_there_is_none(browse: Browse, text: Path) -> None:
    async with browse(text) as reader:
        await reader.press("v", "~")
        await reader.sees("記: 3 times as a word")
        await reader.sees("below 500")
        await reader.press("escape", "escape")
        assert reader.app.focused is reader.pane


async def test_before_a_text_can_be_searched_that_is_said(
    browse: Browse, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browse(text) as reader:
        monkeypatch.setattr(Parts, "searcher", None)
        await reader.press("v", "~")
        await reader.sees("no text can be searched yet")
