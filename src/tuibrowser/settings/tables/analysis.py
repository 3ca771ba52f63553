"""Commands of corpus work: the one that opens its panel, and the keys there."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain

OPENING: Final = (
    (
        "analysis",
        "A",
        plain("Corpus work: lines and figures"),
        plain("Count the selection or the last query: its lines, collocates, spread, time …"),
    ),
)

ANALYSIS: Final = (
    ("analysis-lines", "1", "do('view', 'lines')", plain("Lines"), plain("Every match in its context (concordance)")),
    ("analysis-spread", "2", "do('view', 'spread')", plain("Spread"), plain("In which documents, and where in them")),
    ("analysis-collocates", "3", "do('view', 'collocates')", plain("Collocates"), plain("What stands near the query")),
    (
        "analysis-clusters",
        "4",
        "do('view', 'clusters')",
        plain("Clusters"),
        plain("The query with what follows it; again: with what stands before it"),
    ),
    (
        "analysis-words",
        "5",
        "do('view', 'words')",
        plain("Words"),
        plain("All units of the texts, the commonest first"),
    ),
    (
        "analysis-keyness",
        "6",
        "do('view', 'keyness')",
        plain("Keyness"),
        plain("What marks these texts against the others; again: counted in documents"),
    ),
    (
        "analysis-time",
        "7",
        "do('view', 'time')",
        plain("Time"),
        plain("How often in each year, per million; again: in each folder, of each author"),
    ),
    ("analysis-down", "j down", "move(1)", plain("Next row"), plain("Move down")),
    ("analysis-up", "k up", "move(-1)", plain("Previous row"), plain("Move up")),
    ("analysis-half-down", "d ctrl+d", "move_pages(0.5)", plain("Half a page down"), plain("Move down by half a page")),
    ("analysis-half-up", "u ctrl+u", "move_pages(-0.5)", plain("Half a page up"), plain("Move up by half a page")),
    ("analysis-page-down", "pagedown ctrl+f", "move_pages(1)", plain("Page down"), plain("Move down by a page")),
    ("analysis-page-up", "pageup b", "move_pages(-1)", plain("Page up"), plain("Move up by a page")),
    ("analysis-start", "g home", "move_start", plain("Start"), plain("Go to the first row")),
    ("analysis-end", "G end", "move_end", plain("End"), plain("Go to the last row")),
    (
        "analysis-open",
        "enter",
        "do('open')",
        plain("Down to the lines, to the text"),
        plain("Show the lines that a figure counts; from a line, go to its place in the text"),
    ),
    (
        "analysis-order",
        "s",
        "do('order')",
        plain("Order"),
        plain("Choose the order of the lines, or the column that rows are ordered by"),
    ),
    (
        "analysis-scope",
        "a",
        "do('scope')",
        plain("Scope"),
        plain("Count in the row's document alone, its folder, everything"),
    ),
    (
        "analysis-near",
        "equals_sign",
        "do('near')",
        plain("Near matches too"),
        plain("Count near matches and those across punctuation too, or only what is written so"),
    ),
    ("analysis-unit", "U", "do('unit')", plain("Unit"), plain("Count characters, or pairs of characters")),
    (
        "analysis-wider",
        "plus",
        "do('widen', '1')",
        plain("Wider"),
        plain("A wider window or context, longer clusters, longer times"),
    ),
    ("analysis-narrower", "minus", "do('widen', '-1')", plain("Narrower"), plain("Narrower or shorter ones")),
    (
        "analysis-second",
        "C",
        "do('second')",
        plain("Compare"),
        plain("A second query beside this one over time; for keyness, the texts that are compared"),
    ),
    (
        "analysis-filter",
        "slash",
        "do('filter')",
        plain("Filter the rows"),
        plain("Only rows with some words; nothing shows all again"),
    ),
    (
        "analysis-sample",
        "S",
        "do('sample')",
        plain("Sample"),
        plain("So many lines at random, the same for the same seed; nothing shows all again"),
    ),
    (
        "analysis-once",
        "O",
        "do('once')",
        plain("Equal lines once"),
        plain("Show equal lines once with their number, or all"),
    ),
    ("analysis-mark", "space", "mark", plain("Mark the row"), plain("Mark this row, or take its mark away")),
    ("analysis-mark-all", "asterisk", "mark_all", plain("Mark all"), plain("Mark all rows, or take all marks away")),
    ("analysis-copy", "y", "do('copy')", plain("Copy the row"), plain("Copy the marked rows, or this one, as a table")),
    (
        "analysis-cite",
        "Y",
        "do('cite')",
        plain("Copy with the basis"),
        plain("Copy them with a paragraph that says what they are of"),
    ),
    (
        "analysis-export",
        "e",
        "do('export')",
        plain("Write to a file"),
        plain("Write the marked rows, or all, to a file: CSV, TSV, JSON, Markdown"),
    ),
    (
        "analysis-basis",
        "i",
        "do('basis')",
        plain("What the figure is of"),
        plain("Show the basis of the figure, as a paragraph to cite"),
    ),
    (
        "analysis-help",
        "question_mark f1",
        "do('help')",
        plain("Help"),
        plain("Show the measures, each in one sentence, and the keys"),
    ),
    (
        "analysis-back",
        "escape ctrl+g ctrl+c q",
        "do('back')",
        plain("Return"),
        plain("Stop counting; back up to the figure, at last to where you were"),
    ),
)
