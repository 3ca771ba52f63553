"""Characters: what Unihan and the Guangyun say of a character, read from the data that the package ships.

Of the data only the block of 256 code points that a character is in is unpacked.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from tuibrowser.language.frozen import frozen
from tuibrowser.lexicon.zhuyin import zhuyin

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATA: Final = Path(__file__).parent / "data" / "characters.zip"
"""Made by scripts/build_lexicon.py, which says what a line holds."""
_BLOCKS: Final = 64
"""Blocks kept unpacked, about 20 kB each."""
_FIRST_RADICAL: Final = 0x2F00
_RADICALS: Final = 214


@frozen
class Rhyme:
    """An entry of the Guangyun: the fanqie, the place among its sounds (端一東平), and the gloss."""

    fanqie: str
    position: str
    gloss: str


@frozen
class Character:
    """What is known of a character; what is not known is empty.

    `radical` is the character of the radical with the strokes beside it: 行+0. The first reading is the usual one.
    """

    character: str
    pinyin: tuple[str, ...] = ()
    jyutping: tuple[str, ...] = ()
    radical: str = ""
    strokes: int = 0
    variants: tuple[str, ...] = ()
    definition: str = ""
    rhymes: tuple[Rhyme, ...] = ()

    @property
    def codepoint(self) -> str:
        """U+4E00."""
        return f"U+{ord(self.character):04X}"

    @property
    def zhuyin(self) -> tuple[str, ...]:
        """The readings in zhuyin."""
        return tuple(filter(None, map(zhuyin, self.pinyin)))

    def record(self) -> dict[str, object]:
        """The character as JSON has it."""
        return {
            "character": self.character,
            "codepoint": self.codepoint,
            "pinyin": list(self.pinyin),
            "zhuyin": list(self.zhuyin),
            "jyutping": list(self.jyutping),
            "fanqie": [f"{rhyme.fanqie}切" for rhyme in self.rhymes],
            "radical": self.radical,
            "strokes": self.strokes,
            "variants": list(self.variants),
            "definition": self.definition,
            "guangyun": [
                {"fanqie": rhyme.fanqie, "position": rhyme.position, "gloss": rhyme.gloss} for rhyme in self.rhymes
            ],
        }


def character(letter: str) -> Character | None:
    """What is known of a character; None where nothing is."""
    lines = _block(ord(letter) >> 8)
    at = next((number for number, line in enumerate(lines) if line[:1] == letter), None)
    if at is None:
        return None
    end = at + 1
    while end < len(lines) and lines[end].startswith("\t"):
        end += 1
    _, pinyin, jyutping, radical, strokes, variants, definition = lines[at].split("\t")
    return Character(
        letter,
        tuple(pinyin.split()),
        tuple(jyutping.split()),
        _radical(radical),
        int(strokes or 0),
        tuple(variants),
        definition,
        tuple(_rhyme(line) for line in lines[at + 1 : end]),
    )


def _rhyme(line: str) -> Rhyme:
    _, fanqie, position, gloss = line.split("\t")
    return Rhyme(fanqie, position, gloss)


def _radical(value: str) -> str:
    """The radical of a value such as 144.5 or 120'.3, in which a mark says that it is simplified."""
    number, _, beside = value.partition(".")
    number = number.rstrip("'")
    if not number.isdigit() or not 1 <= int(number) <= _RADICALS:
        return ""
    return f"{unicodedata.normalize('NFKC', chr(_FIRST_RADICAL + int(number) - 1))}+{beside}"


@cache
def _archive() -> tuple[ZipFile, frozenset[str]]:
    archive = ZipFile(_DATA)
    return archive, frozenset(archive.namelist())


@lru_cache(_BLOCKS)
def _block(number: int) -> Sequence[str]:
    archive, names = _archive()
    name = f"{number:X}"
    return archive.read(name).decode("utf-8").split("\n") if name in names else ()
