"""Entry: the desk for the study of passages as the browser knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import tr
from tuibrowser.settings.commands import COMMANDS, PLACE_TITLES, Place, commands_of
from tuibrowser.settings.tables.study import STUDY as ROWS
from tuibrowser.tui.browser.desk import Desk

if TYPE_CHECKING:
    from tuibrowser.tui.browser.desk import Actions, Browser


class _Study:
    """Carries the commands out."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    @property
    def actions(self) -> Actions:
        """What each command does."""
        return {"parallels": self.find_parallels}

    def find_parallels(self) -> None:
        """Search for the parallels of the passage, as the repaired text has it."""
        passage = self._browser.passage
        if passage is None:
            return
        source = passage.text.source
        start, end = source.alignment.target_span(passage.start, passage.end)
        words = "".join(source.repaired[start:end].split())
        if not words:
            self._browser.say(tr("nothing is selected"), error=True)
            return
        self._browser.search(f"like:{words}")


def _dictionary(browser: Browser) -> Actions:
    from tuibrowser.tui.study.dictionary import Dictionary

    return {"define": Dictionary(browser).open}


def _readings(browser: Browser) -> Actions:
    from tuibrowser.tui.study.readings import Pronunciation

    return {"readings": Pronunciation(browser).cycle}


def _collating(browser: Browser) -> Actions:
    from tuibrowser.tui.study.collating.work import Collating

    return {"collate": Collating(browser).open}


def _alike(browser: Browser) -> Actions:
    from tuibrowser.tui.study.alike import Alike

    return {"similar": Alike(browser).open}


def _reuse(browser: Browser) -> Actions:
    from tuibrowser.tui.study.reusing.work import Sharing

    return Sharing(browser).actions


STUDY: Final = Desk(
    tuple(command for command in COMMANDS if command.id in {row[0] for row in ROWS}),
    lambda browser: _Study(browser).actions,
)

DICTIONARY: Final = Desk(
    (*(command for command in COMMANDS if command.id == "define"), *commands_of(Place.DICTIONARY)),
    _dictionary,
    Place.DICTIONARY,
    PLACE_TITLES[Place.DICTIONARY],
)

READINGS: Final = Desk(tuple(command for command in COMMANDS if command.id == "readings"), _readings)

COLLATION: Final = Desk(
    (*(command for command in COMMANDS if command.id == "collate"), *commands_of(Place.COLLATION)),
    _collating,
    Place.COLLATION,
    PLACE_TITLES[Place.COLLATION],
)

ALIKE: Final = Desk(
    (*(command for command in COMMANDS if command.id == "similar"), *commands_of(Place.ALIKE)),
    _alike,
    Place.ALIKE,
    PLACE_TITLES[Place.ALIKE],
)

REUSE: Final = Desk(
    (*(command for command in COMMANDS if command.id in {"reuse", "reuse-all"}), *commands_of(Place.REUSE)),
    _reuse,
    Place.REUSE,
    PLACE_TITLES[Place.REUSE],
)
