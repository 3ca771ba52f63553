"""Minimal app: the least a Textual program with a page of text can be, to measure others against.

Any key turns the page by a line; "/" puts the cursor into a field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.widgets import Footer, Input, Static

if TYPE_CHECKING:
    from textual import events

LINES = [f"對照文字第{number}行" + "高質量發展" * 8 for number in range(36)]


class MinimalApp(App[None]):
    """A page and a footer."""

    def compose(self) -> ComposeResult:
        yield Static("\n".join(LINES), id="page")
        yield Footer()

    def on_key(self, event: events.Key) -> None:
        if self.focused is not None:
            return
        if event.key == "slash":
            field = Input()
            self.mount(field)
            field.focus()
            return
        LINES.append(LINES.pop(0))
        self.query_one("#page", Static).update("\n".join(LINES))


if __name__ == "__main__":
    MinimalApp().run()
