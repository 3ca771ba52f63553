"""`tuibrowser collate`: print the differences between two texts."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.cli.documents import named_corpus
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.study import COLLATION_FORMATS
from tuibrowser.cli.printing.files import format_of
from tuibrowser.cli.printing.output import Palette, escaped, on_terminal
from tuibrowser.language.i18n import many, plain
from tuibrowser.reading.harmless import json_line
from tuibrowser.study.collating.collation import Witness
from tuibrowser.study.collating.collation import collate as collated
from tuibrowser.study.collating.listed import lines_of
from tuibrowser.study.collating.tei import tei

if TYPE_CHECKING:
    from tuibrowser.cli.line.grammar import Arguments

_TWO = 2


def collate(arguments: Arguments) -> int:
    """Print the differences between two texts; return the exit status, 1 where there are none."""
    if len(arguments.operands) != _TWO:
        raise UsageError(plain("two texts are collated"), arguments.command)
    form = format_of(arguments, COLLATION_FORMATS, {})
    one, other = (_document(path, arguments) for path in arguments.operands)
    made = collated(one, other, variants=arguments.flag("--variants"))
    if form == "json":
        sys.stdout.write(f"{json_line(made.record())}\n")
    elif form == "tei":
        text = tei(made)
        sys.stdout.write(escaped(text) if on_terminal() else text)
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines_of(made, Palette()))
    return 0 if made.differences else 1


def _document(path: str, arguments: Arguments) -> Witness:
    """The one document of a path. Raises CommandError where there is none, or more."""
    corpus = named_corpus(replace(arguments, operands=(path,)))
    if len(corpus.documents) != 1:
        raise CommandError(
            plain(
                "{path} has {documents}: name one of them", path=path, documents=many(len(corpus.documents), "document")
            )
        )
    text = corpus.text(0)
    return Witness(corpus.documents[0], text)
