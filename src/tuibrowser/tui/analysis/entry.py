"""Entry: the desk as the browser knows it; what carries its commands out is loaded when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.settings.commands import COMMANDS, PLACE_TITLES, Place, commands_of
from tuibrowser.tui.browser.desk import Desk

if TYPE_CHECKING:
    from tuibrowser.tui.browser.desk import Actions, Browser


def _make(browser: Browser) -> Actions:
    from tuibrowser.tui.analysis.work import CorpusWork

    return {"analysis": CorpusWork(browser).open}


ANALYSIS: Final = Desk(
    (*(command for command in COMMANDS if command.id == "analysis"), *commands_of(Place.ANALYSIS)),
    _make,
    Place.ANALYSIS,
    PLACE_TITLES[Place.ANALYSIS],
)
