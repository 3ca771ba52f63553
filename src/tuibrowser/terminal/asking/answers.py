"""Answers: what the terminal says of itself, for the program."""

from __future__ import annotations

from textual.message import Message


class AmbiguousAnswer(Message):
    """The terminal gives ambiguous characters so many `cells`; `agrees` where Textual does so, too."""

    def __init__(self, cells: int, agrees: bool) -> None:
        super().__init__()
        self.cells = cells
        self.agrees = agrees
