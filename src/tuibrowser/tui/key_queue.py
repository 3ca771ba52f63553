"""Keys one after another: each waits until what the one before asked for is done.

Textual gives a key to the widget that has the focus when the key arrives, and looks for its binding only when the key
has come all the way up to the app. Keys that arrive together, typed ahead on a slow line or pasted, would so find the
focus, the panel and the document as they were before the first of them.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual import events
    from textual.app import App

LONGEST_SETTLING = 0.3
"""Seconds that a key holds up the next one at most."""

SETTLING_STEP = 0.005

DRAINING_ROUNDS = 3
"""A key comes up to the app, whose action sends a message, which makes another: a round for each."""


class KeyQueue:
    """Hands keys on in a task of its own.

    `dispatch` does what a key asks for; `is_waiting` says whether something asked for is still on its way.
    """

    def __init__(
        self, app: App[None], dispatch: Callable[[events.Key], Awaitable[None]], is_waiting: Callable[[], bool]
    ) -> None:
        self._app = app
        self._dispatch = dispatch
        self._is_waiting = is_waiting
        self._keys: asyncio.Queue[events.Key] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def put(self, key: events.Key) -> None:
        """Hand a key on when its turn comes."""
        self._keys.put_nowait(key)
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        """Hand no more keys on."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            key = await self._keys.get()
            try:
                with self._app._context():
                    await self._dispatch(key)
                await self._settle()
            except Exception as error:  # A task's own exception would be lost; the app ends with it.
                self._app._handle_exception(error)

    async def _settle(self) -> None:
        """Wait, a moment at most, until what the key asked for is done."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_SETTLING):
                await self._drain()
                while self._is_waiting():
                    await asyncio.sleep(SETTLING_STEP)
                    await self._drain()

    async def _drain(self) -> None:
        """Let the focused widget and all around it handle the messages they have."""
        for _ in range(DRAINING_ROUNDS):
            for node in (self._app.focused or self._app.screen).ancestors_with_self:
                drained = asyncio.Event()
                if node.call_later(drained.set):
                    await drained.wait()
