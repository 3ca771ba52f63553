"""Readings above the text and words used alike as a person looks at them; after a wanted change: --snapshot-update."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.reader import Reader
from tuibrowser.language.i18n import SIMPLIFIED, speak
from tuibrowser.reading.lines.above import Reading
from tuibrowser.search.answering.cut_texts import LocalCutTexts
from tuibrowser.search.likeness.model import SimilarWord, SimilarWords
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.start import StartRequest
from tuibrowser.tui.study import readings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    SnapCompare = Callable[..., bool]

SOUNDS = {"彘": "zhì", "舟": "zhōu", "人": "rén", "曰": "yuē", "峰": "fēng", "巒": "luán", "崢": "zhēng", "嶸": "róng"}
RARE = "彘巒崢嶸"
ALIKE = SimilarWords("舟", 2345, (SimilarWord("船", 0.81, 12345), SimilarWord("筏", 0.52, 678)))


class FewSounds:
    """Knows few characters; of one it guesses."""

    def __init__(self, *_: object) -> None:
        pass

    def rare(self, text: str) -> list[Reading]:
        return [each for each in self.all(text) if text[each.at] in RARE]

    def all(self, text: str) -> list[Reading]:
        return [Reading(at, SOUNDS[c], c == "曰", c != "峰") for at, c in enumerate(text) if c in SOUNDS]


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(readings, "Spoken", FewSounds)
    monkeypatch.setattr(LocalCutTexts, "similar", lambda *_: ALIKE)
    file = tmp_path / "舟.txt"
    file.write_text("泛舟記\n\n峰巒崢嶸，舟人曰：「此古之彘形也。」\n\n是夜舟行，人皆寢。\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("z", "r"), "1–5%"),
        (("z", "r", "z", "r", "}"), "yuē"),
        (("v", "~"), "0.81"),
    ],
    ids=["rare", "paragraph", "alike"],
)
def test_the_screen_looks_as_it_did(
    snap_compare: SnapCompare, text: Path, keys: tuple[str, ...], answer: str, size: tuple[int, int]
) -> None:
    assert looks_as_it_did(snap_compare, text, keys, answer, size)


def test_the_screen_looks_as_it_did_in_chinese(snap_compare: SnapCompare, text: Path) -> None:
    speak(SIMPLIFIED)
    assert looks_as_it_did(snap_compare, text, ("z", "r", "z", "r", "}"), "yuē", (80, 24))


def looks_as_it_did(
    snap_compare: SnapCompare, text: Path, keys: tuple[str, ...], answer: str, size: tuple[int, int]
) -> bool:
    start = StartRequest((str(text),))

    async def go_there(pilot: Pilot[None]) -> None:
        reader = Reader(pilot)
        await reader.until(lambda: reader.browser.is_loaded and reader.pane.document is not None)
        for key in keys:
            await reader.press(key)
            if key in {"r", "~"}:
                await reader.until(lambda: reader.browser.parts.status.message)
        await reader.sees(answer)
        await pilot.pause(0.3)

    app = BrowserApp(start, lambda: find_corpus(start))
    return snap_compare(app, terminal_size=size, run_before=go_there)
