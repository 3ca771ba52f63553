"""Vega-Lite: a chart as a specification that holds its data, to be changed and set by whoever publishes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.analysis.export.cited import cited
from tuibrowser.analysis.pictures.chart import Bars, Lines
from tuibrowser.analysis.pictures.scales import bounds, number, ticks
from tuibrowser.analysis.pictures.sheet import fonts
from tuibrowser.analysis.pictures.svg import runs
from tuibrowser.language.i18n import shown

if TYPE_CHECKING:
    from tuibrowser.analysis.pictures.chart import Chart, Mark, Series, Strips

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
_ROW: Final = 22
_SHAPES: Final = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"]
_DASHES: Final = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 3], [1, 3]]
_GREYS: Final = ["#a0a0a0", "#ffffff", "#606060", "#d8d8d8", "#303030"]
_YEAR: Final = "datum.value < 1 ? '前' + format(1 - datum.value, 'd') : format(datum.value, 'd')"
_MONTH: Final = "format(floor(datum.value + 0.01), 'd') + '-' + format(round((datum.value % 1) * 12) + 1, '02d')"


def vega_lite_of(chart: Chart) -> dict[str, Any]:
    """A chart as a specification of Vega-Lite 5, which version 6 reads too."""
    shows = chart.shows
    if isinstance(shows, Lines):
        drawn = _lines(shows, shown(chart.axis))
    elif isinstance(shows, Bars):
        drawn = _bars(shows, shown(chart.axis))
    else:
        drawn = _strips(shows)
    title = {"text": shown(chart.title), "subtitle": [shown(note) for note in chart.notes], "anchor": "start"}
    paragraph = shown(cited(chart.basis))
    return {
        "$schema": _SCHEMA,
        "description": paragraph,
        "usermeta": {"basis": chart.basis.record(), "citation": paragraph},
        "title": title,
        "config": {"font": fonts(), "background": "white", "view": {"stroke": None}},
        **drawn,
    }


def _datum(series: Series, mark: Mark) -> dict[str, Any]:
    return {
        "series": series.name,
        "label": mark.label,
        "value": mark.value,
        "low": mark.low,
        "high": mark.high,
        "small": mark.faint,
        "said": shown(mark.said),
    }


def _lines(lines: Lines, axis: str) -> dict[str, Any]:
    data = [
        _datum(series, mark) | {"at": mark.at, "run": run}
        for series in lines.series
        for run, marks in enumerate(runs(series.marks, lines.step))
        for mark in marks
    ]
    places = sorted({mark.at for mark in lines.marks()})
    labels = _MONTH if lines.step < 1 else _YEAR if lines.step == 1 else f"({_YEAR}) + 's'"
    x = {"field": "at", "type": "quantitative", "title": None, "scale": {"zero": False, "nice": False, "padding": 12}}
    return {
        "width": 640,
        "height": 260,
        "data": {"values": data},
        "encoding": {
            "x": {**x, "axis": {"values": places, "labelExpr": labels, "grid": False}},
            "tooltip": {"field": "said"},
        },
        "layer": _layers_of_lines(lines, axis),
    }


def _layers_of_lines(lines: Lines, axis: str) -> list[dict[str, Any]]:
    """Lines, intervals and points."""
    least, *_, most = ticks(*bounds(list(lines.marks())))
    y = {"type": "quantitative", "title": axis, "scale": {"domain": [least, most]}}
    named = [series.name for series in lines.series]
    legend = {"legend": None} if len(named) < 2 else {"title": None}
    told = {"field": "series", "type": "nominal", "sort": named, **legend}
    dashes = {**told, "scale": {"domain": named, "range": _DASHES[: len(named)]}}
    shapes = {**told, "scale": {"domain": named, "range": _SHAPES[: len(named)]}}
    black = {"stroke": "black", "clip": True}
    point = {"type": "point", "filled": True, "fill": "black", "size": 50, "opacity": 1, **black}
    return [
        {
            "mark": {"type": "line", "color": "black", "clip": True},
            "encoding": {"y": {**y, "field": "value"}, "strokeDash": dashes, "detail": {"field": "run"}},
        },
        {
            "mark": {"type": "rule", "color": "black", "strokeWidth": 0.8, "clip": True},
            "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}, "detail": {"field": "series"}},
        },
        {
            "mark": point,
            "encoding": {
                "y": {**y, "field": "value"},
                "shape": shapes,
                "fill": {"condition": {"test": "datum.small", "value": "white"}, "value": "black"},
            },
        },
    ]


def _bars(bars: Bars, axis: str) -> dict[str, Any]:
    several = len(bars.series) > 1
    least, *_, most = ticks(*bounds(list(bars.marks())))
    rows: dict[str, int] = {}
    data = []
    for series in bars.series:
        for place, mark in enumerate(series.marks):
            row = rows.setdefault(mark.label if several else f"{place}\n{mark.label}", len(rows))
            end = min(most, max(0.0, mark.value, mark.high or 0.0))
            written = f"({number(mark.value)})" if mark.faint else number(mark.value)
            data.append(_datum(series, mark) | {"row": row, "end": end, "written": written})
    labels = [label.partition("\n")[2] or label for label in rows]
    y = {"field": "row", "type": "ordinal", "title": None, "axis": _labelled(labels)}
    x = {"type": "quantitative", "title": axis, "scale": {"domain": [least, most]}}
    return {
        "width": 480,
        "height": {"step": 13 if several else _ROW},
        "data": {"values": data},
        "encoding": {"y": y, "tooltip": {"field": "said"}},
        "layer": _layers_of_bars(bars, x),
    }


def _layers_of_bars(bars: Bars, x: dict[str, Any]) -> list[dict[str, Any]]:
    """Bars, their numbers, and intervals where there are any."""
    named = [series.name for series in bars.series]
    several = len(named) > 1
    beside = {"yOffset": {"field": "series", "sort": named}} if several else {}
    legend = {"title": None} if several else {"legend": None}
    fill = {"field": "series", "type": "nominal", "scale": {"domain": named, "range": _GREYS[: len(named)]}, **legend}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "stroke": "black", "strokeWidth": 0.8, "clip": True},
            "encoding": {"x": {**x, "field": "value"}, "fill": fill, **beside},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 4},
            "encoding": {"x": {**x, "field": "end"}, "text": {"field": "written"}, **beside},
        },
    ]
    if any(mark.low is not None for mark in bars.marks()):
        layers.append(
            {
                "mark": {"type": "rule", "color": "black", "strokeWidth": 0.8, "clip": True},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, **beside},
            }
        )
    return layers


def _strips(strips: Strips) -> dict[str, Any]:
    data = [
        {
            "document": row.label,
            "stretch": place + 1,
            "count": count,
            "left": place / len(row.counts),
            "right": (place + 1) / len(row.counts),
            "top": index + 1 - 0.8 * count / max(row.counts),
            "bottom": index + 1,
            "said": shown(row.said),
        }
        for index, row in enumerate(strips.rows)
        for place, count in enumerate(row.counts)
        if count
    ]
    labels = [f"{row.label}  {sum(row.counts):,}" for row in strips.rows]
    scale = {"domain": [0, len(strips.rows)], "reverse": True, "nice": False}
    axis = {
        "values": [index + 0.5 for index in range(len(labels))],
        "grid": False,
        "ticks": False,
        "domain": False,
        **_labelled(labels, "floor(datum.value)"),
    }
    return {
        "width": 480,
        "height": max(1, len(strips.rows)) * _ROW,
        "data": {"values": data},
        "mark": {"type": "rect", "color": "#404040"},
        "encoding": {
            "x": {"field": "left", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]}, "axis": None},
            "x2": {"field": "right"},
            "y": {"field": "top", "type": "quantitative", "title": None, "scale": scale, "axis": axis},
            "y2": {"field": "bottom"},
            "tooltip": {"field": "said"},
        },
    }


def _labelled(labels: list[str], place: str = "datum.value") -> dict[str, Any]:
    """Labels of rows in their order, two of which may be equal."""
    return {"labelExpr": f"{json.dumps(labels, ensure_ascii=False)}[{place}]", "labelLimit": 240}
