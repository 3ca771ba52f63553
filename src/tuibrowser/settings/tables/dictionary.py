"""Commands of the dictionary: the one that opens its panel, and the keys there."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

OPENING: Final = (
    (
        "define",
        "D",
        plain("Dictionary"),
        plain("Say what the selection or the paragraph's first word is, and each of its characters"),
    ),
)

DICTIONARY: Final = (
    ("define-next", "l right", "walk(1)", plain("Next word"), plain("Go to the next word of the text")),
    ("define-previous", "h left", "walk(-1)", plain("Previous word"), plain("Go to the word before")),
    ("define-search", "enter slash", "search", plain("Search for the word"), plain("Search for the head word")),
    ("define-down", "j down", "move(1)", plain("Next line"), plain("Move down")),
    ("define-up", "k up", "move(-1)", plain("Previous line"), plain("Move up")),
    ("define-page-down", "pagedown ctrl+f space", "move_pages(1)", plain("Page down"), plain("Move down by a page")),
    ("define-page-up", "pageup b", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("define-start", "g home", "move_start", plain("Start"), plain("Go to the first line")),
    ("define-end", "G end", "move_end", plain("End"), plain("Go to the last line")),
)
