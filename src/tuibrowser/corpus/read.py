"""Reading: a file to a document and its texts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.corpus.files.decode import decode
from tuibrowser.corpus.formats import format_for
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.model import Document, DocumentText, Script, Source
from tuibrowser.corpus.names import stem
from tuibrowser.corpus.structure import plainly, structure
from tuibrowser.hanzi.script import detect_script
from tuibrowser.host.regular import open_regular

if TYPE_CHECKING:
    from tuibrowser.corpus.files.decode import Decoded
    from tuibrowser.corpus.formats.base import Format
    from tuibrowser.corpus.structure import Structured

_HEAD = 4096
"""Bytes from the beginning of a file that tell its format."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document just read, and its texts."""

    document: Document
    text: DocumentText


def read(source: Source, number: int, encoding: str | None = None) -> Reading:
    """Read a file. `encoding` overrides what it seems to be in.

    Whatever is wrong with a text is among the document's problems. Raises OSError where the file cannot be opened,
    NotTextError where it is no text, and CorpusError where `encoding` is none that is known.
    """
    return read_bytes(_contents(source), source, number, encoding)


def read_bytes(data: bytes, source: Source, number: int, encoding: str | None = None) -> Reading:
    """Make a document of the contents of a file. Raises NotTextError and CorpusError as `read` does."""
    decoded = decode(data, encoding)
    made = _structured(decoded.text, format_for(source.name, data[:_HEAD]) or PLAIN, source.name)
    return _reading(source, number, decoded, made)


def read_lines(source: Source, number: int, encoding: str | None, reason: str) -> Reading:
    """Read a file of which each line is a paragraph, without looking for more in it. Raises what `read` does.

    `reason` is for the document's problems: why its structure is not known.
    """
    decoded = decode(_contents(source), encoding)
    return _reading(source, number, decoded, plainly(decoded.text, reason))


def _reading(source: Source, number: int, decoded: Decoded, made: Structured) -> Reading:
    document = Document(
        number=number,
        source=source,
        title=made.title or stem(source.name),
        metadata=made.metadata,
        encoding=decoded.encoding,
        script=Script(detect_script(made.text.repaired)),
        characters=len(decoded.text),
        paragraphs=len(made.text.paragraphs),
        headings=made.headings,
        locators=made.locators,
        problems=decoded.problems + made.problems,
        read=True,
    )
    return Reading(document, made.text)


def _structured(raw: str, kind: Format, name: str) -> Structured:
    """The structure of a text in its format; plain paragraphs where finding it fails, for whatever reason."""
    try:
        return structure(raw, kind.parse(raw), name)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours must not hide the text
        return plainly(raw, f"{type(error).__name__}: {error}")


def _contents(source: Source) -> bytes:
    """The bytes of a file; what has become a pipe or device since it was found is not waited for."""
    with os.fdopen(open_regular(source.path), "rb") as file:
        return file.read()
