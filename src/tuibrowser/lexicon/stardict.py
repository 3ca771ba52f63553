"""StarDict: the head words of a dictionary in that format, and what stands under each."""

from __future__ import annotations

import html
import re
import struct
from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain
from tuibrowser.lexicon.entries import Entry, read_bytes, read_text
from tuibrowser.lexicon.errors import LexiconError

if TYPE_CHECKING:
    from pathlib import Path

_TAG: Final = re.compile(r"<[^<>]{0,500}>")
_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>")
_TEXTS: Final = "mtyglxhkw"
"""Types of what stands under a word that are text; the others are pictures, sounds and numbers."""


class StarDict:
    """The files `.ifo`, `.idx` and `.dict` of a dictionary, the latter two perhaps compressed."""

    def __init__(self, ifo: Path) -> None:
        """Raise LexiconError where a file is missing or damaged."""
        info = dict(line.split("=", 1) for line in read_text(ifo).splitlines() if "=" in line)
        self.name = info.get("bookname", ifo.stem)
        self._types = info.get("sametypesequence", "")
        wide = info.get("idxoffsetbits") == "64"
        self._place = struct.Struct(">QI" if wide else ">II")
        index = read_bytes(_beside(ifo, ".idx", ".idx.gz"))
        self._data = read_bytes(_beside(ifo, ".dict", ".dict.dz"))
        self.heads, self._places = self._read(index, ifo.name)

    def _read(self, index: bytes, name: str) -> tuple[list[str], list[tuple[int, int]]]:
        heads: list[str] = []
        places: list[tuple[int, int]] = []
        at = 0
        try:
            while at < len(index):
                end = index.index(b"\0", at)
                heads.append(index[at:end].decode("utf-8", "replace"))
                places.append(self._place.unpack_from(index, end + 1))
                at = end + 1 + self._place.size
        except (ValueError, struct.error):
            raise LexiconError(plain("{name}: its index is damaged", name=name)) from None
        return heads, places

    def entry(self, number: int) -> Entry:
        """The entry of a head word by its number."""
        offset, size = self._places[number]
        senses = self._texts(self._data[offset : offset + size])
        return Entry(self.name, self.heads[number], "", "", (), tuple(senses))

    def _texts(self, data: bytes) -> list[str]:
        """The lines of text of an entry, without markup."""
        lines: list[str] = []
        types = self._types
        while data:
            kind, data = (types[0], data) if types else (chr(data[0]), data[1:])
            is_last = len(types) == 1
            piece, data = _piece(kind, data, is_last=is_last)
            if kind in _TEXTS:
                lines += _lines(piece.decode("utf-8", "replace"), is_markup=kind in "gxhk")
            if types and not (types := types[1:]):
                break
        return lines


def _piece(kind: str, data: bytes, *, is_last: bool) -> tuple[bytes, bytes]:
    """What comes first in the data, and the rest: texts end with a zero, others begin with their size."""
    if is_last:
        return data, b""
    if kind.islower():
        piece, _, rest = data.partition(b"\0")
        return piece, rest
    size = int.from_bytes(data[:4], "big")
    return data[4 : 4 + size], data[4 + size :]


def _lines(text: str, *, is_markup: bool) -> list[str]:
    if is_markup:
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return [line.strip() for line in text.splitlines() if line.strip()]


def _beside(ifo: Path, *endings: str) -> Path:
    for ending in endings:
        path = ifo.with_name(f"{ifo.stem}{ending}")
        if path.is_file():
            return path
    raise LexiconError(plain("{name}: there is no {ending} beside it", name=ifo.name, ending=endings[0]))
