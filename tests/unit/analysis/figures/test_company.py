"""Collocates and clusters: what is counted, the measures made of it, and the way down to the lines."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import engine_of
from tuibrowser.analysis.figures.clusters import clusters
from tuibrowser.analysis.figures.collocates import MEASURES, collocates
from tuibrowser.analysis.measures import log_likelihood
from tuibrowser.analysis.texts.units import UnitsAsked

TEXTS = ["山路难行，雨后山路更难。", "过了山路，再过桥。", "雨天过桥"]


def test_a_collocate_has_the_figures_reckoned_by_hand() -> None:
    # 山路 ±1: the windows hold 难, 后 and 更, 了 and 再; the node itself stands on 6 of the 21 characters.
    table = collocates(engine_of(TEXTS), "山路", window=(1, 1), minimum=1)
    assert (table.basis.n, table.basis.s, table.basis.matches, table.basis.characters) == (15, 5, 3, 21)
    row = next(each for each in table if each.text == "难")
    assert (row.together, row.left, row.right, row.documents, row.frequency) == (1, 0, 1, 1, 2)
    assert row.expected == pytest.approx(5 * 2 / 15, abs=1e-6)
    assert row.mi == pytest.approx(log2(15 / 10), abs=1e-6)
    assert row.logdice == pytest.approx(14 + log2(2 / 5), abs=1e-6)
    assert row.g2 == pytest.approx(float(log_likelihood(1, 5, 2, 15)), abs=1e-6)
    assert {each.text for each in table} == {"难", "后", "更", "了", "再"}


def test_a_collocate_is_one_in_all_its_forms() -> None:
    table = collocates(engine_of(["山路难行\n山路難行\n山路难"]), "山路", window=(0, 1), minimum=2)
    assert [(row.text, row.together, row.forms) for row in table] == [("难", 3, {"难": 2, "難": 1})]
    assert table[0].record()["forms"] == {"难": 2, "難": 1}
    assert len(table.matches_of(table[0])) == 3


def test_a_collocate_counts_places_and_opens_matches() -> None:
    near_two = collocates(engine_of(["山路难山路"]), "山路", window=(1, 1), minimum=1)
    assert [(row.text, row.together, row.lines) for row in near_two] == [("难", 1, 2)]
    twice = collocates(engine_of(["难山路难"]), "山路", window=(1, 1), minimum=1)
    assert [(row.text, row.together, row.lines) for row in twice] == [("难", 2, 1)]


def test_bigrams_that_overlap_the_query_are_not_counted() -> None:
    table = collocates(engine_of(["过山路难行路"]), "山路", units=UnitsAsked("bigram"), window=(2, 2), minimum=1)
    assert {row.text for row in table} == {"难行", "行路"}
    # Of the five bigrams of the text 过山, 山路 and 路难 overlap the query.
    assert (table.basis.n, table.basis.s) == (2, 2)


@pytest.mark.slow
@given(texts=st.lists(st.text("山路难難，\n", min_size=1, max_size=20), min_size=1, max_size=5))
@pytest.mark.parametrize("unit", ["character", "bigram"])
def test_no_unit_is_together_more_often_than_it_occurs(unit: str, texts: list[str]) -> None:
    table = collocates(engine_of(texts), "山路", units=UnitsAsked(unit), window=(2, 3), minimum=1)
    basis = table.basis
    for row in table:
        assert row.together <= row.frequency
        assert max(row.left, row.right) <= row.together <= row.left + row.right
        assert 0 < row.documents <= (basis.documents_with or 0)
        assert len(table.matches_of(row)) == row.lines > 0
    assert sum(row.together for row in table) == basis.s
    assert basis.s is not None
    assert basis.s <= basis.n


@pytest.mark.parametrize("measure", MEASURES)
def test_the_best_by_a_measure_comes_first(measure: str) -> None:
    table = collocates(engine_of(TEXTS * 3), "山路", window=(2, 2), minimum=1, measure=measure)
    values = [getattr(row, measure) for row in table]
    assert values == sorted(values, reverse=True)
    assert table.basis.measure == measure


def test_frequencies_are_those_of_the_documents_in_scope() -> None:
    table = collocates(engine_of({"甲": "山路难", "乙": "难难难"}), "山路 in:甲", window=(1, 1), minimum=1)
    assert [(row.text, row.frequency) for row in table] == [("难", 1)]
    assert table.basis.n == 1


def test_nothing_stands_beside_what_is_not_there() -> None:
    table = collocates(engine_of(TEXTS), "沙漠")
    assert (len(table), table.basis.s, table.basis.matches) == (0, 0, 0)


def test_clusters_count_every_match_that_has_so_many_characters_beside_it() -> None:
    table = clusters(engine_of(TEXTS), "山路", size=1)
    assert [(row.text, row.matches, row.documents) for row in table] == [
        ("山路更", 1, 1),  # equally many in the order of pinyin
        ("山路难", 1, 1),
        ("山路再", 1, 1),
    ]
    left = clusters(engine_of(["过桥，雨天过桥", "过桥"]), "过桥", size=2, side="left")
    assert [(row.text, row.matches) for row in left] == [("雨天过桥", 1)]
    assert left.basis.notes == ("in no row: 2 matches with fewer than 2 characters beside them in the paragraph",)
    assert left.basis.window == (2, 0)


def test_a_cluster_is_one_in_all_its_forms_and_leads_to_its_matches() -> None:
    table = clusters(engine_of(["山路难，山路難，山路難，山路行"]), "山路", size=1)
    assert [(row.text, row.matches, row.share, row.forms) for row in table] == [
        ("山路難", 3, 0.75, {"山路難": 2, "山路难": 1}),
        ("山路行", 1, 0.25, {"山路行": 1}),
    ]
    assert [len(table.matches_of(row)) for row in table] == [3, 1]
    assert [row.text for row in clusters(engine_of(["山路难，山路難，山路行"]), "山路", size=1, minimum=2)] == [
        "山路难"
    ]
