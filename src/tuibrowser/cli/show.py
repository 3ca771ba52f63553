"""`tuibrowser show`: print one text, or the passage of a reference, as the reader sets it or as it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.documents import own_corpus
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.references import home_of, reference_in
from tuibrowser.cli.outline import document_record, entry
from tuibrowser.cli.printing.output import escaped, on_terminal
from tuibrowser.cli.sources import STANDARD_INPUT, check_paths, say, standard_input_for
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.language.i18n import plain, said
from tuibrowser.reading.harmless import json_line
from tuibrowser.reading.lines.set_lines import broken, set_lines
from tuibrowser.reading.quoting.referred import passage, referred
from tuibrowser.reading.views.passage import shown_paragraphs
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.script import configuration
from tuibrowser.reading.views.view import ORIGINAL, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.corpus.model import Document, DocumentText, Edit
    from tuibrowser.reading.quoting.reference import Located, Reference


def show(arguments: Arguments) -> int:
    """Print a text, or the passage of a reference; return the exit status, which is 1 where that was changed.

    Raise CommandError where there is none to print.
    """
    view = _view(arguments)
    width = arguments.number("--width")
    corpus, document, reference = _asked(arguments)
    text = corpus.text(document.number)
    place = _passage(reference, text) if reference is not None else None
    raw = text.raw if place is None else text.raw[place.start : place.end]
    if not arguments.flag("--json") and arguments.flag("--raw"):
        sys.stdout.write(escaped(raw) if on_terminal() else raw)
        return _status(place)
    lines = _lines(ViewedText(text, document.script, view), place, width)
    if not arguments.flag("--json"):
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return _status(place)
    record = document_record(entry(document, text))
    record["origins"] = dict(document.origins)
    record |= {"raw": text.raw, "text": "\n".join(lines), "edits": [_edit_record(edit) for edit in text.edits]}
    if place is not None:
        record["passage"] = {"start": place.start, "end": place.end, "changed": not place.sure, "moved": place.moved}
    sys.stdout.write(json_line(record) + "\n")
    return _status(place)


def _asked(arguments: Arguments) -> tuple[Corpus, Document, Reference | None]:
    """The document that is asked for, the corpus it is in, and the reference by which it is, if any."""
    operands = arguments.operands
    if len(operands) > 1:
        raise UsageError(plain("show takes one file"), arguments.command)
    reference = reference_in(operands[0]) if operands and not arguments.literal else None
    if reference is None:
        corpus = _corpus(arguments)
        return corpus, corpus.document(0), None
    paths, encoding, reference = home_of(reference)
    encoding = arguments.text("--encoding") or encoding
    corpus = Corpus.discover(paths, encoding=encoding, standard_input=standard_input_for(paths))
    document = referred(corpus, reference)
    if document is None:
        raise CommandError(plain("no document of this corpus has that name: {name}", name=str(reference)))
    return corpus, corpus.document(document.number), reference


def _passage(reference: Reference, text: DocumentText) -> Located:
    """Where the passage of a reference stands; what is to be known of it is said."""
    located, remark = passage(reference, text)
    if located is None:
        raise CommandError(remark)
    if remark:
        say([remark])
    return located


def _lines(text: ViewedText, place: Located | None, width: int | None) -> Iterator[str]:
    """The lines of a text, or of a passage in it."""
    if place is None:
        yield from set_lines(text, width)
        return
    for number, paragraph in enumerate(shown_paragraphs(text, place.start, place.end)):
        if number and width is not None:
            yield ""
        yield from broken(paragraph, width)


def _status(place: Located | None) -> int:
    return 0 if place is None or place.sure else 1


def _view(arguments: Arguments) -> View:
    name = arguments.text("--script") or ORIGINAL
    try:
        configuration(name)
    except ValueError as error:
        raise CommandError(said(error)) from None
    return View(name, repaired=not arguments.flag("--raw"))


def _corpus(arguments: Arguments) -> Corpus:
    """A corpus that holds the one document asked for; without a name, the first of the seeds."""
    operands = arguments.operands
    check_paths(operands)
    if operands and operands[0] != STANDARD_INPUT and Path(operands[0]).is_dir():
        raise CommandError(
            plain("{path} is a folder: show takes one file (outline lists those of a folder)", path=operands[0])
        )
    corpus = own_corpus(arguments)
    if not corpus.documents:
        if not corpus.problems:
            raise CommandError(plain("there is no text to show"))
        problem = corpus.problems[0]
        raise CommandError(plain("cannot show {path}: {reason}", path=problem.path, reason=problem.reason))
    if operands and len(corpus.documents) > 1:
        raise CommandError(
            plain(
                "{path} holds {count:,} documents: show takes one of them (outline lists them)",
                path=operands[0],
                count=len(corpus.documents),
            )
        )
    return corpus


def _edit_record(edit: Edit) -> dict[str, object]:
    return {
        "start": edit.start,
        "end": edit.end,
        "original": edit.original,
        "replacement": edit.replacement,
        "rule": edit.rule,
        "certain": edit.certain,
    }
