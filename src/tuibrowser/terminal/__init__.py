"""Terminal: a driver for Textual that remembers what the terminal shows and sends only what changed.

It stands by itself: it knows Textual and nothing of this program.
"""

from __future__ import annotations

from tuibrowser.terminal.cells.ambiguous import ambiguous_cells, draw_ambiguous
from tuibrowser.terminal.policy import MODES, Mode, Redrawing, Stopping, driver_class, has_mouse, page_driver

__all__ = [
    "MODES",
    "Mode",
    "Redrawing",
    "Stopping",
    "ambiguous_cells",
    "draw_ambiguous",
    "driver_class",
    "has_mouse",
    "page_driver",
]
