"""Mistaken tags: texts that markup takes for tags, and browsers do not show: 若a<b則不然。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.pages.blocks.markup import is_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NAME: Final = re.compile(r"/?[a-zA-Z][^\s/<>]*+")
_VALUES: Final = re.compile(r"""[^\s"'=]*+\s*=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s"']++)|["'][^"']*+["']?""")
"""Attributes with a value, and quotation marks that are left over."""
_LETTER: Final = re.compile(r"[^\W\d_]")


def mistaken(tags: Iterable[str], endless: Iterable[str]) -> Sequence[str]:
    """The texts among some tags that have a name which no element has, and among those without an end that have words.

    A tag without an end is `endless`, and a text where words stand in it that are neither its name nor a value.
    """
    named = (tag for tag in tags if not tag.isascii() and (found := _NAME.match(tag)) and not found[0].isascii())
    return tuple(dict.fromkeys([*named, *filter(_has_words, endless)]))


def _has_words(tag: str) -> bool:
    found = _NAME.match(tag)
    if found is None or is_open(tag):
        return False
    return not found[0].isascii() or _LETTER.search(_VALUES.sub("", tag[found.end() :])) is not None
