"""`tuibrowser show`: print one text as the reader sets it, or as it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.documents import named_corpus
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.outline import document_record, entry
from tuibrowser.cli.printing.output import escaped, json_line, on_terminal
from tuibrowser.cli.sources import STANDARD_INPUT, check_paths
from tuibrowser.language.i18n import plain, said
from tuibrowser.reading.lines.set_lines import set_lines
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.script import configuration
from tuibrowser.reading.views.view import ORIGINAL, View

if TYPE_CHECKING:
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Edit


def show(arguments: Arguments) -> int:
    """Print a text; return the exit status. Raise CommandError where there is none to print."""
    view = _view(arguments)
    width = arguments.number("--width")
    corpus = _corpus(arguments)
    document, text = corpus.document(0), corpus.text(0)
    if not arguments.flag("--json") and arguments.flag("--raw"):
        sys.stdout.write(escaped(text.raw) if on_terminal() else text.raw)
        return 0
    lines = set_lines(ViewedText(text, document.script, view), width)
    if not arguments.flag("--json"):
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return 0
    record = document_record(entry(document, text))
    record["origins"] = dict(document.origins)
    record |= {"raw": text.raw, "text": "\n".join(lines), "edits": [_edit_record(edit) for edit in text.edits]}
    sys.stdout.write(json_line(record) + "\n")
    return 0


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
    if len(operands) > 1:
        raise UsageError(plain("show takes one file"), arguments.command)
    check_paths(operands)
    if operands and operands[0] != STANDARD_INPUT and Path(operands[0]).is_dir():
        raise CommandError(
            plain("{path} is a folder: show takes one file (outline lists those of a folder)", path=operands[0])
        )
    corpus = named_corpus(arguments)
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
