"""Lists of all units of some texts."""

from __future__ import annotations

from support.searching import Texts, engine_of
from tuibrowser.analysis.figures.lists import words
from tuibrowser.analysis.texts.units import UnitsAsked

TEXTS: Texts = {"山/甲.txt": "山路难行，山路漫漫", "水/乙.txt": "山高路遠。山路"}


def test_a_list_has_each_unit_with_its_frequency_and_its_documents() -> None:
    table = words(engine_of(TEXTS), minimum=2)
    assert sorted((row.text, row.count, row.documents) for row in table[:2]) == [("山", 4, 2), ("路", 4, 2)]
    assert table[2].text == "漫"
    assert table[0].per_million == round(4e6 / 14, 3)
    assert table.basis.n == 14
    assert "7 units in all" in table.basis.notes
    assert [len(table.matches_of(row)) for row in table] == [4, 4, 2]


def test_a_list_is_of_the_texts_of_some_conditions_and_of_pairs() -> None:
    table = words(engine_of(TEXTS), "in:山/", units=UnitsAsked("bigram"), minimum=2)
    assert [(row.text, row.count) for row in table] == [("山路", 2)]
