"""Sheet: an SVG file that is being drawn, with the fonts of its labels and what the picture is of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from tuibrowser.analysis.export.cited import cited
from tuibrowser.language.i18n import SIMPLIFIED, TRADITIONAL, shown, spoken
from tuibrowser.reading.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.analysis.pictures.chart import Chart

WIDTH: Final = 720.0
SIZE: Final = 13.0
"""The height of the type, in pixels."""

_FONTS: Final = {
    SIMPLIFIED: ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei"),
    TRADITIONAL: ("Noto Sans CJK TC", "Source Han Sans TC", "PingFang TC", "Microsoft JhengHei", "WenQuanYi Micro Hei"),
}
"""Fonts with Chinese characters on Linux, macOS and Windows, by the language of the program."""


def fonts() -> str:
    """The fonts for the labels, the first that there is to be used."""
    names = _FONTS.get(spoken(), _FONTS[SIMPLIFIED])
    return ", ".join([*(f"'{name}'" for name in names), "sans-serif"])


class Sheet:
    """A picture that is being drawn, in pixels from its upper left corner."""

    def __init__(self) -> None:
        self._root = ET.Element("g")

    def _add(self, tag: str, said: str = "", **attributes: str | float) -> ET.Element:
        named = {name.replace("_", "-"): _written(value) for name, value in attributes.items()}
        element = ET.SubElement(self._root, tag, named)
        if said:
            ET.SubElement(element, "title").text = _clean(said)
        return element

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "start", size: float = SIZE, weight: str = "normal"
    ) -> None:
        """Write words on a line."""
        self._add("text", x=x, y=y, text_anchor=anchor, font_size=size, font_weight=weight).text = _clean(words)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, width: float = 1.0, colour: str = "#000000") -> None:
        """Draw a straight line."""
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width)

    def curve(self, points: Sequence[tuple[float, float]], dash: str) -> None:
        """Join points by straight lines."""
        more = {"stroke_dasharray": dash} if dash else {}
        path = " ".join(f"{_written(x)},{_written(y)}" for x, y in points)
        self._add("polyline", points=path, fill="none", stroke="#000000", stroke_width=1.5, **more)

    def box(self, x: float, y: float, width: float, height: float, fill: str, said: str = "") -> None:
        """Draw a rectangle, of which programs tell what is `said` where the mouse rests on it."""
        outline: dict[str, str | float] = {} if fill == "#404040" else {"stroke": "#000000", "stroke_width": 1.0}
        self._add("rect", said, x=x, y=y, width=max(0.0, width), height=height, fill=fill, **outline)

    def shape(self, x: float, y: float, path: str, *, hollow: bool, said: str = "") -> None:
        """Draw a small shape around a point."""
        place = f"translate({_written(x)},{_written(y)})"
        fill = "#ffffff" if hollow else "#000000"
        self._add("path", said, d=path, transform=place, fill=fill, stroke="#000000", stroke_width=1.2)

    def finished(self, chart: Chart, height: float) -> str:
        """The text of the file."""
        paragraph = shown(cited(chart.basis))
        root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": _written(WIDTH),
                "height": _written(height),
                "viewBox": f"0 0 {_written(WIDTH)} {_written(height)}",
                "font-family": fonts(),
                "role": "img",
                "xml:lang": spoken(),
            },
        )
        ET.SubElement(root, "title").text = _clean(chart.title)
        ET.SubElement(root, "desc").text = _clean(paragraph)
        ET.SubElement(root, "metadata").text = _clean(json.dumps(chart.basis.record(), ensure_ascii=False))
        root.append(_patterns())
        ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": "#ffffff"})
        root.append(self._root)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _patterns() -> ET.Element:
    defined = ET.Element("defs")
    for name, path in (("rising", "M-1,1l2,-2M0,6l6,-6M5,7l2,-2"), ("falling", "M-1,5l2,2M0,0l6,6M5,-1l2,2")):
        size = {"id": name, "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        pattern = ET.SubElement(defined, "pattern", size)
        ET.SubElement(pattern, "path", {"d": path, "stroke": "#000000", "stroke-width": "1.2"})
    return defined


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def _clean(text: str) -> str:
    """A text that XML can hold."""
    return harmless(shown(text)).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
