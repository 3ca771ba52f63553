"""Commands of lists to choose from, and of the list of bookmarks."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

CHOICE: Final = (
    ("choice-down", "down ctrl+n", "move(1)", plain("Down"), plain("Move down")),
    ("choice-up", "up ctrl+p", "move(-1)", plain("Up"), plain("Move up")),
    ("choice-page-down", "pagedown", "move_pages(1)", plain("Page down"), plain("Move down by a page")),
    ("choice-page-up", "pageup", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("choose", "enter", "pick", plain("Choose"), plain("Choose this one")),
    ("choice-help", "f1", "help", plain("Help"), plain("Show the keys")),
    ("choice-cancel", "escape ctrl+g ctrl+c", "cancel", plain("Cancel"), plain("Choose nothing")),
)

BOOKMARKS: Final = (
    ("bookmark-note", "ctrl+e", "annotate", plain("Note"), plain("Change the bookmark's note")),
    ("bookmark-delete", "ctrl+d", "delete", plain("Delete"), plain("Delete the bookmark")),
    ("bookmark-undo", "ctrl+z", "undo", plain("Undo"), plain("Put the bookmark deleted last back")),
)
