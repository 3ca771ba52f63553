"""Files: a chart as the bytes of a picture in a format, with what it is of in it or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.export.cited import basis_record
from tuibrowser.analysis.pictures.converted import CONVERTED, converted
from tuibrowser.analysis.pictures.svg import svg_of
from tuibrowser.analysis.pictures.vega_lite import vega_lite_of
from tuibrowser.host.whole import encoded
from tuibrowser.reading.harmless import json_line

if TYPE_CHECKING:
    from tuibrowser.analysis.pictures.chart import Chart

PICTURE_ENDINGS: Final = {".vl.json": "vega-lite", ".svg": "svg", ".png": "png", ".pdf": "pdf"}
"""The formats of pictures that endings of file names stand for, to be looked for before those of tables."""


def picture_of(chart: Chart, form: str) -> bytes:
    """A picture in a format. Raise NoConverterError where that needs what is not installed."""
    if form == "vega-lite":
        return encoded(f"{json_line(vega_lite_of(chart))}\n")
    drawn = svg_of(chart)
    return converted(drawn, form) if form in CONVERTED else encoded(drawn)


def pictures_of(chart: Chart, name: str, form: str) -> dict[str, bytes]:
    """The files of a picture by their names: the picture, and the basis beside one that has no place for it.

    Raise NoConverterError where that needs what is not installed.
    """
    files = {name: picture_of(chart, form)}
    if form in CONVERTED:
        files[f"{name}.basis.json"] = encoded(f"{json_line(basis_record(chart.basis))}\n")
    return files
