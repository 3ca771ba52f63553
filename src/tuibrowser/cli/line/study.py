"""The table of the commands for the study of passages."""

from __future__ import annotations

from typing import Final

from tuibrowser.cli.line.grammar import Command, Option
from tuibrowser.cli.line.options import (
    CERTIFICATES,
    CLUSTER,
    ENCODING,
    HELP,
    INDEX_DIR,
    JSON,
    JSON_FORMAT,
    NO_SERVER,
    PARTIAL,
)
from tuibrowser.language.i18n import plain
from tuibrowser.search.likeness.model import LEAST
from tuibrowser.search.reuse.model import RUN, SHORTEST

PARALLELS_SHOWN: Final = 20

PARALLELS: Final = Command(
    name="parallels",
    module="study.parallels",
    summary=plain("find the passages that quote, repeat or resemble a text"),
    usage=("tuibrowser parallels TEXT|- [PATH…] [--limit N|all] [--json]",),
    description=plain(
        "Finds passages that share most of a text: in any script, without regard to punctuation, with characters "
        "changed, missing or added, and with clauses in another order; with -, of standard input. Places of the same "
        "words are one result. No translations and no free paraphrases are found. Ends with 1 when nothing was found."
    ),
    options=(
        Option(
            "--limit",
            plain("show the best N parallels, or all of them (else {default})", default=PARALLELS_SHOWN),
            value="N",
            choices=("all",),
        ),
        JSON,
        ENCODING,
        INDEX_DIR,
        NO_SERVER,
        CLUSTER,
        CERTIFICATES,
        HELP,
    ),
    examples=(
        (plain("who quotes a saying"), "tuibrowser parallels 學而時習之，不亦說乎 ~/texts"),
        (plain("the parallels of a paragraph that was copied"), "wl-paste | tuibrowser parallels - ~/texts --json"),
    ),
)

REUSE: Final = Command(
    name="reuse",
    module="study.reuse",
    summary=plain("list the passages that a document shares with others"),
    usage=(
        "tuibrowser reuse DOCUMENT [PATH…] [--min N] [--limit N|all] [--format NAME | --json]",
        "tuibrowser reuse --all [PATH…] [--min N] [--limit N|all] [--format NAME | --json]",
    ),
    description=plain(
        "Lists every run of equal characters, in any script and without regard to punctuation, that a document shares "
        "with the texts, or with --all what all of them share with one another. DOCUMENT is a file, or a document's "
        "name or title in PATH. Runs near one another are one passage, and places of the same words one result. "
        "Another document is called earlier or later only where the dates of both are declared. No translations and no "
        "free paraphrases are found. Ends with 1 when nothing was found."
    ),
    options=(
        Option("--all", plain("compare all documents with one another")),
        Option(
            "--min",
            plain("the fewest characters in a row, {fewest} at least (else {default})", fewest=SHORTEST, default=RUN),
            value="N",
        ),
        Option("--limit", plain("show the first N passages (else all)"), value="N", choices=("all",)),
        Option(
            "--format",
            plain("print a passage a line as JSON, or a table"),
            value="NAME",
            choices=("jsonl", "csv", "tsv", "markdown"),
        ),
        Option("--json", plain("print JSON for programs: short for --format jsonl")),
        PARTIAL,
        ENCODING,
        INDEX_DIR,
        NO_SERVER,
        CLUSTER,
        CERTIFICATES,
        HELP,
    ),
    examples=(
        (plain("what a book took from others, and others from it"), "tuibrowser reuse 論語.txt ~/texts"),
        (plain("all that a collection repeats, for a spreadsheet"), "tuibrowser reuse --all ~/texts --format csv"),
    ),
)

COLLATION_FORMATS: Final = ("text", "json", "tei")

COLLATE: Final = Command(
    name="collate",
    module="study.collate",
    summary=plain("list the differences between two texts, character by character"),
    usage=("tuibrowser collate A B [--variants] [--format text|json|tei]",),
    description=plain(
        "Aligns two texts and lists what is changed, what only one of them has and what moved; of two versions of a "
        "law also the articles added, deleted, changed and moved. Script, form, punctuation and blanks are no "
        "difference; --variants tells other forms of a character too. A and B are files, or passages: FILE:LINE, "
        "FILE:FIRST-LAST or a reference such as FILE#12. Ends with 1 when there is no difference."
    ),
    options=(
        Option("--variants", plain("tell characters in another script or form too")),
        Option(
            "--format",
            plain("print text, JSON, or TEI with the readings of both"),
            value="NAME",
            choices=COLLATION_FORMATS,
        ),
        JSON_FORMAT,
        ENCODING,
        HELP,
    ),
    examples=(
        (plain("two editions of a chapter"), "tuibrowser collate 學而.txt 学而.txt"),
        (plain("ten lines against twelve"), "tuibrowser collate a.txt:10-19 b.txt:8-19"),
        (plain("an apparatus for an edition"), "tuibrowser collate a.txt b.txt --variants --format tei > app.xml"),
    ),
)

DEFINE: Final = Command(
    name="define",
    module="study.define",
    summary=plain("say what a word and its characters are"),
    usage=("tuibrowser define WORD [PATH…] [--json]",),
    description=plain(
        "Prints the entries of a word in CC-CEDICT (pip install 'tuibrowser[cedict]') and in the dictionaries that the "
        "config names, and what Unihan and the Guangyun say of each character. With a PATH it says how often the word "
        "stands there, and in which forms. Ends with 1 when nothing was found."
    ),
    options=(JSON, ENCODING, INDEX_DIR, NO_SERVER, CLUSTER, CERTIFICATES, HELP),
    examples=(
        (plain("what a word is"), "tuibrowser define 實事求是"),
        (plain("how often it stands in some texts, and in which forms"), "tuibrowser define 群众 ~/texts"),
    ),
)

SIMILAR_SHOWN: Final = 20

SIMILAR: Final = Command(
    name="similar",
    module="study.similar",
    summary=plain("list the words that are used like a word"),
    usage=("tuibrowser similar WORD [PATH…] [--limit N] [--json]",),
    description=plain(
        "Lists the words in whose company the same words stand as beside a word, most like first: words of the same "
        "meaning, of the opposite one, and of the same kind. The texts are cut into words, and the table is kept. Of a "
        "word in fewer than {least} places nothing is told, since it would be left to chance. Ends with 1 then.",
        least=LEAST,
    ),
    options=(
        Option("--limit", plain("list the N words most like it (else {default})", default=SIMILAR_SHOWN), value="N"),
        JSON,
        ENCODING,
        INDEX_DIR,
        NO_SERVER,
        CLUSTER,
        CERTIFICATES,
        HELP,
    ),
    examples=((plain("what else is said of spring"), "tuibrowser similar 春風 ~/texts"),),
)

STUDY_COMMANDS: Final = (PARALLELS, REUSE, COLLATE, DEFINE, SIMILAR)
