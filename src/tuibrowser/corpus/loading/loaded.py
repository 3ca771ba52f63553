"""Loaded: the parts of a document that loading keeps: its record, and what search needs of its text."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol, TypeVar

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.loading.layers import layer_rows
from tuibrowser.corpus.passing import passed_by_fields
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.model import Document
    from tuibrowser.corpus.read import Reading
    from tuibrowser.host.abreast import Steps


@passed_by_fields
@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document, its repaired text, and where the paragraphs of that begin.

    `starts` is an array of unsigned integers (type code `I`): code points of `repaired`, one a paragraph. `edits` are
    those of the alignment of the raw with the repaired text, one after another: start, end, length. `heading_lines`
    are the lines of the raw text, from 1, on which the document's headings begin, and `line_starts` where all of its
    lines begin, in code points of the raw text. `layers` are the stretches of `repaired` that are of another layer than
    the text, one after another: start, end, and the place of the layer in LAYERS. `tail` is that of its file (see
    `stamps`), empty where that is not known.
    """

    document: Document
    repaired: str
    starts: array[int]
    edits: array[int]
    heading_lines: array[int]
    line_starts: array[int]
    layers: array[int] = field(default_factory=partial(array, "I"))
    tail: str = ""

    @property
    def number(self) -> int:
        """That of the document."""
        return self.document.number


@passed_by_fields
@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, by its number, and the reason."""

    number: int
    reason: str


class Numbered(Protocol):
    """What is made of a document, and knows its number."""

    @property
    def number(self) -> int:
        """The number of the document."""


T = TypeVar("T", bound=Numbered)


def as_loaded(document: LoadedDocument) -> LoadedDocument:
    """All of what loading keeps of a document."""
    return document


def loaded(reading: Reading) -> LoadedDocument:
    """The part that loading keeps of a document that was read."""
    starts = array("I", [paragraph.start for paragraph in reading.text.paragraphs])
    edits = array("I", chain.from_iterable(reading.text.alignment.edits))
    heading_lines = array("I", [reading.text.line_of(heading.start) for heading in reading.document.headings])
    line_starts = array("I", reading.text.line_starts)
    return LoadedDocument(
        reading.document,
        reading.text.repaired,
        starts,
        edits,
        heading_lines,
        line_starts,
        _layers(reading),
        reading.tail,
    )


def _layers(reading: Reading) -> array[int]:
    return array("I", chain.from_iterable(layer_rows(reading.text, reading.document.title)))


def attempt(number: int, read: Callable[[], Reading], made: Callable[[LoadedDocument], T]) -> T | Failure:
    """Read a document for loading, and make of it what is wanted.

    Whatever goes wrong becomes a failure with its reason: one file stops no corpus.
    """
    try:
        return made(loaded(read()))
    except Exception as error:  # a fault of ours in one text must not take the others with it
        return _failure(number, error)


def attempting(number: int, reading: Steps[Reading], made: Callable[[LoadedDocument], T]) -> Steps[T | Failure]:
    """The same for a document that is read in steps, with two more."""
    try:
        found = yield from reading
        yield
        kept = loaded(found)
        yield
        return made(kept)
    except Exception as error:
        return _failure(number, error)


def _failure(number: int, error: Exception) -> Failure:
    """The failure that an error makes of reading a document."""
    match error:
        case OSError():
            return Failure(number, system_reason(error))
        case CorpusError():
            return Failure(number, said(error))
        case MemoryError():
            return Failure(number, plain("too large for the memory there is"))
    return Failure(number, plain("cannot be read: {error}", error=f"{type(error).__name__}: {error}"))
