"""The table of the commands that count: concordance and what follows from it."""

from __future__ import annotations

from typing import Final

from tuibrowser.cli.line.grammar import Command, Option
from tuibrowser.cli.line.options import (
    CERTIFICATES,
    CLUSTER,
    ENCODING,
    HELP,
    INDEX_DIR,
    JSON_FORMAT,
    NO_SERVER,
    PARTIAL,
)
from tuibrowser.language.i18n import plain

TABLE_FORMATS: Final = ("json", "jsonl", "csv", "tsv", "markdown")
PICTURES: Final = ("svg", "vega-lite", "png", "pdf")
"""The formats of pictures; the last two need a file, and the extra pictures."""
IN_PICTURE: Final = 30
"""Rows that a picture has where no other number is asked for, and no time is shown."""

ORDERS: Final = ("right", "left", "neighbour", "document", "date", "random")

GROUPS: Final = ("year", "decade", "month", "folder", "author", "document")
BINS: Final = 40
UNITS: Final = ("character", "bigram", "word")
MEASURES: Final = ("logdice", "g2", "mi", "mi3", "t", "z", "together")
KEY_MEASURES: Final = ("conservative", "g2", "ll2", "bic", "log_ratio", "diff", "simple_maths")
COUNTED: Final = ("units", "documents")
MINIMUM: Final = 5
SIDES: Final = ("right", "left")

SHOWN: Final = 20
"""Rows that people are shown where they ask for no other number."""

KEPT: Final = "reader"
"""The judgements of lines that the reader keeps."""

_JUDGED: Final = (
    Option(
        "--judged",
        plain("leave out the rejected of the lines judged in the reader, or in a table with a column code"),
        value="reader|FILE",
        choices=(KEPT,),
    ),
    Option("--codes", plain("count only the lines judged as one of LETTERS"), value="LETTERS"),
)

_ONCE: Final = Option("--once", plain("leave out paragraphs, and whole documents, that a document before has too"))
_NEAR: Final = Option("--near", plain("count near matches, pinyin and matches across punctuation too"))

_MANIFEST: Final = Option(
    "--manifest",
    plain("list the documents of the corpus with the digests of their texts in FILE, .csv or .json"),
    value="FILE",
)

_LIMIT: Final = Option(
    "--limit",
    plain("show the first N rows, or all (else {default} for people, all in a format)", default=SHOWN),
    value="N",
    choices=("all",),
)
_LAST: Final = (PARTIAL, ENCODING, INDEX_DIR, NO_SERVER, CLUSTER, CERTIFICATES, HELP)

_COMMON: Final = (
    _LIMIT,
    Option(
        "--format",
        plain("print a table for programs: json, jsonl, csv, tsv or markdown"),
        value="NAME",
        choices=TABLE_FORMATS,
    ),
    JSON_FORMAT,
    Option("--output", plain("write the table to FILE, whose ending is the format if none is named"), value="FILE"),
    _MANIFEST,
    *_LAST,
)

_PICTURED: Final = (
    _LIMIT,
    Option(
        "--format",
        plain("print a table: json, jsonl, csv, tsv or markdown; or a picture: svg, vega-lite, png or pdf"),
        value="NAME",
        choices=(*TABLE_FORMATS, *PICTURES),
    ),
    JSON_FORMAT,
    Option(
        "--output",
        plain("write the table or picture to FILE, whose ending is the format if none is named"),
        value="FILE",
    ),
    _MANIFEST,
    *_LAST,
)

NO_STOP_LIST: Final = "none"

_EXACT: Final = Option("--exact", plain("count each written form by itself, as 后 and 後"))
_UNITS: Final = (
    Option(
        "--unit",
        plain("count word, character or bigram (else word where the dictionary has most of the words, or character)"),
        value="UNIT",
        choices=UNITS,
    ),
    _EXACT,
    Option(
        "--stop",
        plain("have no row for the words of FILE, one a line (else stopwords in the config file; none: all rows)"),
        value="FILE",
        choices=(NO_STOP_LIST,),
    ),
)


def _at_least(default: int) -> Option:
    return Option(
        "--min", plain("leave out what is there fewer than N times (else {default})", default=default), value="N"
    )


_WHAT_IS_COUNTED: Final = plain(
    "Counts every match of the query as it stands in the text itself, in any script, also across blanks but not across "
    "punctuation. Notes and page furniture are left out unless the query names them by layer:. in:, by:, date: and the "
    "fields of a sidecar choose documents. What the figures rest on is told in JSON and Markdown, else on standard "
    "error or in a file beside the table, FILE.basis.json. Ends with 1 when nothing was found."
)

CONCORDANCE: Final = Command(
    name="concordance",
    module="analysis.concordance",
    summary=plain("list every match in its context, ordered by what stands beside it"),
    usage=(
        "tuibrowser concordance QUERY [PATH…] [--order NAME] [--context N] [--limit N|all] [--format NAME | --json]",
    ),
    description=_WHAT_IS_COUNTED,
    options=(
        Option(
            "--order",
            plain("order lines by the right or left context, neighbour (the commonest first), document, date, random"),
            value="NAME",
            choices=ORDERS,
        ),
        Option("--context", plain("show N characters on either side, up to the end of the paragraph"), value="N"),
        Option("--sample", plain("choose N of the lines at random"), value="N"),
        Option("--seed", plain("choose the same lines again for the same number (else 1)"), value="N"),
        Option("--distinct", plain("show equal lines once")),
        Option("--whole-words", plain("leave out matches that begin or end inside a word")),
        *_JUDGED,
        _NEAR,
        _ONCE,
        *_COMMON,
    ),
    examples=(
        (plain("what follows a word"), "tuibrowser concordance 高质量 ~/texts --order right"),
        (plain("all lines for a spreadsheet"), "tuibrowser concordance 高质量 ~/texts --output lines.csv"),
        (
            plain("a hundred lines at random, the same ones each time"),
            "tuibrowser concordance 国家 ~/texts --sample 100 --seed 7",
        ),
        (
            plain("count again without the lines marked ! in the column code of a table"),
            "tuibrowser frequency 国家 ~/texts --judged lines.csv",
        ),
    ),
)

FREQUENCY: Final = Command(
    name="frequency",
    module="analysis.figures",
    summary=plain("count a query by year, folder, author or any field"),
    usage=("tuibrowser frequency QUERY [PATH…] [--by NAME] [--with QUERY]… [--format NAME | --json]",),
    description=_WHAT_IS_COUNTED,
    options=(
        Option(
            "--by",
            plain("count by year (the default), decade, month, folder, folder:1 (first), author, document or a field"),
            value="NAME",
            choices=GROUPS,
        ),
        Option("--with", plain("count another query beside it; may be given several times"), value="QUERY"),
        *_JUDGED,
        _NEAR,
        _ONCE,
        *_PICTURED,
    ),
    examples=(
        (plain("two words over the years"), "tuibrowser frequency 改革 ~/texts --by year --with 创新"),
        (plain("a picture for a paper"), "tuibrowser frequency 改革 ~/texts --with 创新 --output 改革.svg"),
        (plain("by author, as a table"), "tuibrowser frequency 国家 ~/texts --by author --format csv"),
    ),
)

DISPERSION: Final = Command(
    name="dispersion",
    module="analysis.figures",
    summary=plain("tell in which documents a query stands, and where in them"),
    usage=("tuibrowser dispersion QUERY [PATH…] [--bins N] [--format NAME | --json]",),
    description=_WHAT_IS_COUNTED,
    options=(
        Option(
            "--bins", plain("count in N equal stretches of each document (else {default})", default=BINS), value="N"
        ),
        *_JUDGED,
        _NEAR,
        _ONCE,
        *_PICTURED,
    ),
    examples=((plain("where in each chapter"), "tuibrowser dispersion 渡口 ~/texts"),),
)

COLLOCATES: Final = Command(
    name="collocates",
    module="analysis.company",
    summary=plain("list the characters, bigrams or words near a query, the most telling first"),
    usage=(
        "tuibrowser collocates QUERY [PATH…] [--unit UNIT] [--window L:R] [--measure NAME] [--min N]",
        "           [--format NAME | --json]",
    ),
    description=_WHAT_IS_COUNTED,
    options=(
        *_UNITS,
        Option(
            "--window",
            plain(
                "look at L units on the left and R on the right, in the same paragraph (else {default})", default="5:5"
            ),
            value="L:R",
        ),
        Option(
            "--measure",
            plain("order by logdice (the default), g2, mi, mi3, t, z, or together, the mere number"),
            value="NAME",
            choices=MEASURES,
        ),
        _at_least(MINIMUM),
        *_JUDGED,
        _NEAR,
        _ONCE,
        *_PICTURED,
    ),
    examples=(
        (plain("pairs of characters near a word"), "tuibrowser collocates 国家 ~/texts --unit bigram"),
        (plain("what stands just before it"), "tuibrowser collocates 国家 ~/texts --window 1:0 --measure together"),
    ),
)

CLUSTERS: Final = Command(
    name="clusters",
    module="analysis.company",
    summary=plain("list what a query makes with the characters beside it"),
    usage=("tuibrowser clusters QUERY [PATH…] [--size N] [--side right|left] [--min N] [--format NAME | --json]",),
    description=_WHAT_IS_COUNTED,
    options=(
        Option(
            "--size",
            plain("take N characters beside the query, {most} at most (else {default})", most=20, default=2),
            value="N",
        ),
        Option("--side", plain("take them from the right (the default) or the left"), value="SIDE", choices=SIDES),
        _EXACT,
        _at_least(1),
        *_JUDGED,
        _NEAR,
        _ONCE,
        *_PICTURED,
    ),
    examples=((plain("what a phrase goes on with"), "tuibrowser clusters 推动 ~/texts --size 3"),),
)

KEYNESS: Final = Command(
    name="keyness",
    module="analysis.keyness",
    summary=plain("list the characters, bigrams or words that mark some texts against others"),
    usage=(
        "tuibrowser keyness FILTERS [PATH…] [--against FILTERS] [--unit UNIT] [--measure NAME] [--min N]",
        "           [--count documents] [--format NAME | --json]",
    ),
    description=plain(
        "FILTERS choose a group of documents: in:, by:, date: and the fields of a sidecar, each also with -. It is "
        "compared with the group of --against, or with all other documents. Units that the group has fewer than N "
        "times are not tested. Ends with 1 when no unit was tested."
    ),
    options=(
        Option(
            "--against",
            plain("compare with the documents of these conditions instead of all others"),
            value="FILTERS",
        ),
        *_UNITS,
        Option(
            "--measure",
            plain("order by conservative (the default: the sure part of log_ratio) or by another measure of a keyword"),
            value="NAME",
            choices=KEY_MEASURES,
        ),
        Option(
            "--count", plain("compare numbers of units (the default) or of documents"), value="WHAT", choices=COUNTED
        ),
        _at_least(MINIMUM),
        _ONCE,
        *_PICTURED,
    ),
    examples=(
        (plain("one folder against the rest"), "tuibrowser keyness in:北京 ~/texts --unit bigram"),
        (plain("two periods"), "tuibrowser keyness date:1978..1992 ~/texts --against date:1993..2012"),
    ),
)

WORDS: Final = Command(
    name="words",
    module="analysis.words",
    summary=plain("list the words of texts, or their characters, by how often they occur"),
    usage=("tuibrowser words [PATH…] [--unit UNIT] [--size N] [--within FILTERS] [--min N] [--format NAME]",),
    description=plain(
        "Lists every word with its written forms and the number of its documents. Texts are cut into words once, by "
        "the dictionary of jieba and your own (dictionary in the config file): half a minute for 100 MB if rjieba is "
        "installed (pip install 'tuibrowser[words]'), else some minutes. Where blanks cut a text into words already, "
        "these are kept."
    ),
    options=(
        *_UNITS,
        Option(
            "--size", plain("count N words in a row, {most} at most (else {default})", most=20, default=1), value="N"
        ),
        Option("--within", plain("count only the documents of these conditions"), value="FILTERS"),
        Option("--min", plain("leave out what is there fewer than N times (else 1, in a row 5)"), value="N"),
        _ONCE,
        *_PICTURED,
    ),
    examples=(
        (plain("the words of some texts"), "tuibrowser words ~/texts --within in:法规"),
        (plain("all words as a table"), "tuibrowser words ~/texts --output words.csv"),
        (plain("three words in a row"), "tuibrowser words ~/texts --size 3"),
    ),
)

FIGURE_COMMANDS: Final = (CONCORDANCE, COLLOCATES, CLUSTERS, WORDS, KEYNESS, FREQUENCY, DISPERSION)

PICTURED: Final = tuple(
    command.name for command in FIGURE_COMMANDS if any(PICTURES[0] in option.choices for option in command.options)
)
"""The commands whose tables can be shown as pictures."""
