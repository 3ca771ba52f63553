"""About: the lines of the dialog on a document: its metadata and where it comes from, its repairs and problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.chronology import spelled_date
from tuibrowser.corpus.formats import BY_KEY
from tuibrowser.corpus.model import MARKUP, NAME, SIDECAR, TEXT, Script
from tuibrowser.corpus.names import printable
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.reading.views.passage import damage_within, repairs_within
from tuibrowser.search.kinds import PROBLEM_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.corpus.model import Document, DocumentText, Edit, Metadata

_SCRIPTS: Final = {
    Script.HANS: plain("Hans 简"),
    Script.HANT: plain("Hant 繁"),
    Script.MIXED: plain("mixed 简繁"),
    Script.NONE: plain("none –"),
}

_RULES: Final = {
    "stray-pinyin": plain("stray-pinyin"),
    "unconverted": plain("unconverted characters"),
    "mojibake": plain("mojibake"),
    "markup": plain("markup"),
}
"""The rules of repairs."""

_ORIGINS: Final = {
    SIDECAR: plain("from a table"),
    MARKUP: plain("from the markup"),
    TEXT: plain("from the text"),
    NAME: plain("from the file name"),
}
"""Where a value comes from."""


def about_lines(document: Document, text: DocumentText, raw_key: str) -> list[tuple[str, str]]:
    """Metadata, fields, format, repairs and problems of a document; `raw_key` is the key that shows the raw text."""
    size = tr(
        "{characters}, {paragraphs}",
        characters=many(document.characters, "character"),
        paragraphs=many(len(text.paragraphs), "paragraph"),
    )
    known = (
        (tr("File"), printable(document.source.address)),
        (tr("Format"), _format(document)),
        (tr("Encoding"), document.encoding),
        (tr("Script"), shown(_SCRIPTS[document.script])),
        (tr("Size"), size),
        (tr("Headings"), str(len(document.headings))),
    )
    lines = [*_metadata(document), *_fields(document)]
    lines += [(label, value) for label, value in known if value]
    lines += _repairs(text, raw_key)
    lines += [(shown(PROBLEM_KINDS.get(each.kind, each.kind)), shown(each.detail)) for each in document.problems]
    return lines


def _metadata(document: Document) -> Iterator[tuple[str, str]]:
    """What is known of a document, each value with where it comes from."""
    metadata, origins = document.metadata, dict(document.origins)
    known = (
        (tr("Title"), document.title, "title"),
        (tr("Part of"), document.work, "work"),
        (tr("Author"), metadata.author, "author"),
        (tr("Delivered"), _date(metadata.delivered, metadata), "date"),
        (tr("Published"), _date(metadata.published, metadata), "date"),
        (tr("Publisher"), metadata.publisher, "publisher"),
        (tr("Source"), metadata.source, "source"),
    )
    return ((label, _from(value, origins.get(name, ""))) for label, value, name in known if value)


def _date(iso: str | None, metadata: Metadata) -> str:
    """A date of the document, with how it is written where that is by a reign."""
    return spelled_date(iso, metadata.dated if iso == metadata.date else None) if iso else ""


def _fields(document: Document) -> Iterator[tuple[str, str]]:
    """What else is said of a document, by the names that it goes by."""
    beside = {name for name, _ in document.source.declared}
    return ((name, _from(value, SIDECAR if name in beside else MARKUP)) for name, value in document.fields if value)


def _from(value: str, origin: str) -> str:
    return tr("{value} ({origin})", value=value, origin=_ORIGINS[origin]) if origin in _ORIGINS else value


def _format(document: Document) -> str:
    """The name of the format for readers; of one that is not known any more its key."""
    known = BY_KEY.get(document.format)
    return shown(known.name) if known else document.format


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
