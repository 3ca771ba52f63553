"""The command palette: every command by its name, and what vi users type after a colon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from textual.command import DiscoveryHit, Hit, Hits, Provider

from tuibrowser.commands import COMMANDS, Command, Place, key_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.tui.screens.browser import BrowserScreen

LEAST_SCORE = 60.0


class Commands(Provider):
    """Finds commands by their names."""

    @property
    def _browser(self) -> BrowserScreen:
        from tuibrowser.tui.screens.browser import BrowserScreen

        assert isinstance(self.screen, BrowserScreen)
        return self.screen

    def _run(self, command: Command) -> Callable[[], None]:
        return lambda: self._browser.run_command(command)

    @staticmethod
    def _listed() -> list[Command]:
        return [command for command in COMMANDS if command.listed and command.id != "palette"]

    @staticmethod
    def _help(command: Command) -> str:
        keys = " ".join(map(key_label, command.keys))
        return f"{command.help}  [{keys}]".replace("[", "\\[")

    async def discover(self) -> Hits:
        """List all commands, those that open something first."""
        for command in sorted(self._listed(), key=lambda command: command.place is Place.READING):
            yield DiscoveryHit(command.name, self._run(command), help=self._help(command))

    async def search(self, query: str) -> Hits:
        """Find commands whose names resemble what is typed; `q` quits, a number is a line of the raw text."""
        typed = query.strip()
        if typed in {"q", "q!", "quit", "wq", "x"}:
            yield Hit(1000, "Quit", self._browser.app.exit, help="Leave the program")
        if typed.isdecimal():
            line = int(typed)
            yield Hit(1000, f"Go to line {line}", lambda: self._browser.go_to_line(line), help="A line of the raw text")
        for command in self._listed():
            score = fuzz.WRatio(typed.lower(), f"{command.name} {command.id}".lower())
            if score >= LEAST_SCORE:
                yield Hit(score, command.name, self._run(command), help=self._help(command))
