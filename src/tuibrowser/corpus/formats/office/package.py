"""The parts of an office document that is a ZIP archive of XML: read in bounds, without entities."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast
from xml.etree import ElementTree as ET
from zlib import error as zlib_error

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.problems import DAMAGED, ENCRYPTED, TOO_LARGE
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

LARGEST: Final = 64 << 20
"""Bytes of a part; no honest one is larger."""
_RATIO: Final = 200
"""How many times its packed size a part may have."""
_SMALL: Final = 1 << 20
"""Bytes of a part that may be packed better than that."""
_CHUNK: Final = 1 << 16
_MOST_MARKS: Final = 2_000_000
"""Tags and quotation marks of the part of a tree that is kept at once."""
_MOST_ATTRIBUTES: Final = 1_000
"""Attributes in a chunk that is all one tag."""
_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office programs pack parts."""
_ENTITY: Final = tuple("<!ENTITY".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
_ENTITIES: Final = plain("it declares entities, which a document of its kind has no use for")


class BrokenError(Exception):
    """An XML text breaks off; what came before was read."""


_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib_error,
    struct.error,
    ValueError,
    OSError,
    NotImplementedError,
    EOFError,
    OverflowError,
    IndexError,
)
"""What reading a damaged archive may raise."""


class Package:
    """An opened ZIP archive. Each method raises NotTextError where the archive is damaged, encrypted or a bomb."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _FAULTS as error:
            raise NotTextError(DAMAGED) from error
        self._names = {each.filename.lstrip("/").replace("\\", "/").lower(): each for each in self._archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").lower() in self._names

    @property
    def names(self) -> list[str]:
        """The paths of its parts."""
        return [each.filename.lstrip("/") for each in self._names.values()]

    def read(self, name: str) -> bytes:
        """The bytes of a part; none where there is no such part."""
        part = self._names.get(name.lstrip("/").lower())
        if part is None:
            return b""
        if part.file_size > LARGEST or (part.file_size > _SMALL and part.file_size > _RATIO * part.compress_size):
            raise NotTextError(TOO_LARGE)
        if part.flag_bits & 1:
            raise NotTextError(ENCRYPTED)
        if part.compress_type not in _PACKINGS:
            raise NotTextError(DAMAGED)
        try:
            return self._archive.read(part)
        except _FAULTS as error:
            raise NotTextError(DAMAGED) from error

    def tree(self, name: str) -> Element | None:
        """The tree of a small part; None where there is no such part or it is no XML."""
        data = self.read(name)
        if not data:
            return None
        if _declares_entities(data):
            raise NotTextError(_ENTITIES)
        if _marks(data) > _MOST_MARKS // 2:
            raise NotTextError(TOO_LARGE)
        try:
            return ET.fromstring(data)
        except (ET.ParseError, ValueError, LookupError):
            return None


def children(data: bytes, *containers: str) -> Iterator[Element]:
    """Yield the children of the first element of each tag in an XML text, each when it is complete, and let go of it.

    The tags are those of elements that follow one another. Raises NotTextError where the text is no XML, declares
    entities, lacks the last of the elements or has a child too large to keep, and BrokenError after the last child
    where the text breaks off.
    """
    if _declares_entities(data):
        raise NotTextError(_ENTITIES)
    builder = ET.TreeBuilder()
    parser = ET.XMLParser(target=builder)
    parent: Element | None = None
    wanted = list(containers)
    marks = 0
    broken: Exception | None = None
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        try:
            parser.feed(chunk)
        except (ET.ParseError, ValueError, LookupError) as error:
            broken = error  # what the chunk has before it was parsed
        marks += _marks(chunk)
        if _is_within_tag(chunk):
            raise NotTextError(TOO_LARGE)
        while wanted and (element := _first(builder, wanted)) is not None:
            yield from parent or ()
            parent = element
            del wanted[: wanted.index(element.tag) + 1]
        if parent is not None and len(parent) > 1:
            complete = parent[:-1]
            del parent[:-1]
            marks = _marks(chunk)
            yield from complete
        if marks > _MOST_MARKS:
            raise NotTextError(TOO_LARGE)
        if broken is not None:
            break
    try:
        parser.close()
    except ET.ParseError as error:
        broken = broken or error
    if parent is None or wanted:
        raise NotTextError(DAMAGED) from broken
    yield from parent
    if broken is not None:
        raise BrokenError from broken


def _first(builder: ET.TreeBuilder, tags: Sequence[str]) -> Element | None:
    """The first element of some tags in the tree so far, which a builder gives before its end, too."""
    root = cast("Element | None", builder.close())
    return next((each for each in (() if root is None else root.iter()) if each.tag in tags), None)


def _is_within_tag(chunk: bytes) -> bool:
    """Whether a chunk is a part of one tag with more attributes than any honest one has."""
    return b"<" not in chunk and b">" not in chunk and chunk.count(b'="') > _MOST_ATTRIBUTES


def _declares_entities(data: bytes) -> bool:
    return any(mark in data for mark in _ENTITY)


def _marks(data: bytes) -> int:
    """How many tags and quotation marks there are, by which the size of a tree is known before it is made."""
    return data.count(b"<") + data.count(b'"')
