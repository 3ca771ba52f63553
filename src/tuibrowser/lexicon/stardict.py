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
    from collections.abc import Iterator
    from pathlib import Path

_TAG: Final = re.compile(r"<[^<>]{0,500}>")
_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>")
_TEXTS: Final = "mtyglxhkw"
"""Types of what stands under a word that are text; the others are pictures, sounds and numbers."""


class StarDict:
    """The files `.ifo`, `.idx`, `.dict` and perhaps `.syn` of a dictionary, all but the first perhaps compressed.

    Synonyms are head words of the same entries.
    """

    def __init__(self, ifo: Path) -> None:
        """Raise LexiconError where a file is missing or damaged."""
        info = dict(line.split("=", 1) for line in read_text(ifo).splitlines() if "=" in line)
        self.name = info.get("bookname", ifo.stem)
        self._types = info.get("sametypesequence", "")
        place = struct.Struct(">QI" if info.get("idxoffsetbits") == "64" else ">II")
        words = list(_words(read_bytes(_beside(ifo, ".idx", ".idx.gz")), place, ifo.name))
        self._data = read_bytes(_beside(ifo, ".dict", ".dict.dz"))
        self.heads = [word for word, _ in words]
        self._places = [where for _, where in words]
        if (synonyms := _found(ifo, ".syn", ".syn.dz")) is not None:
            for word, (number,) in _words(read_bytes(synonyms), struct.Struct(">I"), ifo.name):
                if number >= len(words):
                    raise LexiconError(plain("{name}: its index is damaged", name=ifo.name))
                self.heads.append(word)
                self._places.append(self._places[number])

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


def _words(index: bytes, after: struct.Struct, name: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The words of an index, each with the numbers that follow it. Raise LexiconError where it is damaged."""
    at = 0
    try:
        while at < len(index):
            end = index.index(b"\0", at)
            yield index[at:end].decode("utf-8", "replace"), after.unpack_from(index, end + 1)
            at = end + 1 + after.size
    except (ValueError, struct.error):
        raise LexiconError(plain("{name}: its index is damaged", name=name)) from None


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
    path = _found(ifo, *endings)
    if path is None:
        raise LexiconError(plain("{name}: there is no {ending} beside it", name=ifo.name, ending=endings[0]))
    return path


def _found(ifo: Path, *endings: str) -> Path | None:
    paths = (ifo.with_name(f"{ifo.stem}{ending}") for ending in endings)
    return next((path for path in paths if path.is_file()), None)
