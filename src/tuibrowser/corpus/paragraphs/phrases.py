"""Mandoku texts: lines that are phrases, all joined, or the lines of a printed page, joined as their indents say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.paragraphs.rows import HANGING, MARKS, NARROWEST, RAGGED, cells
from tuibrowser.corpus.paragraphs.wrapping import full_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.lines import Line, TextLine

_LINE_MARK: Final = "¶"
"""Ends a line of a mandoku text."""
_HEAD: Final = 10_000
"""Code points in which such a mark stands if there is one."""
_UNSEEN: Final = re.compile(r"¶|<[^<>\n]{1,60}>|/?\)")
_SMALL: Final = re.compile(r"\(([^()/\n]{0,60})/([^()/\n]{0,60})")
"""Notes in two narrow columns: (甲/乙)."""
_CHARACTER: Final = re.compile(r"&[A-Za-z0-9-]{1,20};")
"""A character that has no code."""
_FEW: Final = 24
"""Lines of a page or two, in which hardly any line may be full."""
_MAX_ENDED: Final = 0.3
"""Share of the lines of a printed page that end with a mark, as phrases do."""


def in_phrases(raw: str, all_lines: Sequence[Line]) -> bool:
    """Whether the lines of a text end in ¶, as in the mandoku format."""
    if _LINE_MARK not in raw[:_HEAD]:
        return False
    plain = [line for line in all_lines if line.role is LineRole.PLAIN]
    marked = sum(
        raw.startswith(_LINE_MARK, line.text_end) or _LINE_MARK in raw[line.text_end : line.end] for line in plain
    )
    return marked * 2 > len(plain)


def joined_phrases(raw: str, text_lines: Sequence[TextLine]) -> list[int]:
    """The numbers of the lines with text that go on with the one before them.

    In a printed text that is a line below a full one with the same indent, else any line that no blank line divides
    from the one before.
    """
    follows = [number for number in range(1, len(text_lines)) if text_lines[number].gap == 0]
    width = _page_width(raw, text_lines)
    if not width:
        return follows
    return [
        number
        for number in follows
        if _indent(text_lines[number]) == _indent(text_lines[number - 1])
        and _printed(raw, text_lines[number - 1]) >= width - RAGGED
    ]


def _page_width(raw: str, text_lines: Sequence[TextLine]) -> int:
    """The width of the lines of a printed page; 0 where lines are phrases."""
    widths = [width for text_line in text_lines if (width := _printed(raw, text_line)) >= NARROWEST]
    ended = sum(text_line.text[-1] in MARKS for text_line in text_lines)
    if ended > _MAX_ENDED * len(text_lines):
        return 0
    return full_width(widths) or _width_of_few(widths, text_lines)


def _width_of_few(widths: Sequence[int], text_lines: Sequence[TextLine]) -> int:
    """The width of a page of few lines, by two that are about as wide; their indents tell the page from phrases."""
    if len(text_lines) > _FEW or len(widths) < 2 or len(set(map(_indent, text_lines))) == 1:
        return 0
    second, widest = sorted(widths)[-2:]
    return widest - HANGING if second >= widest - RAGGED else 0


def _indent(text_line: TextLine) -> int:
    return text_line.line.text_start - text_line.line.start


def _printed(raw: str, text_line: TextLine) -> int:
    """The cells that a line takes in print, where notes are set in two columns side by side."""
    text = _SMALL.sub(lambda note: max(note[1], note[2], key=len), raw[text_line.line.start : text_line.line.text_end])
    return cells(_CHARACTER.sub("〓", _UNSEEN.sub("", text)))
