"""Which units figures count: those that suit the texts, forms together or apart, without those of a stop list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.searching import engine_of
from support.words import cut_greedily
from tuibrowser.analysis.export.cited import basis_record, cited
from tuibrowser.analysis.figures.clusters import clusters
from tuibrowser.analysis.figures.collocates import collocates
from tuibrowser.analysis.figures.keyness import keyness
from tuibrowser.analysis.figures.lists import words
from tuibrowser.analysis.texts.stop_list import StopList, read_stop_lists, stop_list_of
from tuibrowser.analysis.texts.units import UnitsAsked, is_covered
from tuibrowser.host.stopping import StoppedError, stopping
from tuibrowser.search.values import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tuibrowser.analysis.figures.collocates import Collocate
    from tuibrowser.analysis.table import Table

MODERN = ["茶楼，楼酒，茶樓，酒酒酒"]
CLASSICAL = ["风，雨，雷，电，茶"]

ANY = UnitsAsked()


@pytest.fixture(autouse=True, scope="module")
def _greedily() -> Iterator[None]:
    with cut_greedily():
        yield


def test_words_are_counted_where_the_dictionary_has_them() -> None:
    table = words(engine_of(MODERN), units=ANY, minimum=1)
    assert (table.basis.unit, table.basis.cutter) == ("word", "greedy 1")
    assert "words are counted, since the dictionary has 100% of those in a sample" in cited(table.basis)
    assert basis_record(table.basis)["coverage"] == {"known": 4, "words": 4, "share": 1.0}


def test_characters_are_counted_where_it_lacks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.words.Greedy.knows", lambda _, word: word == "茶楼")
    engine = engine_of(MODERN)
    for table in (
        words(engine, units=ANY, minimum=1),
        collocates(engine, "酒", units=ANY, minimum=1),
        keyness(engine_of([*MODERN, "雨"]), "in:0", units=ANY, minimum=1),
    ):
        assert (table.basis.unit, table.basis.cutter) == ("character", None)
        assert "only 25% of the words in a sample" in cited(table.basis)
    assert engine.cut_texts.cutting() is None


def test_a_unit_that_is_named_needs_no_reason() -> None:
    table = words(engine_of(MODERN), units=UnitsAsked("character"), minimum=1)
    assert (table.basis.unit, basis_record(table.basis).get("coverage")) == ("character", None)
    assert words(engine_of(MODERN), units=ANY, size=2, minimum=1).basis.unit == "word"


@pytest.mark.parametrize(("known", "every", "covered"), [(7, 10, True), (69, 100, False), (0, 0, True)])
def test_most_words_are_seven_of_ten(known: int, every: int, covered: bool) -> None:
    assert is_covered(Coverage(known, every)) is covered


@pytest.mark.parametrize("unit", ["character", "word"])
def test_written_forms_apart_are_rows_that_open_their_own_lines(unit: str) -> None:
    texts = ["雨茶楼雨\n雨茶樓雨\n雨茶樓雨"]
    near = collocates(engine_of(texts), "雨", units=UnitsAsked(unit, exact=True), window=(2, 2), minimum=1)
    together = {row.text: (row.together, row.lines, dict(row.forms)) for row in near}
    name = {"character": "楼", "word": "茶楼"}[unit]
    other = {"character": "樓", "word": "茶樓"}[unit]
    assert together[name] == (1, 2, {name: 1})
    assert together[other] == (2, 4, {other: 2})
    _open_as_they_say(near)
    listed = words(engine_of(texts), units=UnitsAsked(unit, exact=True), minimum=1)
    assert {row.text: row.count for row in listed}[other] == 2
    assert all(len(listed.matches_of(row)) == row.count for row in listed)
    assert listed.basis.more["exact"] is True
    assert "Method: N 9 bigrams; 5 at least; each written form by itself." in cited(
        words(engine_of(texts), units=UnitsAsked("bigram", exact=True)).basis
    )


def _open_as_they_say(table: Table[Collocate]) -> None:
    for row in table:
        assert len(table.matches_of(row)) == row.lines


def test_clusters_of_written_forms() -> None:
    engine = engine_of(["山路难\n山路難\n山路難"])
    assert [(row.text, row.matches) for row in clusters(engine, "山路", size=1)] == [("山路難", 3)]
    table = clusters(engine, "山路", size=1, exact=True)
    assert [(row.text, row.matches) for row in table] == [("山路難", 2), ("山路难", 1)]
    assert all(len(table.matches_of(row)) == row.matches for row in table)
    assert (table.basis.more["exact"], table.basis.method) == (True, "each written form by itself")


def test_a_stop_list_leaves_rows_out_and_says_how_many() -> None:
    stop = stop_list_of(["楼", " ", "雨"])
    engine = engine_of(["雨茶樓雨茶楼雨", "风楼"])
    units = UnitsAsked("character", stop=stop)
    table = words(engine, units=units, minimum=1)
    assert [row.text for row in table] == ["茶", "风"]
    assert table.basis.n == 9
    assert table.basis.more["stop_list"] == {"files": [], "words": 2, "units": 2, "count": 6}
    assert "left out by a stop list: 2 units, 6 times" in cited(table.basis)
    near = collocates(engine, "茶", units=units, window=(2, 2), minimum=1)
    assert [row.text for row in near] == []
    assert (near.basis.s, near.basis.more["stop_list"]["count"]) == (5, 5)
    keys = keyness(engine, "in:0", units=units, minimum=1)
    assert ([row.text for row in keys], keys.basis.more["types"]) == (["茶", "风"], 2)
    assert keys.basis.more["stop_list"] == {"files": [], "words": 2, "units": 2, "count": 5}
    exact = words(engine, units=UnitsAsked("character", exact=True, stop=stop), minimum=1)
    assert "樓" in {row.text for row in exact}


def test_stop_lists_are_read_from_files(tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_text("\ufeff# 注\n的\n\n  了 \n#\n", encoding="utf-8")
    (tmp_path / "二.txt").write_bytes("的".encode("gb18030"))
    found = read_stop_lists([tmp_path / "一.txt", tmp_path / "二.txt", tmp_path / "三.txt"])
    assert (set(found.words), found.names) == ({"的", "了", "#"}, ("一.txt",))
    assert found.problems[0] == "二.txt was not used: not UTF-8"
    assert found.problems[1].startswith("三.txt was not used")
    table = words(engine_of(CLASSICAL), units=UnitsAsked("character", stop=found), minimum=1)
    assert "二.txt was not used: not UTF-8" in table.basis.notes
    assert "left out by the stop list 一.txt: 0 units, 0 times" in table.basis.notes
    assert not StopList(frozenset())


def test_what_nobody_wants_any_more_is_not_cut() -> None:
    with stopping(lambda: True), pytest.raises(StoppedError):
        words(engine_of(MODERN), units=UnitsAsked("word"), minimum=1)
