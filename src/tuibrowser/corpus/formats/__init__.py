"""The registry of formats that a corpus can hold."""

from __future__ import annotations

import re
from typing import Final

from tuibrowser.corpus.formats.base import Contents, Extracted, ExtractedFormat, Format
from tuibrowser.corpus.formats.markdown import MARKDOWN
from tuibrowser.corpus.formats.org import MANDOKU, ORG
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.names import suffix

__all__ = ["BY_KEY", "FORMATS", "Contents", "Extracted", "Format", "format_for", "known_elsewhere"]

_RECORD: Final = "tuibrowser.corpus.formats.records.record"
_TABLE: Final = "tuibrowser.corpus.formats.records.table"
_HTML_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_HTML_BEGINS: Final = (b"<!DOCTYPE html", b"<!DOCTYPE HTML", b"<!doctype html", b"<html", b"<HTML")

FORMATS: Final[tuple[Format, ...]] = (
    MANDOKU,
    MARKDOWN,
    ORG,
    PLAIN,
    ExtractedFormat(
        "html",
        "HTML",
        _HTML_SUFFIXES,
        "tuibrowser.corpus.formats.pages.html",
        _HTML_BEGINS,
    ),
    ExtractedFormat("epub", "EPUB", (".epub",), "tuibrowser.corpus.formats.books.epub"),
    ExtractedFormat("mobi", "MOBI", (".mobi", ".prc", ".azw", ".azw3"), "tuibrowser.corpus.formats.books.mobi"),
    ExtractedFormat("xml", "TEI, XML", (".xml", ".tei"), "tuibrowser.corpus.formats.xml.xml"),
    ExtractedFormat("subtitles", "SRT, WebVTT", (".srt", ".vtt"), "tuibrowser.corpus.formats.subtitles"),
    ExtractedFormat("docx", "Word (DOCX)", (".docx", ".docm", ".dotx"), "tuibrowser.corpus.formats.office.docx"),
    ExtractedFormat(
        "doc",
        "Word 97–2003 (DOC)",
        (".doc", ".dot", ".wps"),
        "tuibrowser.corpus.formats.office.doc",
        (b"\xd0\xcf\x11\xe0",),
    ),
    ExtractedFormat("rtf", "RTF", (".rtf",), "tuibrowser.corpus.formats.office.rtf", (b"{\\rtf",)),
    ExtractedFormat("odt", "OpenDocument (ODT)", (".odt", ".ott", ".fodt"), "tuibrowser.corpus.formats.office.odt"),
    ExtractedFormat("pdf", "PDF", (".pdf",), "tuibrowser.corpus.formats.pdf.pdf", (b"%PDF-",)),
    ExtractedFormat("json", "JSON", (".json",), _RECORD, is_guarded=False),
    ExtractedFormat("jsonl", "JSON Lines", (".jsonl", ".ndjson"), _RECORD, is_guarded=False),
    ExtractedFormat("csv", "CSV", (".csv",), _TABLE, is_guarded=False),
    ExtractedFormat("tsv", "TSV", (".tsv", ".tab"), _TABLE, is_guarded=False),
)
"""All formats; one that knows its files by their first bytes goes before those known by suffix.

The name of a module is written out, since the fingerprint of an index finds it by that.
"""

BY_KEY: Final = {each.key: each for each in FORMATS}
"""The formats by their keys."""

_SNIFFED: Final = tuple(each for each in FORMATS if each.is_sniffed)
_BY_SUFFIX: Final = {ending: each for each in FORMATS for ending in each.suffixes}
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\s|TEI[\s>]|teiCorpus[\s>])")
_WRITTEN_IN_XML: Final = (("html", re.compile(rb"<html[\s>]")), ("odt", re.compile(rb"<office:document[\s>]")))
_STRUCTURED: Final = re.compile(r"\.(bib|css|fb2|js|opf|py|tex|toml|ya?ml)")


def format_for(name: str, head: bytes = b"") -> Format | None:
    """The format of a file by its name and first bytes; plain text where the name has no suffix; else None.

    XML is told by its first bytes where the name does not stand for a format that may be written in it.
    """
    sniffed = next((each for each in _SNIFFED if each.sniff(head)), None) if head else None
    by_name = _BY_SUFFIX.get(suffix(name))
    if sniffed is None and (by_name is None or not by_name.is_extracted) and _XML.match(head):
        return BY_KEY[next((key for key, root in _WRITTEN_IN_XML if root.search(head)), "xml")]
    return sniffed or by_name


def known_elsewhere(name: str) -> bool:
    """Whether a name's suffix stands for a format that would not read well as plain text."""
    return _STRUCTURED.fullmatch(suffix(name)) is not None and format_for(name) is None
