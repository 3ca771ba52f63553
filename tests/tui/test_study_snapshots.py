"""Collation, parallels and shared passages as a person sees them; on a wanted change: pytest FILE --snapshot-update."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.reader import Reader
from tuibrowser.language.i18n import TRADITIONAL, speak
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.dialogs.picker import Picker
from tuibrowser.tui.start import StartRequest
from tuibrowser.tui.study.collating.panel import CollationPanel
from tuibrowser.tui.study.reusing.panel import ReusePanel
from tuibrowser.tui.widgets.search.pair import AlignedPair

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    SnapCompare = Callable[..., bool]

SIZES = ((120, 40), (80, 24), (60, 18))
TEXT = [
    "渡口之舟三艘皆舊，行人日日往來，風雨不改，夜間點燈，燈在亭前，望之如星，行人賴之。",
    "岸上有亭，亭中有碑，碑文不知何人所書，字跡已漫漶不可讀。",
    "秋水大漲之時，舟不敢行，客宿於亭中，老僧煮茶相待。",
    "問其年歲，笑而不答也，但言昔年此地曾有橋，橋壞而後有渡。",
]


@pytest.fixture(autouse=True)
def _state_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Two versions of a text, one of them in another order."""
    folder = tmp_path / "texts"
    folder.mkdir()
    first = TEXT[0].replace("皆舊", "皆甚新").replace("日日", "日").replace("望之", "远望")
    other = [
        TEXT[2].replace("亭中", "寺中"),
        first,
        TEXT[1].replace("碑文", "「碑文」"),
        f"{TEXT[3]}渡廢而今有機船云。",
    ]
    (folder / "a.txt").write_text("渡口記\n\n" + "\n\n".join(TEXT), encoding="utf-8")
    (folder / "b.txt").write_text("渡口記\n\n" + "\n\n".join(other).replace("漲", "涨"), encoding="utf-8")
    return folder


def app_of(texts: Path) -> BrowserApp:
    start = StartRequest((str(texts),))
    return BrowserApp(start, lambda: find_corpus(start), ReadConfig(Config()))


async def opened(pilot: Pilot[None]) -> Reader:
    reader = Reader(pilot)
    await reader.until(lambda: reader.browser.is_loaded and reader.pane.document is not None)
    return reader


async def collate(pilot: Pilot[None]) -> None:
    reader = await opened(pilot)
    await reader.press("X")
    await reader.until(lambda: isinstance(reader.app.screen, Picker))
    await reader.press("enter")
    await reader.until(lambda: bool(reader.browser.query(CollationPanel)))
    panel = reader.browser.query_one(CollationPanel)
    await reader.until(lambda: panel.view.shown is not None and panel.has_focus_within)
    await reader.press("v", "n")
    await reader.until(lambda: bool(panel.view.shown is not None and panel.view.shown.variants))
    await reader.press("n", "n")
    await pilot.pause(0.3)


async def list_parallels(pilot: Pilot[None]) -> None:
    reader = await opened(pilot)
    await reader.press("}", "x")
    await reader.sees("parallel 2")
    await reader.press("down")
    pair = reader.browser.query_one(AlignedPair)
    await reader.until(lambda: pair.display and "31 of 34" in reader.screen)
    await reader.until(lambda: not reader.browser.is_waiting)
    await pilot.pause(0.5)


async def list_shared(pilot: Pilot[None]) -> None:
    reader = await opened(pilot)
    await reader.press("S")
    await reader.until(lambda: bool(reader.browser.query(ReusePanel)))
    panel = reader.browser.query_one(ReusePanel)
    await reader.until(lambda: panel.rows.current is not None and panel.has_focus_within)
    await reader.press("j", "j")
    await pilot.pause(0.3)


@pytest.mark.parametrize("size", SIZES)
def test_a_collation_looks_as_it_did(snap_compare: SnapCompare, texts: Path, size: tuple[int, int]) -> None:
    assert snap_compare(app_of(texts), terminal_size=size, run_before=collate)


def test_a_collation_looks_as_it_did_in_chinese_without_colours(
    snap_compare: SnapCompare, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    speak(TRADITIONAL)
    assert snap_compare(app_of(texts), terminal_size=(80, 24), run_before=collate)


@pytest.mark.parametrize("size", SIZES)
def test_parallels_look_as_they_did(snap_compare: SnapCompare, texts: Path, size: tuple[int, int]) -> None:
    assert snap_compare(app_of(texts), terminal_size=size, run_before=list_parallels)


@pytest.mark.parametrize("size", SIZES[:2])
def test_shared_passages_look_as_they_did(snap_compare: SnapCompare, texts: Path, size: tuple[int, int]) -> None:
    (texts / "metadata.csv").write_text("path,date\na.txt,1801\nb.txt,1910-05\n", encoding="utf-8")
    assert snap_compare(app_of(texts), terminal_size=size, run_before=list_shared)
