"""About: the lines of the dialog on a document's metadata and problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.chronology import spelled_date
from tuibrowser.corpus.model import Script
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.reading.views.passage import damage_within, repairs_within
from tuibrowser.search.kinds import PROBLEM_KINDS
from tuibrowser.tui.dialogs.text_dialog import HEADER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Document, DocumentText, Edit, Metadata, PathProblem

_SCRIPTS: Final = {
    Script.HANS: plain("Hans 简"),
    Script.HANT: plain("Hant 繁"),
    Script.MIXED: plain("mixed 简繁"),
    Script.NONE: plain("none –"),
}

_RULES: Final = {"stray-pinyin": plain("stray-pinyin"), "mojibake": plain("mojibake"), "markup": plain("markup")}
"""The rules of repairs."""


def about_lines(
    document: Document, text: DocumentText, left_out: Sequence[PathProblem], raw_key: str
) -> list[tuple[str, str]]:
    """Metadata, encoding, repairs and problems of a document, and the files left out of the corpus.

    `raw_key` is the key that shows the raw text.
    """
    metadata = document.metadata
    size = tr(
        "{characters}, {paragraphs}",
        characters=many(document.characters, "character"),
        paragraphs=many(len(text.paragraphs), "paragraph"),
    )
    known = (
        (tr("Title"), document.title),
        (tr("Part of"), document.work),
        (tr("Author"), metadata.author),
        (tr("Delivered"), _date(metadata.delivered, metadata)),
        (tr("Published"), _date(metadata.published, metadata)),
        (tr("Publisher"), metadata.publisher),
        (tr("Source"), metadata.source),
        (tr("File"), document.source.address),
        (tr("Encoding"), document.encoding),
        (tr("Script"), shown(_SCRIPTS[document.script])),
        (tr("Size"), size),
        (tr("Headings"), str(len(document.headings))),
    )
    lines = [(label, value) for label, value in known if value]
    lines += _repairs(text, raw_key)
    lines += [(shown(PROBLEM_KINDS.get(each.kind, each.kind)), shown(each.detail)) for each in document.problems]
    if left_out:
        files = many(len(left_out), "file")
        lines += [("", ""), (HEADER + tr("{files} left out of the corpus", files=files), "")]
        lines += [(problem.path, shown(problem.reason)) for problem in left_out]
    return lines


def _date(iso: str | None, metadata: Metadata) -> str:
    """A date of the document, with how it is written where that is by a reign."""
    return spelled_date(iso, metadata.dated if iso == metadata.date else None) if iso else ""


def _repairs(text: DocumentText, raw_key: str) -> list[tuple[str, str]]:
    lines = []
    if repairs := repairs_within(text, 0, len(text.raw)):
        rules = listed(_RULES.get(rule, rule) for rule in sorted({edit.rule for edit in repairs}))
        words = tr("{count} ({rules}); {key} shows the raw text", count=len(repairs), rules=rules, key=raw_key)
        lines.append((tr("Repairs"), words))
    lines += [(tr("Damage"), _damage(text, edit)) for edit in damage_within(text, 0, len(text.raw))]
    return lines


def _damage(text: DocumentText, edit: Edit) -> str:
    line, damaged, likely = text.line_of(edit.start), edit.original, edit.replacement
    if likely == damaged:
        return tr("line {line}: {damaged}", line=line, damaged=damaged)
    return tr("line {line}: {damaged}, likely {likely}", line=line, damaged=damaged, likely=likely)
