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

FORMATS: Final[tuple[Format, ...]] = (
    MANDOKU,
    MARKDOWN,
    ORG,
    PLAIN,
    ExtractedFormat("docx", "Word (DOCX)", (".docx", ".docm", ".dotx"), "tuibrowser.corpus.formats.office.docx"),
    ExtractedFormat("json", "JSON", (".json",), _RECORD),
    ExtractedFormat("jsonl", "JSON Lines", (".jsonl", ".ndjson"), _RECORD),
    ExtractedFormat("csv", "CSV", (".csv",), _TABLE),
    ExtractedFormat("tsv", "TSV", (".tsv", ".tab"), _TABLE),
)
"""All formats; one that knows its files by their first bytes goes before those known by suffix."""

BY_KEY: Final = {each.key: each for each in FORMATS}
"""The formats by their keys."""

_BY_SUFFIX: Final = {ending: each for each in FORMATS for ending in each.suffixes}
_STRUCTURED: Final = re.compile(
    r"\.(azw3|bib|css|csv|docx?|epub|fb2|html?|js|jsonl?|mobi|odt|opf|pdf|py|rtf|tei|tex|toml|tsv|xhtml|xml|ya?ml)"
)


def format_for(name: str, head: bytes = b"") -> Format | None:
    """The format of a file by its name and first bytes; plain text where the name has no suffix; else None."""
    sniffed = next((each for each in FORMATS if head and each.sniff(head)), None)
    return sniffed or _BY_SUFFIX.get(suffix(name))


def known_elsewhere(name: str) -> bool:
    """Whether a name's suffix stands for a format that would not read well as plain text."""
    return _STRUCTURED.fullmatch(suffix(name)) is not None and format_for(name) is None
