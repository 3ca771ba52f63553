"""Collation on the screen: what is collated, the differences stepped through, and what is given away."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tuibrowser.study.collating.collation import collate as made_of
from tuibrowser.tui.dialogs.bookmarks import NoteDialog
from tuibrowser.tui.dialogs.picker import Picker
from tuibrowser.tui.study.collating.panel import CollationPanel

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader
    from tuibrowser.study.collating.collation import Collation

FERRY = [
    "渡口之舟三艘皆舊，行人日日往來，風雨不改。",
    "岸上有亭，亭中有碑，碑文不知何人所書，字跡已不可讀。",
    "秋水大漲之時，舟不敢行，客宿於亭中，老僧煮茶相待。",
    "問其年歲，笑而不答也，但言昔年此地曾有橋。",
]
LAW = [
    "為加強渡口管理，制定本條例。",
    "渡口由船工管理，船工應當愛護船隻，不得擅離。",
    "夜間渡口應當點燈，燈火不得熄滅。",
]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    other = [FERRY[2].replace("亭中", "寺中"), FERRY[0].replace("皆舊", "皆甚新").replace("雨", "兩"), *FERRY[1::2]]
    (folder / "a.txt").write_text("渡口記\n\n" + "\n\n".join(FERRY), encoding="utf-8")
    (folder / "b.txt").write_text("渡口記\n\n" + "\n\n".join(other).replace("時", "时"), encoding="utf-8")
    return folder


def panel_of(reader: Reader) -> CollationPanel:
    return reader.browser.query_one(CollationPanel)


async def collate(reader: Reader) -> CollationPanel:
    """Collate the first document with the other one."""
    await reader.press("X")
    await reader.until(lambda: isinstance(reader.app.screen, Picker))
    await reader.press("enter")
    await reader.until(lambda: bool(reader.browser.query(CollationPanel)) and panel_of(reader).view.shown is not None)
    panel = panel_of(reader)
    await reader.until(lambda: panel.has_focus_within)
    return panel


async def test_differences_are_stepped_through_and_numbered(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        panel = await collate(reader)
        await reader.sees("4 differences")
        await reader.sees("1 variant left out: v")
        await reader.press("n")
        await reader.sees("difference 1 of 4: changed, line 3 | 5")
        await reader.press("n", "n")
        await reader.sees("difference 3 of 4: moved")
        await reader.press("N")
        await reader.sees("difference 2 of 4")
        await reader.press("n", "n", "n")
        await reader.sees("there is no difference after this")
        assert panel.view.stop == 3


async def test_variants_are_told_on_request_and_the_reader_stays(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        panel = await collate(reader)
        await reader.press("n", "n", "v")
        await reader.sees("1 variant told: v")
        await reader.sees("difference 2 of 5")
        await reader.press("n", "n")
        await reader.sees("difference 4 of 5: variant")
        await reader.press("v")
        await reader.sees("1 variant left out: v")
        assert panel.view.shown is not None
        assert len(panel.view.shown) == 4


async def test_what_moved_leads_to_its_other_place_and_back(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(60, 8)) as reader:
        panel = await collate(reader)
        await reader.press("o")
        await reader.sees("this did not move")
        await reader.press("n", "n", "n")
        await reader.sees("moved away: line 7 of a stands in line 3 of b")
        there = panel.view.column
        await reader.press("o")
        await reader.sees("moved here: line 7 of a stands in line 3 of b")
        assert panel.view.column < there
        await reader.press("o")
        await reader.sees("moved away")
        assert panel.view.stop == 2


async def test_enter_goes_to_the_first_text_and_2_to_the_second(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        await collate(reader)
        await reader.press("n", "enter")
        await reader.until(lambda: reader.app.focused is reader.pane)
        assert reader.pane.document is not None
        assert reader.pane.document.name == "a.txt"
        assert reader.pane.current_paragraph == 1
        await reader.press("X")
        await reader.until(lambda: isinstance(reader.app.screen, Picker))
        await reader.sees("the last collation")
        await reader.press("enter")
        await reader.until(lambda: panel_of(reader).has_focus_within)
        await reader.press("2")
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.name == "b.txt")
        assert reader.pane.current_paragraph == 2


async def test_a_selection_is_remembered_and_collated_with_the_next(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        await reader.press("}", "V", "X")
        await reader.sees("21 characters remembered: X on another selection collates with it")
        await reader.press("X")
        await reader.sees("21 characters remembered")
        await reader.press("escape", "J")
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.name == "b.txt")
        await reader.press("}", "}", "V", "X")
        await reader.until(
            lambda: bool(reader.browser.query(CollationPanel)) and panel_of(reader).view.shown is not None
        )
        await reader.sees("2 differences")
        shown = panel_of(reader).view.shown
        assert shown is not None
        assert [(each.a_text, each.b_text) for each in shown.made.differences] == [("舊", "甚新"), ("雨", "兩")]


async def test_a_difference_is_copied_with_both_readings_and_citations(
    browse: Browse, texts: Path, sent: list[str]
) -> None:
    async with browse(texts) as reader:
        await collate(reader)
        await reader.press("y")
        await reader.sees("go to a difference first")
        await reader.press("n", "y")
        await reader.until(lambda: bool(sent))
        first, second = sent[0].splitlines()
        assert first.startswith("a: 渡口之舟三艘皆[舊]，行人日日往來，風雨不改  ")
        assert second.startswith("b: 渡口之舟三艘皆[甚新]，行人日日往來，風兩不改  ")
        assert "第2段" in first
        assert "第3段" in second


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("json", "json"), ("tei", "xml")])
async def test_the_list_is_written_when_its_number_is_said(
    browse: Browse, texts: Path, tmp_path: Path, form: str, ending: str
) -> None:
    async with browse(texts) as reader:
        await collate(reader)
        await reader.press("e")
        await reader.until(lambda: isinstance(reader.app.screen, Picker))
        await reader.sees("Write 4 differences to a file as")
        await reader.press(*form, "enter")
        await reader.until(lambda: isinstance(reader.app.screen, NoteDialog))
        file = tmp_path / f"out.{ending}"
        dialog = reader.app.screen
        dialog.query_one("Input").value = str(file)  # type: ignore[attr-defined]
        await reader.press("enter")
        await reader.sees("4 differences written to")
        text = file.read_text(encoding="utf-8")
        if form == "tei":
            assert len(list(ET.fromstring(text).iter("{http://www.tei-c.org/ns/1.0}app"))) == 4
        else:
            assert "甚新" in text


async def test_articles_are_listed_and_lead_to_their_place(browse: Browse, tmp_path: Path) -> None:
    folder = tmp_path / "laws"
    folder.mkdir()
    new = [LAW[0], "岸上應當設亭，供行人避雨。", LAW[1].replace("愛護", "保養"), LAW[2]]
    for name, articles in (("a.txt", LAW), ("b.txt", new)):
        lines = (f"第{number}條　{words}" for number, words in zip("一二三四", articles, strict=False))
        (folder / name).write_text("渡口條例\n\n" + "\n\n".join(lines), encoding="utf-8")
    async with browse(folder) as reader:
        panel = await collate(reader)
        await reader.sees("articles: 1 added, 1 changed, 2 renumbered (a lists them)")
        await reader.press("a")
        await reader.sees("article added  第二條")
        await reader.press("j", "enter")
        await reader.sees("difference 2 of 2: changed, line 5 | 7")
        assert not panel.has_articles


async def test_names_of_articles_on_lines_of_their_own_are_shown(browse: Browse, tmp_path: Path) -> None:
    folder = tmp_path / "laws"
    folder.mkdir()
    for name, articles in (("a.txt", LAW), ("b.txt", [LAW[0], "岸上應當設亭，供行人避雨。", *LAW[1:]])):
        lines = (f"第{number}條\n\n{words}" for number, words in zip("一二三四", articles, strict=False))
        (folder / name).write_text("渡口條例\n\n" + "\n\n".join(lines), encoding="utf-8")
    async with browse(folder, size=(80, 30)) as reader:
        await collate(reader)
        await reader.sees("    第一條")
        await reader.sees(" b  第二條")
        await reader.sees(" a  第二條   b  第三條")
        assert "not compared" not in reader.screen


async def test_a_collation_that_was_given_up_does_not_close_the_next_one(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, may_go_on = [], threading.Event()

    def slow(*given: Any, **named: Any) -> Collation:
        asked.append(given)
        if len(asked) == 1:
            assert may_go_on.wait(60)
        return made_of(*given, **named)

    monkeypatch.setattr("tuibrowser.tui.study.collating.work.collate", slow)
    async with browse(texts) as reader:
        await reader.press("X")
        await reader.until(lambda: isinstance(reader.app.screen, Picker))
        await reader.press("enter")
        await reader.until(lambda: bool(asked) and panel_of(reader).has_focus_within)
        await reader.press("escape")
        await reader.until(lambda: reader.app.focused is reader.pane)
        panel = await collate(reader)
        may_go_on.set()
        await reader.until(lambda: not reader.browser.parts.tasks._running)
        await reader.press("n")
        await reader.sees("difference 1 of 4")
        assert panel.has_focus_within


async def test_escape_gives_the_text_back_and_help_has_the_keys(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        await collate(reader)
        await reader.press("?")
        await reader.sees("Copy the difference with both readings")
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.browser)
        await reader.press("escape")
        await reader.until(lambda: reader.app.focused is reader.pane)
        assert reader.pane.region.height > 20
