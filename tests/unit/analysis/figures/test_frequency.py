"""Frequencies of groups: what is in a row, what is in none, and the way down to the matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import Texts, engine_of
from tuibrowser.analysis.basis import PARTLY_LITERAL
from tuibrowser.analysis.figures.frequency import NoFieldError, frequency, greatest_first, shown_group
from tuibrowser.corpus.model import Metadata
from tuibrowser.search.model import HitKind, Scope

EXACT = Scope(exact=True)

TEXTS: Texts = {
    "河/甲.txt": ("水涨了水涨了", Metadata(author="李", delivered="2021-05-06")),
    "河/乙.txt": ("水漲", Metadata(author="王", delivered="2021-11")),
    "山/丙.txt": ("没有水", Metadata(author="李", delivered="1998")),
    "山/丁.txt": "水涨，桥没了",
}


def counted(by: str) -> list[tuple[str, int, int, int, int]]:
    table = frequency(engine_of(TEXTS), "水涨", by=by)
    return [(row.label, row.matches, row.units, row.documents, row.documents_with) for row in table]


def test_years_and_decades_are_in_order_and_those_without_a_match_stay() -> None:
    assert counted("year") == [("1998", 0, 3, 1, 0), ("2021", 3, 8, 2, 2)]
    assert counted("decade") == [("1990s", 0, 3, 1, 0), ("2020s", 3, 8, 2, 2)]
    assert counted("month") == [("2021-05", 2, 6, 1, 1), ("2021-11", 1, 2, 1, 1)]


@pytest.mark.parametrize(
    ("label", "by", "shown"),
    [
        ("0664", "year", "664"),
        ("0660s", "decade", "660s"),
        ("0664-05", "month", "664-05"),
        ("-0220", "year", "前221"),
        ("-0220s", "decade", "-0220s"),
        ("-0220-05", "month", "-0220-05"),
        ("0664", "folder", "0664"),
    ],
)
def test_a_time_is_shown_as_people_write_it(label: str, by: str, shown: str) -> None:
    assert shown_group(label, by) == shown


def test_years_before_our_era_are_whole_and_in_order() -> None:
    dates = ("0035-04", "-0220", "-0231-03", "-0229-12-01")
    named: Texts = {str(at): ("水涨", Metadata(delivered=date)) for at, date in enumerate(dates)}
    labels = {by: [row.label for row in frequency(engine_of(named), "水涨", by=by)] for by in ("year", "month")}
    assert labels["year"] == ["-0231", "-0229", "-0220", "0035"]
    assert labels["month"] == ["-0231-03", "-0229-12", "0035-04"]
    decades = frequency(engine_of(named), "水涨", by="decade")
    assert [(row.label, row.matches) for row in decades] == [("-0230s", 1), ("-0220s", 2), ("0030s", 1)]


def test_folders_authors_and_documents() -> None:
    assert counted("folder") == [("山", 1, 8, 2, 1), ("河", 3, 8, 2, 2)]
    assert counted("author") == [("李", 2, 9, 2, 1), ("王", 1, 2, 1, 1)]
    assert [row[:2] for row in counted("document")] == [
        ("河/甲.txt", 2),
        ("河/乙.txt", 1),
        ("山/丁.txt", 1),
        ("山/丙.txt", 0),
    ]


@pytest.mark.parametrize("by", ["year", "folder", "author", "document"])
def test_every_row_leads_to_as_many_matches_as_it_says(by: str) -> None:
    table = frequency(engine_of(TEXTS), "水涨", by=by)
    assert [len(table.matches_of(row)) for row in table] == [row.matches for row in table]


def test_what_is_in_no_row_is_told_in_documents_text_and_matches() -> None:
    notes = frequency(engine_of(TEXTS), "水涨", by="year").basis.notes
    assert "in no row: 1 document, 31% of the text, with 1 match, since their date is not known" in notes


def test_a_rate_is_per_million_and_has_an_interval_around_it() -> None:
    (row,) = frequency(engine_of({"甲": ("水涨" + "船" * 98, Metadata(delivered="2000"))}), "水涨")
    assert row.per_million == 10_000
    assert row.interval is not None
    low, high = row.interval
    # Wilson's interval of 1 in 100, as Newcombe's formula has it.
    assert (low, high) == pytest.approx((1_767.4, 54_486.2), abs=0.1)
    assert row.is_small


def test_several_queries_have_rows_of_their_own_and_lead_to_their_own_matches() -> None:
    table = frequency(engine_of(TEXTS), "水涨", by="folder", also=["桥"])
    assert [(row.query, row.label, row.matches) for row in table] == [
        ("水涨", "山", 1),
        ("水涨", "河", 3),
        ("桥", "山", 1),
        ("桥", "河", 0),
    ]
    assert [len(table.matches_of(row)) for row in table] == [1, 3, 1, 0]
    assert table.basis.matches == 5
    assert next(iter(table.records()))["query"] == "水涨"


def test_of_several_queries_each_is_told_with_the_documents_that_it_is_counted_in() -> None:
    texts: Texts = {"河/甲": "水涨水涨", "河/乙": "船", "山/丙": "桥。"}
    basis = frequency(engine_of(texts), "水涨 in:河", by="folder", also=["桥 in:山"]).basis
    assert (basis.documents, basis.characters, basis.documents_with, basis.matches) == (3, 6, 2, 3)
    assert "水涨 in:河: counted in 2 documents of 5 characters" in basis.notes
    assert "桥 in:山: counted in 1 document of 1 character" in basis.notes
    assert not any("counted in" in note for note in frequency(engine_of(texts), "水涨", also=["桥"]).basis.notes)


def test_what_holds_of_one_of_several_queries_is_said_with_its_name_and_of_all_without() -> None:
    scope = Scope(exact=True, once=True)
    texts: Texts = {"甲": "水涨，桥没了", "乙": "水涨，桥没了"}
    basis = frequency(engine_of(texts), "水涨", by="document", also=["水 桥", "=“桥”", "水涨"], scope=scope).basis
    assert basis.query == "水涨 | 水 桥 | =“桥”"
    assert (basis.matches, basis.normalisation) == (3, PARTLY_LITERAL)
    assert [note for note in basis.notes if "several words" in note or "another" in note] == [
        "1 document with the text of another left out",
        "水 桥: several words: each paragraph that holds all of them is counted once, at the first word",
    ]


def test_conditions_choose_the_documents_that_are_counted() -> None:
    table = frequency(engine_of(TEXTS), "水涨 by:李", by="year")
    assert [(row.label, row.matches) for row in table] == [("1998", 0), ("2021", 2)]
    assert table.basis.documents == 2
    assert any("without an author" in note for note in table.basis.notes)


@pytest.mark.slow
@given(
    texts=st.lists(
        st.tuples(st.text("水涨漲，\n", min_size=1, max_size=9), st.sampled_from([None, "1999", "2000-03", "2000"])),
        min_size=1,
        max_size=8,
    )
)
def test_rows_and_what_is_in_none_add_up(texts: list[tuple[str, str | None]]) -> None:
    named: Texts = {str(at): (text, Metadata(delivered=date)) for at, (text, date) in enumerate(texts)}
    engine = engine_of(named)
    table = frequency(engine, "水涨", by="year")
    undated = [number for number, (_, date) in enumerate(texts) if date is None]
    outside = len(engine.matches("水涨", EXACT).of_documents(undated))
    assert sum(row.matches for row in table) + outside == table.basis.matches
    assert sum(row.documents for row in table) + len(undated) == table.basis.documents
    assert all(row.documents_with <= row.documents for row in table)


def test_near_matches_and_repeated_texts_count_as_asked() -> None:
    engine = engine_of({"甲": "山路，难行", "乙": "山路，难行", "丙": "路难"})
    assert frequency(engine, "路难", by="document").basis.matches == 1
    near = frequency(engine, "路难", by="document", scope=Scope())
    assert (near.basis.matches, set(near.basis.totals)) == (3, {HitKind.EXACT, HitKind.SPACED})
    once = frequency(engine, "山路", by="document", scope=Scope(exact=True, once=True))
    assert [(row.label, row.matches) for row in once] == [("甲", 1), ("丙", 0)]
    assert (once.basis.documents, once.basis.characters) == (2, 6)
    assert once.basis.notes == ("1 document with the text of another left out",)
    again = frequency(engine, "山路 -in:甲", by="document", scope=Scope(exact=True, once=True))
    assert [row.label for row in again] == ["乙", "丙"]


def test_groups_are_put_in_the_order_of_matches_or_rates_of_the_first_query() -> None:
    texts: Texts = {"甲/一": "船" * 90 + "水涨水涨", "乙/二": "水涨", "丙/三": "船"}
    table = frequency(engine_of(texts), "水涨", by="folder", also=["船"])
    by_matches, by_rate = (greatest_first(table, by_rate=by_rate) for by_rate in (False, True))
    assert [(row.query, row.label) for row in by_matches] == [
        (query, label) for query in ("水涨", "船") for label in ("甲", "乙", "丙")
    ]
    assert [row.label for row in by_rate] == ["乙", "甲", "丙"] * 2
    assert by_rate.basis.notes[-1] == "groups in the order of their rates, the greatest first"


def test_where_no_document_has_a_field_those_that_are_there_are_named() -> None:
    with pytest.raises(NoFieldError, match=r"no document here has a field quux; there are year, decade, .*document"):
        frequency(engine_of(TEXTS), "水涨", by="quux")


def test_texts_are_grouped_by_their_first_folders() -> None:
    texts: Texts = {"河/上/甲": "水涨", "河/下/深/乙": "水涨水涨", "丙": "水"}
    found = {
        by: [(row.label, row.matches) for row in frequency(engine_of(texts), "水涨", by=by)]
        for by in ("folder", "folder:1", "folder：2")
    }
    assert found["folder"] == [(".", 0), ("河/上", 1), ("河/下/深", 2)]
    assert found["folder:1"] == [(".", 0), ("河", 3)]
    assert found["folder：2"] == [(".", 0), ("河/上", 1), ("河/下", 2)]
    table = frequency(engine_of(texts), "水涨", by="folder:1")
    assert [len(table.matches_of(row)) for row in table] == [0, 3]
    with pytest.raises(NoFieldError):
        frequency(engine_of(texts), "水涨", by="folder:0")
