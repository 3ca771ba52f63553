"""`tuibrowser collate`: print the differences between two texts."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.cli.documents import own_corpus
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.references import home_of, reference_in
from tuibrowser.cli.line.study import COLLATION_FORMATS
from tuibrowser.cli.printing.files import format_of
from tuibrowser.cli.printing.output import Palette, escaped, on_terminal
from tuibrowser.cli.sources import exists, say, standard_input_for
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.language.i18n import many, plain
from tuibrowser.reading.harmless import json_line
from tuibrowser.reading.quoting.referred import passage, referred
from tuibrowser.study.collating.collation import Witness
from tuibrowser.study.collating.collation import collate as collated
from tuibrowser.study.collating.listed import lines_of
from tuibrowser.study.collating.tei import tei

if TYPE_CHECKING:
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.reading.quoting.reference import Reference

_TWO = 2
_LINES = re.compile(r"(?P<path>.+):(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?")


def collate(arguments: Arguments) -> int:
    """Print the differences between two texts; return the exit status, 1 where there are none."""
    if len(arguments.operands) != _TWO:
        raise UsageError(plain("two texts are collated"), arguments.command)
    form = format_of(arguments, COLLATION_FORMATS, {})
    one, other = (_witness(operand, arguments) for operand in arguments.operands)
    made = collated(one, other, variants=arguments.flag("--variants"))
    if form == "json":
        sys.stdout.write(f"{json_line(made.record())}\n")
    elif form == "tei":
        text = tei(made)
        sys.stdout.write(escaped(text) if on_terminal() else text)
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines_of(made, Palette()))
    return 0 if made.differences else 1


def _witness(operand: str, arguments: Arguments) -> Witness:
    """The text that an operand names: a document, or a passage of it by FILE:LINE, FILE:FIRST-LAST or a reference.

    Raises CommandError where there is none, or more than one.
    """
    if (reference := reference_in(operand)) is not None:
        return _referred(reference, arguments)
    lines = None if exists(operand) else _LINES.fullmatch(operand)
    if lines is None:
        return _document(operand, arguments)
    return _of_lines(_document(lines["path"], arguments), int(lines["first"]), int(lines["last"] or lines["first"]))


def _document(path: str, arguments: Arguments) -> Witness:
    """The one document of a path."""
    corpus = own_corpus(replace(arguments, operands=(path,)))
    if len(corpus.documents) != 1:
        raise CommandError(
            plain(
                "{path} has {documents}: name one of them", path=path, documents=many(len(corpus.documents), "document")
            )
        )
    text = corpus.text(0)
    return Witness(corpus.documents[0], text)


def _of_lines(whole: Witness, first: int, last: int) -> Witness:
    """The lines of a document from one to another."""
    text = whole.text
    if not 1 <= first <= last <= text.line_count:
        number = last if 1 <= first <= last else first
        raise CommandError(
            plain("there is no line {number} here: the last is {count}", number=number, count=text.line_count)
        )
    end = text.offset_of_line(last + 1) if last < text.line_count else len(text.raw)
    return replace(whole, span=(text.offset_of_line(first), end))


def _referred(reference: Reference, arguments: Arguments) -> Witness:
    """The passage of a reference; what is to be known of it is said."""
    paths, encoding, reference = home_of(reference)
    encoding = arguments.text("--encoding") or encoding
    corpus = Corpus.discover(paths, encoding=encoding, standard_input=standard_input_for(paths))
    document = referred(corpus, reference)
    if document is None:
        raise CommandError(plain("no document of this corpus has that name: {name}", name=str(reference)))
    text = corpus.text(document.number)
    located, remark = passage(reference, text)
    if located is None:
        raise CommandError(remark)
    if remark:
        say([remark])
    return Witness(corpus.document(document.number), text, (located.start, located.end))
