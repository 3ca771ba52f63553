"""Commands of the screen as a whole, and of the outline."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

EVERYWHERE: Final = (
    ("switch", "tab", plain("Outline or text"), plain("Move between the outline and the text")),
    ("outline", "o", plain("Show or hide the outline"), plain("Show or hide the outline")),
    ("search", "slash", plain("Search"), plain("Open the search panel, with the last query and its list")),
    (
        "go-to",
        "f",
        plain("Go to a document or heading"),
        plain("Find a document or heading by a fuzzy name, FILE, FILE:LINE or a reference"),
    ),
    ("order", "s", plain("Order the documents"), plain("Order the documents by path, title or date")),
    (
        "script",
        "t",
        plain("Change the script"),
        plain("Show the text in the original script, 简体 or 繁體"),
    ),
    ("choose-script", "T", plain("Choose a script"), plain("Choose among all variants of OpenCC")),
    (
        "raw",
        "r",
        plain("Repaired or raw text"),
        plain("Show the text repaired, or raw with the repairs marked"),
    ),
    ("mark", "m", plain("Bookmark"), plain("Bookmark the selection or the marked paragraph, with a note")),
    (
        "bookmarks",
        "apostrophe M",
        plain("Bookmarks"),
        plain("List the bookmarks; the same key again goes where you were"),
    ),
    ("back", "H", plain("Back"), plain("Go back to where you were before the last jump")),
    ("forward", "L", plain("Forward"), plain("Go forward again")),
    ("about", "i", plain("About this document"), plain("Show what is known of this document")),
    ("follow", "F", plain("Follow"), plain("Go to the end and show what is added to the file; Esc stops")),
    ("editor", "E", plain("Open in an editor"), plain("Open the file in $EDITOR at this line")),
    (
        "reread",
        "R f5",
        plain("Read the files again"),
        plain("Read the files again that were changed, and search them as they are now"),
    ),
    ("theme", "f2", plain("Theme"), plain("Choose the colours: the terminal's own, high contrast, others")),
    (
        "doctor",
        "",
        plain("How copying works here (doctor)"),
        plain("Tell which way a copy goes, and what is in the way"),
    ),
    ("help", "question_mark f1", plain("Help"), plain("Show the keys")),
    (
        "palette",
        "colon ctrl+p",
        plain("Commands"),
        plain("Find a command by its name; :q quits, :120 goes to line 120"),
    ),
    ("redraw", "ctrl+l ctrl+r", plain("Redraw the screen"), plain("Draw the whole screen again")),
    ("suspend", "ctrl+z", plain("Suspend"), plain("Suspend the program; `fg` brings it back")),
    ("cancel", "escape ctrl+g ctrl+c", plain("Cancel"), plain("Cancel: close what is open, stop what runs")),
    ("quit", "q", plain("Close or quit"), plain("Close the innermost thing; from the text, quit")),
)

OUTLINE: Final = (
    ("outline-down", "j down", "move(1)", plain("Down"), plain("Move down")),
    ("outline-up", "k up", "move(-1)", plain("Up"), plain("Move up")),
    (
        "outline-half-page-down",
        "d ctrl+d",
        "move_pages(0.5)",
        plain("Half a page down"),
        plain("Move down by half a page"),
    ),
    ("outline-half-page-up", "u ctrl+u", "move_pages(-0.5)", plain("Half a page up"), plain("Move up by half a page")),
    (
        "outline-page-down",
        "space pagedown ctrl+f",
        "move_pages(1)",
        plain("Page down"),
        plain("Move down by a page"),
    ),
    ("outline-page-up", "b pageup", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("outline-start", "g home", "move_start", plain("Start"), plain("Go to the first line")),
    ("outline-end", "G end", "move_end", plain("End"), plain("Go to the last line")),
    ("fold", "h left", "fold", plain("Fold"), plain("Fold, or go to what this belongs to")),
    ("unfold", "l right", "unfold", plain("Unfold"), plain("Unfold, or go to the first part of this")),
    ("outline-open", "enter", "open", plain("Open"), plain("Go to this place in the text")),
    ("sidebar-wider", "plus", "widen(1)", plain("Wider"), plain("Make the outline wider")),
    ("sidebar-narrower", "minus", "widen(-1)", plain("Narrower"), plain("Make the outline narrower")),
)
