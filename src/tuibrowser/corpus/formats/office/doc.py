"""Word documents of 1997 to 2003 (DOC), WPS documents of the same kind, and what else goes by that name."""

from __future__ import annotations

import logging
import re
from collections import deque
from email import message_from_bytes
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.corpus.formats.office import docx
from tuibrowser.corpus.formats.office.blocks import Blocks
from tuibrowser.corpus.formats.office.doc_file import ParagraphStyle, WordFile
from tuibrowser.corpus.formats.office.fields import Field
from tuibrowser.corpus.formats.pages import html
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.formats.problems import BREAKS_OFF, DAMAGED, ENCRYPTED, NO_DOCUMENT
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.base import Extracted

_WORD_97: Final = 0xA5EC
_CONTAINER: Final = b"\xd0\xcf\x11\xe0"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""How text in UTF-16 begins."""
_HEAD: Final = 4_096
"""Bytes that tell what a file is that is no document of Word."""
_FIELD_BEGINS, _FIELD_SEPARATES, _FIELD_ENDS = "\x13", "\x14", "\x15"
_FIELDS: Final = (_FIELD_BEGINS, _FIELD_SEPARATES, _FIELD_ENDS)
_FIELD: Final = re.compile("\x13[^\x13\x14\x15]*[\x14\x15]")
"""The instruction of a field that has none in it."""
_CELL_END: Final = "\x07"
_HALF: Final = re.compile("[\ud800-\udfff]")
_MARKS: Final = re.compile("[\r\x07\x0c\x13\x14\x15]")
_LEFT_OUT: Final = re.compile("[\0-\x06\x08\x0e-\x1d\x1f]")
_END_OF_FILE: Final = "\x1a"
"""What ends a text of DOS."""
_LINE_ENDS: Final = str.maketrans("\x0b\x1e\u2028", "\n-\n")


def extract(contents: Contents) -> Extracted:
    """Extract the text of a Word document. Raises NotTextError where it is damaged, encrypted or something else."""
    if not contents.data.startswith(_CONTAINER):
        return _something_else(contents)
    streams, title, creator = _streams(contents.data)
    document = streams.get("WordDocument", b"")
    if "EncryptedPackage" in streams:
        raise NotTextError(ENCRYPTED)
    if len(document) < 12:
        raise NotTextError(NO_DOCUMENT)
    if int.from_bytes(document[:2], "little") != _WORD_97:
        raise NotTextError(plain("it was made by Word 95 or older, which cannot be read"))
    blocks = Blocks()
    file = WordFile(document, streams)
    _Reader(file, blocks).write()
    return blocks.extracted(contents.name, title, creator, [BREAKS_OFF] if file.breaks_off else [])


def _something_else(contents: Contents) -> Extracted:
    """Extract what other programs write under the name of a Word document: DOCX, web pages, plain text."""
    data = contents.data
    head = data[:_HEAD].lower()
    if data.startswith(b"PK"):
        return docx.extract(contents)
    if b"mime-version:" in head and (page := _page_of(data)) is not None:
        return html.extract(Contents(page, contents.name, contents.encoding))
    if b"<html" in head:
        return html.extract(contents)
    if b"\0" in data and not data.startswith(_WIDE):
        raise NotTextError(DAMAGED)
    extracted = PLAIN.extract(contents)
    if _LEFT_OUT.search(extracted.raw.rstrip(_END_OF_FILE)):
        raise NotTextError(DAMAGED)
    return extracted


def _page_of(data: bytes) -> bytes | None:
    """The web page in a file that holds one with its pictures (MHTML)."""
    try:
        parts = message_from_bytes(data).walk()
        page = next((part for part in parts if part.get_content_type() == "text/html"), None)
        content = None if page is None else page.get_payload(decode=True)
    except (ValueError, LookupError, RecursionError):
        return None
    return content if isinstance(content, bytes) else None


def _streams(data: bytes) -> tuple[dict[str, bytes], str | None, str | None]:
    """The streams of a file that matter here, and the title and author in its properties."""
    import olefile  # only these files are worth loading it

    logging.getLogger("olefile").setLevel(logging.CRITICAL)
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            names = ("WordDocument", "0Table", "1Table", "EncryptedPackage")
            streams = {name: file.openstream(name).read() for name in names if file.exists(name)}
            try:
                properties = file.get_metadata()
            except Exception:
                return streams, None, None
            title, author = (_said(getattr(properties, each), properties.codepage) for each in ("title", "author"))
            return streams, title, author
    except Exception as error:
        raise NotTextError(DAMAGED) from error


def _said(value: Any, codepage: Any) -> str | None:
    """A property as text: bytes are in the code page of the file."""
    if not isinstance(value, bytes):
        return value if isinstance(value, str) else None
    codec = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}.get(
        codepage & 0xFFFF if isinstance(codepage, int) else 0, "gb18030"
    )
    return value.rstrip(b"\0").decode(codec, "replace")


class _Reader:
    """Goes through the characters of a file and writes its blocks."""

    def __init__(self, file: WordFile, blocks: Blocks) -> None:
        self._file = file
        self._blocks = blocks
        self._text = file.text()
        self._fields: list[Field] = []
        self._written: list[str] = []
        self._withheld: list[str] = []
        """The text of a field that makes a table of contents, until the field is closed."""
        self._cells: list[list[str]] = []
        self._cell: list[str] = []

    def write(self) -> None:
        """Write the text, with its notes, and the text boxes after it."""
        counts = self._file.counts
        self._stretch(0, min(counts[0], len(self._text)), self._notes())
        start = sum(counts[:6])
        if counts[6] and start < len(self._text):
            self._blocks.apart()
            self._stretch(start, min(start + counts[6], len(self._text)), ())

    def _notes(self) -> Sequence[tuple[int, str]]:
        """The notes, each with the character at which it stands, in the order of these."""
        found = (*self._file.footnotes(), *self._file.endnotes())
        return sorted((place, self._text[start:stop]) for place, start, stop in found)

    def _stretch(self, start: int, stop: int, notes: Sequence[tuple[int, str]]) -> None:
        """Write the characters from `start` to before `stop`."""
        at = start
        waiting = deque(notes)
        for found in _MARKS.finditer(self._text, start, stop):
            self._keep(self._text[at : found.start()])
            at = found.end()
            if found[0] in _FIELDS:
                self._field(found[0])
                continue
            self._end(found[0], self._file.paragraph(found.start()))
            while waiting and waiting[0][0] < at and not self._cells:
                self._note(waiting.popleft()[1])
        self._keep(self._text[at:stop])
        if self._in_contents():  # it is never closed
            for text in "".join(self._withheld).split("\r"):
                self._paragraph(_clean(text), ParagraphStyle())
            self._fields.clear()
        self._end("\r", ParagraphStyle())
        for _, note in waiting:
            self._note(note)

    def _field(self, mark: str) -> None:
        """Follow the beginning, the middle or the end of a field."""
        if mark == _FIELD_BEGINS:
            self._fields.append(Field())
        elif mark == _FIELD_SEPARATES and self._fields:
            self._fields[-1].separated = True
        elif mark == _FIELD_ENDS and self._fields:
            field = self._fields.pop()
            if field.makes_contents and not self._in_contents():
                self._withheld.clear()
            elif not field.separated:
                self._keep(field.base)

    def _in_contents(self) -> bool:
        return any(field.makes_contents for field in self._fields)

    def _keep(self, text: str) -> None:
        """Keep text for what it is: of the paragraph, of a table of contents, or the instruction of a field."""
        if not text:
            return
        if not self._fields:
            self._written.append(text)
        elif opened := next((field for field in reversed(self._fields) if not field.separated), None):
            opened.add(text)
        else:
            (self._withheld if self._in_contents() else self._written).append(text)

    def _end(self, mark: str, style: ParagraphStyle) -> None:
        """End a paragraph, a cell or a row."""
        self._fields = [field for field in self._fields if field.separated]  # no instruction goes on after a paragraph
        text = _clean("".join(self._written))
        self._written.clear()
        if self._in_contents():
            self._withheld.append("\r")
        if mark == _CELL_END and (style.row_end or (not style.in_table and not text)):
            self._row()
        elif mark == _CELL_END:
            self._cells.append([*self._cell, text])
            self._cell.clear()
        elif style.in_table:
            self._cell.append(text)
        else:
            self._row()
            self._paragraph(text, style)

    def _paragraph(self, text: str, style: ParagraphStyle) -> None:
        if style.contents:
            return
        if style.level or style.title:
            self._blocks.heading(text, style.level or 1, is_title=not style.level)
        else:
            self._blocks.paragraph(text, centred=style.centred)

    def _row(self) -> None:
        """Write the row at hand, as paragraphs where it lays out a page."""
        if self._cell:
            self._cells.append(list(self._cell))
        self._blocks.cells(self._cells)
        self._cells.clear()
        self._cell.clear()

    def _note(self, text: str) -> None:
        for each in _MARKS.sub("\r", _FIELD.sub("", text)).split("\r"):
            self._blocks.note(_clean(each))


def _clean(text: str) -> str:
    """Text without what Word marks places with; two halves of a character are one."""
    text = _LEFT_OUT.sub("", text.translate(_LINE_ENDS))
    if _HALF.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
