"""Widgets that draw line by line on their own colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from tuibrowser.tui.widgets.strips import on_ground

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Region
    from textual.strip import Strip


class Grounded(Widget):
    """A widget whose lines stand on its own colours.

    These, which Textual puts together from all widgets around it, are asked for once for the lines drawn together.
    """

    _ground: Style | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines."""
        self._ground = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw a line of the screen."""
        return on_ground(self.draw_line(y), self.rich_style if self._ground is None else self._ground)

    def draw_line(self, y: int) -> Strip:
        """Draw a line without the widget's own colours."""
        raise NotImplementedError
