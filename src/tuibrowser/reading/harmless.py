"""Text made harmless for a terminal, code point by code point, so that offsets stay what they are."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_STEM: Final = 40
"""Characters of a query in the name of a file."""
REPLACEMENT: Final = "\ufffd"
INVISIBLE: Final = "\u2060"
"""Word joiner: takes no cell and does nothing."""
BLANK: Final = "\u3000"
"""What stands for a tab: two cells, as an indented paragraph begins with."""

_PICTURES: Final = {code: chr(0x2400 + code) for code in range(0x20) if code not in {0x09, 0x0A, 0x0D}}
_SUBSTITUTES: Final[dict[int, str]] = {
    **_PICTURES,
    0x09: BLANK,
    0x0D: "\n",
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), REPLACEMENT),
    0x85: "\u2424",
    0xAD: INVISIBLE,
    0x061C: INVISIBLE,
    **dict.fromkeys((0x200E, 0x200F, 0xFEFF), INVISIBLE),
    **dict.fromkeys((0x2028, 0x2029), "\u2424"),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x2070)), REPLACEMENT),
    **dict.fromkeys(range(0xFFF9, 0xFFFC), REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT),
    **dict.fromkeys(range(0xE0000, 0xE0080), INVISIBLE),
}

_HARMFUL: Final = re.compile(
    "[\0-\t\x0b-\x1f\x7f-\x9f\xad\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def harmless(text: str) -> str:
    """The text with controls, escapes, directions and lone surrogates as marks for them, as many code points.

    LF stays and breaks the line; CR does so too, except that before LF it is a space, which a line's end swallows.
    """
    if text.isprintable() or _HARMFUL.search(text) is None:
        return text
    return text.replace("\r\n", " \n").translate(_SUBSTITUTES)


UNSAFE: Final = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
"""What a terminal obeys, what ends a line for some readers of lines, and what UTF-8 cannot hold, as a class of
characters; JSON takes care of the first controls itself."""

_NOT_IN_JSON: Final = re.compile(f"[{UNSAFE}]")


def json_line(record: Mapping[str, object]) -> str:
    """The record as JSON on one line, without a character that a terminal obeys or that ends a line."""
    text = json.dumps(record, ensure_ascii=False, separators=(", ", ": "))
    return _NOT_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def file_stem(query: str) -> str:
    """The beginning of a query as the name of a file, without marks that systems forbid."""
    return "".join(each for each in harmless(query)[:_LONGEST_STEM] if each not in '/\\:*?"<>|\n“”').strip(" .")
