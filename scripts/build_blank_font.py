"""Write the font that makes PDFium give the text of Chinese fonts which neither a PDF nor the machine has.

    pip install fonttools
    python scripts/build_blank_font.py

PDFium leaves out text for which it finds no font with a glyph. This one has a box for every character of Chinese,
Japanese and Korean texts, and says in its code page bits that it is a font for all of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

TARGET = Path(__file__).parent.parent / "src/tuibrowser/corpus/formats/pdf/data/blank.ttf"
CHARACTERS = ((0x20, 0x7E), (0xA0, 0xD7FF), (0xE000, 0x3FFFF))
LATIN, *CHINESE_JAPANESE_KOREAN = 0, 17, 18, 19, 20


def build() -> None:
    """Write the font."""
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((950, 0), (950, 800), (50, 800)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    font.setupGlyf({".notdef": box, "box": box})
    font.setupHorizontalMetrics({".notdef": (1000, 50), "box": (1000, 50)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.font["cmap"] = many_to_one("box")
    font.setupNameTable({"familyName": "Blank", "styleName": "Regular"})
    pages = sum(1 << bit for bit in (LATIN, *CHINESE_JAPANESE_KOREAN))
    font.setupOS2(sTypoAscender=880, ulCodePageRange1=pages)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = 0
    font.font.recalcTimestamp = False
    font.save(TARGET)


def many_to_one(glyph: str) -> Any:
    """A character map of a few bytes that gives every character the same glyph (format 13)."""
    table = newTable("cmap")
    table.tableVersion = 0
    mapped = CmapSubtable.newSubtable(13)
    mapped.platformID, mapped.platEncID, mapped.language = 3, 10, 0
    mapped.cmap = {code: glyph for first, last in CHARACTERS for code in range(first, last + 1)}
    table.tables = [mapped]
    return table


if __name__ == "__main__":
    build()
