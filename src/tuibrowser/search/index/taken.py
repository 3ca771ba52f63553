"""Taken: what the index takes of a document, made in the process that read it: its record, its names and its text."""

from __future__ import annotations

import copyreg
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.corpus.names import stem
from tuibrowser.corpus.passing import passed_by_fields
from tuibrowser.corpus.records.catalogue import Record, record_of
from tuibrowser.corpus.works.naming import full_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.corpus.loading.loaded import LoadedDocument
    from tuibrowser.corpus.model import Document


@dataclass(frozen=True, slots=True)
class IndexText:
    """The part of a document that the index takes.

    `starts` are the beginnings of its paragraphs in `repaired` (code points, ascending), `headings` the spans of its
    headings in the raw text, sorted, `edits` those of the alignment of the raw with the repaired text, as numbers one
    after another: start, end, length; `lines` are the beginnings of the lines of the raw text. `layers` are the
    stretches of `repaired` of another layer than the text, in the same way: start, end, place in LAYERS.
    """

    number: int
    repaired: str
    starts: Sequence[int]
    headings: Sequence[tuple[int, int]] = ()
    edits: Sequence[int] = ()
    lines: Sequence[int] = ()
    layers: Sequence[int] = ()


def _packed(text: IndexText) -> tuple[Callable[..., IndexText], tuple[object, ...]]:
    """How a text is passed from process to process: its numbers as bytes, which takes less time than as arrays."""
    numbers = (text.starts, text.edits, text.lines, text.layers)
    packed = [each.tobytes() if isinstance(each, array) else array("I", each).tobytes() for each in numbers]
    return _unpacked, (text.number, text.repaired, text.headings, *packed)


def _unpacked(number: int, repaired: str, headings: Sequence[tuple[int, int]], *packed: bytes) -> IndexText:
    starts, edits, lines, layers = [_numbers(each) for each in packed]
    return IndexText(number, repaired, starts, headings, edits, lines, layers)


def _numbers(packed: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers


copyreg.pickle(IndexText, _packed)


@passed_by_fields
@dataclass(frozen=True, slots=True)
class Called:
    """What a document is called and what its record says, as the columns of names take it.

    `own` are the names by which the document itself is found, `fields` the names of the fields that it has.
    """

    path: str
    titled: str
    values: str
    own: tuple[str, ...]
    headings: tuple[str, ...]
    author: str
    delivered: str | None
    published: str | None
    fields: tuple[str, ...]


@passed_by_fields
@dataclass(frozen=True, slots=True)
class Taken:
    """What the index takes of a document."""

    text: IndexText
    record: Record
    called: Called

    @property
    def number(self) -> int:
        """That of the document."""
        return self.text.number


def taken(loaded: LoadedDocument) -> Taken:
    """What the index takes of a document that was read."""
    return Taken(index_text(loaded), record_of(loaded), called(loaded.document))


def index_text(loaded: LoadedDocument) -> IndexText:
    """The part of its text that the index takes."""
    headings = [(heading.start, heading.end) for heading in loaded.document.headings]
    return IndexText(
        loaded.document.number,
        loaded.repaired,
        loaded.starts,
        headings,
        loaded.edits,
        loaded.line_starts,
        loaded.layers,
    )


def called(document: Document) -> Called:
    """What a document is called."""
    title, file = full_title(document), stem(document.name)
    return Called(
        document.name,
        f"{document.title}\t{document.work or ''}",
        "\t".join([value for _, value in document.fields]),
        (title,) if file in title else (title, file),
        tuple([heading.title for heading in document.headings]),
        document.metadata.author or "",
        document.metadata.delivered,
        document.metadata.published,
        tuple([name for name, _ in document.fields]),
    )
