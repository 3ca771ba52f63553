"""Somebody who reads with the program, without a terminal, and texts of our own to read."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Protocol

from tuibrowser.tui.app import BrowserApp
from tuibrowser.tui.browser.screen import BrowserScreen
from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.settings.config import ReadConfig
    from tuibrowser.tui.browser.desk import Desk
    from tuibrowser.tui.work.memory import Memory

SPEECH = """標題：在機關黨建會議上的講話
作者：李某
日期：2022-10-28

各位同志：

一、提高認識

當前，全市上下正不斷興起學習的熱潮，機關黨建高質量發展，是各項工作的根本。我們要統一思想，提高站位，把各項任務落到實處。

二、落實責任

各級黨組織要“擔當作為”，推動高質量發展取得新成效——這是我們的責任。後天下之樂而樂。
"""

LAW = """# 城市供水条例

## 第一章 总则

第一条 为了加强供水管理，制定本条例。

第二条 本条例适用于城市供水，推动高质量发展。

## 第二章 罚则

第三条 违反本条例的，依法处理。
"""


LONGEST_WAIT = 60.0
"""Seconds after which what is waited for will not come, on a busy machine either."""


class Reader:
    """Somebody at the keyboard: presses keys, looks at the screen."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> BrowserApp:
        assert isinstance(self.pilot.app, BrowserApp)
        return self.pilot.app

    @property
    def pane(self) -> ReadingPane:
        return self.browser.query_one(ReadingPane)

    @property
    def browser(self) -> BrowserScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, BrowserScreen)
        return screen

    @property
    def corpus(self) -> Corpus:
        corpus = self.browser.parts.corpus
        assert corpus is not None
        return corpus

    @property
    def screen(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    @property
    def status(self) -> str:
        return self.screen.splitlines()[-1]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def until(self, holds: Callable[[], object]) -> None:
        ends = monotonic() + LONGEST_WAIT
        while not holds():
            if monotonic() > ends:
                # What `pytest.fail` raises passes by the clean-up of the app, which then waits for ever.
                raise AssertionError(f"never came true; the screen:\n{self.screen}")
            await self.pilot.pause(0.01)

    async def sees(self, text: str) -> None:
        await self.until(lambda: text in self.screen)


class Browse(Protocol):
    def __call__(
        self,
        *paths: Path,
        size: tuple[int, int] = ...,
        line: int | None = None,
        query: str | None = None,
        config: ReadConfig = ...,
        memory: Memory | None = None,
        reference: str | None = None,
        follow: bool = False,
        desks: tuple[Desk, ...] = ...,
    ) -> AbstractAsyncContextManager[Reader]: ...
