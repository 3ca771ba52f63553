"""The binary file of Word 97 to 2003: its characters by piece table, and what its tables say of them ([MS-DOC])."""

from __future__ import annotations

import re
import struct
import sys
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.problems import DAMAGED, ENCRYPTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PAGE: Final = 512
"""Bytes of a page of properties."""
_COUNTS: Final = 0x4C
"""Where the lengths of the texts stand: main text, footnotes, headers, macros, comments, endnotes, text boxes."""
_TABLES: Final = 0x9A
"""Where the places of the tables begin, 8 bytes each."""
_STYLES, _FOOT_REFERENCES, _FOOT_TEXTS, _RUNS, _PARAGRAPHS, _PIECES, _END_REFERENCES, _END_TEXTS = (
    *(1, 2, 3, 12, 13, 33),
    *(46, 47),
)
"""The numbers of the tables used here."""
_ENCRYPTED, _OTHER_TABLE = 0x0100, 0x0200
_MOST_UNITS: Final = 64 << 20
"""UTF-16 units of a text; no file that fits in memory has as many."""
_UNITS: Final = f"utf-32-{sys.byteorder[0]}e"
_EIGHT_BIT: Final = 0x40000000

_DELETED, _HIDDEN = 0x0800, 0x083C
_OUTLINE_LEVEL, _IN_TABLE, _ROW_END, _ALIGNED, _ALIGNED_TOO = 0x2640, 0x2416, 0x2417, 0x2461, 0x2403
"""Properties of runs and of paragraphs, by their numbers."""
_LENGTHS: Final = (1, 1, 2, 4, 2, 2, -1, 3)
"""Bytes of the value of a property by the highest three bits of its number; -1 where they are counted."""
_COUNTED_TWICE: Final = 0xD608
_CENTRED: Final = 1

_HEADINGS: Final = range(1, 10)
_CONTENTS: Final = range(19, 28)
_TITLE: Final = 62
"""Numbers of styles that Word brings."""
_HEADING_NAME: Final = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.IGNORECASE)
_DEEPEST: Final = 20
_FAULTS: Final = (struct.error, IndexError, ValueError, OverflowError)


class Piece(NamedTuple):
    """A stretch of characters that stand together in the file: from where to where, and at which byte."""

    start: int
    stop: int
    place: int
    width: int


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """The properties of a paragraph that matter here; a `level` of 0 is that of body text."""

    level: int = 0
    title: bool = False
    contents: bool = False
    in_table: bool = False
    row_end: bool = False
    centred: bool = False


class _Style(NamedTuple):
    number: int
    base: int
    name: str


class WordFile:
    """The streams of a file. Raises NotTextError where it is encrypted or so damaged that there is no text."""

    def __init__(self, document: bytes, tables: Mapping[str, bytes]) -> None:
        self._document = document
        try:
            (flags,) = struct.unpack_from("<H", document, 10)
            self._table = tables.get("1Table" if flags & _OTHER_TABLE else "0Table", b"")
            self.counts: tuple[int, ...] = struct.unpack_from("<8i", document, _COUNTS)
            self._pieces = [] if flags & _ENCRYPTED else self._read_pieces()
        except _FAULTS as error:
            raise NotTextError(DAMAGED) from error
        if flags & _ENCRYPTED:
            raise NotTextError(ENCRYPTED)
        if min(self.counts) < 0 or not self._pieces:
            raise NotTextError(DAMAGED)
        self.breaks_off = self._pieces[-1].stop < sum(self.counts)
        """Whether the file has fewer characters than it says."""
        self._paragraph_places, self._paragraph_styles = self._read_paragraphs()

    def text(self) -> str:
        """All characters, one for each UTF-16 unit; what is hidden or deleted is NUL."""
        parts: list[str] = []
        at = 0
        for piece in self._pieces:
            size = piece.stop - piece.start
            data = self._document[piece.place : piece.place + size * piece.width]
            if piece.width == 1:
                part = data.decode("cp1252", "replace")
            else:
                part = (
                    array("I", array("H", data[: len(data) - len(data) % 2]))
                    .tobytes()
                    .decode("utf-32", "surrogatepass")
                )
            parts.append(part.ljust(size, "\0"))
            at += size
        text = "".join(parts)
        hidden = list(self._hidden())
        if not hidden:
            return text
        characters = list(text)
        for start, stop in hidden:
            characters[start:stop] = "\0" * len(characters[start:stop])
        return "".join(characters)

    def paragraph(self, character: int) -> ParagraphStyle:
        """The properties of the paragraph that a character ends."""
        number = bisect_right(self._pieces, character, key=lambda piece: piece.start) - 1
        if number < 0:
            return ParagraphStyle()
        piece = self._pieces[number]
        place = piece.place + (character - piece.start) * piece.width
        found = bisect_right(self._paragraph_places, place) - 1
        return self._paragraph_styles[found] if found >= 0 else ParagraphStyle()

    def footnotes(self) -> Iterator[tuple[int, int, int]]:
        """For each footnote, the character of the text it stands at, and where its own text begins and ends."""
        return self._notes(_FOOT_REFERENCES, _FOOT_TEXTS, self.counts[0], self.counts[1])

    def endnotes(self) -> Iterator[tuple[int, int, int]]:
        """The same for endnotes."""
        return self._notes(_END_REFERENCES, _END_TEXTS, sum(self.counts[:5]), self.counts[5])

    def _notes(self, references: int, texts: int, first: int, length: int) -> Iterator[tuple[int, int, int]]:
        data, told = self._at(references), self._at(texts)
        count = max(0, len(data) - 4) // 6
        places = struct.unpack_from(f"<{count}i", data) if count else ()
        starts = struct.unpack(f"<{len(told) // 4}i", told[: len(told) // 4 * 4])
        for place, start, stop in zip(places, starts, starts[1:], strict=False):
            if 0 <= start < stop <= length:
                yield place, first + start, first + stop

    def _at(self, number: int) -> bytes:
        """The bytes of a table."""
        start, size = struct.unpack_from("<II", self._document, _TABLES + 8 * number)
        return self._table[start : start + size]

    def _read_pieces(self) -> list[Piece]:
        data = self._at(_PIECES)
        at = 0
        while data[at] == 1:
            at += 3 + struct.unpack_from("<H", data, at + 1)[0]
        (size,) = struct.unpack_from("<I", data, at + 1)
        at += 5
        count = max(0, min(size, len(data) - at) - 4) // 12
        bounds = struct.unpack_from(f"<{count + 1}I", data, at)
        pieces: list[Piece] = []
        for number in range(count):
            start, stop = bounds[number], bounds[number + 1]
            (place,) = struct.unpack_from("<I", data, at + 4 * (count + 1) + 8 * number + 2)
            if not start < stop <= _MOST_UNITS or (pieces and start != pieces[-1].stop):
                raise ValueError("pieces that do not follow one another")
            eight = bool(place & _EIGHT_BIT)
            byte = (place & (_EIGHT_BIT - 1)) // (2 if eight else 1)
            if byte >= len(self._document):
                break
            stop = min(stop, start + (len(self._document) - byte) // (1 if eight else 2))
            if start < stop:
                pieces.append(Piece(start, stop, byte, 1 if eight else 2))
            if stop != bounds[number + 1]:
                break
        return pieces

    def _pages(self, number: int) -> Iterator[tuple[bytes, int]]:
        """The pages of properties that a table lists, each with how many entries it has."""
        data = self._at(number)
        count = max(0, len(data) - 4) // 8
        for page in struct.unpack_from(f"<{count}I", data, 4 * (count + 1)) if count else ():
            start = (page & 0x3FFFFF) * _PAGE
            content = self._document[start : start + _PAGE]
            if len(content) == _PAGE:
                yield content, content[-1]

    def _hidden(self) -> Iterator[tuple[int, int]]:
        """The stretches of characters that are hidden or deleted."""
        for page, count in self._pages(_RUNS):
            if (count + 1) * 4 + count > _PAGE:
                continue
            places = struct.unpack_from(f"<{count + 1}I", page)
            for number in range(count):
                offset = page[(count + 1) * 4 + number] * 2
                if not offset:
                    continue
                values = dict(_properties(page[offset + 1 : offset + 1 + page[offset]]))
                if values.get(_DELETED) in (1, 0x81) or values.get(_HIDDEN) in (1, 0x81):
                    yield from self._characters(places[number], places[number + 1])

    def _characters(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The characters that stand between two bytes of the file."""
        for piece in self._pieces:
            end = piece.place + (piece.stop - piece.start) * piece.width
            start, stop = max(first, piece.place), min(last, end)
            if start < stop:
                yield (
                    piece.start + (start - piece.place) // piece.width,
                    piece.start + (stop - piece.place) // piece.width,
                )

    def _read_paragraphs(self) -> tuple[list[int], list[ParagraphStyle]]:
        """Where paragraphs begin, in bytes of the file and in order, and their properties."""
        try:
            styles = self._read_styles()
            found = sorted(self._paragraphs(styles), key=lambda each: each[0])
        except _FAULTS:
            return [], []
        return [place for place, _ in found], [style for _, style in found]

    def _paragraphs(self, styles: Sequence[_Style | None]) -> Iterator[tuple[int, ParagraphStyle]]:
        for page, count in self._pages(_PARAGRAPHS):
            if (count + 1) * 4 + count * 13 > _PAGE:
                continue
            places = struct.unpack_from(f"<{count + 1}I", page)
            for number in range(count):
                offset = page[(count + 1) * 4 + number * 13] * 2
                if not offset or offset + 3 >= _PAGE:
                    yield places[number], ParagraphStyle()
                    continue
                size = page[offset] * 2 - 1 if page[offset] else page[offset + 1] * 2
                start = offset + (1 if page[offset] else 2)
                content = page[start : start + size]
                if len(content) < 2:
                    yield places[number], ParagraphStyle()
                    continue
                style = int.from_bytes(content[:2], "little")
                yield places[number], _paragraph_style(styles, style, dict(_properties(content[2:])))

    def _read_styles(self) -> list[_Style | None]:
        data = self._at(_STYLES)
        if len(data) < 6:
            return []
        header, count, base = struct.unpack_from("<HHH", data)
        at = 2 + header
        styles: list[_Style | None] = []
        for _ in range(count):
            if at + 2 > len(data):
                break
            (size,) = struct.unpack_from("<H", data, at)
            content = data[at + 2 : at + 2 + size]
            at += 2 + size + size % 2
            if len(content) < base + 2 or base < 4:
                styles.append(None)
                continue
            number, kind = struct.unpack_from("<HH", content)
            (length,) = struct.unpack_from("<H", content, base)
            name = content[base + 2 : base + 2 + 2 * length].decode("utf-16-le", "replace")
            styles.append(_Style(number & 0xFFF, kind >> 4, name))
        return styles


def _properties(data: bytes) -> Iterator[tuple[int, int]]:
    """The properties in a list of them, by number, each with its value; of longer values the first byte."""
    at = 0
    while at + 2 < len(data):
        number = data[at] | data[at + 1] << 8
        length = _LENGTHS[number >> 13]
        at += 2
        if length < 0:
            length = data[at] + 1 if number != _COUNTED_TWICE else int.from_bytes(data[at : at + 2], "little") + 1
            at += length
            continue
        yield number, data[at]
        at += length


def _paragraph_style(styles: Sequence[_Style | None], number: int, values: Mapping[int, int]) -> ParagraphStyle:
    level = 0
    title = contents = False
    for _ in range(_DEEPEST):
        style = styles[number] if number < len(styles) else None
        if style is None:
            break
        named = _HEADING_NAME.fullmatch(style.name)
        if style.number in _HEADINGS or named:
            level = level or (style.number if style.number in _HEADINGS else int(named[1]) if named else 0)
        title = title or style.number == _TITLE
        contents = contents or style.number in _CONTENTS
        number = style.base
    if (own := values.get(_OUTLINE_LEVEL)) is not None:
        level = own + 1 if own < len(_HEADINGS) else 0
    return ParagraphStyle(
        level,
        title,
        contents,
        values.get(_IN_TABLE, 0) == 1,
        values.get(_ROW_END, 0) == 1,
        values.get(_ALIGNED, values.get(_ALIGNED_TOO)) == _CENTRED,
    )
