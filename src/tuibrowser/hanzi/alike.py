"""Alike: replace characters that are drawn like another one and stand for it, and find those that are not drawn at all.

Numbers of headings, fields and dates are read in this form. Radicals, strokes and compatibility ideographs become
their ideographs, and a circle in a Chinese numeral becomes a zero.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Span = tuple[int, int]

_DRAWN: Final = "\u2e80-\u2fdf\u31c0-\u31e3\uf900-\ufaff\U0002f800-\U0002fa1f"
"""Radicals, strokes and compatibility ideographs."""
_ALIKE: Final = re.compile(f"[{_DRAWN}]")

_CIRCLES: Final = re.compile("[\u25cb\u25ef]+")
_DIGITS: Final = frozenset("〇零一二三四五六七八九")
_NUMERALS: Final = _DIGITS | frozenset("十百千万萬")

_NOTHING: Final = "\xad\u034f\u180e\u200b\u2060-\u2064\ufeff"
"""Characters that are never drawn: soft hyphens, spaces and joiners without width, byte order marks."""
_CONTROLS: Final = "\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069"
"""Characters that choose shapes or the direction of other scripts; beside Chinese they do nothing."""
_SHAPED: Final = "\u0590-\u08ff\u0900-\u1cff\ufb1d-\ufdff\ufe0f\ufe70-\ufefc\u2190-\u2bff\U0001f000-\U0001ffff"
"""Scripts and pictures in which such controls do something."""
_INVISIBLE: Final = re.compile(f"[{_NOTHING}{_CONTROLS}]+")
_RARE: Final = re.compile(f"[{_NOTHING}{_CONTROLS}{_DRAWN}]")
_CONTROL: Final = re.compile(f"[{_CONTROLS}]")
_SHAPE: Final = re.compile(f"[{_SHAPED}]")

_TONE_MARKS: Final = frozenset("\u0300\u0301\u0302\u0304\u0306\u030c")
"""The four tone marks of pinyin, the circumflex of ê, and a breve typed for the third tone."""

_BLANKS: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\xad\u034f\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u061c\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""White space, as `str.strip` has it, and what is not drawn."""


@lru_cache(maxsize=1)
def is_common(text: str) -> bool:
    """Whether a text has neither characters that stand for an ideograph nor invisible ones, as most have neither.

    The answer for the last text is kept, since all of a long text is looked through for it.
    """
    return text.isascii() or _RARE.search(text) is None


def usual(text: str) -> str:
    """The text with the usual character in place of each that is drawn like it; of the same length."""
    if text.isascii():
        return text
    return zeros(ideographs(text))


def zeros(text: str) -> str:
    """The text with a zero in place of each circle in a Chinese numeral; of the same length."""
    return _CIRCLES.sub(_zeros, text) if "\u25cb" in text or "\u25ef" in text else text


def ideographs(text: str) -> str:
    """The text with an ideograph in place of each radical, stroke and compatibility ideograph; of the same length."""
    if _ALIKE.search(text) is None:
        return text
    table = _table()
    return _ALIKE.sub(lambda found: table.get(ord(found[0]), found[0]), text)


def invisible(text: str) -> list[Span]:
    """Return the stretches of characters that mean nothing and are not drawn; sorted and disjoint."""
    return [] if is_common(text) else [found.span() for found in _INVISIBLE.finditer(text) if _is_nothing(found)]


def without_tones(text: str) -> str:
    """The text without the tone marks upon its letters: lǜ is lü."""
    if text.isascii():
        return text
    bare = "".join(mark for mark in unicodedata.normalize("NFD", text) if mark not in _TONE_MARKS)
    return unicodedata.normalize("NFC", bare)


def without_invisible(text: str) -> str:
    """The text without what stands for nothing and is not drawn."""
    return text if text.isascii() else _INVISIBLE.sub(lambda found: "" if _is_nothing(found) else found[0], text)


def blanks(text: str) -> str | None:
    """Return what `str.strip` takes to strip white space and what is not drawn; None if white space is all."""
    return None if is_common(text) or not _INVISIBLE.search(text) else _BLANKS


def _is_nothing(found: re.Match[str]) -> bool:
    """Whether invisible characters do nothing where they stand."""
    text, (start, end) = found.string, found.span()
    if not _CONTROL.search(found[0]):
        return True
    return not (_SHAPE.match(text, end) or (start and _SHAPE.match(text, start - 1)))


def _zeros(found: re.Match[str]) -> str:
    """Zeros for circles behind a digit or unit, or between 第 and a digit; others stand for themselves."""
    text, (start, end) = found.string, found.span()
    before = text[start - 1 : start]
    is_numeral = before in _NUMERALS or (before == "第" and text[end : end + 1] in _DIGITS)
    return "〇" * (end - start) if is_numeral else found[0]


@cache
def _table() -> Mapping[int, str]:
    """Return the replacement of each code point, from Unicode's character database; see scripts/make_alike_table.py."""
    pairs = files("tuibrowser.hanzi").joinpath("data/alike.txt").read_text(encoding="utf-8").rstrip("\n")
    return dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True))
