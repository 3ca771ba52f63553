"""Years of reigns and before our era, against equivalences that every chronological table has."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.chronology import chronological, shown_date, spelled_date
from tuibrowser.corpus.dates import SaidDate, date_of_field, find_dates, said_date
from tuibrowser.corpus.eras import reign_span, signed_date
from tuibrowser.hanzi.convert import convert


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("康熙三十年", "1691"),
        ("康熙六十一年", "1722"),
        ("貞觀元年", "0627"),
        ("贞观二十三年", "0649"),
        ("開元廿九年", "0741"),
        ("天寶十四載", "0755"),
        ("慶曆四年春", "1044"),
        ("庆历四年", "1044"),
        ("元豐五年七月", "1082"),
        ("靖康二年", "1127"),
        ("至元十六年", "1279"),
        ("洪武元年", "1368"),
        ("永乐十九年", "1421"),
        ("萬曆十五年", "1587"),
        ("崇祯十七年", "1644"),
        ("乾隆五十六年", "1791"),
        ("嘉慶元年", "1796"),
        ("光緒廿四年", "1898"),
        ("光緒 24 年", "1898"),
        ("宣統三年", "1911"),
        ("建安五年", "0200"),
        ("漢建元二年", "-0138"),
        ("汉武帝元光元年", "-0133"),
        ("元壽二年", "0000"),
        ("元始元年", "0001"),
        ("始皇二十六年", "-0220"),
        ("晉永和九年", "0353"),
        ("北魏孝文帝太和十八年", "0494"),
        ("前秦建元十九年", "0383"),
        ("唐太和九年", "0835"),
        ("明治三十七年", "1904"),
        ("大正十二年九月一日", "1923-09-01"),
        ("昭和五年", "1930"),
        ("昭和20年8月15日", "1945-08-15"),
        ("平成元年", "1989"),
        ("令和元年五月", "2019-05"),
        ("元禄十五年", "1702"),
        ("朝鮮世宗二十八年", "1446"),
        ("光緒丁丑", "1877"),
        ("康熙辛未年", "1691"),
        ("公元前221年", "-0220"),
        ("西元前二百二十一年", "-0220"),
        ("前221年", "-0220"),
        ("前221", "-0220"),
        ("前1046年", "-1045"),
        ("公元前1046年", "-1045"),
        ("221 BC", "-0220"),
        ("221 B.C.E.", "-0220"),
        ("-0220", "-0220"),
        ("前1年", "0000"),
        ("公元618年", "0618"),
        ("AD 618", "0618"),
        ("0618", "0618"),
        ("民國前三年", "1909"),
        ("民國二十年", "1931"),
    ],
)
def test_a_declared_year_is_read_by_whatever_calendar(text: str, iso: str) -> None:
    assert date_of_field(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "建元二年",
        "永和九年",
        "太和三年",
        "魏太和三年",
        "上元二年",
        "天保三年",
        "世宗二十八年",
        "元至元三年",
        "康熙七十年",
        "宋康熙三年",
        "康熙壬寅",
        "康熙年間",
        "康熙三十年代",
        "前3世紀",
        "戊戌年",
        "三年",
        "傳統文化三年",
    ],
)
def test_what_may_be_several_years_or_none_is_no_date(text: str) -> None:
    assert date_of_field(text) is None


def test_a_lunar_month_is_no_month_of_our_calendar() -> None:
    assert said_date("康熙三十年六月") == SaidDate("1691", "康熙三十年六月")
    assert said_date("明治三年十月") == SaidDate("1870", "明治三年十月")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("清康熙三十年刻本", "清康熙三十年"),
        ("〔明〕萬曆 十五 年", "明萬曆十五年"),
        ("大清光緒三年", "大清光緒三年"),
        ("民國二十年三月", "民國二十年三月"),
        ("民國二十年三月五日", None),
        ("1931年", None),
    ],
)
def test_the_words_of_a_reign_are_kept(text: str, words: str | None) -> None:
    said = said_date(text)
    assert said is not None
    assert said.words == words


def test_a_text_that_gives_the_year_beside_the_reign_knows_better() -> None:
    assert date_of_field("康熙三十年（1692）") == "1692"
    assert date_of_field("康熙三十年（第1800號）") == "1691"


@given(
    st.text(
        st.sampled_from(
            "清唐漢魏康熙貞觀建元太和至光緒武帝年載月日元前公西紀一二十百廿0019甲子辛未（）〔〕 ·BCAD.-春閏朔"
        )
        | st.characters(),
        max_size=40,
    )
)
def test_whatever_a_field_says_its_date_can_be_put_in_order_and_shown(text: str) -> None:
    said = said_date(text)
    reign_span(text)
    signed_date(text, heads=False)
    if said is not None:
        assert re.fullmatch(r"-?\d{4}(?:-\d\d(?:-\d\d(?:T[\d:]+)?)?)?", said.iso)
        assert chronological(said.iso)
        assert spelled_date(said.iso, said.words)


def test_prose_is_read_as_before() -> None:
    assert [date.iso for date in find_dates("康熙三十年六月，公元前1046年，前221年")] == []


def test_a_signature_is_a_date_and_a_heading_of_annals_is_none() -> None:
    signed = signed_date("乾隆五十六年冬十月某山人謹序", heads=True)
    assert signed is not None
    assert signed.iso == "1791"
    assert signed_date("貞觀元年", heads=True) is None
    assert signed_date("（貞觀元年）", heads=True) is not None
    assert signed_date("光緒三年六月", heads=False) is not None
    assert signed_date("光緒三年六月大水，民飢", heads=False) is None


def test_years_before_our_era_come_in_their_order() -> None:
    dates = ["0001", "-0098", "2022-10-28", "-0220", "0000"]
    assert sorted(dates, key=chronological) == ["-0220", "-0098", "0000", "0001", "2022-10-28"]


def test_years_before_our_era_are_shown_as_people_count_them() -> None:
    assert [shown_date(iso) for iso in ("-0220", "0000", "2022-10-28T19:34", None)] == [
        "前221",
        "前1",
        "2022-10-28",
        "",
    ]
    assert spelled_date("1691", "康熙三十年") == "康熙三十年（1691）"
    assert spelled_date("0353", "晉永和九年") == "晉永和九年（353）"


def test_a_whole_reign_is_a_span() -> None:
    assert reign_span("康熙") == ("1662", "1722")
    assert reign_span("唐貞觀") == ("0627", "0649")
    assert reign_span("太和") is None


def _rows() -> list[list[str]]:
    text = files("tuibrowser.corpus").joinpath("data/reigns.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line[0] not in "#="]


def test_every_reign_has_a_sound_line() -> None:
    for court, names, first, length, *mark in _rows():
        assert court
        assert int(first) != 0
        assert 1 <= int(length) <= 505
        assert mark in ([], ["!"], ["?"])
        simplified = convert(names.split()[0].replace("乾", "\ue000"), "t2s")[0].replace("\ue000", "乾")
        assert simplified in names.split()


@pytest.mark.parametrize(
    "courts",
    [
        ("東晉", "劉宋", "南齊", "南梁", "陳"),
        ("隋", "唐", "武周"),
        ("後梁", "後唐", "後晉"),
        ("北宋", "南宋"),
        ("金",),
        ("明",),
        ("清",),
    ],
)
def test_reigns_follow_one_another_without_a_gap(courts: tuple[str, ...]) -> None:
    rows = [(int(first), int(length)) for court, _, first, length, *_ in _rows() if court in courts]
    years = {year for first, length in rows for year in range(first, first + length)}
    assert years == set(range(min(years), max(years) + 1))
