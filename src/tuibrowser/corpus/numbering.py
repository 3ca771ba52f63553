"""Numbering: the patterns by which a line shows that it is a numbered heading, an article or an item of a list."""

from __future__ import annotations

from typing import Final

NUMERALS: Final = "〇零○◯一二三四五六七八九十百千两兩廿卅壹贰叁肆伍陆柒捌玖拾貳參陸佰卌0-9０-９"
"""The characters of a numeral, to stand in a class of a pattern."""

UNITS: Final = "编編部卷章回篇节節条條款"
"""The units that 第 numbers, for a character class of a pattern."""

UNIT: Final = rf"第[ \u3000]?[{NUMERALS}]{{1,8}}[ \u3000]?[{UNITS}]"
"""第三章, 第 12 條."""

ENUMERATOR: Final = (
    r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[、．)](?!\d)|\d{1,3}\. "
)
"""三、 （三） 3、 3)"""

BULLET: Final = r"[①-⑳㈠-㈩●•◆■◎▲※]|[-*] "
"""The mark of an item without a number, or with one in a circle."""
