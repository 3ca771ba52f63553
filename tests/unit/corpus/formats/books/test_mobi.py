"""MOBI: records unpacked, headings from the links of the contents, and books that cannot be read named."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from support.damage import damaged
from support.extracted import survives
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Contents, Extracted
from tuibrowser.corpus.formats.books.mobi import extract
from tuibrowser.corpus.formats.books.palm import unpacked
from tuibrowser.corpus.formats.lines import LineRole

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY = (
    "<html><head></head><body><p>目錄</p><p><a filepos={0:010}>卷一</a></p><p><a filepos={1:010}>卷二</a></p>"
    "<mbp:pagebreak/>{2}<mbp:pagebreak/>{3}</body></html>"
)
PARTS = ("<p>卷一</p><p>春日遲遲，<b>采蘩</b>祁祁。</p>", "<p>卷二</p><p>七月流火，九月授衣。</p>")


def body() -> bytes:
    """The text of a book whose contents lead to the right places."""
    places = (0, 0)
    for _ in range(2):
        text = BODY.format(*places, *PARTS).encode()
        places = (text.index(PARTS[0].encode()), text.index(PARTS[1].encode()))
    return BODY.format(*places, *PARTS).encode()


def packed(text: bytes) -> bytes:
    """A text as PalmDOC packs it, with no copies."""
    made = bytearray()
    for at in range(0, len(text), 8):
        piece = text[at : at + 8]
        made += piece if piece.isascii() and min(piece) > 0 and min(piece) >= 9 else bytes((len(piece),)) + piece
    return bytes(made)


def mobi(text: bytes, *, packing: int = 2, version: int = 6, locked: int = 0, trail: bytes = b"") -> bytes:
    exth_records = [
        (100, "[清] 張岱".encode()),
        (100, b"sunwu"),
        (101, "某書局".encode()),
        (503, "夜航船（全二冊）".encode()),
    ]
    exth = b"".join(struct.pack(">II", kind, len(value) + 8) + value for kind, value in exth_records)
    exth = b"EXTH" + struct.pack(">II", len(exth) + 12, len(exth_records)) + exth
    pieces = [text[at : at + 4096] for at in range(0, len(text), 4096)]
    header = bytearray(232)
    header[:16] = struct.pack(">4sIII", b"MOBI", 232, 2, 65001)
    struct.pack_into(">I", header, 20, version)
    name = "夜航船".encode()
    struct.pack_into(">II", header, 68, 248 + len(exth), len(name))
    struct.pack_into(">I", header, 112, 0x40)
    struct.pack_into(">H", header, 226, 2 if trail else 0)
    first = struct.pack(">HHIHHHH", packing, 0, len(text), len(pieces), 4096, locked, 0) + bytes(header) + exth + name
    records = [first, *((packed(piece) if packing == 2 else piece) + trail for piece in pieces)]
    head = bytearray(78 + 8 * len(records))
    head[60:68] = b"BOOKMOBI"
    struct.pack_into(">H", head, 76, len(records))
    at = len(head)
    for number, record in enumerate(records):
        struct.pack_into(">I", head, 78 + 8 * number, at)
        at += len(record)
    return bytes(head) + b"".join(records)


def made(data: bytes) -> Extracted:
    return extract(Contents(data, "書.mobi"))


@pytest.mark.parametrize("packing", [1, 2])
@pytest.mark.parametrize("trail", [b"", b"xx\x83"])
def test_text_headings_and_contents(packing: int, trail: bytes) -> None:
    book = made(mobi(body(), packing=packing, trail=trail))
    lines = [
        (line.role, book.raw[line.start : line.end]) for line in book.parsed.lines if line.role is not LineRole.BLANK
    ]
    assert lines == [
        (LineRole.FURNITURE, "目錄"),
        (LineRole.FURNITURE, "卷一"),
        (LineRole.FURNITURE, "卷二"),
        (LineRole.HEADING, "卷一"),
        (LineRole.BODY, "春日遲遲，采蘩祁祁。"),
        (LineRole.HEADING, "卷二"),
        (LineRole.BODY, "七月流火，九月授衣。"),
    ]
    about = book.parsed.metadata
    assert (about.title, about.author, about.publisher) == ("夜航船", "張岱", "某書局")


def test_copies_may_overlap_what_they_make() -> None:
    assert unpacked(b"ab" + bytes((0x80, (2 << 3) | 5))) == b"ab" * 5
    assert unpacked(b"a\xc1\x03\x00\x01\x02") == b"a A\x00\x01\x02"


def test_a_record_of_far_too_much_text_is_no_book() -> None:
    with pytest.raises(ValueError, match="far too much"):
        unpacked(b"ab" + bytes((0x80, (2 << 3) | 7)) * 10_000)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (mobi(body(), packing=17480), "HUFF/CDIC"),
        (mobi(body(), version=8), "AZW3"),
        (mobi(body(), locked=2), "encrypted"),
        (mobi(b"<p></p>"), "without text"),
        (mobi(body())[:300], "damaged|without text"),
        (b"%PDF-1.7" + bytes(100), "no e-book"),
    ],
)
def test_books_that_cannot_be_read_are_named(data: bytes, reason: str) -> None:
    with pytest.raises(NotTextError, match=reason):
        made(data)


def test_a_book_that_breaks_off_is_read_so_far_and_says_so() -> None:
    data = mobi(body() + b"<p>%s</p>" % ("渡口有舟。" * 1_000).encode(), packing=1)
    whole = made(data)
    assert whole.problems == ()
    for size in (100, 5_000):  # within the last record of the text, and before it
        cut = made(data[:-size])
        assert len(cut.raw) < len(whole.raw)
        assert "七月流火，九月授衣。" in cut.raw
        assert [problem.detail for problem in cut.problems] == ["the file breaks off; what comes after is lost"]


def damaged_books(count: int) -> Iterator[bytes]:
    yield from damaged(mobi(body() * 3), count, 11)
    yield from damaged(mobi(body() * 3, packing=1, trail=b"xx\x83"), count, 12)


def test_damaged_books_are_read_or_named() -> None:
    assert 0 < survives("書.mobi", damaged_books(150)) < 300


@pytest.mark.long
def test_many_damaged_books_are_read_or_named() -> None:
    survives("書.mobi", damaged_books(10_000))


GUIDED = (
    '<html><head><guide><reference type="toc" title="夜航" filepos={0:010} /></guide></head><body>'
    "<p><font><b>夜航</b></font></p><p>題記一行。</p>{4}<mbp:pagebreak/>{5}<mbp:pagebreak/>{6}<mbp:pagebreak/>"
    "<p><b>夜航</b></p><ol><li><a filepos={1:010}>卷一 3</a></li><ol><li><a filepos={2:010}>采蘩 5</a></li></ol>"
    "<li><a filepos={3:010}>卷二 9</a></li></ol><ol><li><a filepos=0000000104>Title Page</a></li></ol>"
    "<mbp:pagebreak/></body></html>"
)
SECTIONS = (
    "<p><b>卷一</b></p><p>春日遲遲<sup><small><a filepos=0000000104>1</a></small></sup>，采蘩祁祁。</p>",
    "<p><b>采蘩</b></p><p>于以采蘩，于沼于沚。</p>",
    "<p><b>卷二</b></p><p>七月流火，九月授衣。</p>",
)


def test_contents_at_the_end_to_which_the_guide_leads_give_headings_and_their_levels() -> None:
    places: tuple[int, ...] = (0, 0, 0, 0)
    for _ in range(2):
        text = GUIDED.format(*places, *SECTIONS).encode()
        starts = [text.index(section.encode()) for section in SECTIONS]
        places = (text.rindex("<p><b>夜航".encode()), *starts)
    book = made(mobi(GUIDED.format(*places, *SECTIONS).encode()))
    lines = [(line.role, line.level, book.raw[line.start : line.end]) for line in book.parsed.lines]
    assert [line for line in lines if line[0] is LineRole.HEADING] == [
        (LineRole.HEADING, 1, "卷一"),
        (LineRole.HEADING, 2, "采蘩"),
        (LineRole.HEADING, 1, "卷二"),
    ]
    furniture = [text for role, _, text in lines if role is LineRole.FURNITURE]
    assert furniture == ["夜航", "卷一 3", "采蘩 5", "卷二 9", "Title Page"]
    assert "春日遲遲[1]，采蘩祁祁。" in book.raw
    assert [book.raw[span.start : span.end] for span in book.parsed.layers] == ["[1]"]


@pytest.mark.parametrize("page", ["", "<mbp:pagebreak/>"])
def test_contents_before_the_text_end_where_it_begins_and_numbers_of_chapters_stay(page: str) -> None:
    names, places = ["Chapter 1", "Chapter 2", "Chapter 3"], [0, 0, 0, 0]
    for _ in range(2):
        links = "".join(f"<p><a filepos={at:010}>{name}</a></p>" for name, at in zip(names, places[1:], strict=True))
        head = f'<html><head><guide><reference type="toc" filepos={places[0]:010} /></guide></head><body>'
        pieces = [head, links + page, *(f"<p>{name}</p><p>夜深船未到岸，江上一燈。</p>" for name in names)]
        places = [len("".join(pieces[:number]).encode()) for number in range(1, len(pieces))]
    book = made(mobi("".join(pieces).encode()))
    lines = [(line.role, book.raw[line.start : line.end]) for line in book.parsed.lines]
    assert [text for role, text in lines if role is LineRole.HEADING] == names
    assert [text for role, text in lines if role is LineRole.FURNITURE] == names
    assert book.raw.count("夜深") == 3
