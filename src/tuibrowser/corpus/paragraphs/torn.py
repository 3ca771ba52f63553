"""Torn sentences: find lines that a link or a page end left in pieces, by the marks and words at their ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.paragraphs.rows import MARKS, PAUSE, STARTS_ANEW

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tuibrowser.corpus.formats.lines import TextLine

_OPENING: Final = frozenset("“‘「『（《〈【〔｛")
_CLOSING: Final = frozenset("。，、；：？！”’」』）》〉】〕｝")
_SENTENCE_END: Final = frozenset("。！？")
_PAIRS: Final = {"“": "”", "‘": "’"}
"""Quotation marks, which some texts have the wrong way round."""
_PLAIN_START: Final = re.compile(r"[^\W_]|[“‘「『（《〈【〔]")
_LONGEST_PIECE: Final = 40
"""Code points of the text of a link."""
_MANY: Final = 3
"""Sentences torn at marks show that a text has lost its links; it was torn between words too then."""
_AWAITS: Final = re.compile(r"[是要在于於的为為和与與及对對将將把以被由向从從][0-9]?$|^[0-9.]+$")
"""Ends of a line that is no heading: a word that waits for another one, or a figure."""
_BLANKS: Final = 2
"""Blank lines that may stand within a torn sentence."""


def may_be_torn(texts: Sequence[str]) -> bool:
    """Whether a line begins with a closing mark or ends with an opening one."""
    return not (
        _CLOSING.isdisjoint({text[:1] for text in texts}) and _OPENING.isdisjoint({text[-1:] for text in texts})
    )


def torn_joins(text_lines: Sequence[TextLine], wrapped: Container[int] = ()) -> set[int]:
    """The numbers of the lines with text that go on with the one before them, whatever the layout.

    Those that do since lines were `wrapped` are left out, and say nothing of the others.
    A line that begins with a closing mark, or stands below an opening one, is such a piece; so is the text of a link
    before a closing mark, and in a text that lost its links what stands below a line that breaks off.
    """
    joins: set[int] = set()
    before = ""
    for number in range(1, len(text_lines)):
        above, text_line = text_lines[number - 1], text_lines[number]
        if number - 1 not in joins:
            before = above.text
        if number in wrapped:
            continue
        closed = _begins_closed(text_line.text, before) and (
            not _is_bare_end(text_line.text) or _has_begun(text_lines, number, before)
        )
        if text_line.gap <= _BLANKS and (closed or _ends_open(above.text, before)):
            joins.add(number)
            before += text_line.text
    return joins | _pieces(text_lines, joins, wrapped) if joins else joins


def _ends_open(text: str, before: str) -> bool:
    """Whether a text ends with an opening mark; a quotation mark is none where another one waits for it."""
    mark = text[-1]
    return mark in _OPENING and (mark not in _PAIRS or before[:-1].count(mark) <= before.count(_PAIRS[mark]))


def _begins_closed(text: str, before: str) -> bool:
    """Whether a text begins with a closing mark; a quotation mark is one only where another one is open."""
    mark = text[0]
    if mark not in _CLOSING or text[1:2] == mark:
        return False
    return all(mark != closing or before.rfind(opening) > before.rfind(mark) for opening, closing in _PAIRS.items())


def _is_bare_end(text: str) -> bool:
    """Whether a text is nothing but the end of a sentence."""
    return _SENTENCE_END.issuperset(text)


def _has_begun(text_lines: Sequence[TextLine], number: int, before: str) -> bool:
    """Whether the text above a bare end is part of a sentence; below a title such an end is a verse that was lost."""
    if PAUSE.search(before):
        return True
    return number > 1 and text_lines[number - 1].gap <= 1 and text_lines[number - 2].text[-1] not in MARKS


def _pieces(text_lines: Sequence[TextLine], at_marks: set[int], wrapped: Container[int]) -> set[int]:
    """The pieces among the lines below one that breaks off, given those that are told by their marks."""
    pieces: set[int] = set()
    lost_links = len(at_marks) >= _MANY
    for number in range(1, len(text_lines)):
        if number in at_marks or number in wrapped or not _may_go_on(text_lines[number - 1], text_lines[number]):
            continue
        goes_on = number - 1 in pieces or number - 1 in at_marks
        if text_lines[number].gap == 0 and number + 1 in at_marks:
            found = _is_link(text_lines[number].text)
        else:
            found = lost_links and (goes_on or _is_torn(text_lines[number - 1], text_lines[number]))
        if found:
            pieces.add(number)
    return pieces


def _may_go_on(above: TextLine, text_line: TextLine) -> bool:
    """Whether a line that breaks off and the one below it can be one sentence."""
    return (
        text_line.gap <= 1
        and above.text[-1] not in MARKS
        and text_line.line.text_start == text_line.line.start
        and _PLAIN_START.match(text_line.text) is not None
        and STARTS_ANEW.match(text_line.text) is None
    )


def _is_link(text: str) -> bool:
    return len(text) <= _LONGEST_PIECE and PAUSE.search(text) is None


def _is_torn(above: TextLine, text_line: TextLine) -> bool:
    """Whether a line that breaks off is no heading above the next one, but a piece of a sentence."""
    return PAUSE.search(above.text) is not None or (text_line.gap == 0 and _AWAITS.search(above.text) is not None)
