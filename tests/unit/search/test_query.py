from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.model import Layer
from tuibrowser.search.query import MOST_WORDS, READ_LAYERS, DateRange, Filter, Word, date_range, field_key, parse


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("高质量 发展", [Word("高质量"), Word("发展")]),
        ("  高质量　发展 ", [Word("高质量"), Word("发展")]),
        ('"高质量 发展"', [Word("高质量 发展", quoted=True)]),
        ("“高质量 发展” 创新", [Word("高质量 发展", quoted=True), Word("创新")]),
        ('="爲"', [Word("爲", quoted=True, literal=True)]),
        ("＝“爲”", [Word("爲", quoted=True, literal=True)]),
        ("防止“两张皮”", [Word("防止“两张皮”")]),
        ("COVID-19", [Word("COVID-19")]),
        ("10:30", [Word("10:30")]),
        ("https://example.org/a", [Word("https://example.org/a")]),
        ("a=b", [Word("a=b")]),
        ("-", [Word("-")]),
        ("——", [Word("——")]),
        ("", []),
    ],
)
def test_words_and_phrases(typed: str, words: list[Word]) -> None:
    query = parse(typed)
    assert list(query.words) == words
    assert not query.notes


def test_a_hyphen_before_a_word_leaves_it_out() -> None:
    query = parse("改革 -开放 －“对外 开放”")
    assert query.words == (Word("改革"),)
    assert query.excluded == (Word("开放"), Word("对外 开放", quoted=True))


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ("in:北京", Filter("in", "北京")),
        ("by：李", Filter("by", "李")),
        ("ｂｙ：李", Filter("by", "李")),
        ("-in:草稿", Filter("in", "草稿", negated=True)),
        ('by:"李 克强"', Filter("by", "李 克强")),
        ("date:2021-06..2023", Filter("date", "2021-06..2023")),
        ("－date：2022", Filter("date", "2022", negated=True)),
    ],
)
def test_fields_choose_documents(typed: str, condition: Filter) -> None:
    assert parse(f"改革 {typed}").filters == (condition,)


def test_an_unknown_field_is_named_and_searched_as_text() -> None:
    query = parse("au:李")
    assert query.words == (Word("au:李"),)
    assert "no field au" in query.notes[0]


@pytest.mark.parametrize("value", ["昨天", "宋", "八世紀", "701-761", "..昨天", "421, 500"])
def test_what_is_no_date_is_named_and_no_condition_to_meet(value: str) -> None:
    (condition,) = parse(f'改革 date:"{value}"').filters
    assert not condition.can_be_read
    (note,) = parse(f'改革 date:"{value}"').notes
    assert note.startswith(f"date:{value} is no date (2022, 421, ")


@pytest.mark.parametrize(
    "typed", ["in:", "by:", "-by:", "genre:", "layer:", "layer:margin", "re:", "-like:船", "by: 陶", "date: 421"]
)
def test_a_condition_that_cannot_be_read_is_kept_and_said(typed: str) -> None:
    query = parse(f"改革 {typed}", {field_key("genre"): "genre"})
    assert [condition.can_be_read for condition in query.filters] == [False]
    assert query.notes[0].endswith("nothing is looked for")


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ("author:李", Filter("by", "李")),
        ("-作者：李", Filter("by", "李", negated=True)),
        ("title:船", Filter("in", "船")),
        ("標題:船", Filter("in", "船")),
        ("日期:421", Filter("date", "421")),
    ],
)
def test_the_column_of_a_table_asks_like_the_field_it_is_kept_as(typed: str, condition: Filter) -> None:
    query = parse(f"改革 {typed}")
    assert query.filters == (condition,)
    assert f"is read as {condition.name}:" in query.notes[0]


def test_a_field_of_the_corpus_comes_before_another_name_of_a_field() -> None:
    query = parse("改革 year:甲", {field_key("year"): "year"})
    assert (query.filters, query.notes) == ((Filter("year", "甲"),), ())


def test_a_lone_quotation_mark_is_text_and_said() -> None:
    assert parse('"改革').words == (Word('"改革'),)
    assert parse('"改革').notes


def test_several_lines_are_one_passage() -> None:
    assert parse("床前明月光\n疑是地上霜\n").words == (Word("床前明月光 疑是地上霜"),)


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2022", DateRange("2022", "2022")),
        ("2021-06..2023", DateRange("2021-06", "2023")),
        ("..2023", DateRange(None, "2023")),
        ("2021..", DateRange("2021", None)),
        ("2022年6月", DateRange("2022-06", "2022-06")),
        ("2022-6-1", DateRange("2022-06-01", "2022-06-01")),
        ("前221", DateRange("-0220", "-0220")),
        ("-0220..前206年", DateRange("-0220", "-0205")),
        ("康熙三十年", DateRange("1691", "1691")),
        ("康熙", DateRange("1662", "1722")),
        ("康熙..雍正", DateRange("1662", "1735")),
        ("太和", None),
        ("永和九年", None),
        ("..", None),
        ("22", DateRange("0022", "0022")),
        ("421", DateRange("0421", "0421")),
        ("421..2001", DateRange("0421", "2001")),
        ("..500", DateRange(None, "0500")),
        ("701-761", None),
    ],
)
def test_dates(value: str, bounds: DateRange | None) -> None:
    assert date_range(value) == bounds


@pytest.mark.parametrize(
    ("value", "date", "held"),
    [
        ("2022", "2022-10-28T19:34:10", True),
        ("2022", "2023-01-01", False),
        ("2021-06..2023", "2021-06-01", True),
        ("2021-06..2023", "2021-05-31", False),
        ("2021-06..2023", "2023-12-31", True),
        ("2021-06", "2021", True),  # as far as is known
        ("前221..前206", "-0209", True),
        ("前221..前206", "-0221", False),
        ("前221..前206", "-0099", False),
        ("前221..0206", "0001", True),
        ("..2023", "-0220", True),
        ("2021..", "-0220", False),
        ("421", "0421-05", True),
        ("..500", "0975", False),
        ("康熙", "1691", True),
        ("康熙", "1723", False),
    ],
)
def test_a_range_holds_dates(value: str, date: str, held: bool) -> None:
    bounds = date_range(value)
    assert bounds is not None
    assert bounds.holds(date) is held


@given(st.text(alphabet='高a -－:：=＝"“”in.2\n\t\0\ud800'))
def test_whatever_is_typed_is_a_query(typed: str) -> None:
    query = parse(typed)
    assert query.text == typed
    assert all(word.text for word in query.words)


@pytest.mark.parametrize(
    ("typed", "layers"),
    [
        ("layer:note", {Layer.NOTE}),
        ("ｌａｙｅｒ：ＮＯＴＥ", {Layer.NOTE}),
        ("-layer:note", {Layer.TEXT}),
        ("layer:apparatus", {Layer.APPARATUS}),
        ("layer:text", {Layer.TEXT}),
        ("－layer：text -layer:apparatus", {Layer.NOTE}),
        ("layer:text layer:note", set()),
        ("in:furniture", {Layer.FURNITURE}),
        ("ｉｎ：Furniture", {Layer.FURNITURE}),
        ("layer:furniture", {Layer.FURNITURE}),
        ("-in:furniture", READ_LAYERS),
        ("-in:furniture -layer:note", {Layer.TEXT}),
        ("in:furniture layer:note", set()),
        ("in:furniture -in:furniture", set()),
    ],
)
def test_a_layer_says_where_a_match_may_begin(typed: str, layers: set[Layer]) -> None:
    query = parse(f"改革 {typed}")
    assert query.layers == layers
    assert (query.words, query.filters) == ((Word("改革"),), ())


def test_a_layer_that_there_is_not_is_named_with_those_that_there_are() -> None:
    (note,) = parse("改革 layer:注").notes
    assert "注" in note
    assert all(layer in note for layer in Layer)


def test_many_words_are_a_passage_and_what_that_undoes_is_said() -> None:
    many = " ".join(f"水{number}" for number in range(MOST_WORDS))
    assert parse(many).notes == ()
    assert len(parse(f"{many} 山").words) == 1
    assert parse(f"{many} 山").notes == ()
    for word in ("“山”", "山□水", "re:山.水"):
        (whole,) = parse(f"{many} {word}").words
        assert whole.pattern is None
        (note,) = parse(f"{many} {word}").notes
        assert "12 words" in str(note)
