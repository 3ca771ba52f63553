"""Corpus work as a person looks at it; after a wanted change: pytest THIS_FILE --snapshot-update."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.analysis import follows, opened
from support.reader import Reader
from tuibrowser.analysis.texts.units import BIGRAM
from tuibrowser.language.i18n import SIMPLIFIED, TRADITIONAL, speak
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.ambiguous import draw_ambiguous
from tuibrowser.tui.analysis.making.asked import Asked
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.start import StartRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    SnapCompare = Callable[..., bool]

SIZES = ((120, 40), (80, 24), (60, 18))
VIEWS = {"lines": "1", "collocates": "3", "time": "7"}


YEARS = range(1978, 1990)


@pytest.fixture(autouse=True)
def _state_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(Asked.__init__, "__kwdefaults__", {**(Asked.__init__.__kwdefaults__ or {}), "unit": BIGRAM})
    yield
    draw_ambiguous("auto")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A text of each of some years, on a ferry that a bridge takes the place of."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for at, year in enumerate(YEARS):
        ferry = "老渡口的船夫每天清早撑船过河，“渡口”两边都有茶棚。" * (len(YEARS) - at)
        bridge = "新桥通车以后，過橋的人多了，舊渡口漸漸沒有船。" * at
        head = f"标题：{year}年河边纪事\n作者：李某\n日期：{year}-05-01\n\n"
        (folder / f"{year}.txt").write_text(f"{head}{ferry}\n\n{bridge}河水还是从前的河水。\n", encoding="utf-8")
    (folder / "无日期.txt").write_text("没有人记得渡口是哪一年修的。\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_looks_as_it_did(snap_compare: SnapCompare, texts: Path, view: str, size: tuple[int, int]) -> None:
    assert looks_as_it_did(snap_compare, texts, view, size)


@pytest.mark.parametrize("language", [SIMPLIFIED, TRADITIONAL])
def test_a_view_looks_as_it_did_in_chinese(snap_compare: SnapCompare, texts: Path, language: str) -> None:
    speak(language)
    assert looks_as_it_did(snap_compare, texts, "collocates", (80, 24))


def test_a_view_looks_as_it_did_without_colours(
    snap_compare: SnapCompare, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert looks_as_it_did(snap_compare, texts, "lines", (80, 24))


def test_a_view_looks_as_it_did_where_marks_are_wide_and_plots_are_ascii(
    snap_compare: SnapCompare, texts: Path
) -> None:
    assert looks_as_it_did(snap_compare, texts, "time", (80, 24), Config(ambiguous="wide", plots="ascii"))


def looks_as_it_did(
    snap_compare: SnapCompare, texts: Path, view: str, size: tuple[int, int], config: Config | None = None
) -> bool:
    start = StartRequest((str(texts),))

    async def go_there(pilot: Pilot[None]) -> None:
        reader = Reader(pilot)
        await reader.until(lambda: reader.browser.is_loaded and reader.pane.document is not None)
        panel = await opened(reader, "渡口")
        await reader.press(VIEWS[view])
        await reader.until(lambda: panel.rows.made is not None and panel.rows.made.asked.view == view)
        await reader.press("j")
        await reader.until(lambda: panel.rows.cursor == 1)
        await reader.until(lambda: panel.rows.row is not None or follows(reader, panel))
        await pilot.pause()

    app = BrowserApp(start, lambda: find_corpus(start), ReadConfig(config or Config()))
    return snap_compare(app, terminal_size=size, run_before=go_there)
