"""Ambiguous: the characters that some terminals draw wide, counted alike by layout, Textual and driver."""

from __future__ import annotations

from tuibrowser import terminal
from tuibrowser.hanzi import cells
from tuibrowser.language.i18n import plain

CELLS = {"narrow": 1, "auto": 1, "wide": 2}
"""What the option stands for, in cells; the terminal is asked in any case, and the reader told where it differs."""

ADVICE = {
    1: plain("this terminal draws “ ” … — · narrow: set ambiguous to narrow in the config file"),
    2: plain("this terminal draws “ ” … — · wide: set ambiguous to wide in the config file"),
}
"""What to do where the terminal gives these characters another number of cells than we do."""

WIDE_CSS = """
.-wide-marks #sidebar { border-right: ascii $primary; }
.-wide-marks SearchPanel { border-bottom: ascii $primary; }
.-wide-marks DeskPanel.beside { border-left: ascii $primary; }
.-wide-marks DeskPanel.below { border-top: ascii $primary; }
.-wide-marks DeskPanel.above { border-bottom: ascii $primary; }
.-wide-marks DeskPanel.alone { border-bottom: none; }
.-wide-marks Picker > Vertical { border: ascii $primary; }
.-wide-marks NoteDialog > Vertical { border: ascii $primary; }
.-wide-marks TextDialog > Vertical { border: ascii $primary; }
"""
"""Lines and corners are ambiguous themselves, and a border takes one cell."""


def draw_ambiguous(option: str) -> None:
    """Let everything that counts cells do so as the option says; before anything is laid out."""
    cells.draw_ambiguous(CELLS[option])
    terminal.draw_ambiguous(CELLS[option])


def is_wide() -> bool:
    """Whether these characters take two cells."""
    return terminal.ambiguous_cells() == 2
