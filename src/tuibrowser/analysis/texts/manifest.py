"""Manifest: the documents behind a fingerprint, each with its path, the digest of its text, and its metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.texts.extent import fingerprint
from tuibrowser.reading.harmless import json_line
from tuibrowser.reading.tables import BOM, csv_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Document
    from tuibrowser.search.searcher import Searcher

COLUMNS: Final = (
    *("document", "path", "digest", "title", "author", "author_origin", "date", "date_origin", "publisher", "work"),
    "format",
)
"""The names in the record of a document, beside those of the fields of sidecars."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The documents of a corpus as records, and the fingerprint of their texts."""

    fingerprint: str
    fields: Sequence[str]
    """The names of the fields of sidecars, in alphabetical order."""
    records: Sequence[dict[str, object]]

    def as_json(self) -> str:
        """The manifest as one JSON object."""
        return f"{json_line({'fingerprint': self.fingerprint, 'documents': list(self.records)})}\n"

    def as_csv(self) -> str:
        """The documents as a table, in which each field of a sidecar is a column."""
        columns = (*COLUMNS, *self.fields)
        flat = ({**record, **_fields(record)} for record in self.records)
        return BOM + csv_text([columns, *([str(record.get(name) or "") for name in columns] for record in flat)])


def manifest(searcher: Searcher) -> Manifest:
    """The manifest of all documents of a corpus; the digest of one that could not be read is None."""
    digests = searcher.digests()
    documents = searcher.documents(0, len(digests))
    records = [_record(document, digest) for document, digest in zip(documents, digests, strict=True)]
    names = sorted({name for record in records for name in _fields(record)} - set(COLUMNS))
    return Manifest(fingerprint(digests), names, records)


def _record(document: Document, digest: str) -> dict[str, object]:
    metadata, origins = document.metadata, dict(document.origins)
    return {
        "document": document.name,
        "path": document.source.address,
        "digest": digest or None,
        "title": document.title,
        "author": metadata.author,
        "author_origin": origins.get("author"),
        "date": metadata.date,
        "date_origin": origins.get("date"),
        "publisher": metadata.publisher,
        "work": metadata.work,
        "format": document.format,
        "fields": dict(document.fields),
    }


def _fields(record: dict[str, object]) -> dict[str, object]:
    """The fields of a sidecar that a record has, but those that it has as metadata."""
    fields = record["fields"]
    assert isinstance(fields, dict)
    return {name: value for name, value in fields.items() if name not in COLUMNS}
