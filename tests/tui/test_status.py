"""The last line of the screen, and how long a message stands there."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from tuibrowser.tui.widgets import status

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse

SECONDS = 0.6


async def test_a_message_said_again_stays_its_whole_time(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        line = reader.browser.query_one(status.Status)
        line.say("copied", seconds=SECONDS)
        await reader.pilot.pause(SECONDS / 2)
        said = monotonic()
        line.say("copied", seconds=SECONDS)
        await reader.until(lambda: not line.message)
        assert monotonic() - said >= SECONDS
