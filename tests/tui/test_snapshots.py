"""What a person looks at, as pictures; after a wanted change: pytest tests/tui/test_snapshots.py --snapshot-update."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.reader import Reader
from tuibrowser.language.i18n import SIMPLIFIED, TRADITIONAL, speak
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.start import StartRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    SnapCompare = Callable[..., bool]

STATES = {
    "reading": (("right_curly_bracket",), (80, 24)),
    "raw": (("r", "d"), (80, 24)),
    "converted": (("t", "escape", "d"), (80, 24)),
    "searching": (("slash", *"gaozhiliang", "down"), (100, 30)),
    "narrow": (("o",), (60, 18)),
    "help": (("question_mark",), (80, 24)),
    "going": (("f", *"jingyan"), (80, 24)),
}


LANGUAGES = {
    "Hans-narrow": (SIMPLIFIED, ("slash", *"gaozhiliang", "down"), (60, 18)),
    "Hant-narrow": (TRADITIONAL, ("slash", *"gaozhiliang", "down"), (60, 18)),
    "Hans-wide": (SIMPLIFIED, ("slash", *"gaozhiliang", "enter"), (120, 40)),
    "Hant-wide": (TRADITIONAL, ("slash", *"gaozhiliang", "enter"), (120, 40)),
}


@pytest.fixture(autouse=True)
def _state_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


@pytest.mark.parametrize("state", STATES)
def test_the_screen_looks_as_it_did(snap_compare: SnapCompare, state: str) -> None:
    assert looks_as_it_did(snap_compare, *STATES[state])


@pytest.mark.parametrize("state", LANGUAGES)
def test_the_screen_looks_as_it_did_in_chinese(snap_compare: SnapCompare, state: str) -> None:
    language, keys, size = LANGUAGES[state]
    speak(language)
    assert looks_as_it_did(snap_compare, keys, size)


def looks_as_it_did(snap_compare: SnapCompare, keys: tuple[str, ...], size: tuple[int, int]) -> bool:
    start = StartRequest()

    async def go_there(pilot: Pilot[None]) -> None:
        reader = Reader(pilot)
        await reader.until(lambda: reader.browser.is_loaded and reader.pane.document is not None)
        for key in keys:  # each acts on what the one before has brought
            await reader.press(key)
            await reader.until(lambda: not reader.browser.is_waiting and has_answered(reader))
        await pilot.pause(0.3)

    app = BrowserApp(start, lambda: find_corpus(start))
    return snap_compare(app, terminal_size=size, run_before=go_there)


def has_answered(reader: Reader) -> bool:
    """Whether all hits of what is typed into the search are known."""
    parts = reader.browser.parts
    return not parts.query.strip() or parts.walk.is_known
