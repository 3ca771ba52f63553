from __future__ import annotations

import pytest

from tuibrowser.corpus.model import Heading, HeadingKind
from tuibrowser.reading.sections import (
    next_heading,
    previous_heading,
    section_path,
    section_span,
)

LAW = (
    Heading(1, 0, 3, "第一編 總則"),
    Heading(2, 10, 13, "第一章 法例"),
    Heading(3, 20, 23, "第一條", HeadingKind.ARTICLE),
    Heading(3, 30, 33, "第二條", HeadingKind.ARTICLE),
    Heading(2, 40, 43, "第二章 刑事責任"),
    Heading(1, 60, 63, "第二編 分則"),
    Heading(3, 70, 73, "第三條", HeadingKind.ARTICLE),
)


@pytest.mark.parametrize(
    ("offset", "titles"),
    [
        (0, ["第一編 總則"]),
        (9, ["第一編 總則"]),
        (10, ["第一編 總則", "第一章 法例"]),
        (25, ["第一編 總則", "第一章 法例", "第一條"]),
        (35, ["第一編 總則", "第一章 法例", "第二條"]),
        (45, ["第一編 總則", "第二章 刑事責任"]),
        (65, ["第二編 分則"]),
        (999, ["第二編 分則", "第三條"]),
    ],
)
def test_a_place_stands_under_its_sections(offset: int, titles: list[str]) -> None:
    assert [heading.title for heading in section_path(LAW, offset)] == titles


def test_an_article_stands_under_the_section_before_it_whatever_its_level() -> None:
    law = (Heading(1, 0, 3, "第一章"), Heading(1, 5, 8, "第一條", HeadingKind.ARTICLE))
    assert [heading.title for heading in section_path(law, 6)] == ["第一章", "第一條"]


def test_before_the_first_heading_there_is_no_section() -> None:
    assert section_path(LAW[1:], 5) == ()
    assert section_path((), 5) == ()


def test_levels_that_leave_one_out_still_nest() -> None:
    headings = (Heading(2, 0, 1, "卷一"), Heading(4, 5, 6, "序"), Heading(3, 8, 9, "篇"))
    assert [heading.title for heading in section_path(headings, 6)] == ["卷一", "序"]
    assert [heading.title for heading in section_path(headings, 9)] == ["卷一", "篇"]


@pytest.mark.parametrize(("offset", "count", "start"), [(0, 1, 10), (5, 1, 10), (10, 2, 30), (10, 99, 70)])
def test_the_next_heading_is_after_this_place(offset: int, count: int, start: int) -> None:
    found = next_heading(LAW, offset, count)
    assert found is not None
    assert found.start == start


@pytest.mark.parametrize(("offset", "count", "start"), [(12, 1, 10), (10, 1, 0), (75, 2, 60), (75, 99, 0)])
def test_the_previous_heading_is_before_this_place(offset: int, count: int, start: int) -> None:
    found = previous_heading(LAW, offset, count)
    assert found is not None
    assert found.start == start


def test_there_is_nothing_beyond_the_first_and_the_last() -> None:
    assert next_heading(LAW, 70) is None
    assert previous_heading(LAW, 0) is None
    assert next_heading((), 0) is previous_heading((), 9) is None


@pytest.mark.parametrize(
    ("offset", "span"),
    [(0, (0, 60)), (12, (10, 40)), (25, (20, 30)), (35, (30, 40)), (45, (40, 60)), (65, (60, 99)), (80, (70, 99))],
)
def test_a_section_holds_those_under_it_and_an_article_only_itself(offset: int, span: tuple[int, int]) -> None:
    assert section_span(LAW, offset, 99) == span


def test_before_the_first_heading_is_a_section_too() -> None:
    assert section_span(LAW[1:], 5, 99) == (0, 10)
    assert section_span((), 5, 99) == (0, 99)
