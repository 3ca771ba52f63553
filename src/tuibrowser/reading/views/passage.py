"""Passages: what is between two raw offsets, as a view shows it and as the document has it, and its repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.model import Script
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.corpus.model import DocumentText, Edit


def shown_passage(text: ViewedText, start: int, end: int) -> str:
    """The text shown for the raw text from `start` to `end`, its paragraphs divided by a newline."""
    return "\n".join(shown_paragraphs(text, start, end))


def shown_paragraphs(text: ViewedText, start: int, end: int) -> tuple[str, ...]:
    """The text shown of each paragraph from `start` to `end` of the raw text.

    Furniture that is folded away is left out, unless the passage holds nothing else, and so are empty paragraphs.
    """
    numbers = _numbers(text, start, end)
    shown = [number for number in numbers if text.is_shown(number)] or numbers
    return tuple(filter(None, _pieces(text, shown, start, end)))


def original_passage(text: DocumentText, start: int, end: int) -> str:
    """The document's wording from `start` to `end` in its own script: not repaired, only broken lines joined."""
    plain = ViewedText(text, Script.NONE, View())
    numbers = _numbers(plain, start, end)
    shown = [number for number in numbers if plain.is_shown(number)] or numbers
    return "\n".join(filter(None, (_unrepaired(plain, number, start, end) for number in shown)))


def repairs_within(text: DocumentText, start: int, end: int) -> list[Edit]:
    """The repairs that the repaired view makes between two raw offsets."""
    return [edit for edit in text.edits if edit.certain and edit.start >= start and edit.end <= end]


def damage_within(text: DocumentText, start: int, end: int) -> list[Edit]:
    """The damaged places that touch what is between two raw offsets."""
    return [edit for edit in text.edits if not edit.certain and edit.start < end and edit.end > start]


def _numbers(text: ViewedText, start: int, end: int) -> list[int]:
    if not len(text) or end <= start:
        return []
    return list(range(text.paragraph_at(start), text.paragraph_at(end - 1) + 1))


def _pieces(text: ViewedText, numbers: list[int], start: int, end: int) -> Iterator[str]:
    for number in numbers:
        paragraph = text[number]
        if (span := paragraph.shown_span(start, end)) is not None:
            yield paragraph.text[span[0] : span[1]]


def _unrepaired(text: ViewedText, number: int, start: int, end: int) -> str:
    """A paragraph's part of a passage with its repairs undone."""
    paragraph, wording = text[number], text.source.paragraphs[number]
    pieces: list[str] = []
    low, high = max(start, wording.raw_start), min(end, wording.raw_end)
    for edit in repairs_within(text.source, low, high):
        if (span := paragraph.shown_span(low, edit.start)) is not None:
            pieces.append(paragraph.text[span[0] : span[1]])
        pieces.append(edit.original)
        low = edit.end
    if (span := paragraph.shown_span(low, high)) is not None:
        pieces.append(paragraph.text[span[0] : span[1]])
    return "".join(pieces)
