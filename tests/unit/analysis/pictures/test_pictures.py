"""Pictures: they hold the numbers of their tables and what these are of, and need no colour."""

from __future__ import annotations

import json
import re
import sys
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from support.searching import Texts, engine_of
from tuibrowser.analysis.export.cited import cited
from tuibrowser.analysis.figures.clusters import clusters
from tuibrowser.analysis.figures.dispersion import dispersion
from tuibrowser.analysis.figures.frequency import first_groups, frequency
from tuibrowser.analysis.figures.keyness import keyness
from tuibrowser.analysis.pictures.chart import Bars, Chart, Lines, Mark, Series
from tuibrowser.analysis.pictures.charts import dispersion_chart, frequency_chart, keyness_title, measured_chart
from tuibrowser.analysis.pictures.converted import NoConverterError, converted
from tuibrowser.analysis.pictures.scales import bounds, fitted, spread, text_width, ticks
from tuibrowser.analysis.pictures.svg import svg_of
from tuibrowser.analysis.pictures.vega_lite import vega_lite_of
from tuibrowser.corpus.model import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = "{http://www.w3.org/2000/svg}"
TEXTS: Texts = {
    "甲/一.txt": ("水涨船高，水涨了。" * 3, Metadata(delivered="1998")),
    "甲/二.txt": ("山里的船不在水上。", Metadata(delivered="1999-05")),
    "乙/三.txt": ("渡口水涨，船夫走了。", Metadata(delivered="2003")),
    "乙/<四>&.txt": ("水涨" + "山" * 90 + "水涨", Metadata(delivered="2004")),
}


def charts() -> Iterator[Chart]:
    engine = engine_of(TEXTS)
    yield frequency_chart(frequency(engine, "水涨"), "year")
    yield frequency_chart(frequency(engine, "水涨", also=["船", "山"]), "year")
    yield frequency_chart(frequency(engine, "水涨", by="document", also=["船"]), "document")
    yield dispersion_chart(dispersion(engine, "水涨", bins=5))
    yield measured_chart(clusters(engine, "水涨", size=1), "matches", "水涨")
    yield frequency_chart(frequency(engine, "沙漠", by="author"), "author")


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(svg_of(chart))


def said(picture: ET.Element) -> list[str]:
    """What the marks of a picture say where the mouse rests on them, in the order drawn."""
    titles = [element.find(f"{SVG}title") for kind in ("path", "rect") for element in picture.iter(f"{SVG}{kind}")]
    return [title.text or "" for title in titles if title is not None]


@pytest.mark.parametrize("number", range(6))
def test_a_picture_is_xml_with_what_it_is_of_and_without_colours(number: int) -> None:
    chart = list(charts())[number]
    picture = drawn(chart)
    assert picture.findtext(f"{SVG}desc") == cited(chart.basis)
    assert json.loads(picture.findtext(f"{SVG}metadata") or "") == json.loads(json.dumps(chart.basis.record()))
    for colour in re.findall("#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", svg_of(chart)):
        assert len(set(colour)) == 1
    assert "Noto Sans CJK SC" in picture.attrib["font-family"]


def test_the_numbers_over_time_are_those_of_the_table() -> None:
    table = frequency(engine_of(TEXTS), "水涨", also=["船"])
    chart = frequency_chart(table, "year")
    assert isinstance(chart.shows, Lines)
    assert [mark.value for mark in chart.shows.marks()] == [row.per_million for row in table]
    told = said(drawn(chart))
    for row in table:
        low, high = row.interval or (0, 0)
        rate = f"{row.per_million:,.1f} per million ({low:,.1f}–{high:,.1f})"
        assert any(line.startswith(f"{row.label}: {row.matches} match") and line.endswith(rate) for line in told)
    assert len(told) == len(table)


def test_points_stand_as_high_as_their_values_and_as_far_apart_as_their_years() -> None:
    picture = drawn(frequency_chart(frequency(engine_of(TEXTS), "水涨"), "year"))
    places = [
        tuple(map(float, (element.attrib["transform"][10:-1]).split(",")))
        for element in picture.iter(f"{SVG}path")
        if element.find(f"{SVG}title") is not None
    ]
    table = frequency(engine_of(TEXTS), "水涨")
    (x0, zero), (x1, y1) = next((p, q) for p, q in [(places[1], places[0])])
    highest, none = table[0].per_million or 0.0, table[1].per_million
    assert none == 0
    for row, (x, y) in zip(table, places, strict=True):
        assert (zero - y) / (zero - y1) == pytest.approx((row.per_million or 0) / highest, abs=0.01)
        assert (x - x1) / (x0 - x1) == pytest.approx(int(row.label) - 1998, abs=0.02)


def test_years_without_texts_are_a_gap_in_the_line() -> None:
    picture = drawn(frequency_chart(frequency(engine_of(TEXTS), "水涨"), "year"))
    lines = [element.attrib["points"].split() for element in picture.iter(f"{SVG}polyline")]
    assert [len(points) for points in lines] == [2, 2]


def test_series_differ_in_shape_and_dashes() -> None:
    picture = drawn(frequency_chart(frequency(engine_of(TEXTS), "水涨", also=["船", "山"]), "year"))
    assert len({element.get("stroke-dasharray") for element in picture.iter(f"{SVG}polyline")}) == 3
    shapes = {e.attrib["d"] for e in picture.iter(f"{SVG}path") if e.find(f"{SVG}title") is not None}
    assert len(shapes) == 3
    assert {"水涨", "船", "山"} <= {element.text for element in picture.iter(f"{SVG}text")}


def test_bars_are_as_long_as_their_values_and_small_bases_stand_in_brackets() -> None:
    table = clusters(engine_of(TEXTS), "水涨", size=1)
    picture = drawn(measured_chart(table, "matches", "水涨"))
    widths = [float(e.attrib["width"]) for e in picture.iter(f"{SVG}rect") if e.find(f"{SVG}title") is not None]
    assert [width / widths[0] for width in widths] == pytest.approx(
        [row.matches / table[0].matches for row in table], abs=0.01
    )
    texts = [element.text or "" for element in picture.iter(f"{SVG}text")]
    assert all(row.text in texts for row in table)
    small = drawn(frequency_chart(frequency(engine_of(TEXTS), "水涨", by="document"), "document"))
    assert any((element.text or "").startswith("(") for element in small.iter(f"{SVG}text"))


def test_strips_have_every_stretch_with_a_match() -> None:
    table = dispersion(engine_of(TEXTS), "水涨", bins=5)
    told = said(drawn(dispersion_chart(table)))
    expected = [f"{place + 1}/5: {count}" for row in table for place, count in enumerate(row.bins) if count]
    assert [line.rpartition("; ")[2] for line in told] == expected


def test_labels_are_escaped_and_controls_harmless() -> None:
    marks = (Mark('<b>"&\x1b[31m\ud800\uffff', 1.0, "<&>"),)
    basis = next(iter(charts())).basis
    text = svg_of(Chart("<水>&", "a<b", Bars((Series("", marks),)), basis))
    assert "\x1b" not in text
    text.encode("utf-8")
    assert any((e.text or "").startswith('<b>"&') for e in ET.fromstring(text).iter(f"{SVG}text"))


@pytest.mark.parametrize("number", range(6))
def test_vega_lite_holds_its_data_and_what_it_is_of(number: int) -> None:
    chart = list(charts())[number]
    made = json.loads(json.dumps(vega_lite_of(chart), ensure_ascii=False))
    assert made["description"] == made["usermeta"]["citation"] == cited(chart.basis)
    assert made["usermeta"]["basis"]["fingerprint"] == chart.basis.fingerprint
    values = made["data"]["values"]
    if isinstance(chart.shows, Lines | Bars):
        assert [each["value"] for each in values] == [mark.value for mark in chart.shows.marks()]
        assert [each["low"] for each in values] == [mark.low for mark in chart.shows.marks()]
    else:
        assert sum(each["count"] for each in values) == sum(sum(row.counts) for row in chart.shows.rows)


@pytest.mark.slow
@pytest.mark.parametrize("version", ["5.8", "6.4"])
def test_programs_understand_vega_lite(version: str) -> None:
    vl_convert = pytest.importorskip("vl_convert")
    for chart in charts():
        assert vl_convert.vegalite_to_vega(vega_lite_of(chart), vl_version=version)["marks"]


@pytest.mark.slow
def test_pictures_are_converted() -> None:
    pytest.importorskip("vl_convert")
    picture = svg_of(next(iter(charts())))
    assert converted(picture, "png").startswith(b"\x89PNG")
    assert converted(picture, "pdf").startswith(b"%PDF")


def test_what_must_be_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(NoConverterError, match=r"PDF needs the extra pictures: pip install 'tuibrowser\[pictures\]'"):
        converted("<svg/>", "pdf")


def test_the_first_groups_are_those_of_every_query() -> None:
    table = frequency(engine_of(TEXTS), "水涨", by="document", also=["船"])
    some = first_groups(table, 2)
    assert [row.query for row in some] == ["水涨", "水涨", "船", "船"]
    assert {row.label for row in some} == {row.label for row in table[:2]}
    assert some.basis.notes[-1] == "only the first 2 of 4 groups"


def test_a_picture_of_keywords_names_both_groups() -> None:
    table = keyness(engine_of({"甲/一": "船船船", "乙/二": "水水"}), "in:甲", minimum=1)
    for against, named in (("in:乙", "in:甲 against in:乙"), (None, "in:甲 against all others")):
        picture = drawn(measured_chart(table, "conservative", keyness_title("in:甲", against)))
        assert named in "".join(picture.itertext())


@pytest.mark.parametrize("most", [0.0, 0.004, 1.0, 7.0, 11.3, 99.0, 15_000.0, 2.5e9])
def test_ticks_are_round_and_hold_all_values(most: float) -> None:
    values = ticks(0.0, most)
    assert values[0] == 0
    assert values[-1] >= most
    assert len(values) <= 8
    steps = {round(after - before, 9) for before, after in pairwise(values)}
    assert len(steps) == 1


def test_an_axis_holds_negative_values_and_no_interval_of_a_faint_one() -> None:
    marks = [Mark("a", -3.0, ""), Mark("b", 5.0, "", 4.0, 9.0), Mark("c", 2.0, "", 0.0, 400.0, faint=True)]
    assert bounds(marks) == (-3.0, 9.0)


def test_words_are_cut_to_their_room() -> None:
    assert fitted("渡口", 13, 100) == "渡口"
    cut = fitted("渡口的船夫都走了", 13, 60)
    assert cut.endswith("…")
    assert text_width(cut, 13) <= 60
    assert text_width("渡口", 10) == 2 * text_width("ab", 10)
    assert spread([(0, 10), (5, 10), (20, 10)], 2) == [0, 2]


def test_a_long_title_is_cut_where_the_picture_ends_and_whole_for_programs() -> None:
    chart = measured_chart(clusters(engine_of(TEXTS), "水涨", size=1), "matches", "水涨" * 40)
    picture = drawn(chart)
    (title,) = (each.text or "" for each in picture.iter(f"{SVG}text") if each.get("font-weight") == "bold")
    assert title.endswith("…")
    assert text_width(title, 15) <= 720
    assert picture.findtext(f"{SVG}title") == "水涨" * 40
