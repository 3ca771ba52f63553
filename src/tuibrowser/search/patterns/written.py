"""Written: the marks in a query that make a pattern: `□`, `A|B` and `A…B`."""

from __future__ import annotations

import re
from typing import Final

from tuibrowser.language.patterns import late

UNKNOWN: Final = "□"
"""The mark for one unknown character."""

WITHIN: Final = 20
"""Characters between two words with `…` between them, unless a number says so: `…5…`."""

_HAN: Final = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af□]"
_GAP: Final = late(rf"(?<={_HAN})…(?:(\d{{1,4}})…)?(?={_HAN})")
_NAMED: Final = late("[-－=＝]?(?:re|like|ｒｅ|ｌｉｋｅ)[:：]", re.IGNORECASE)
_FORGOTTEN: Final = late(rf"(?<={_HAN})[?？*＊](?={_HAN})")


def as_text(words: str) -> str:
    """A query for words as they stand: in quotation marks where they would be a pattern."""
    means_more = any(source_of(word) is not None or _NAMED.match(word) for word in words.split())
    return f"“{words}”" if means_more else words


def is_unfinished(text: str) -> bool:
    """Whether marks in a word make no pattern of it: an alternative is empty, or all characters are unknown."""
    return source_of(text) is None and (len(text.split("|")) > 1 or (UNKNOWN in text and not text.strip(UNKNOWN)))


def may_be_meant(text: str) -> bool:
    """Whether a text has `?` or `*` between Chinese characters, with which patterns are written elsewhere."""
    return _FORGOTTEN.search(text) is not None


def source_of(text: str) -> str | None:
    """The regular expression for a word with marks; None where these make no pattern of it."""
    branches = re.split("[|｜]", text)
    if len(branches) > 1 and not all(branches):
        return None
    written = [_branch(branch) for branch in branches]
    if len(branches) == 1 and written[0] == re.escape(text):
        return None
    return "|".join(written)


def _branch(text: str) -> str:
    """A branch of alternatives, with its unknown characters and gaps."""
    parts, at = [], 0
    for gap in _GAP.finditer(text):
        parts += [_characters(text[at : gap.start()]), f".{{0,{gap[1] or WITHIN}}}?"]
        at = gap.end()
    return "".join([*parts, _characters(text[at:])])


def _characters(text: str) -> str:
    # A text that is nothing but unknown characters would match everywhere.
    if not text.strip(UNKNOWN):
        return re.escape(text)
    return re.escape(text).replace(UNKNOWN, rf"(?:[^\W_]|{UNKNOWN})")
