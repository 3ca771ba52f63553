"""The table of the commands for the study of passages."""

from __future__ import annotations

from typing import Final

from tuibrowser.cli.line.grammar import Command, Option
from tuibrowser.cli.line.options import ENCODING, HELP, INDEX_DIR, JSON
from tuibrowser.language.i18n import plain

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
        HELP,
    ),
    examples=(
        (plain("who quotes a saying"), "tuibrowser parallels 學而時習之，不亦說乎 ~/texts"),
        (plain("the parallels of a paragraph that was copied"), "wl-paste | tuibrowser parallels - ~/texts --json"),
    ),
)

STUDY_COMMANDS: Final = (PARALLELS,)
