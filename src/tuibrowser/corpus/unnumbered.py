"""Headings without a number: short lines without marks that stand between paragraphs of prose, over and over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import iso_date
from tuibrowser.corpus.forms import Candidate, Form
from tuibrowser.corpus.model import ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tuibrowser.corpus.model import Paragraph

_LONGEST: Final = 24
"""Code points."""
_FEWEST: Final = 3
"""In one text; a line or two of this kind may be anything."""
_MAX_SHARE: Final = 0.51
"""Of all paragraphs: a collection has a title to each short piece, a list has little else."""
_SHORTEST_BODY: Final = 24
"""Code points of the paragraph that a heading stands above."""
_MARKS: Final = re.compile("[，。；：！…—,;:!|<>=]")
_NO_TITLE: Final = re.compile(r"[曰云道说說证證是]$|^[（(【\[“「]|^\W*$|^[\d\W]+$")
_SENTENCE_ENDS: Final = frozenset("。！？；…”’」』）》)!?")


def unnumbered(text: str, paragraphs: Sequence[Paragraph], skipped: Container[int]) -> list[Candidate]:
    """The headings without a number of a text that has no others; `skipped` are paragraphs that are none."""
    found = [
        number
        for number, paragraph in enumerate(paragraphs[:-1])
        if 2 <= paragraph.end - paragraph.start <= _LONGEST
        and paragraph.kind is ParagraphKind.BODY
        and number not in skipped
        and _heads(text, paragraphs, number)
    ]
    if not _FEWEST <= len(found) <= _MAX_SHARE * len(paragraphs):
        return []
    form = Form.UNNUMBERED
    spans = ((number, paragraphs[number].start, paragraphs[number].end) for number in found)
    return [Candidate(number, form, form.rank, start, end, end - start) for number, start, end in spans]


def _heads(text: str, paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a short paragraph reads like a title, and stands between the end of a sentence and prose."""
    body = paragraphs[number + 1]
    if body.kind is not ParagraphKind.BODY or body.end - body.start < _SHORTEST_BODY:
        return False
    if text[body.end - 1] not in _SENTENCE_ENDS:
        return False
    before = paragraphs[number - 1] if number else None
    if before is not None and before.kind is ParagraphKind.BODY and text[before.end - 1] not in _SENTENCE_ENDS:
        return False
    title = text[paragraphs[number].start : paragraphs[number].end]
    return not (_MARKS.search(title) or _NO_TITLE.search(title) or iso_date(title))
