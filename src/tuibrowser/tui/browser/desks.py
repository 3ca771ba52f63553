"""The desks of the browser: which there are, their commands beside the browser's own, and what each command does."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Final

from textual.binding import BindingsMap

from tuibrowser.language.i18n import shown
from tuibrowser.settings.commands import AT_HOST, COMMANDS, PLACE_TITLES, Place
from tuibrowser.settings.keymaps import rebound
from tuibrowser.tui.analysis.entry import ANALYSIS
from tuibrowser.tui.browser.desk import NOT_IN_PAGE
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.study.entry import ALIKE, COLLATION, DICTIONARY, READINGS, REUSE, STUDY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tuibrowser.language.i18n import Message
    from tuibrowser.settings.commands import Command
    from tuibrowser.tui.browser.desk import Actions, Browser, Desk

DESKS: Final[tuple[Desk, ...]] = (ANALYSIS, STUDY, DICTIONARY, READINGS, COLLATION, ALIKE, REUSE)
"""The desks that the program has. To add one is to name it here."""


def all_commands(
    desks: Sequence[Desk], keys: Mapping[str, tuple[str, ...]], *, at_host: bool = True
) -> tuple[Command, ...]:
    """The commands of the browser and of its desks, with the keys of a keymap; without `at_host`, not `AT_HOST`."""
    commands = rebound(keys, (*COMMANDS, *_added(desks)))
    return commands if at_host else tuple(command for command in commands if command.id not in AT_HOST)


def all_places(desks: Sequence[Desk]) -> dict[str, Message]:
    """The places of keys in the order of the help, those of the desks' panels last, and what they are called there."""
    titles: dict[str, Message] = dict(PLACE_TITLES.items())
    titles.update((desk.name, desk.title) for desk in desks if desk.title is not None)
    return titles


def bindings_added(desks: Sequence[Desk]) -> BindingsMap:
    """The keys of the desks' commands for everywhere that the browser does not have already."""
    return BindingsMap(bindings_of(Place.EVERYWHERE, _added(desks)))


def _added(desks: Sequence[Desk]) -> tuple[Command, ...]:
    known = {command.id for command in COMMANDS}
    return tuple(command for desk in desks for command in desk.commands if command.id not in known)


class CommandTable:
    """The action of each command, by its id; a desk is made when the first of its commands is carried out."""

    def __init__(self, browser: Browser, desks: Sequence[Desk]) -> None:
        self._browser = browser
        self._desks = {command.id: desk for desk in desks for command in desk.commands}
        self._actions: dict[str, Callable[[], object]] = {}

    def add(self, *several: Actions) -> None:
        """Take up what commands do."""
        for actions in several:
            self._actions.update(actions)

    async def carry_out(self, name: str) -> None:
        """Do what a command does."""
        if self._browser.in_page and name in AT_HOST:
            self._browser.say(shown(NOT_IN_PAGE), error=True)
            return
        if name not in self._actions:
            self.add(self._desks[name].make(self._browser))
        done = self._actions[name]()
        if isawaitable(done):
            await done

    def __contains__(self, name: str) -> bool:
        return name in self._actions or name in self._desks
