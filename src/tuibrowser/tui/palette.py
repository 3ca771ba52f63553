"""The command palette: every command by its name, and what vi users type after a colon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.commands import Command, Place, key_label
from tuibrowser.tui.screens.picker import Option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEAST_SCORE = 60.0
VI_QUIT = {"q", "q!", "quit", "wq", "x"}
QUIT = Command("leave", Place.EVERYWHERE, (), "leave", "Quit", "Leave the program")


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command to carry out, or with a line the way to that line of the raw text."""

    command: Command | None
    line: int = 0


def command_finder(commands: tuple[Command, ...]) -> Callable[[str, Callable[[], bool]], Sequence[Option[Invocation]]]:
    """A function that finds commands by what is typed; `q` quits, a number is a line of the raw text."""

    def find(text: str, _: Callable[[], bool]) -> Sequence[Option[Invocation]]:
        typed = text.strip().lower()
        options = []
        if typed in VI_QUIT:
            options.append(_option(QUIT))
        if typed.isdecimal():
            options.append(Option(Invocation(None, int(typed)), f"Go to line {int(typed)}", "a line of the raw text"))
        return options + [_option(command) for command in _matching(typed, commands)]

    return find


def _matching(typed: str, commands: tuple[Command, ...]) -> list[Command]:
    listed = [command for command in commands if command.listed and command.id != "palette"]
    if not typed:
        return sorted([*listed, QUIT], key=lambda command: command.place is Place.READING)
    scored = [(_score(typed, command), command) for command in listed]
    best_first = sorted((score for score in scored if score[0] >= LEAST_SCORE), key=lambda scored: -scored[0])
    return [command for _, command in best_first]


def _score(typed: str, command: Command) -> float:
    """Beginnings of words before words anywhere before similar ones."""
    from rapidfuzz import fuzz  # Not before the first frame: it takes 20 ms.

    name = f"{command.name} {command.id}".lower()
    if any(word.startswith(typed) for word in name.split()):
        return 200.0
    return 100.0 + fuzz.partial_ratio(typed, name) if typed in name else fuzz.WRatio(typed, name)


def _option(command: Command) -> Option[Invocation]:
    return Option(Invocation(command), command.name, " ".join(map(key_label, command.keys)))
