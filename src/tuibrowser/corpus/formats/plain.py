"""Plain text: its lines are all that it declares."""

from __future__ import annotations

from typing import Final

from tuibrowser.corpus.formats.base import TextFormat
from tuibrowser.corpus.formats.lines import Parsed, split_lines
from tuibrowser.language.i18n import plain


def parse(raw: str) -> Parsed:
    """The lines of a plain text."""
    return Parsed(split_lines(raw))


PLAIN: Final = TextFormat("text", plain("plain text"), ("", ".txt", ".text"), parse)
