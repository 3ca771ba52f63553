"""Questions: what the terminal is asked about itself at the start, and what its answers say that it can do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tuibrowser.terminal.asking.answers import AmbiguousAnswer
from tuibrowser.terminal.cells.ambiguous import ambiguous_cells

if TYPE_CHECKING:
    from tuibrowser.terminal.asking.abilities import Abilities

AMBIGUOUS = "“…—·①"
"""Characters some terminals draw wide: how far the cursor gets over them tells what this one does."""

MARGINS_QUESTION = "\x1b[?69$p"
_MARGINS_ANSWER = re.compile(r"\x1b\[\?69;([0-4])\$y")
_MARGINS_SETTABLE = frozenset("12")


class Questions:
    """Knowledge of one terminal: its abilities at first, and more with each answer."""

    def __init__(self, abilities: Abilities) -> None:
        self.abilities = abilities
        self.ambiguous_cells: int | None = None
        """Cells the terminal gives to an ambiguous character such as “ or …, None until it has said so."""
        self._widths_asked = False

    def start_anew(self) -> None:
        """Expect no answer: the terminal is taken again."""
        self._widths_asked = False

    def ask_widths(self, where: str) -> str:
        """Return the first question: where is the cursor after some ambiguous characters? They are erased at once.

        `where` is the question for the cursor's place.
        """
        self._widths_asked = True
        return f"{AMBIGUOUS}{where}\r\x1b[K"

    def cursor_at(self, column: int) -> AmbiguousAnswer | None:
        """Take the first answer as how far the cursor got over the characters; any other number settles nothing."""
        if not self._widths_asked:
            return None
        self._widths_asked = False
        cells, rest = divmod(column, len(AMBIGUOUS))
        if rest or cells not in {1, 2}:
            return None
        self.ambiguous_cells = cells
        agrees = cells == ambiguous_cells()
        self.abilities = self.abilities._replace(ambiguous_settled=agrees)
        return AmbiguousAnswer(cells, agrees)

    def answered(self, sequence: str) -> None:
        """Note whether the terminal says that it has margins, for which Textual does not ask."""
        answer = _MARGINS_ANSWER.fullmatch(sequence)
        if answer is not None and answer[1] in _MARGINS_SETTABLE:
            self.abilities = self.abilities._replace(margins=True)
