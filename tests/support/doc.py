"""Word documents of 1997 made for tests: streams in an OLE container."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SECTOR: Final = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST: Final = 4096
"""Bytes of a stream that stands in sectors of its own."""
_TEXT: Final = 0x800


@dataclass(frozen=True)
class Styled:
    """A paragraph with its mark, and what its properties say: a style and a list of properties."""

    text: str
    style: int = 0
    properties: bytes = b""


IN_TABLE: Final = struct.pack("<HB", 0x2416, 1)
ROW_END: Final = IN_TABLE + struct.pack("<HB", 0x2417, 1)
CENTRED: Final = struct.pack("<HB", 0x2461, 1)


def level(number: int) -> bytes:
    """The property of an outline level."""
    return struct.pack("<HB", 0x2640, number - 1)


def doc(
    paragraphs: Sequence[Styled | str],
    *,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    boxes: str = "",
    hidden: Sequence[tuple[int, int]] = (),
    eight_bit: tuple[int, int] | None = None,
    encrypted: bool = False,
) -> bytes:
    """A document. Notes are given by the characters at which they stand, `hidden` and `eight_bit` as characters."""
    styled = [each if isinstance(each, Styled) else Styled(each) for each in paragraphs]
    main = "".join(each.text for each in styled)
    foot, end = (_joined(notes) for notes in (footnotes, endnotes))
    text = main + foot + end + boxes
    first, last = eight_bit or (0, 0)
    cuts = sorted({0, first, last, len(text)})
    data, pieces, places = b"", b"", []
    for start, stop in pairwise(cuts):
        at = _TEXT + len(data)
        narrow = (start, stop) == (first, last)
        pieces += struct.pack("<HIH", 0, at * 2 | 0x40000000 if narrow else at, 0)
        data += text[start:stop].encode("cp1252" if narrow else "utf-16-le", "surrogatepass")
        places += [at + (each - start) * (1 if narrow else 2) for each in range(start, stop)]
    places.append(_TEXT + len(data))
    document = bytearray(_TEXT) + data
    document += b"\0" * (-len(document) % _SECTOR)
    runs, document = _page(document, [(places[a], places[b], struct.pack("<HB", 0x0800, 1)) for a, b in hidden])
    bounds = [0]
    for each in styled:
        bounds.append(bounds[-1] + len(each.text))
    kept = [(places[a], places[b], each) for a, b, each in zip(bounds, bounds[1:], styled, strict=False)]
    marks, document = _paragraph_page(document, kept)
    table = bytearray()
    spans = {}
    clx = b"\2" + struct.pack("<I", 4 * len(cuts) + len(pieces)) + struct.pack(f"<{len(cuts)}I", *cuts) + pieces
    tables = {1: _style_sheet(), 12: runs, 13: marks, 33: clx} | _notes(2, 3, footnotes) | _notes(46, 47, endnotes)
    for number, content in tables.items():
        spans[number] = (len(table), len(content))
        table += content
    struct.pack_into("<HHHHHH", document, 0, 0xA5EC, 0xC1, 0, 0x0804, 0, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<8i", document, 0x4C, len(main), len(foot), 0, 0, 0, len(end), len(boxes), 0)
    for number, span in spans.items():
        struct.pack_into("<II", document, 0x9A + 8 * number, *span)
    return ole({"WordDocument": bytes(document), "1Table": bytes(table)})


def _joined(notes: Mapping[int, str] | None) -> str:
    return "".join(f"\x02{each}\r" for _, each in sorted((notes or {}).items()))


def _notes(references: int, texts: int, notes: Mapping[int, str] | None) -> dict[int, bytes]:
    if not notes:
        return {}
    starts = [0]
    for _, each in sorted(notes.items()):
        starts.append(starts[-1] + len(each) + 2)
    said = struct.pack(f"<{len(notes) + 1}i", *sorted(notes), 9999) + b"\1\0" * len(notes)
    return {references: said, texts: struct.pack(f"<{len(starts) + 1}i", *starts, starts[-1] + 1)}


def _page(document: bytearray, runs: Sequence[tuple[int, int, bytes]]) -> tuple[bytes, bytearray]:
    if not runs:
        return b"", document
    places = sorted({place for start, stop, _ in runs for place in (start, stop)})
    said = {start: content for start, _, content in runs}
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    at = 400
    for number, place in enumerate(places[:-1]):
        if content := said.get(place):
            page[4 * len(places) + number] = at // 2
            page[at : at + 1 + len(content)] = bytes((len(content),)) + content
            at += 2 * (1 + len(content) // 2 + 1)
    page[-1] = len(places) - 1
    number = len(document) // _SECTOR
    return struct.pack("<III", places[0], places[-1], number), document + page


def _paragraph_page(document: bytearray, kept: Sequence[tuple[int, int, Styled]]) -> tuple[bytes, bytearray]:
    places = [kept[0][0], *(stop for _, stop, _ in kept)]
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    at = 508
    for number, (_, _, each) in enumerate(kept):
        content = struct.pack("<H", each.style) + each.properties
        content += b"\0" * ((len(content) + 1) % 2)
        at -= 1 + len(content)
        at -= at % 2
        page[4 * len(places) + 13 * number] = at // 2
        page[at : at + 1 + len(content)] = bytes(((len(content) + 1) // 2,)) + content
    page[-1] = len(kept)
    number = len(document) // _SECTOR
    return struct.pack("<III", places[0], places[-1], number), document + page


def _style_sheet() -> bytes:
    """Styles: 0 Normal, 1 heading 1, 2 one based on that, 3 a title, 4 an entry of a table of contents."""
    styles = ((0, 0xFFF, "Normal"), (1, 0, "heading 1"), (0xFFE, 1, "节名"), (62, 0, "Title"), (19, 0, "toc 1"))
    made = struct.pack("<HHH", 4, len(styles), 10)
    for number, base, name in styles:
        content = struct.pack("<HHHHH", number, 1 | base << 4, 0, 0, 0)
        content += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
        made += struct.pack("<H", len(content)) + content
    return made


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container of these streams, each in sectors of its own."""
    sectors: list[bytes] = []
    chains: list[int] = []

    def put(data: bytes) -> int:
        start = len(sectors)
        data += b"\0" * (-len(data) % _SECTOR)
        count = len(data) // _SECTOR
        sectors.extend(data[each * _SECTOR : (each + 1) * _SECTOR] for each in range(count))
        chains.extend([*range(start + 1, start + count), _END])
        return start

    entries = [_entry("Root Entry", 5, 1, _END, 0)]
    padded = {name: data.ljust(_LEAST, b"\0") for name, data in streams.items()}
    for number, (name, data) in enumerate(padded.items(), 1):
        following = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, _FREE, put(data), len(data), following))
    directory = put(b"".join(entries).ljust(_SECTOR, b"\0"))
    first = len(sectors)
    count = 1
    while count * (_SECTOR // 4) < len(sectors) + count:
        count += 1
    chains += [_FAT] * count
    fat = struct.pack(f"<{len(chains)}I", *chains)
    fat += struct.pack("<I", _FREE) * ((count * _SECTOR - len(fat)) // 4)
    sectors.extend(fat[each * _SECTOR : (each + 1) * _SECTOR] for each in range(count))
    numbers = (0, count, directory, 0, _LEAST, _END, 0, _END, 0)
    magic = bytes.fromhex("D0CF11E0A1B11AE1")
    header = struct.pack("<8s16sHHHHH6x9I", magic, b"", 0x3E, 3, 0xFFFE, 9, 6, *numbers)
    listed = [*range(first, first + count)]
    header += struct.pack("<109I", *listed, *[_FREE] * (109 - count))
    return header + b"".join(sectors)


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = _FREE) -> bytes:
    told = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII16sIQQIQ", told, len(told), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size)
