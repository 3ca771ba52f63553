"""Palm databases: the records of a MOBI file, and the text packed in them (PalmDOC)."""

from __future__ import annotations

import struct
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.problems import DAMAGED, ENCRYPTED, TOO_LARGE
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST: Final = 64 << 20
"""Bytes of text; no honest book has more."""
_LARGEST_RECORD: Final = 1 << 16
"""Bytes of text in a record; an honest one has 4,096."""
_KINDS: Final = (b"BOOKMOBI", b"TEXtREAd")
_STORED: Final = 1
_PALMDOC: Final = 2
_HUFF: Final = 17480
"""How a text is packed."""
_KF8: Final = 8
_HAS_EXTH: Final = 0x40


@dataclass(frozen=True, slots=True)
class PalmBook:
    """The text of a book as bytes, whether that is UTF-8, its name, and what else is said of it, by EXTH numbers.

    It `breaks_off` where the file ends before the text does.
    """

    text: bytes
    is_utf8: bool = False
    is_markup: bool = True
    name: bytes = b""
    said: Mapping[int, tuple[bytes, ...]] = field(default_factory=dict)
    breaks_off: bool = False


def read_palm(data: bytes) -> PalmBook:
    """Read a MOBI file or a PalmDOC text. Raises NotTextError where it is none, or locked, or packed in another way."""
    if data[60:68] not in _KINDS:
        raise NotTextError(plain("it is no e-book"))
    try:
        return _read(data)
    except NotTextError:
        raise
    except (struct.error, IndexError, ValueError) as error:
        raise NotTextError(DAMAGED) from error


def _read(data: bytes) -> PalmBook:
    starts = _starts(data)
    records = [data[start:end] for start, end in pairwise([*starts, len(data)])]
    head = records[0]
    packing, _, length, count, _, locked = struct.unpack_from(">HHIHHH", head)
    is_mobi = head[16:20] == b"MOBI"
    if locked:
        raise NotTextError(ENCRYPTED)
    if packing == _HUFF:
        raise NotTextError(plain("its text is packed with HUFF/CDIC, which is not read"))
    if packing not in (_STORED, _PALMDOC):
        raise NotTextError(DAMAGED)
    if is_mobi and _long(head, 36) >= _KF8:
        raise NotTextError(plain("it is a Kindle book of version 8 (AZW3), which is not read: convert it to EPUB"))
    extra = struct.unpack_from(">H", head, 242)[0] if is_mobi and len(head) >= 244 else 0
    text = _joined(records[1 : count + 1], packing, extra)
    is_last = len(records) <= count + 1
    breaks_off = len(records) <= count or max(starts[: count + 2]) > len(data) or (is_last and len(text) < length)
    if not is_mobi:
        return PalmBook(text, is_markup=False, name=data[:32].partition(b"\0")[0], breaks_off=breaks_off)
    name = head[_long(head, 84) : _long(head, 84) + _long(head, 88)]
    said = _exth(head, 16 + _long(head, 20)) if _long(head, 128) & _HAS_EXTH else {}
    return PalmBook(text, _long(head, 28) == 65001, name=name, said=said, breaks_off=breaks_off)


def _starts(data: bytes) -> list[int]:
    """Where the records of the database begin."""
    (count,) = struct.unpack_from(">H", data, 76)
    starts = [_long(data, 78 + 8 * number) for number in range(count)]
    if not starts:
        raise ValueError
    return starts


def _joined(records: list[bytes], packing: int, extra: int) -> bytes:
    """The text of the records that hold it."""
    text = bytearray()
    for record in records:
        packed = _without_trail(record, extra)
        text += packed if packing == _STORED else unpacked(packed)
        if len(text) > _LARGEST:
            raise NotTextError(TOO_LARGE)
    return bytes(text)


def _without_trail(record: bytes, extra: int) -> bytes:
    """A record without the entries behind its text, of which each bit of `extra` but the first stands for one."""
    for bit in range(1, 16):
        if extra >> bit & 1:
            size = 0
            for shift, byte in zip(range(0, 28, 7), reversed(record[-4:]), strict=False):
                size |= (byte & 0x7F) << shift
                if byte & 0x80:
                    break
            record = record[: max(0, len(record) - size)]
    return record[: max(0, len(record) - (record[-1] & 3) - 1)] if extra & 1 and record else record


def unpacked(packed: bytes) -> bytes:
    """The text of a record packed as PalmDOC: literal bytes, a space with a letter, or a copy of what came before."""
    text = bytearray()
    at, end = 0, len(packed)
    while at < end:
        if len(text) > _LARGEST_RECORD:
            raise ValueError("a record of far too much text")
        byte = packed[at]
        at += 1
        if byte == 0 or 9 <= byte < 0x80:
            text.append(byte)
        elif byte <= 8:
            text += packed[at : at + byte]
            at += byte
        elif byte >= 0xC0:
            text += bytes((0x20, byte ^ 0x80))
        elif at < end:
            pair = byte << 8 | packed[at]
            at += 1
            back, length = pair >> 3 & 0x7FF, (pair & 7) + 3
            if not 0 < back <= len(text):
                raise ValueError
            if back >= length:
                text += text[len(text) - back : len(text) - back + length]
            else:
                text += (text[-back:] * (length // back + 1))[:length]
    return bytes(text)


def _exth(head: bytes, at: int) -> dict[int, tuple[bytes, ...]]:
    """What the extended header says, by the numbers of its fields."""
    said: dict[int, tuple[bytes, ...]] = defaultdict(tuple)
    if head[at : at + 4] != b"EXTH":
        return said
    count, at = _long(head, at + 8), at + 12
    for _ in range(count):
        if at + 8 > len(head):
            break
        kind, size = struct.unpack_from(">II", head, at)
        if size < 8:
            break
        said[kind] += (head[at + 8 : at + size],)
        at += size
    return said


def _long(data: bytes, at: int) -> int:
    value: int = struct.unpack_from(">I", data, at)[0]
    return value
