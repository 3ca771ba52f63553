"""Page: Textual's driver for a web page, which ends with the page and bears what the other side may send."""

from __future__ import annotations

import contextlib
import os
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

from textual import messages
from textual.drivers.web_driver import WebDriver

if TYPE_CHECKING:
    from textual.app import App

MOST_COLUMNS: Final = 1000
MOST_ROWS: Final = 500
"""The largest size that is believed: what is laid out takes memory for each cell."""

LAST_SECONDS: Final = 5.0
"""Seconds that a program has to end once its page is gone."""


class PageDriver(WebDriver):
    """A page that is sent what Textual draws."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._write = partial(_write_whole, self.fileno)  # Textual's own may write only a part
        if self._size is not None:
            self._size = _believed(*self._size)

    def run_input_thread(self) -> None:
        """Read until the end; without its other side the program ends."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._leave()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Take what the other side says of the page."""
        if packet_type == "quit":
            self._leave()
        elif packet_type == "resize":
            width, height = _believed(payload["width"], payload["height"])
            super().on_meta(packet_type, {"width": width, "height": height})
        else:
            super().on_meta(packet_type, payload)

    def _leave(self) -> None:
        """End the program: as it would end itself or, where that takes too long, at once."""
        last = Timer(LAST_SECONDS, os._exit, (1,))
        last.daemon = True
        last.start()
        self._app.post_message(messages.ExitApp())


def _believed(width: object, height: object) -> tuple[int, int]:
    """A size as it may be."""
    columns = width if isinstance(width, int) else MOST_COLUMNS
    rows = height if isinstance(height, int) else MOST_ROWS
    return min(max(columns, 1), MOST_COLUMNS), min(max(rows, 1), MOST_ROWS)


def _write_whole(file: int, data: bytes) -> int:
    """Write all of it, or nothing where nobody reads any more; return its length."""
    rest = memoryview(data)
    with contextlib.suppress(OSError):
        while rest:
            rest = rest[os.write(file, rest) :]
    return len(data)
