"""Reading: a file to a document and its texts."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from tuibrowser.corpus.containers.told import PACKAGES, ZIPPED, packed_as
from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.contents import contents_of, received
from tuibrowser.corpus.formats import BY_KEY, format_for
from tuibrowser.corpus.formats.base import Contents, Extracted, ExtractedFormat
from tuibrowser.corpus.formats.lines import Parsed
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.model import Document, DocumentText, Script, Source
from tuibrowser.corpus.names import is_compressed
from tuibrowser.corpus.sidecars.origins import dated, declared_of, fields_of, origins_of, problems_of
from tuibrowser.corpus.structure import plainly, structuring
from tuibrowser.corpus.works.untitled import descriptive_title
from tuibrowser.hanzi.script import detect_script
from tuibrowser.host.abreast import alone

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.base import Format
    from tuibrowser.corpus.structure import Structured
    from tuibrowser.host.abreast import Steps

_HEAD = 4096
"""Bytes from the beginning of a file that tell its format."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document just read, and its texts; `tail` is that of its file (see `stamps`), empty where that is not known."""

    document: Document
    text: DocumentText
    tail: str = ""


def read(source: Source, number: int, encoding: str | None = None) -> Reading:
    """Read a source. `encoding` overrides what it seems to be in.

    Whatever is wrong with a text is among the document's problems. Raises OSError where the file cannot be opened,
    NotTextError where it is no text, and CorpusError where `encoding` is none that is known.
    """
    return alone(reading(source, number, encoding))


def reading(source: Source, number: int, encoding: str | None = None) -> Steps[Reading]:
    """Read a source as `read` does, in steps."""
    contents = contents_of(source, encoding)
    yield
    made = yield from reading_contents(contents, source, number)
    return Reading(made.document, made.text, contents.tail)


def read_bytes(data: bytes, source: Source, number: int, encoding: str | None = None) -> Reading:
    """Make a document of the contents of a file. Raises NotTextError and CorpusError as `read` does."""
    return read_contents(received(data, source.name, encoding), source, number)


def read_contents(contents: Contents, source: Source, number: int) -> Reading:
    """Make a document of contents, in the format that their name and first bytes say."""
    return alone(reading_contents(contents, source, number))


def reading_contents(contents: Contents, source: Source, number: int) -> Steps[Reading]:
    """Make a document of contents as `read_contents` does, in steps."""
    kind = format_of(contents)
    try:
        extracted = kind.extract(contents)
        yield
        declared = declared_of(source, extracted.parsed.metadata)
        own = extracted.parsed
        parsed = own if declared is own.metadata else own._replace(metadata=declared)
        made = yield from structuring(extracted.raw, parsed, contents.name)
    except (CorpusError, MemoryError):
        raise
    except Exception as error:  # a fault of ours must not hide the text
        if kind.is_extracted:
            raise
        return _plainly(contents, source, number, kind, f"{type(error).__name__}: {error}")
    yield
    return _reading(source, number, kind, extracted, made)


def format_of(contents: Contents) -> Format:
    """The format of contents: the one they name, else by their name and first bytes."""
    if contents.format:
        return BY_KEY[contents.format]
    if contents.data.startswith(ZIPPED) and (kind := _packed(contents)) is not None:
        return kind
    return format_for(contents.name, contents.data[:_HEAD]) or PLAIN


def _packed(contents: Contents) -> Format | None:
    """The format of a ZIP archive by what is in it, where its name does not stand for one that is no archive."""
    known = format_for(contents.name)
    if known is not None and known.is_extracted and known.key not in PACKAGES:
        return None
    return BY_KEY.get(packed_as(BytesIO(contents.data)) or "")


def is_plain(source: Source) -> bool:
    """Whether a source is a text file, whose bytes are its raw text."""
    if source.member or is_compressed(source.name):
        return False
    kind = format_for(source.name)
    return kind is None or not kind.is_extracted


def is_guarded(contents: Contents) -> bool:
    """Whether contents are to be read in a process of its own, since reading them may crash or hang."""
    kind = format_of(contents)
    return isinstance(kind, ExtractedFormat) and kind.is_guarded


def read_lines(source: Source, number: int, encoding: str | None, reason: str) -> Reading:
    """Read a text file of which each line is a paragraph, without looking for more in it. Raises what `read` does.

    `reason` is for the document's problems: why its structure is not known.
    """
    return _plainly(contents_of(source, encoding), source, number, PLAIN, reason)


def _plainly(contents: Contents, source: Source, number: int, kind: Format, reason: str) -> Reading:
    decoded = decode(contents.data, contents.encoding)
    extracted = Extracted(decoded.text, Parsed(()), decoded.encoding, decoded.problems)
    return _reading(source, number, kind, extracted, plainly(decoded.text, reason))


def _reading(source: Source, number: int, kind: Format, extracted: Extracted, made: Structured) -> Reading:
    document = Document(
        number=number,
        source=source,
        title=made.title or descriptive_title(source, made.metadata.author, made.text),
        metadata=dated(source, made.metadata),
        format=kind.key,
        fields=fields_of(source, extracted.fields),
        origins=origins_of(source, extracted.parsed.metadata, made),
        encoding=extracted.encoding,
        script=Script(detect_script(made.text.repaired)),
        characters=len(extracted.raw),
        paragraphs=len(made.text.paragraphs),
        headings=made.headings,
        locators=made.locators,
        problems=problems_of(source, extracted.problems + made.problems),
        read=True,
    )
    return Reading(document, made.text)
