"""Commands of collation: the one that opens its panel, and the keys there."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

OPENING: Final = (
    (
        "collate",
        "X",
        plain("Collate with another text"),
        plain("Compare with another document; on a selection: remember it, on a second one: compare both"),
    ),
)

COLLATION: Final = (
    ("collation-next", "n", "step(1)", plain("Next difference"), plain("Go to the next difference")),
    ("collation-previous", "N", "step(-1)", plain("Previous difference"), plain("Go to the difference before")),
    (
        "collation-variants",
        "v",
        "do('variants')",
        plain("Variants"),
        plain("Tell characters in another script or form too, or leave them out again"),
    ),
    (
        "collation-moved",
        "o percent_sign",
        "do('moved')",
        plain("Where it moved"),
        plain("Go to the other place of a passage that moved, and back"),
    ),
    (
        "collation-articles",
        "a",
        "do('articles')",
        plain("Articles"),
        plain("List the articles added, deleted, changed and moved; Enter shows one"),
    ),
    (
        "collation-copy",
        "y",
        "do('copy')",
        plain("Copy the difference"),
        plain("Copy the difference with both readings and their citations"),
    ),
    (
        "collation-export",
        "e",
        "do('export')",
        plain("Write to a file"),
        plain("Write the list of differences to a file: text, JSON or TEI"),
    ),
    (
        "collation-open",
        "enter 1",
        "do('open')",
        plain("To the first text"),
        plain("Go to this place in the first text, and read there"),
    ),
    (
        "collation-open-second",
        "2",
        "do('open_second')",
        plain("To the second text"),
        plain("Go to this place in the second text, and read there"),
    ),
    ("collation-down", "j down", "move(1)", plain("Line down"), plain("Move down")),
    ("collation-up", "k up", "move(-1)", plain("Line up"), plain("Move up")),
    (
        "collation-half-down",
        "d ctrl+d",
        "move_pages(0.5)",
        plain("Half a page down"),
        plain("Move down by half a page"),
    ),
    ("collation-half-up", "u ctrl+u", "move_pages(-0.5)", plain("Half a page up"), plain("Move up by half a page")),
    (
        "collation-page-down",
        "space pagedown ctrl+f",
        "move_pages(1)",
        plain("Page down"),
        plain("Move down by a page"),
    ),
    ("collation-page-up", "b pageup ctrl+b", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("collation-start", "g home", "move_start", plain("Start"), plain("Go to the first line")),
    ("collation-end", "G end", "move_end", plain("End"), plain("Go to the last line")),
    (
        "collation-back",
        "escape ctrl+g ctrl+c q",
        "do('back')",
        plain("Return"),
        plain("Back from the articles to the texts, and to where you were"),
    ),
)
