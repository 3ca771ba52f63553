"""Commands of the search panel: its field and its list of hits."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

FIELD: Final = (
    ("field-down", "down ctrl+n", "move(1)", plain("Next hit in the list"), plain("Move down in the list")),
    (
        "field-up",
        "up ctrl+p",
        "move(-1)",
        plain("Previous hit in the list"),
        plain("Move up in the list; in an empty field: earlier queries"),
    ),
    (
        "field-page-down",
        "pagedown",
        "move_pages(1)",
        plain("Page down in the list"),
        plain("Move down in the list by a page"),
    ),
    ("field-page-up", "pageup", "move_pages(-1)", plain("Page up in the list"), plain("Move up in the list by a page")),
    ("field-list", "tab", "to_list", plain("Into the list"), plain("Move into the list of hits")),
    ("field-enter", "enter", "stay", plain("Stay at this hit"), plain("Close the panel and stay at this hit")),
    (
        "field-cancel",
        "escape ctrl+g ctrl+c",
        "back",
        plain("Return"),
        plain("Close the panel and return to where you were"),
    ),
)

LIST: Final = (
    ("list-down", "j down", "move(1)", plain("Next hit in the list"), plain("Move down")),
    ("list-up", "k up", "move(-1)", plain("Previous hit in the list"), plain("Move up")),
    ("list-half-down", "d ctrl+d", "move_pages(0.5)", plain("Half a page down"), plain("Move down by half a page")),
    ("list-half-up", "u ctrl+u", "move_pages(-0.5)", plain("Half a page up"), plain("Move up by half a page")),
    ("list-page-down", "pagedown ctrl+f", "move_pages(1)", plain("Page down"), plain("Move down by a page")),
    ("list-page-up", "pageup b", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("list-start", "g home", "move_start", plain("Start"), plain("Go to the first hit")),
    ("list-end", "G end", "move_end", plain("End"), plain("Go to the last hit")),
    ("list-enter", "enter", "stay", plain("Stay at this hit"), plain("Close the panel and stay at this hit")),
    (
        "list-scope",
        "a",
        "scope",
        plain("Scope of the search"),
        plain("Search the hit's document alone, its folder, everything"),
    ),
    ("list-exact", "equals_sign", "exact", plain("Exact matches only"), plain("Exact matches only, or near ones too")),
    (
        "list-order",
        "s",
        "sort",
        plain("Order of the hits"),
        plain("Order by relevance, date, path or hits in the document"),
    ),
    (
        "list-fold",
        "h left",
        "fold",
        plain("Fold"),
        plain("Fold the document's hits away; after a number, those of all"),
    ),
    ("list-unfold", "l right", "unfold", plain("Unfold"), plain("Show them again; after a number, those of all")),
    ("list-new", "plus", "show_new", plain("New hits"), plain("Show the hits that were found since")),
    ("list-mark-all", "asterisk", "mark_all", plain("Mark all"), plain("Mark all hits, or take all marks away")),
    ("list-mark", "space", "mark", plain("Mark the hit"), plain("Mark this hit, or take its mark away")),
    (
        "list-copy",
        "y",
        "copy",
        plain("Copy the hit's paragraph"),
        plain("Copy the paragraphs of the marked hits, or of this one"),
    ),
    ("list-cite", "Y", "copy_cited", plain("Copy with citations"), plain("Copy them with their citations")),
    (
        "list-copy-as",
        "e",
        "copy_as",
        plain("Copy as …"),
        plain("Copy them in another form: Markdown, BibTeX, a table …"),
    ),
    ("list-field", "slash tab", "to_field", plain("Back to the field"), plain("Back to the search field")),
    (
        "list-cancel",
        "escape ctrl+g ctrl+c q",
        "back",
        plain("Return"),
        plain("Close the panel and return to where you were"),
    ),
)
