"""Scales: the values and places of an axis, and the room that words take."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.cells import cell_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.analysis.pictures.chart import Mark

_CELL: Final = 0.56
"""The width of a cell, in heights of the type."""


def text_width(text: str, size: float) -> float:
    """The width of a text set in a size, at most: half of it for a Latin letter, the whole for a Chinese character."""
    return cell_width(text) * _CELL * size


def fitted(text: str, size: float, room: float) -> str:
    """As much of a text as fits into a room, with an ellipsis where it is cut."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"


def bounds(marks: Sequence[Mark]) -> tuple[float, float]:
    """The least and the most that an axis has to show, 0 among them.

    An interval of a faint value is no measure: one occurrence in a short text would make all others flat.
    """
    values = [mark.value for mark in marks]
    ends = [end for mark in marks if not mark.faint for end in (mark.low, mark.high) if end is not None]
    return min(0.0, *values, *ends, 0.0), max(0.0, *values, *ends, 0.0)


def ticks(least: float, most: float, count: int = 5) -> list[float]:
    """Round values from at most the least to at least the most, about so many."""
    span = most - least or 1.0
    rough = span / count
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first, last = floor(least / step + 1e-9), -floor(-most / step + 1e-9)
    return [round(step * number, 10) for number in range(first, max(last, first + 1) + 1)]


def number(value: float) -> str:
    """A value as it stands at an axis."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def spread(places: Iterable[tuple[float, float]], gap: float) -> list[int]:
    """The indices of those labels, of which the middle and the width are given, that leave a gap to those before."""
    kept: list[int] = []
    end = float("-inf")
    for index, (middle, width) in enumerate(places):
        if middle - width / 2 >= end + gap:
            kept.append(index)
            end = middle + width / 2
    return kept
