"""MOBI: a Kindle book of version 6 or older, whose text is HTML, with the headings that its contents name."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.corpus.formats.books.contents_page import Entry
from tuibrowser.corpus.formats.books.opf import person, title_alone
from tuibrowser.corpus.formats.books.palm import PalmBook, read_palm
from tuibrowser.corpus.formats.books.sections import mark_headings
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.pages.blocks.walk import walk
from tuibrowser.corpus.formats.pages.encoding import decode_page
from tuibrowser.corpus.formats.pages.head import one_line
from tuibrowser.corpus.formats.pages.losses import losses
from tuibrowser.corpus.formats.pages.notes import in_notes
from tuibrowser.corpus.formats.pages.writing import write_block
from tuibrowser.corpus.formats.problems import BREAKS_OFF
from tuibrowser.corpus.model import Metadata
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tuibrowser.corpus.formats.base import Extracted
    from tuibrowser.corpus.formats.pages.blocks.block import Block, Lost

_AUTHOR: Final = 100
_PUBLISHER: Final = 101
_TITLE: Final = 503
"""Fields of the extended header."""
_LINK: Final = re.compile(rb"<a\b[^<>]*?filepos=[\"']?(\d{1,10})[^<>]*>((?:[^<]|<(?!/a\b))*+)</a", re.IGNORECASE)
_TAG: Final = re.compile(rb"<[^<>]*>")
_BREAK: Final = re.compile(rb"<(/?)mbp:pagebreak", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"table of contents|contents|目[ \u3000]*[录錄次]", re.IGNORECASE)
_LONGEST_TITLE: Final = 200
"""Bytes of the title of a part."""
_LINKED: Final = 0.7
"""Share of a block that is linked above which it is a line of the contents."""


def extract(contents: Contents) -> Extracted:
    """Extract the text of a MOBI book. Raises NotTextError where it is none, or locked, or packed as none can read."""
    book = read_palm(contents.data)
    made = Extraction()
    problems = [BREAKS_OFF] if book.breaks_off else []
    if book.is_markup:
        problems += losses([_write(made, book)])
    else:
        for line in _decoded(book, book.text).splitlines():
            made.block(line, LineRole.PLAIN)
    extracted = made.extracted(_metadata(book), problems=problems)
    if not extracted.raw:
        raise NotTextError(plain("a book without text"))
    return extracted


def _decoded(book: PalmBook, data: bytes) -> str:
    """Bytes of the book as text; what the book says of its encoding is believed where it says UTF-8."""
    if book.is_utf8 or data.isascii():
        return data.decode("utf-8", "replace")
    return decode_page(Contents(data)).text if book.is_markup else decode(data).text


def _write(made: Extraction, book: PalmBook) -> Lost:
    """Add the text, with headings where the links of its contents lead; return what it lost."""
    entries = _entries(book)
    page = walk(_decoded(book, _anchored(book.text, entries)), watched=frozenset(entry.place for entry in entries))
    noted = in_notes(page)
    for block in mark_headings(page, entries):
        role = LineRole.NOTE if id(block) in noted and not block.level else None
        if not block.level and _is_of_contents(block):
            role = LineRole.FURNITURE
        write_block(made, block, role)
    return page.lost


def _is_of_contents(block: Block) -> bool:
    linked = block.linked > _LINKED * len("".join(block.text.split()))
    return linked or _CONTENTS.fullmatch(block.text.strip()) is not None


def _entries(book: PalmBook) -> list[Entry]:
    """The entries of the contents, by the links to later places; of two to one place the first."""
    entries: dict[int, Entry] = {}
    for found in _LINK.finditer(book.text):
        place, written = int(found[1]), _TAG.sub(b"", found[2])
        if found.end() <= place < len(book.text) and 0 < len(written) <= _LONGEST_TITLE:
            entries.setdefault(place, Entry("", f"filepos{place}", _short(book, written), 1))
    return [entries[place] for place in sorted(entries) if entries[place].title]


def _anchored(text: bytes, entries: Iterable[Entry]) -> bytes:
    """The text with an element at each place that an entry names."""
    pieces: list[bytes] = []
    at = 0
    for entry in entries:
        place = int(entry.place.removeprefix("filepos"))
        place = text.rfind(b"<", at, place + 1) if _is_within_tag(text, place) else place
        if place >= at:
            pieces += (text[at:place], f'<a id="{entry.place}"></a>'.encode())
            at = place
    return _BREAK.sub(rb"<\1hr", b"".join([*pieces, text[at:]]))


def _is_within_tag(text: bytes, place: int) -> bool:
    return text.rfind(b"<", max(0, place - _LONGEST_TITLE), place) > text.rfind(
        b">", max(0, place - _LONGEST_TITLE), place
    )


def _metadata(book: PalmBook) -> Metadata:
    title = next((text for each in (*book.said.get(_TITLE, ()), book.name) if (text := _short(book, each))), "")
    authors = [name for each in book.said.get(_AUTHOR, ()) if (name := person(_short(book, each)))]
    publisher = next((text for each in book.said.get(_PUBLISHER, ()) if (text := _short(book, each))), None)
    return Metadata(title_alone(title) or None, "、".join(dict.fromkeys(authors)) or None, publisher=publisher)


def _short(book: PalmBook, data: bytes) -> str:
    """A short text of the book; empty where its encoding cannot be told."""
    codec = "utf-8" if book.is_utf8 else "gb18030"
    try:
        return one_line(unescape(data.decode(codec)))
    except UnicodeDecodeError:
        return ""
