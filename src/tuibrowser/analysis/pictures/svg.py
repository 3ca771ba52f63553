"""SVG: a chart as a picture in black and white that any program shows, with all that it is of inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.pictures.chart import Bars, Lines, Strips
from tuibrowser.analysis.pictures.scales import bounds, fitted, number, spread, text_width, ticks
from tuibrowser.analysis.pictures.sheet import SIZE, WIDTH, Sheet
from tuibrowser.language.i18n import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.analysis.pictures.chart import Chart, Mark, Series

    Key = Callable[["Sheet", int, float, float], None]

_SMALL: Final = 11.0
_MARGIN: Final = 16.0
_PLOT_HEIGHT: Final = 260.0
_ROW: Final = 22.0
_LONGEST_LABEL: Final = 240.0

SHAPES: Final = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
    "M-3.6,-3.6h7.2v7.2h-7.2z",
    "M0,-4.8L4.6,3.4h-9.2z",
    "M0,-5.2L4.6,0L0,5.2L-4.6,0z",
    "M0,4.8L4.6,-3.4h-9.2z",
    "M-1.4,-4.4h2.8v3h3v2.8h-3v3h-2.8v-3h-3v-2.8h3z",
)
DASHES: Final = ("", "6 3", "2 2", "8 3 2 3", "12 3", "1 3")
FILLS: Final = ("#a0a0a0", "#ffffff", "url(#rising)", "#606060", "url(#falling)")
"""What tells series apart without a colour."""


def svg_of(chart: Chart) -> str:
    """A chart as the text of an SVG file."""
    sheet = Sheet()
    y = _MARGIN + SIZE
    sheet.text(_MARGIN, y, fitted(shown(chart.title), SIZE + 2, WIDTH - 2 * _MARGIN), size=SIZE + 2, weight="bold")
    if isinstance(chart.shows, Lines):
        y = _lines(sheet, chart.shows, shown(chart.axis), y)
    elif isinstance(chart.shows, Bars):
        y = _bars(sheet, chart.shows, shown(chart.axis), y)
    else:
        y = _strips(sheet, chart.shows, shown(chart.axis), y)
    for note in chart.notes:
        y += _SMALL * 1.5
        sheet.text(_MARGIN, y, shown(note), size=_SMALL)
    return sheet.finished(chart, y + _MARGIN)


# Lines


def _lines(sheet: Sheet, lines: Lines, axis: str, top: float) -> float:
    """Draw values over time below a place; return where the drawing ends."""
    marks = list(lines.marks())
    values = ticks(*bounds(marks))
    left = _MARGIN + max(text_width(number(value), _SMALL) for value in values) + 8
    top = _legend(sheet, lines.series, left, top, _line_key) + _SMALL * 2.8
    right, bottom = WIDTH - _MARGIN - 12, top + _PLOT_HEIGHT
    sheet.text(left, top - 10, axis, size=_SMALL)
    first, last = min((mark.at for mark in marks), default=0.0), max((mark.at for mark in marks), default=1.0)

    def x(mark: Mark) -> float:
        return left + 12 + (right - left - 24) * ((mark.at - first) / (last - first) if last > first else 0.5)

    def y(value: float) -> float:
        return bottom - (bottom - top) * min(1.0, (value - values[0]) / (values[-1] - values[0]))

    for value in values:
        sheet.line(left, y(value), right, y(value), width=0.5, colour="#b0b0b0")
        sheet.text(left - 6, y(value) + 4, number(value), anchor="end", size=_SMALL)
    sheet.line(left, bottom, right, bottom)
    for index, series in enumerate(lines.series):
        for run in runs(series.marks, lines.step):
            sheet.curve([(x(mark), y(mark.value)) for mark in run], DASHES[index % len(DASHES)])
        for mark in series.marks:
            if mark.low is not None and mark.high is not None:
                sheet.line(x(mark), y(mark.low), x(mark), y(mark.high), width=0.8)
            sheet.shape(x(mark), y(mark.value), SHAPES[index % len(SHAPES)], hollow=mark.faint, said=mark.said)
    once = sorted({mark.at: mark for mark in marks}.values(), key=lambda mark: mark.at)
    for kept in spread(((x(mark), text_width(mark.label, _SMALL)) for mark in once), 8):
        sheet.line(x(once[kept]), bottom, x(once[kept]), bottom + 4)
        sheet.text(x(once[kept]), bottom + 16, once[kept].label, anchor="middle", size=_SMALL)
    return bottom + 20


def runs(marks: Sequence[Mark], step: float) -> list[list[Mark]]:
    """The values that follow one another without a gap."""
    found: list[list[Mark]] = []
    for mark in marks:
        if found and mark.at - found[-1][-1].at <= step * 1.01:
            found[-1].append(mark)
        else:
            found.append([mark])
    return found


def _legend(sheet: Sheet, series: Sequence[Series], left: float, top: float, key: Key) -> float:
    """Name the series above the drawing where there are several; return where this ends."""
    if len(series) < 2:
        return top + 6
    x, y = left, top + SIZE * 1.8
    for index, each in enumerate(series):
        name = fitted(each.name, _SMALL, WIDTH / 2)
        width = 40 + text_width(name, _SMALL) + 16
        if x + width > WIDTH - _MARGIN and x > left:
            x, y = left, y + _SMALL * 1.6
        key(sheet, index, x, y - 4)
        sheet.text(x + 36, y, name, size=_SMALL)
        x += width
    return y


def _line_key(sheet: Sheet, index: int, x: float, y: float) -> None:
    sheet.curve([(x, y), (x + 30, y)], DASHES[index % len(DASHES)])
    sheet.shape(x + 15, y, SHAPES[index % len(SHAPES)], hollow=False)


def _bar_key(sheet: Sheet, index: int, x: float, y: float) -> None:
    sheet.box(x, y - 5, 28, 10, FILLS[index % len(FILLS)])


# Bars and strips


def _bars(sheet: Sheet, bars: Bars, axis: str, top: float) -> float:
    """Draw values as bars below a place; return where the drawing ends."""
    marks = list(bars.marks())
    values = ticks(*bounds(marks))
    groups: dict[str, list[tuple[int, Mark]]] = {}
    for index, series in enumerate(bars.series):
        for place, mark in enumerate(series.marks):
            label = mark.label if len(bars.series) > 1 else f"{place}\n{mark.label}"
            groups.setdefault(label, []).append((index, mark))
    left = _label_room([mark.label for mark in marks])
    top = _legend(sheet, bars.series, left, top, _bar_key) + _SMALL * (3.4 if len(bars.series) > 1 else 2.4)
    right = WIDTH - _MARGIN - 60

    def x(value: float) -> float:
        share = (value - values[0]) / (values[-1] - values[0])
        return left + (right - left) * min(1.0, share)

    thick = (_ROW - 6) if len(bars.series) < 2 else 13.0
    bottom = top + sum(len(group) * thick + 6 for group in groups.values())
    sheet.text(left, top - 18, axis, size=_SMALL)
    for value in values:
        sheet.line(x(value), top, x(value), bottom, width=0.5, colour="#b0b0b0")
        sheet.text(x(value), top - 4, number(value), anchor="middle", size=_SMALL)
    y = top + 3
    for group in groups.values():
        middle = y + len(group) * thick / 2 + 4
        label = group[0][1].label
        sheet.text(left - 8, middle, fitted(label, SIZE, left - _MARGIN - 8), anchor="end")
        for index, mark in group:
            ends = sorted((x(0.0), x(mark.value)))
            sheet.box(ends[0], y + 1, ends[1] - ends[0], thick - 2, FILLS[index % len(FILLS)], mark.said)
            furthest = ends[1]
            if mark.low is not None and mark.high is not None:
                sheet.line(x(mark.low), y + thick / 2, x(mark.high), y + thick / 2, width=0.8)
                furthest = x(max(mark.high, mark.value))
            words = f"({number(mark.value)})" if mark.faint else number(mark.value)
            sheet.text(furthest + 6, y + thick / 2 + 4, words, size=_SMALL)
            y += thick
        y += 6
    sheet.line(x(0.0), top, x(0.0), bottom)
    return bottom + 4


def _strips(sheet: Sheet, strips: Strips, axis: str, top: float) -> float:
    """Draw texts as rows of small bars below a place; return where the drawing ends."""
    left, right = _label_room([row.label for row in strips.rows]), WIDTH - _MARGIN - 60
    y = top + _SMALL * 2.4
    sheet.text(right + 8, y - 6, axis, size=_SMALL)
    for row in strips.rows:
        base, width = y + _ROW - 4, (right - left) / max(1, len(row.counts))
        sheet.text(left - 8, base - 3, fitted(row.label, SIZE, left - _MARGIN - 8), anchor="end")
        most = max(row.counts, default=0) or 1
        for place, count in enumerate(row.counts):
            if count:
                height = (_ROW - 6) * count / most
                said = f"{row.said}; {place + 1}/{len(row.counts)}: {count:,}"
                sheet.box(left + place * width, base - height, width, height, "#404040", said)
        sheet.line(left, base, right, base, width=0.5)
        sheet.text(right + 8, base - 3, f"{sum(row.counts):,}", size=_SMALL)
        y += _ROW
    return y


def _label_room(labels: Sequence[str]) -> float:
    """Where the drawing begins beside its labels."""
    return _MARGIN + 8 + min(_LONGEST_LABEL, max((text_width(label, SIZE) for label in labels), default=0.0))
