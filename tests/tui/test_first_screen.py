"""Nothing is drawn before the first screen is whole, or takes too long to become so."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual._compositor import Compositor

from support.reader import Reader
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.browser import screen
from tuibrowser.tui.start import StartRequest
from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.corpus.corpus import Corpus


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each frame, whether the pane had a document when it was drawn."""
    found: list[bool] = []
    render = Compositor.render_update

    def noted(compositor: Compositor, *given: Any, **named: Any) -> Any:
        panes = [widget for widget in compositor.visible_widgets if isinstance(widget, ReadingPane)]
        found.append(any(pane.document is not None for pane in panes))
        return render(compositor, *given, **named)

    monkeypatch.setattr(Compositor, "render_update", noted)
    return found


def finding_late(corpus: Path, go_on: threading.Event) -> BrowserApp:
    """The program, which finds its files once it may go on."""
    start = StartRequest((str(corpus),))

    def find() -> Corpus:
        go_on.wait(60)
        return find_corpus(start)

    return BrowserApp(start, find, ReadConfig(Config()))


async def test_the_first_frame_shows_the_document(
    corpus: Path, drawn: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "FIRST_SCREEN", 60)
    start = StartRequest((str(corpus),))
    async with BrowserApp(start, lambda: find_corpus(start), ReadConfig(Config())).run_test() as pilot:
        await Reader(pilot).until(lambda: bool(drawn))
        assert drawn[0]


async def test_a_corpus_that_takes_long_leaves_no_empty_terminal(
    corpus: Path, drawn: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "FIRST_SCREEN", 0.01)
    go_on = threading.Event()
    async with finding_late(corpus, go_on).run_test() as pilot:
        await Reader(pilot).until(lambda: bool(drawn))
        assert not drawn[0]
        go_on.set()
        await Reader(pilot).until(lambda: drawn[-1])


async def test_one_leaves_while_the_files_are_looked_for(corpus: Path) -> None:
    go_on = threading.Event()
    app = finding_late(corpus, go_on)
    async with app.run_test() as pilot:
        await pilot.press("q")
        await Reader(pilot).until(lambda: app._exit)
        assert app.return_code == 0
        assert not go_on.is_set()
        go_on.set()


async def test_a_key_to_leave_waits_behind_another(corpus: Path) -> None:
    go_on = threading.Event()
    app = finding_late(corpus, go_on)
    async with app.run_test() as pilot:
        reader = Reader(pilot)
        await reader.until(lambda: isinstance(app.screen, screen.BrowserScreen))
        for key in ("slash", "q"):
            app.post_message(events.Key(key, "/" if key == "slash" else key))
        await pilot.pause(0.05)
        go_on.set()
        searching = reader.browser.parts.searching
        await reader.until(lambda: searching.is_open and searching.panel.field.value == "q")
        assert not app._exit


async def test_leaving_at_once_ends_well(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "FIRST_KEY", 60)
    start = StartRequest((str(corpus),))
    app = BrowserApp(start, lambda: find_corpus(start), ReadConfig(Config()))
    async with app.run_test() as pilot:
        await Reader(pilot).until(lambda: isinstance(app.screen, screen.BrowserScreen))
        browser = app.screen
        assert isinstance(browser, screen.BrowserScreen)
        # As the screen is while the program ends and its callbacks still come.
        with monkeypatch.context() as ending:
            ending.setattr(screen.BrowserScreen, "is_attached", property(lambda _: False))
            await browser._read_all()
        assert not browser.parts.searching.panel.is_attached


async def test_the_search_opens_while_its_panel_is_being_made(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "FIRST_KEY", 60)
    start = StartRequest((str(corpus),))
    async with BrowserApp(start, lambda: find_corpus(start), ReadConfig(Config())).run_test() as pilot:
        reader = Reader(pilot)
        await reader.until(lambda: reader.pane.document is not None)
        browser = reader.browser
        await asyncio.gather(browser._read_all(), browser.parts.searching.open())
        assert browser.focused is browser.parts.searching.panel.field
