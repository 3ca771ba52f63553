"""Recording: what the program writes with Textual's plain driver, without a terminal."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import events
from textual.driver import Driver
from textual.geometry import Size

from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.start import StartRequest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COMMON = [*"jjjjjjjjkkkk", *["space", "b", "d", "u", "g", "G", "n", "N", "t", "r", "o", "tab", "enter", "escape"]]
"""What is pressed; those that scroll most often."""

RARE = [
    *["slash", "question_mark", "f", "colon", "backspace", "down", "up", "pagedown", "ctrl+l"],
    *"vVyiaxsHL][}{JKmz*'5whl證券法高质",
]
"""What is pressed now and then."""

SIZES = ((120, 40), (100, 30), (80, 24), (121, 41), (60, 18))


class Written(NamedTuple):
    """What was written at a size (columns, rows)."""

    data: str
    size: tuple[int, int]


class Recorder(Driver):
    """A driver that keeps what it is to write."""

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self.written: list[Written] = []
        self.size = SIZES[0]

    def write(self, data: str) -> None:
        self.written.append(Written(data, self.size))

    def resize(self, size: tuple[int, int]) -> None:
        self.size = size
        self.send_message(events.Resize(Size(*size), Size(*size)))

    def start_application_mode(self) -> None:
        self.resize(self.size)

    def stop_application_mode(self) -> None:
        """There is no terminal."""

    def disable_input(self) -> None:
        """There is no keyboard."""


class RecordedApp(BrowserApp):
    """The program, recorded."""

    def __init__(self, *paths: Path, config: ReadConfig) -> None:
        start = StartRequest(paths=tuple(map(str, paths)))
        super().__init__(start, lambda: find_corpus(start), config)
        self.driver_class = Recorder

    def _end_without_terminal(self) -> None:
        """There has been none from the beginning."""

    @property
    def recorder(self) -> Recorder:
        assert isinstance(self._driver, Recorder)
        return self._driver

    async def quiet(self, seconds: float, most: float) -> None:
        """Until nothing was written for so long."""
        count, waited = -1, 0.0
        while count != len(self.recorder.written) and waited < most:
            count = len(self.recorder.written)
            await asyncio.sleep(seconds)
            waited += seconds


def random_keys(count: int, seed: int) -> list[str | tuple[int, int]]:
    """Keys and, now and then, sizes."""
    choice = random.Random(seed)
    kinds = choice.choices((COMMON, RARE, SIZES), (80, 20, 2), k=count)
    return [choice.choice(kind) for kind in kinds]


async def record(
    path: Path,
    keys: Iterable[str | tuple[int, int]],
    pause: float = 0.01,
    config: ReadConfig = ReadConfig(Config()),  # noqa: B008
) -> list[Written]:
    """All that the program writes while these keys are pressed; `q` is for the end."""
    app = RecordedApp(path, config=config)
    running = asyncio.create_task(app.run_async(mouse=False))
    while app._driver is None:  # noqa: ASYNC110 - nothing tells that it is there
        await asyncio.sleep(0.01)
    await app.quiet(0.3, 10)
    for key in keys:
        if isinstance(key, tuple):
            app.recorder.resize(key)
        else:
            app.recorder.send_message(events.Key(key, key if len(key) == 1 else None))
        await app.quiet(pause, 1)
        assert not running.done(), f"the session has ended at {key}"
    written = app.recorder.written
    app.exit()
    await running
    return written
