"""The themes: two of our own in high contrast beside Textual's, and the dialog that chooses one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.theme import BUILTIN_THEMES, Theme

from tuibrowser.language.i18n import plain, tr
from tuibrowser.settings.config import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from tuibrowser.language.i18n import Message

QUIET: Final = {"quiet": "dim", "quiet-underline": "dim underline"}
"""Theme variables that Textual does not have: the style of what is less important."""

# Every colour has a contrast of 7:1 or more on its background (WCAG's AAA), and nothing is dimmed.
OWN_THEMES: Final = (
    Theme(
        "contrast-dark",
        primary="#00ffff",
        warning="#ffff00",
        error="#ff9090",
        success="#90ff90",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        dark=True,
        variables={"quiet": "none", "quiet-underline": "underline"},
    ),
    Theme(
        "contrast-light",
        primary="#0000c0",
        warning="#800080",
        error="#a00000",
        success="#005000",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#ffffff",
        dark=False,
        variables={"quiet": "none", "quiet-underline": "underline"},
    ),
)

_WORDS: Final = {
    "ansi-dark": plain("the terminal's own colours, on a dark background"),
    "ansi-light": plain("the terminal's own colours, on a light background"),
    "contrast-dark": plain("high contrast, white on black"),
    "contrast-light": plain("high contrast, black on white"),
}


def _is_dark(name: str) -> bool:
    return {**BUILTIN_THEMES, **{theme.name: theme for theme in OWN_THEMES}}[name].dark


def words_of(name: str) -> Message:
    """The words that describe a theme."""
    return _WORDS.get(name, plain("dark") if _is_dark(name) else plain("light"))


def choose_theme(app: App[None], say: Callable[[str], None]) -> None:
    """Let the reader choose a theme for this session."""
    from tuibrowser.tui.dialogs.picker import Option, Picker, among  # Not before the first frame.

    options = [Option(name, name, words_of(name)) for name in THEMES]

    def chosen(name: str | None) -> None:
        if name is not None:
            app.theme = name
            # At once, since a frame in between would mix the colours of two themes, which Textual does not survive.
            app.refresh_css(animate=False)
            say(tr('{theme}, until you leave; theme = "{theme}" in the config file keeps it', theme=name))

    at = THEMES.index(app.theme) if app.theme in THEMES else 0
    app.push_screen(Picker(tr("Theme"), tr("Enter chooses · Esc cancels"), among(options), at), chosen)
