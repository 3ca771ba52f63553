"""MOBI: a Kindle book of version 6 or older, whose text is HTML, with the headings that its contents name."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.corpus.formats.books.contents_page import Entry
from tuibrowser.corpus.formats.books.opf import persons, title_alone
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
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.formats.base import Extracted
    from tuibrowser.corpus.formats.pages.blocks.block import Block, Lost, Page

_AUTHOR: Final = 100
_PUBLISHER: Final = 101
_TITLE: Final = 503
"""Fields of the extended header."""
_LINK: Final = re.compile(rb"<a\b[^<>]*?filepos=[\"']?(\d{1,10})[^<>]*>((?:[^<]|<(?!/a\b))*+)</a", re.IGNORECASE)
_TAG: Final = re.compile(rb"<[^<>]*>")
_BREAK: Final = re.compile(rb"<(/?)mbp:pagebreak", re.IGNORECASE)
_GUIDED: Final = re.compile(rb"<reference\b[^<>]*?\btype=[\"']?toc\b[^<>]*?\bfilepos=[\"']?(\d{1,10})", re.IGNORECASE)
"""Where the guide of a book says that its contents begin."""
_LIST: Final = re.compile(rb"<(/?)(?:blockquote|ol|ul)\b", re.IGNORECASE)
"""What sets an entry of the contents in, as it begins or ends."""
_LANDMARK: Final = re.compile(r"title\W?page|cover|start|封面|(?:table\W+of\W+)?contents|目[录錄次]", re.IGNORECASE)
"""The name of a place that a program lists behind the contents."""
_PAGED: Final = re.compile(r"(?<=\S)[\s.…·]+\d{1,4}$")
"""The number of the page behind a title in contents that were made for paper."""
_MOSTLY: Final = 0.9
"""Share of the entries above which all that have such a number have it for the page."""
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
    stretch = _contents(book.text)
    entries = _entries(book, stretch)
    markup = _decoded(book, _anchored(book.text, {*map(_place, entries), *(stretch or ())}))
    page = walk(markup, watched=frozenset(map(_named, {*map(_place, entries), *(stretch or ())})))
    listed = _listed(page, stretch)
    blocks = mark_headings(page, entries)
    noted = in_notes(page)
    for block in blocks:
        role = LineRole.NOTE if id(block) in noted and not block.level else None
        if id(block) in listed or (not block.level and _is_of_contents(block)):
            role = LineRole.FURNITURE
        write_block(made, block, role)
    return page.lost


def _contents(text: bytes) -> tuple[int, int] | None:
    """Where the contents begin and end to which the guide leads, if they are there.

    They end at a new page, or where the first part that follows their last link begins. What mostly links within
    itself is no contents alone, but holds the text too.
    """
    if (guided := _GUIDED.search(text)) is None or (start := int(guided[1])) >= len(text):
        return None
    first = _LINK.search(text, start)
    if first is None or _BREAK.search(text, start + 1, first.start()):
        return None
    broken = _BREAK.search(text, first.end())
    end = broken.start() if broken else len(text)
    links = list(_LINK.finditer(text, start, end))
    places = [int(link[1]) for link in links]
    end = min((place for place in places if links[-1].end() <= place < end), default=end)
    return None if 2 * sum(start <= place < end for place in places) > len(places) else (start, end)


def _listed(page: Page, stretch: tuple[int, int] | None) -> set[int]:
    """The identities of the blocks of the contents, where they follow the text."""
    begin = page.anchors.get(_named(stretch[0])) if stretch else None
    if stretch is None or begin is None:
        return set()
    blocks = [id(block) for block in page.blocks]
    end = page.anchors.get(_named(stretch[1]))
    first = blocks.index(id(begin))
    return set(blocks[first : blocks.index(id(end), first) if end is not None and id(end) in blocks[first:] else None])


def _is_of_contents(block: Block) -> bool:
    linked = block.linked > _LINKED * len("".join(block.text.split()))
    return linked or _CONTENTS.fullmatch(block.text.strip()) is not None


def _entries(book: PalmBook, stretch: tuple[int, int] | None) -> list[Entry]:
    """The entries of the contents by their places; of two to one place the first.

    They are the links of the contents; where no guide leads to these, all links to later places.
    """
    entries: dict[int, Entry] = {}
    start, end = stretch or (0, len(book.text))
    depths: set[int] = set()
    at, depth = start, 0
    for found in _LINK.finditer(book.text, start, end):
        place, written = int(found[1]), _TAG.sub(b"", found[2])
        is_entry = not start <= place < end if stretch else found.end() <= place < len(book.text)
        if not is_entry or not 0 < len(written) <= _LONGEST_TITLE or place >= len(book.text):
            continue
        title = _short(book, written)
        if stretch:
            depth += _deeper(book.text, at, found.start())
            at = found.start()
        if title and not (stretch and _LANDMARK.fullmatch(title)):
            entries.setdefault(place, Entry("", _named(place), title, depth))
            depths.add(depth)
    levels = {depth: level for level, depth in enumerate(sorted(depths), 1)}
    paged = _are_paged([entry.title for entry in entries.values()])
    return [
        entry._replace(title=_PAGED.sub("", entry.title) if paged else entry.title, level=levels[entry.level])
        for _, entry in sorted(entries.items())
    ]


def _are_paged(titles: Sequence[str]) -> bool:
    """Whether pages stand behind titles, and not numbers that tell these apart, as in Chapter 1."""
    bare = {_PAGED.sub("", title) for title in titles if _PAGED.search(title)}
    return len(bare) > _MOSTLY * len(titles)


def _deeper(text: bytes, start: int, end: int) -> int:
    """How much deeper one place stands than another within lists and blocks that are set in."""
    return sum(-1 if found[1] else 1 for found in _LIST.finditer(text, start, end))


def _named(place: int) -> str:
    """The name of the element that is put at a place."""
    return f"filepos{place}"


def _place(entry: Entry) -> int:
    return int(entry.place.removeprefix("filepos"))


def _anchored(text: bytes, places: Iterable[int]) -> bytes:
    """The text with an element at each of some places, by which these are found again."""
    pieces: list[bytes] = []
    at = 0
    for named in sorted(places):
        place = text.rfind(b"<", at, named + 1) if _is_within_tag(text, named) else named
        if place >= at:
            pieces += (text[at:place], f'<a id="{_named(named)}"></a>'.encode())
            at = place
    return _BREAK.sub(rb"<\1hr", b"".join([*pieces, text[at:]]))


def _is_within_tag(text: bytes, place: int) -> bool:
    return text.rfind(b"<", max(0, place - _LONGEST_TITLE), place) > text.rfind(
        b">", max(0, place - _LONGEST_TITLE), place
    )


def _metadata(book: PalmBook) -> Metadata:
    title = next((text for each in (*book.said.get(_TITLE, ()), book.name) if (text := _short(book, each))), "")
    authors = [name for each in book.said.get(_AUTHOR, ()) for name in persons(_short(book, each))]
    publisher = next((text for each in book.said.get(_PUBLISHER, ()) if (text := _short(book, each))), None)
    return Metadata(title_alone(title) or None, "、".join(dict.fromkeys(authors)) or None, publisher=publisher)


def _short(book: PalmBook, data: bytes) -> str:
    """A short text of the book; empty where its encoding cannot be told."""
    codec = "utf-8" if book.is_utf8 else "gb18030"
    try:
        return one_line(unescape(data.decode(codec)))
    except UnicodeDecodeError:
        return ""
