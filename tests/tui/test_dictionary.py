"""The panel of the dictionary: the word at the reader's place, and the words after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.lexicon import lexicon as lexicon_module
from tuibrowser.lexicon.define import Usage
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.study import dictionary
from tuibrowser.tui.study.definitions import DefinitionPanel

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse


@pytest.fixture
def glosses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setattr(lexicon_module, "_packaged_cedict", lambda: None)
    path = tmp_path / "glosses.tsv"
    path.write_text("渡口\tdùkǒu\t過河的地方\n船工\tchuángōng\t駕船的人\n", encoding="utf-8")
    return Config(lexica=(path,))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "渡.txt").write_text("渡口记\n\n渡口，船工在等人。\n\n船工走了。\n", encoding="utf-8")
    return folder


async def test_the_word_at_the_place_is_shown_with_its_usage_and_the_next_one(
    browse: Browse, texts: Path, glosses: Config
) -> None:
    async with browse(texts, config=ReadConfig(glosses)) as reader:
        await reader.press("D")
        await reader.sees("過河的地方")
        await reader.sees("渡口 2")
        await reader.press("l")
        await reader.sees("U+8BB0")
        await reader.press("h")
        await reader.sees("過河的地方")
        await reader.press("escape")
        assert reader.app.focused is reader.pane


async def test_the_panel_follows_the_reader_and_searches_for_the_word(
    browse: Browse, texts: Path, glosses: Config
) -> None:
    async with browse(texts, config=ReadConfig(glosses)) as reader:
        await reader.press("D")
        await reader.sees("過河的地方")
        await reader.press("tab", "}", "}")
        await reader.sees("駕船的人")
        await reader.press("tab")
        panel = reader.browser.query_one(DefinitionPanel)
        await reader.until(lambda: panel.has_focus_within)
        await reader.press("enter")
        await reader.sees("/ 船工")


async def test_a_word_is_counted_again_while_texts_are_being_read(
    browse: Browse, texts: Path, glosses: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([Usage(1, {"渡口": 1}, 1, at_least=True), Usage(2, {"渡口": 2}, 2, at_least=True)])
    monkeypatch.setattr(dictionary, "_AGAIN", 0.01)
    monkeypatch.setattr(dictionary, "usage_of", lambda *_: next(counts, Usage(3, {"渡口": 3}, 3)))
    async with browse(texts, config=ReadConfig(glosses)) as reader:
        await reader.press("D")
        await reader.sees("3 places in this corpus")
        assert "at least" not in reader.screen
