"""Two panes on one screen, of which a desk marks spans, and neither of which knows of the other."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.containers import Horizontal

from support.documents import document
from tuibrowser.corpus.model import Document, Script, Source
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.tui.themes import QUIET
from tuibrowser.tui.widgets.pane.marked import MarkedSpan
from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.app import ComposeResult
    from textual.pilot import Pilot

TEXT = document(*(f"第{number}段：天地玄黃，宇宙洪荒。" for number in range(1, 61)))


class CollatedPane(ReadingPane):
    """A pane with a style of its own."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reading-pane--differs"}
    DEFAULT_CSS = "CollatedPane > .reading-pane--differs { text-style: italic; }"


class Collation(App[None]):
    """Two panes beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_seen = 0
        self.heard: list[tuple[str | None, str]] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return QUIET

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield CollatedPane(id="left")
            yield CollatedPane(id="right")

    def on_reading_pane_moved(self, message: ReadingPane.Moved) -> None:
        self.heard.append((message.pane.id, "moved"))

    def on_reading_pane_copy_wanted(self, message: ReadingPane.CopyWanted) -> None:
        self.heard.append((message.pane.id, "copy"))

    def on_reading_pane_words_wanted(self, message: ReadingPane.WordsWanted) -> None:
        self.heard.append((message.pane.id, "words"))


class Panes:
    """The two panes, and somebody who reads in them."""

    def __init__(self, app: Collation, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.left, self.right = app.query_one("#left", ReadingPane), app.query_one("#right", ReadingPane)

    async def type(self, keys: str) -> None:
        """Type keys, counted as the browser counts them."""
        for key in keys:
            self.app.keys_seen += 1
            await self.pilot.press(key)

    def styles(self, pane: ReadingPane, text: str) -> list[str]:
        """How a text is set where it stands on the pane's screen."""
        return [
            str(segment.style)
            for y in range(pane.size.height)
            for segment in pane.render_line(y)
            if segment.text == text
        ]


@contextlib.asynccontextmanager
async def opened() -> AsyncIterator[Panes]:
    app = Collation()
    async with app.run_test(size=(100, 20)) as pilot:
        panes = Panes(app, pilot)
        for number, pane in enumerate((panes.left, panes.right)):
            record = Document(number, Source(Path(f"{number}.txt"), f"{number}.txt", 0), "")
            pane.show(record, ViewedText(TEXT, Script.HANT, View()), 0)
        panes.left.focus()
        await pilot.pause()
        app.heard.clear()
        yield panes


async def test_each_pane_moves_and_selects_by_itself_and_is_named_by_its_messages() -> None:
    async with opened() as panes:
        await panes.type("3j")
        assert panes.left.position != panes.right.position
        assert panes.right.position is not None
        assert panes.right.position.offset == 0
        await panes.type("v")
        await panes.type("y")
        await panes.pilot.pause()
        assert panes.app.heard[0] == ("left", "moved")
        assert ("left", "copy") in panes.app.heard
        assert ("left", "words") in panes.app.heard
        assert {pane for pane, _ in panes.app.heard} == {"left"}


async def test_a_count_typed_in_one_pane_is_none_of_the_other() -> None:
    async with opened() as panes:
        await panes.type("3")
        panes.right.focus()
        await panes.type("j")
        assert panes.right.position is not None
        assert TEXT.raw[panes.right.position.offset :].startswith("第2段"), "one line, not three"


async def test_marks_from_outside_are_those_of_one_pane_and_one_owner() -> None:
    async with opened() as panes:
        at, beyond = TEXT.raw.index("玄黃"), TEXT.raw.index("宇宙")
        panes.left.mark("collation", [MarkedSpan(beyond, beyond + 2, "differs"), MarkedSpan(at, at + 2, "differs")])
        panes.left.mark("dictionary", [MarkedSpan(at, at + 1, "mark")])
        assert panes.styles(panes.right, "玄黃") == []
        assert "italic" in panes.styles(panes.left, "黃")[0]
        assert "italic" in panes.styles(panes.left, "宇宙")[0]
        assert "italic underline" in panes.styles(panes.left, "玄")[0]
        panes.left.mark("dictionary", ())
        assert "italic" in panes.styles(panes.left, "玄黃")[0]


async def test_marks_stay_in_another_view_and_go_with_the_document() -> None:
    async with opened() as panes:
        at, left = TEXT.raw.index("玄黃"), panes.left
        left.mark("collation", [MarkedSpan(at, at + 2, "differs")])
        left.see(ViewedText(TEXT, Script.HANT, View(script="hans")))
        assert "italic" in panes.styles(left, "玄黄")[0]
        assert left.document is not None
        left.show(left.document, ViewedText(TEXT, Script.HANT, View()), 0)
        assert panes.styles(left, "玄黃") == []
