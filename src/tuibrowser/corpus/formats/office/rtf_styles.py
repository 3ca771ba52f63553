"""The tables at the beginning of an RTF file: fonts with the encodings of their text, and styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_BY_CHARSET: Final = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_BY_PAGE: Final = {
    936: "gb18030",
    950: "big5hkscs",
    65001: "utf-8",
    10008: "gb18030",
    10002: "big5hkscs",
    10000: "mac_roman",
}
_PAGES: Final = frozenset({437, 850, 852, 866, 874, 932, 949, *range(1250, 1259)})
"""Other code pages that Python knows as cp…"""
_LATIN: Final = "cp1252"
_HEADING: Final = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"(?:toc|目录|目錄) ?[1-9]", re.IGNORECASE)
_TITLES: Final = frozenset({"title", "标题", "標題"})
_DEEPEST: Final = 20


class Fonts:
    """The encodings of bytes in the text, by its font."""

    def __init__(self) -> None:
        self._codecs: dict[int, str] = {}
        self._default = _LATIN
        self.default_font: int | None = None

    def page(self, number: int) -> None:
        """Learn the code page of the file."""
        self._default = _BY_PAGE.get(number) or (f"cp{number}" if number in _PAGES else _LATIN)

    def charset(self, font: int | None, number: int) -> None:
        """Learn the character set of a font."""
        if font is not None and number in _BY_CHARSET:
            self._codecs[font] = _BY_CHARSET[number]

    def decode(self, data: bytes, font: int | None) -> str:
        """The text of bytes in a font; quotation marks of Latin fonts may stand among Chinese."""
        if data.isascii():
            return data.decode("ascii")
        own = None if font is None else self._codecs.get(font)
        codecs = (own,) if own else (self._default, _LATIN)
        for codec in codecs:
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                continue
        return data.decode(codecs[0], "replace")


@dataclass(slots=True)
class Style:
    """A style as the table of styles declares it."""

    name: list[str] = field(default_factory=list)
    based_on: int | None = None
    level: int | None = None


class Styles:
    """The styles of paragraphs by their numbers."""

    def __init__(self) -> None:
        self._styles: dict[int, Style] = {}

    def add(self, number: int, style: Style) -> None:
        """Learn a style."""
        self._styles[number] = style

    def level(self, number: int) -> int:
        """The level of a heading that a style gives; 0 where it gives none."""
        for style in self._lineage(number):
            if found := _HEADING.fullmatch(_name(style)):
                return int(found[1])
            if style.level is not None:
                return style.level + 1 if style.level < 9 else 0
        return 0

    def is_title(self, number: int) -> bool:
        """Whether a style is that of titles."""
        return any(_name(style).lower() in _TITLES for style in self._lineage(number))

    def is_contents(self, number: int) -> bool:
        """Whether a style is that of entries of a table of contents."""
        return any(_CONTENTS.fullmatch(_name(style)) for style in self._lineage(number))

    def _lineage(self, number: int) -> list[Style]:
        found: list[Style] = []
        at: int | None = number
        while at is not None and len(found) < _DEEPEST and (style := self._styles.get(at)):
            found.append(style)
            at = style.based_on
        return found


def _name(style: Style) -> str:
    return "".join(style.name).strip().rstrip(";").strip()
