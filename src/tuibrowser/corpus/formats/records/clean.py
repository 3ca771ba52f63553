"""Clean values: texts, and lists of them, with nothing to take out, as in most records; each is written at once."""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.extraction import is_clean, lines_of
from tuibrowser.corpus.formats.lines import LineRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.formats.lines import Line

_MARKUP: Final = re.compile(r"</p>|</div>|<br ?/?>", re.IGNORECASE)
"""What says that a text is a piece of a page."""
_LINE: Final = 60
"""Code points of a line of verse, at most."""
_ITEMS: Final = 2
"""Lines that make verse."""
_TEXTS: Final = {str}


def has_markup(text: str) -> bool:
    """Whether a text is a piece of a page."""
    return "<" in text and _MARKUP.search(text) is not None


def role_of_lines(texts: Sequence[str]) -> LineRole:
    """The role of the lines in a list of texts: those of a poem where all are short, else paragraphs."""
    is_verse = len(texts) >= _ITEMS and max(map(len, texts)) <= _LINE and "\n" not in "".join(texts)
    return LineRole.VERSE if is_verse else LineRole.BODY


def written(value: object) -> tuple[str, tuple[Line, ...]] | None:
    """The raw text that consists of a value, and its lines; None for a value that is to be written line by line.

    It is what `Extraction` makes of the value: each line without the white space around it, and a blank line where
    there were several.
    """
    if isinstance(value, str):
        if has_markup(value):
            return None
        role, (texts, is_known) = LineRole.PLAIN, _bare_lines(value)
        if "" in texts:
            texts = _with_single_blanks(texts)
    elif isinstance(value, list) and value and {*map(type, value)} == _TEXTS:
        role, (texts, is_known) = role_of_lines(value), _bare_lines("\n".join(value))
        if "" in texts:
            texts = [text for text in texts if text]
        if role is LineRole.BODY:
            texts = [each for text in texts for each in (text, "")][:-1]
    else:
        return None
    raw = "\n".join([*texts, ""])
    if not texts or not (is_known or is_clean(raw.replace("\n", ""))):
        return None
    return raw, lines_of(texts, [role if text else LineRole.BLANK for text in texts] if "" in texts else repeat(role))


def _bare_lines(text: str) -> tuple[list[str], bool]:
    """The lines of a text, without the white space around each, and whether they are known to be clean."""
    if " " in text or not text.replace("\n", "").isprintable():
        return [line.strip() for line in text.splitlines()], False
    lines = text.split("\n")  # there is no other white space
    if not lines[-1]:
        lines.pop()
    return lines, True


def _with_single_blanks(lines: Iterable[str]) -> list[str]:
    """Lines without those empty ones that stand beside another one, or at either end."""
    texts: list[str] = []
    for line in lines:
        if line or (texts and texts[-1]):
            texts.append(line)
    if texts and not texts[-1]:
        texts.pop()
    return texts
