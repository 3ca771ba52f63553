"""Grown: the texts of a file to whose end lines were added, without parsing again what was there."""

from __future__ import annotations

from typing import Final

from tuibrowser.corpus.model import DocumentText, Paragraph, ParagraphKind
from tuibrowser.corpus.structure import as_lines
from tuibrowser.hanzi.alignment import Alignment

_NOTHING: Final = Paragraph(ParagraphKind.BODY, 0, 0, 0, 0)


def grown(text: DocumentText, more: str) -> DocumentText:
    """The texts with more raw text at the end: each of its lines is a paragraph, and each of the last one's."""
    last = text.paragraphs[-1] if text.paragraphs else _NOTHING
    tail = as_lines(text.raw[last.raw_start :] + more)
    kept = tuple(edit for edit in text.alignment.edits if edit[1] <= last.raw_start)
    moved = tuple((start + last.raw_start, end + last.raw_start, size) for start, end, size in tail.alignment.edits)
    return DocumentText(
        text.raw + more,
        text.repaired[: last.start] + tail.repaired,
        Alignment(kept + moved),
        text.paragraphs[:-1] + tuple(_moved(paragraph, last) for paragraph in tail.paragraphs),
        tuple(edit for edit in text.edits if edit.end <= last.raw_start),
        tuple(span for span in text.layers if span.end <= last.raw_start),
    )


def _moved(paragraph: Paragraph, by: Paragraph) -> Paragraph:
    return paragraph._replace(
        start=paragraph.start + by.start,
        end=paragraph.end + by.start,
        raw_start=paragraph.raw_start + by.raw_start,
        raw_end=paragraph.raw_end + by.raw_start,
    )
