"""Commands for the study of passages."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

STUDY: Final = (
    (
        "parallels",
        "x",
        plain("Parallels of the passage"),
        plain("Find what quotes or repeats the selection, the paragraph or the hit"),
    ),
)

READINGS: Final = (
    (
        "readings",
        "z-r",
        plain("Readings above the text"),
        plain("Show how rare characters are read, then all of the current paragraph, then none"),
    ),
)

SIMILAR: Final = (
    (
        "similar",
        "tilde",
        plain("Words used like this one"),
        plain("List the words used like the selected one, or like the last query"),
    ),
)

ALIKE: Final = (
    ("similar-on", "l right", "go_on", plain("Words like this"), plain("List the words used like the one here")),
    ("similar-back", "h left", "go_back", plain("Word before"), plain("Go back to the word before")),
    ("similar-search", "enter slash", "search", plain("Search for the word"), plain("Search for the word here")),
    ("similar-down", "j down", "move(1)", plain("Next line"), plain("Move down")),
    ("similar-up", "k up", "move(-1)", plain("Previous line"), plain("Move up")),
    ("similar-page-down", "pagedown ctrl+f space", "move_pages(1)", plain("Page down"), plain("Move down by a page")),
    ("similar-page-up", "pageup b", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("similar-start", "g home", "move_start", plain("Start"), plain("Go to the first line")),
    ("similar-end", "G end", "move_end", plain("End"), plain("Go to the last line")),
)
