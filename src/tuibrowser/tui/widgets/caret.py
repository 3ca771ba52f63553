"""Caret: where on the screen the text cursor of a field is; the terminal's own cursor goes there.

Input methods open their window at the terminal's cursor, hidden or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.widget import Widget

REST = Offset(0, 0)
"""Where the terminal's cursor is while no field has the focus."""


def caret(focused: Widget | None) -> Offset:
    """The place of the caret in the field that has the focus."""
    if not isinstance(focused, Input):
        return REST
    x, y, width, _ = focused.content_region
    cells = focused._position_to_cell(focused.cursor_position) - focused.scroll_offset.x
    return Offset(x + min(cells, max(0, width - 1)), y)
