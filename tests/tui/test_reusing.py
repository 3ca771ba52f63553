"""Shared passages on the screen: the list, the pair, both places, and what is given away."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.study.reuse.placed import PlacedReuse
from tuibrowser.tui.dialogs.bookmarks import NoteDialog
from tuibrowser.tui.dialogs.picker import Picker
from tuibrowser.tui.study.reusing.panel import ReusePanel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from support.reader import Browse, Reader
    from tuibrowser.study.reuse.placed import PlacedPassage

RULES = "渡船每日卯時開，酉時收，大風大霧一律停渡"
SONG = "一更月上柳梢頭，二更人約黃昏後，三更鼓響城門閉"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(f"渡口記\n\n{RULES}。\n\n客唱曰：{SONG}。\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"渡口志\n\n初三。\n\n碑云：{RULES}也。\n", encoding="utf-8")
    (folder / "c.txt").write_text(f"渡口歌\n\n歌曰：{SONG}。\n\n又曰：{RULES}。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text(
        "path,title,date\na.txt,渡口記,1801\nb.txt,渡口志,1790\nc.txt,渡口歌,\n", encoding="utf-8"
    )
    return folder


def panel_of(reader: Reader) -> ReusePanel:
    return reader.browser.query_one(ReusePanel)


async def opened(reader: Reader, key: str = "S") -> ReusePanel:
    await reader.press(key)
    await reader.until(lambda: bool(reader.browser.query(ReusePanel)) and panel_of(reader).rows.current is not None)
    panel = panel_of(reader)
    await reader.until(lambda: panel.has_focus_within)
    return panel


def shown(reader: Reader) -> str:
    passage = reader.browser.parts.passage
    assert passage is not None
    return passage.document.name


async def test_the_list_names_the_others_and_the_pair_is_in_sight(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        await opened(reader)
        await reader.sees("2 passages shared, in 3 places elsewhere")
        await reader.sees("earlier")
        assert "later" not in reader.screen
        lines = reader.screen.splitlines()
        (first,) = (line for line in lines if "earlier" in line)
        assert "渡口志" in first
        assert "+1" in first
        assert RULES[:8] in first
        assert [name for line in lines for name in ("渡口記:3", "渡口志:5") if name in line] == ["渡口記:3", "渡口志:5"]


async def test_enter_goes_to_the_other_passage_and_back_comes_back(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        await opened(reader)
        await reader.press("enter")
        await reader.until(lambda: shown(reader) == "b.txt")
        await reader.sees(f"碑云：{RULES}也")
        await reader.press("H")
        await reader.until(lambda: shown(reader) == "a.txt")
        await reader.press("j", "enter")
        await reader.until(lambda: shown(reader) == "c.txt")
        await reader.press("o")
        await reader.until(lambda: shown(reader) == "a.txt")
        await reader.press("escape")
        await reader.until(lambda: reader.app.focused is reader.pane)


async def test_orders_and_lengths_are_stepped_through(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        panel = await opened(reader)
        await reader.press("s")
        await reader.sees("the longest first")
        await reader.until(lambda: panel.rows.current is not None and panel.rows.current.other.name == "c.txt")
        await reader.press("+", "+")
        await reader.sees("1 passage shared, in 1 place elsewhere")
        await reader.press("+")
        await reader.sees("nothing found")
        await reader.press("-", "-", "-")
        await reader.sees("2 passages shared, in 3 places elsewhere")


async def test_all_documents_are_compared_and_one_again(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        await opened(reader)
        await reader.press("a")
        await reader.sees("all documents")
        await reader.sees("2 passages shared, in 3 places elsewhere")
        await reader.until(lambda: panel_of(reader).rows.current is not None)
        await reader.press("a")
        await reader.sees("渡口記  2 passages")


async def test_a_pair_is_copied_and_the_list_is_written_to_a_file(browse: Browse, texts: Path, tmp_path: Path) -> None:
    async with browse(texts) as reader:
        await opened(reader)
        await reader.press("y")
        await reader.sees("both passages")
        await reader.press("e")
        await reader.until(lambda: isinstance(reader.app.screen, Picker))
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, NoteDialog))
        await reader.press("ctrl+u")
        file = tmp_path / "out.jsonl"
        await reader.type(str(file))
        await reader.press("enter")
        await reader.until(file.exists)
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert [row["matched"] for row in rows] == [18, 22]


@pytest.fixture
def ladder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two texts that share many passages, of which few are placed together."""
    monkeypatch.setattr("tuibrowser.tui.study.reusing.rows.BLOCK", 5)
    monkeypatch.setattr("tuibrowser.tui.study.reusing.work.BLOCK", 5)
    folder = tmp_path / "many"
    folder.mkdir()
    numbers = [f"{chr(0x4E00 + 37 * at)}{chr(0x5E00 + 53 * at)}" * 6 for at in range(40)]
    for name in "ab":
        text = "\n\n".join(f"{name * at}{line}" for at, line in enumerate(numbers, 1))
        (folder / f"{name}.txt").write_text(f"卷{name}\n\n{text}\n", encoding="utf-8")
    return folder


async def test_rows_far_down_are_placed_when_they_are_seen(browse: Browse, ladder: Path) -> None:
    async with browse(ladder) as reader:
        panel = await opened(reader)
        await reader.press("G")
        await reader.until(lambda: panel.rows.current is not None)
        assert panel.rows.cursor == panel.rows.row_count - 1


class Lost:
    """The rows of shared passages, which cannot be read as long as the fault lasts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lasts = False
        rows = PlacedReuse.rows

        def faulty(*given: Any) -> Sequence[PlacedPassage]:
            if self.lasts:
                raise CorpusError(plain("the list is cut short"))
            return rows(*given)

        monkeypatch.setattr(PlacedReuse, "rows", faulty)


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> Lost:
    return Lost(monkeypatch)


async def test_what_could_not_be_compared_is_said_and_asked_for_again_by_the_same_key(
    browse: Browse, texts: Path, lost: Lost
) -> None:
    async with browse(texts) as reader:
        lost.lasts = True
        await reader.press("S")
        await reader.sees("the list is cut short")
        await reader.until(lambda: "comparing" not in reader.screen)
        lost.lasts = False
        await opened(reader)
        await reader.sees("2 passages shared, in 3 places elsewhere")


async def test_rows_that_could_not_be_placed_are_asked_for_again(browse: Browse, ladder: Path, lost: Lost) -> None:
    async with browse(ladder) as reader:
        panel = await opened(reader)
        lost.lasts = True
        await reader.press("G")
        await reader.sees("the list is cut short")
        assert panel.rows.current is None
        lost.lasts = False
        await reader.press("k")
        await reader.until(lambda: panel.rows.current is not None)


async def test_an_order_that_was_not_to_be_had_is_the_next_one_still(browse: Browse, texts: Path, lost: Lost) -> None:
    async with browse(texts) as reader:
        await opened(reader)
        lost.lasts = True
        await reader.press("s")
        await reader.sees("the list is cut short")
        await reader.sees("as the text has them")
        lost.lasts = False
        await reader.press("s")
        await reader.sees("the longest first")


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_on_a_small_screen_both_passages_are_seen_and_the_parts_of_the_head_are_told_apart(
    browse: Browse, texts: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = "only the first 200 documents"
    monkeypatch.setattr("tuibrowser.tui.study.reusing.lines.bound_words", lambda found: bound if found else "")
    async with browse(texts, size=size) as reader:
        panel = await opened(reader)
        await reader.press("a")
        await reader.until(lambda: panel.rows.current is not None and " S all" in reader.screen)
        await reader.sees(bound)
        await reader.until(lambda: panel.pair.region.height == 3)
        assert panel.rows.region.height
        assert panel.pair.region.bottom <= panel.region.bottom
        head = next(line for line in reader.screen.splitlines() if line.startswith(" S "))
        title, count, how = re.split(r"  +", head[3:].strip())
        assert title.startswith("all")
        assert count.endswith("elsewhere")
        assert how.startswith("run")
