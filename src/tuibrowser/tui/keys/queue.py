"""Input one after another: each key waits until what the one before asked for is done.

Textual gives a key to the widget that has the focus when the key arrives, and looks for its binding only when the key
has come all the way up to the app. Keys that arrive together, typed ahead on a slow line or pasted, would so find the
focus, the panel and the document as they were before the first of them. What arrives before there is a text to act on
waits for it, and so does what arrives behind a key that waits: a paste, a press of the mouse.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App

LONGEST_SETTLING = 0.3
"""Seconds that a key holds up the next one at most."""

LONGEST_START = 10.0
"""Seconds that input waits at most for something to act on."""

SETTLING_STEP = 0.005

DRAINING_ROUNDS = 3
"""A key comes up to the app, whose action sends a message, which makes another: a round for each."""


class InputQueue:
    """Hands input on in a task of its own.

    `dispatch` does what an event asks for; `is_ready` says whether there is anything to act on yet, `is_waiting`
    whether something asked for is still on its way.
    """

    def __init__(
        self,
        app: App[None],
        dispatch: Callable[[events.Event], Awaitable[None]],
        is_ready: Callable[[], bool],
        is_waiting: Callable[[], bool],
    ) -> None:
        self._app = app
        self._dispatch = dispatch
        self._is_ready = is_ready
        self._is_waiting = is_waiting
        self._events: asyncio.Queue[events.Event] = asyncio.Queue()
        self._is_busy = False
        self._task: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits here, and nothing would have to."""
        return self.is_empty and self._is_ready()

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits here."""
        return not self._is_busy and self._events.empty()

    def put(self, event: events.Event) -> None:
        """Hand an event on when its turn comes."""
        self._events.put_nowait(event)
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        """Hand nothing more on."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        await self._wait_while(lambda: not self._is_ready(), LONGEST_START)
        while True:
            self._is_busy = False
            event = await self._events.get()
            self._is_busy = True
            try:
                with self._app._context():
                    await self._dispatch(event)
                if not isinstance(event, events.MouseEvent):
                    await self._settle()
            except Exception as error:  # A task's own exception would be lost; the app ends with it.
                self._app._handle_exception(error)

    async def _settle(self) -> None:
        """Wait, a moment at most, until what the event asked for is done."""
        await self._drain()
        await self._wait_while(self._is_waiting, LONGEST_SETTLING)

    async def _wait_while(self, holds: Callable[[], bool], seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while holds():
                    await asyncio.sleep(SETTLING_STEP)
                    await self._drain()

    async def _drain(self) -> None:
        """Let the focused widget and all around it handle the messages they have."""
        if not self._app.screen_stack:
            return
        for _ in range(DRAINING_ROUNDS):
            for node in (self._app.focused or self._app.screen).ancestors_with_self:
                drained = asyncio.Event()
                if node.call_later(drained.set):
                    await drained.wait()
