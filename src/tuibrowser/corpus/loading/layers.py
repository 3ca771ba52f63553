"""Layers: the stretches of a repaired text that are not the text itself, for the index."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import LAYERS, Layer, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from tuibrowser.corpus.model import DocumentText

    Row = tuple[int, int, int]

_FURNITURE: Final = LAYERS.index(Layer.FURNITURE)
_APPARATUS: Final = LAYERS.index(Layer.APPARATUS)


def layer_rows(text: DocumentText, title: str) -> list[Row]:
    """The stretches of another layer than the text: start, end, place in LAYERS, sorted and disjoint.

    A stretch that a repair took away whole is left out. Furniture is of no other layer but that of an apparatus. A line
    of furniture that alone holds the title of the document, such as a field at the head of a page, counts as text, so
    that the title is found.
    """
    if not text.layers and all(each.kind is not ParagraphKind.FURNITURE for each in text.paragraphs):
        return []
    marked = list(_marked(text))
    furniture = _furniture(text, title, {start for start, _, layer in marked if layer == _APPARATUS})
    return sorted([*furniture, *_outside(marked, furniture)]) if furniture else marked


def aside_spans(text: DocumentText, title: str) -> list[tuple[int, int]]:
    """The stretches of the repaired text that are page furniture or apparatus, sorted and disjoint."""
    rows = layer_rows(text, title)
    return [(start, end) for start, end, layer in rows if layer in (_FURNITURE, _APPARATUS)]


def _marked(text: DocumentText) -> Iterator[Row]:
    """The layers that markup tells, as they stand in the repaired text."""
    to_target = text.alignment.to_target
    for span in text.layers:
        start, end = to_target(span.start), to_target(span.end)
        if start < end:
            yield start, end, LAYERS.index(span.layer)


def _furniture(text: DocumentText, title: str, apparatus: Container[int]) -> list[Row]:
    """The paragraphs of furniture that begin no apparatus; those that follow one another are one stretch."""
    spared = _only_title(text, title)
    rows: list[Row] = []
    for paragraph in text.paragraphs:
        if paragraph.kind is not ParagraphKind.FURNITURE or paragraph.start == spared or paragraph.start in apparatus:
            continue
        if rows and paragraph.start <= rows[-1][1] + 1:
            rows[-1] = rows[-1][0], paragraph.end, _FURNITURE
        elif paragraph.start < paragraph.end:
            rows.append((paragraph.start, paragraph.end, _FURNITURE))
    return rows


def _only_title(text: DocumentText, title: str) -> int:
    """Where the first line of furniture begins that holds the title, -1 where other text holds it too, or none does."""
    holding = [each for each in text.paragraphs if each.kind is ParagraphKind.FURNITURE]
    holding = [each for each in holding if title and title in text.repaired[each.start : each.end]]
    if not holding:
        return -1
    in_furniture = sum(text.repaired.count(title, each.start, each.end) for each in holding)
    return holding[0].start if text.repaired.count(title) == in_furniture else -1


def _outside(rows: Iterable[Row], furniture: list[Row]) -> Iterator[Row]:
    """What of rows stands in no furniture; both are sorted."""
    for start, end, layer in rows:
        at = start
        between = slice(bisect_right(furniture, at, key=_END), bisect_left(furniture, end, key=_START))
        for first, last, _ in furniture[between]:
            if at < first:
                yield at, first, layer
            at = last
        if at < end:
            yield at, end, layer


_START: Final = itemgetter(0)
_END: Final = itemgetter(1)
