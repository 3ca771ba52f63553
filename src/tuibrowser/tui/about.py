"""What is known of a document, as lines for a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.i18n import many
from tuibrowser.reading.passage import damage_within, repairs_within
from tuibrowser.tui.screens.text_dialog import HEADER
from tuibrowser.tui.words import script_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Document, DocumentText, PathProblem


def about_lines(document: Document, text: DocumentText, left_out: Sequence[PathProblem]) -> list[tuple[str, str]]:
    """Metadata, encoding, repairs and problems of a document, and the files left out of the corpus."""
    metadata = document.metadata
    known = (
        ("Title", document.title),
        ("Author", metadata.author),
        ("Delivered", metadata.delivered),
        ("Published", metadata.published),
        ("Publisher", metadata.publisher),
        ("Source", metadata.source),
        ("File", str(document.source.path)),
        ("Encoding", document.encoding),
        ("Script", f"{document.script} {script_label(document.script)}"),
        ("Size", f"{many(document.characters, 'character')}, {many(len(text.paragraphs), 'paragraph')}"),
        ("Headings", str(len(document.headings))),
    )
    lines = [(label, value) for label, value in known if value]
    lines += _repairs(text)
    lines += [(problem.kind, problem.detail) for problem in document.problems]
    if left_out:
        lines += [("", ""), (f"{HEADER}{many(len(left_out), 'file')} left out of the corpus", "")]
        lines += [(problem.path, problem.reason) for problem in left_out]
    return lines


def _repairs(text: DocumentText) -> list[tuple[str, str]]:
    lines = []
    if repairs := repairs_within(text, 0, len(text.raw)):
        rules = ", ".join(sorted({edit.rule for edit in repairs}))
        lines.append(("Repairs", f"{len(repairs)} ({rules}); r shows the raw text"))
    for edit in damage_within(text, 0, len(text.raw)):
        likely = f", likely {edit.replacement}" if edit.replacement != edit.original else ""
        lines.append(("Damage", f"line {text.line_of(edit.start)}: {edit.original}{likely}"))
    return lines
