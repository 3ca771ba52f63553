from __future__ import annotations

import pytest

from tuibrowser.corpus.dates import date_of_field, find_dates, iso_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-10-28 19:34:10", "2022-10-28T19:34:10"),
        ("2022/1/2 9:05", "2022-01-02T09:05"),
        ("2022.10.28", "2022-10-28"),
        ("2022年10月28日", "2022-10-28"),
        ("２０２２年１０月２８日", "2022-10-28"),
        ("2022 年 10 月 28 日", "2022-10-28"),
        ("2021年11月16日 星期二", "2021-11-16"),
        ("2022年10月28日 下午3时04分", "2022-10-28T15:04"),
        ("二〇二二年十月二十八日", "2022-10-28"),
        ("二○二二年○五月二十八日", "2022-05-28"),
        ("二◯◯五年十⽉六⽇", "2005-10-06"),
        ("二○○五年三月", "2005-03"),
        ("（一九九五年三月二十六日）", "1995-03-26"),
        ("民國一一一年", "2022"),
        ("民國 111 年 5 月 3 日", "2022-05-03"),
        ("中華民國元年", "1912"),
        ("中華民國三十八年十月一日", "1949-10-01"),
        ("20240529", "2024-05-29"),
        ("2023", "2023"),
        ("2022年10月", "2022-10"),
        ("二00六年三月二日", "2006-03-02"),
        ("二OO六年三月", "2006-03"),
        ("二◯◯六年三月", "2006-03"),
        ("2 0 0 6 年 1 2 月 1 6 日", "2006-12-16"),
        ("二 〇 〇 六 年 十 二 月 三 十 一 日", "2006-12-31"),
        ("2006年3⽉", "2006-03"),
        ("民國卅八年", "1949"),
        ("民國101.5.3", "2012-05-03"),
        ("Tue Mar  7 08:05:09 2006", "2006-03-07T08:05:09"),
        ("Tue Mar 7 08:05:09 CST 2006", "2006-03-07T08:05:09"),
        ("Tue, 7 Mar 2006 08:05:09", "2006-03-07T08:05:09"),
        ("March 7, 2006", "2006-03-07"),
        ("7 Mar 2006", "2006-03-07"),
        ("03/27/2006 8:05", "2006-03-27T08:05"),
        ("27.03.2006", "2006-03-27"),
        ("03/07/2006", "2006"),
        ("2006-03-07 08:05 PM", "2006-03-07T20:05"),
        ("2006-03-07T20:05:09Z", "2006-03-07T20:05:09"),
        ("2006-03-07T20:05:09.125+08:00", "2006-03-07T20:05:09"),
        ("2006-03-07 20:05:09 +0800", "2006-03-07T20:05:09"),
        ("2006-03-07 20:05 UTC", "2006-03-07T20:05"),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(text: str, iso: str) -> None:
    assert iso_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "2022年2月30日",
        "2022-13-01",
        "2022-01-03 +0800",
        "2022-01-03T10:00 +080",
        "20221301",
        "12345",
        "1234567890",
        "一百零八",
        "2022年會議",
        "第2022號",
        "",
        "03-27 14:17",
        "3月27日",
        "民國六十九",
        "2114年",
        "一九九〇年代",
        "2022-02-30",
        "2114-03-05",
        "20060327080509",
    ],
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert iso_date(text) is None


def test_dates_are_found_where_they_stand() -> None:
    text = "——2023年3月5日在北京，民國一百年十月十日在臺北"
    assert [(date.iso, text[date.start : date.end]) for date in find_dates(text)] == [
        ("2023-03-05", "2023年3月5日"),
        ("2011-10-10", "民國一百年十月十日"),
    ]


def test_four_digits_alone_may_be_any_number() -> None:
    assert [date.bare for date in find_dates("共1998人，2005年")] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "03-21 14:17",
        "08:20 14:30",
        "中華民國八月三十六日府法字第 2274 號令",
        "府法字第 2009-12 號",
        "http://www.example.org/2003-05-06/a.html",
        "2114年5月1日",
    ],
)
def test_other_numbers_are_no_years(text: str) -> None:
    assert [date.iso for date in find_dates(text) if not date.bare] == []
    assert date_of_field(text) is None


def test_a_day_that_no_calendar_has_leaves_the_month() -> None:
    (date,) = [date for date in find_dates("中華民國六十九年八月三十六日府法字第 2274 號令") if not date.bare]
    assert (date.iso, date.whole) == ("1980-08", False)


def test_a_field_may_be_four_digits_and_no_more() -> None:
    assert date_of_field("2006") == "2006"
    assert date_of_field("第2006期") is None
    assert date_of_field("2006年3月，某地") == "2006-03"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("二千零三年五月六日", "2003-05-06"),
        ("兩千零三年五月", "2003-05"),
        ("二千一十二年", "2012"),
        ("二千年", "2000"),
        ("一千九百七十六年七月八日", "1976-07-08"),
    ],
)
def test_a_year_may_be_written_with_its_units(text: str, iso: str) -> None:
    assert date_of_field(text) == iso


@pytest.mark.parametrize("text", ["两千年前的城墙", "二千年来", "第二千年", "一千年", "一千三百年"])
def test_a_count_of_years_is_no_date(text: str) -> None:
    assert list(find_dates(text)) == []
