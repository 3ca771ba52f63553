"""Commands of reuse: the ones that open its panel, and the keys there."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

OPENING: Final = (
    (
        "reuse",
        "S",
        plain("Shared passages"),
        plain("List what this document shares with others: runs of equal characters in any script"),
    ),
    (
        "reuse-all",
        "",
        plain("Shared passages of all documents"),
        plain("List what all documents share with one another"),
    ),
)

REUSE: Final = (
    (
        "reuse-open",
        "enter",
        "do('open_other')",
        plain("To the other passage"),
        plain("Go to the passage in the other document"),
    ),
    (
        "reuse-own",
        "o",
        "do('open_own')",
        plain("To the passage itself"),
        plain("Go to the passage in this document"),
    ),
    (
        "reuse-order",
        "s",
        "do('order')",
        plain("Order"),
        plain("Order by the text, by length or by the other document"),
    ),
    ("reuse-longer", "plus", "do('longer')", plain("Longer runs"), plain("Only longer runs of equal characters")),
    ("reuse-shorter", "minus", "do('shorter')", plain("Shorter runs"), plain("Shorter runs too")),
    (
        "reuse-scope",
        "a",
        "do('scope')",
        plain("Scope"),
        plain("What all documents share with one another, or this one with the others"),
    ),
    (
        "reuse-copy",
        "y",
        "do('copy')",
        plain("Copy both passages"),
        plain("Copy both passages with their citations"),
    ),
    (
        "reuse-export",
        "e",
        "do('export')",
        plain("Write to a file"),
        plain("Write all shared passages to a file: JSON Lines, CSV, TSV or Markdown"),
    ),
    ("reuse-down", "j down", "move(1)", plain("Next row"), plain("Move down")),
    ("reuse-up", "k up", "move(-1)", plain("Previous row"), plain("Move up")),
    ("reuse-half-down", "d ctrl+d", "move_pages(0.5)", plain("Half a page down"), plain("Move down by half a page")),
    ("reuse-half-up", "u ctrl+u", "move_pages(-0.5)", plain("Half a page up"), plain("Move up by half a page")),
    ("reuse-page-down", "space pagedown ctrl+f", "move_pages(1)", plain("Page down"), plain("Move down by a page")),
    ("reuse-page-up", "b pageup ctrl+b", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("reuse-start", "g home", "move_start", plain("Start"), plain("Go to the first row")),
    ("reuse-end", "G end", "move_end", plain("End"), plain("Go to the last row")),
)
