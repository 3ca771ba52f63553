"""Inline markup: spans inside lines that the repaired text leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.formats.lines import Line, LineRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Span = tuple[int, int]

_SHOWN = frozenset(LineRole) - {LineRole.BLANK, LineRole.MARKUP, LineRole.CODE}


def hide(raw: str, lines: list[Line], spans: Sequence[Span]) -> list[Span]:
    """Hide sorted `spans` of the raw text: return them disjoint and cut at the ends of lines.

    The text of a line ends before markup that stands at its end, and begins after that at its beginning; a line of
    which nothing else is left becomes MARKUP in `lines`. Nothing is hidden in code.
    """
    hidden: list[Span] = []
    pieces: list[Span] = []  # those of the line at `index`
    index = 0
    for start, end in _disjoint(spans):
        while index < len(lines) and lines[index].end <= start:
            hidden += _settle(raw, lines, index, pieces)
            index, pieces = index + 1, []
        while index < len(lines) and lines[index].start < end:
            line = lines[index]
            if line.role in _SHOWN and max(start, line.start) < min(end, line.end):
                pieces.append((max(start, line.start), min(end, line.end)))
            if end <= line.end:
                break
            hidden += _settle(raw, lines, index, pieces)
            index, pieces = index + 1, []
    return hidden + (_settle(raw, lines, index, pieces) if pieces else [])


def _disjoint(spans: Sequence[Span]) -> Iterator[Span]:
    last = 0
    for start, end in spans:
        if max(start, last) < end:
            yield max(start, last), end
            last = end


def _settle(raw: str, lines: list[Line], index: int, pieces: list[Span]) -> list[Span]:
    """Fit a line's text to the pieces hidden in it; return those that stay hidden in the line."""
    if not pieces:
        return []
    line = lines[index]
    start, end = line.text_start, line.text_end
    for first, last in pieces:
        if first <= start < last:
            start = _skip_space(raw, last, end)
    for first, last in reversed(pieces):
        if first < end <= last:
            end = start + len(raw[start:first].rstrip())
    if start < end:
        lines[index] = line._replace(text_start=start, text_end=end)
        return pieces
    lines[index] = line._replace(role=LineRole.MARKUP, level=0)
    return []


def _skip_space(raw: str, start: int, end: int) -> int:
    return end - len(raw[start:end].lstrip()) if start < end else end
