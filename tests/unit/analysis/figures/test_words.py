"""Figures of words: lists, collocates, keyness and whole words, and the way down to their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.searching import Texts, engine_of
from support.words import cut_greedily
from tuibrowser.analysis.export.cited import cited
from tuibrowser.analysis.figures.collocates import collocates
from tuibrowser.analysis.figures.concordance import concordance
from tuibrowser.analysis.figures.keyness import keyness
from tuibrowser.analysis.figures.lists import words
from tuibrowser.analysis.texts.units import UnitsAsked

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS: Texts = {"甲": "茶楼酒，茶樓茶。", "乙": "酒酒酒樓酒\n茶"}


@pytest.fixture(autouse=True, scope="module")
def _greedily() -> Iterator[None]:
    with cut_greedily():
        yield


def test_the_list_of_words_has_every_form_and_opens_its_places() -> None:
    table = words(engine_of(TEXTS), units=UnitsAsked("word"), minimum=1)
    assert [(row.text, row.count, row.documents, row.forms) for row in table] == [
        ("茶", 2, 2, {"茶": 2}),
        ("茶楼", 2, 1, {"茶楼": 1, "茶樓": 1}),
        ("樓酒", 1, 1, {"樓酒": 1}),
        ("酒", 1, 1, {"酒": 1}),
        ("酒酒酒", 1, 1, {"酒酒酒": 1}),
    ]
    assert [len(table.matches_of(row)) for row in table] == [row.count for row in table]
    assert (table.basis.n, table.basis.cutter, table.basis.more["types"]) == (7, "greedy 1", 5)
    assert "greedy 1" in cited(table.basis)
    assert [row.text for row in words(engine_of(TEXTS), "in:乙", units=UnitsAsked("word"), minimum=1)] == [
        "茶",
        "樓酒",
        "酒酒酒",
    ]


def test_collocates_are_words_that_overlap_no_match() -> None:
    # The windows of both 茶楼 are 酒, and 酒 and 茶; in the second text 樓酒 overlaps no 茶楼.
    table = collocates(engine_of(TEXTS), "茶楼", units=UnitsAsked("word"), window=(1, 1), minimum=1)
    assert {(row.text, row.together, row.left, row.right, row.lines, row.frequency) for row in table} == {
        ("酒", 1, 1, 1, 2, 1),
        ("茶", 1, 0, 1, 1, 2),
    }
    assert (table.basis.s, table.basis.n, table.basis.cutter) == (2, 5, "greedy 1")
    assert [len(table.matches_of(row)) for row in table] == [row.lines for row in table]


def test_words_mark_one_group_against_another() -> None:
    table = keyness(engine_of(TEXTS), "in:甲", units=UnitsAsked("word"), minimum=1)
    found = {row.text: (row.target, row.reference) for row in table}
    assert found["茶楼"] == (2, 0)
    assert found["茶"] == (1, 1)
    row = next(each for each in table if each.text == "茶楼")
    assert len(table.matches_of(row)) == 2
    assert (table.basis.n, table.basis.more["reference"]["N"], table.basis.cutter) == (4, 3, "greedy 1")


def test_whole_words_leave_out_what_is_a_part_of_one() -> None:
    engine = engine_of(TEXTS)
    assert len(concordance(engine, "酒")) == 5
    lines = concordance(engine, "酒", whole_words=True)
    assert [(line.node, line.document) for line in lines] == [("酒", "甲")]
    assert (lines.basis.matches, lines.basis.cutter) == (1, "greedy 1")
    assert any("whole words" in note for note in lines.basis.notes)


def test_words_in_a_row_open_their_places() -> None:
    table = words(engine_of(["茶楼酒，茶樓酒"]), units=UnitsAsked("word"), size=2, minimum=2)
    assert [(row.text, row.count, row.forms) for row in table] == [("茶楼 酒", 2, {"茶楼 酒": 1, "茶樓 酒": 1})]
    assert len(table.matches_of(table[0])) == 2
    assert (table.basis.n, table.basis.more["size"]) == (3, 2)
