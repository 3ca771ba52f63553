"""The command palette: every command by its name, and what vi users type after a colon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.hanzi.sounds import BEGINNING, WITHIN, folded, likeness
from tuibrowser.language.i18n import plain, shown
from tuibrowser.settings.commands import Command, Place, everywhere
from tuibrowser.settings.key_names import key_label
from tuibrowser.tui.dialogs.picker import Option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEAST_SCORE = 60.0
HELD = 200.0
"""The score of a command whose name holds what is typed."""
HEARD = 150.0
"""That of one whose name sounds so somewhere within; one that is only similar has up to 100."""
VI_QUIT = {"q", "q!", "quit", "wq", "x"}
(QUIT,) = everywhere((("leave", "", plain("Quit"), plain("Leave the program")),))


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command to carry out, or with a line the way to that line of the raw text."""

    command: Command | None
    line: int = 0


def command_finder(commands: tuple[Command, ...]) -> Callable[[str, Callable[[], bool]], Sequence[Option[Invocation]]]:
    """A function that finds commands by what is typed; `q` quits, a number is a line of the raw text.

    A command is found by its English name and its id, and by the name that is shown, its pinyin and its initials.
    """

    def find(text: str, _: Callable[[], bool]) -> Sequence[Option[Invocation]]:
        typed = text.strip().lower()
        options = []
        if typed in VI_QUIT or likeness(shown(QUIT.name), typed) > BEGINNING:
            options.append(_option(QUIT))
        if typed.isdecimal():
            line = int(typed)
            options.append(
                Option(Invocation(None, line), plain("Go to line {line}", line=line), plain("a line of the raw text"))
            )
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
    """Names that begin as typed, by their sound, before those that hold what is typed, before similar ones."""
    from rapidfuzz import fuzz  # Not before the first frame: it takes 20 ms.

    name, names = shown(command.name), f"{command.name} {command.id}".lower()
    sound = likeness(name, typed)
    if sound > WITHIN:
        return HELD + sound
    if typed in names or typed in name.lower():
        return HELD
    if sound:
        return HEARD + sound
    similar = fuzz.WRatio(typed, names)
    return similar if name == command.name else max(similar, fuzz.ratio(folded(typed), folded(name)))


def _option(command: Command) -> Option[Invocation]:
    return Option(Invocation(command), command.name, " ".join(map(key_label, command.keys)))
