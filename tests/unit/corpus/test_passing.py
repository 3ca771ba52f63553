"""Passing data classes from process to process."""

from __future__ import annotations

import pickle
import pickletools
from pathlib import Path

from tuibrowser.corpus.model import Document, DocumentProblem, Heading, Metadata, Source


def _document() -> Document:
    return Document(
        3,
        Source(Path("/山/水.txt"), "水.txt", 5, 7, declared=(("title", "水"),)),
        "水經",
        Metadata("水經", author="酈某"),
        headings=(Heading(1, 0, 2, "卷一"),),
        problems=(DocumentProblem("bytes", "two"),),
        read=True,
    )


def test_a_document_arrives_as_it_was_sent() -> None:
    assert pickle.loads(pickle.dumps(_document())) == _document()


def test_no_names_of_fields_are_sent() -> None:
    sent = [value for _, value, _ in pickletools.genops(pickle.dumps(_document())) if isinstance(value, str)]

    assert "水經" in sent
    assert "metadata" not in sent
