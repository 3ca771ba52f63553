"""What repeats another document is told, and counted once where that is asked for, in every figure alike."""

from __future__ import annotations

import pytest

from support.searching import Texts, engine_of
from tuibrowser.analysis.export.cited import cited
from tuibrowser.analysis.figures.clusters import clusters
from tuibrowser.analysis.figures.collocates import collocates
from tuibrowser.analysis.figures.concordance import concordance
from tuibrowser.analysis.figures.dispersion import dispersion
from tuibrowser.analysis.figures.frequency import frequency
from tuibrowser.analysis.figures.keyness import keyness
from tuibrowser.analysis.figures.lists import words
from tuibrowser.search.model import Scope

NOTICE = "凡过渡者皆须于渡口登记姓名，并听候船夫吩咐，不得争先。"
TEXTS: Texts = {
    "河/甲": f"渡口有船。\n{NOTICE}",
    "河/乙": f"雨后无船。\n{NOTICE}\n{NOTICE}",
    "山/丙": "山中无渡口。",
    "山/丁": f"山中无渡口，也无船。\n{NOTICE}",
}
ONCE = Scope(exact=True, once=True)


def test_the_basis_tells_what_repeats_and_what_was_left_out() -> None:
    every = frequency(engine_of(TEXTS), "渡口", by="document")
    assert "72 characters, 61.5% of the text, in paragraphs that a document before has too" in every.basis.notes
    once = frequency(engine_of(TEXTS), "渡口", by="document", scope=ONCE)
    told = "left out, since a document before has these paragraphs too: 72 characters, 61.5% of the text"
    assert told in cited(once.basis)
    assert (every.basis.characters, once.basis.characters) == (117, 45)
    assert {row.label: (row.matches, row.units) for row in once} == {
        "河/甲": (2, 28),
        "河/乙": (0, 4),
        "山/丙": (1, 5),
        "山/丁": (1, 8),
    }
    assert [len(once.matches_of(row)) for row in once] == [row.matches for row in once]


def test_every_figure_leaves_the_same_out() -> None:
    engine = engine_of(TEXTS)
    assert len(concordance(engine, "渡口", scope=ONCE)) == 4
    assert [row.matches for row in dispersion(engine, "渡口", scope=ONCE)] == [2, 1, 1]
    near = collocates(engine, "渡口", minimum=1, scope=ONCE)
    assert near.basis.n + 8 == 45
    assert all(len(near.matches_of(row)) == row.lines for row in near)
    grown = clusters(engine, "渡口", size=1, scope=ONCE)
    assert all(len(grown.matches_of(row)) == row.matches for row in grown)
    for unit in words(engine, minimum=1, scope=ONCE):
        assert unit.count == len(words(engine, minimum=1, scope=ONCE).matches_of(unit))


def test_each_group_that_is_compared_counts_its_own_once() -> None:
    engine = engine_of(TEXTS)
    table = keyness(engine, "in:河/", minimum=1, scope=ONCE)
    assert (table.basis.n, table.basis.more["reference"]["N"]) == (32, 37)
    assert all(len(table.matches_of(row)) == row.target for row in table)
    rows = {row.text: (row.target, row.reference) for row in table}
    assert rows["姓"] == (1, 1)


@pytest.mark.parametrize("scope", [Scope(exact=True), ONCE])
def test_two_queries_rest_on_the_same_text(scope: Scope) -> None:
    table = frequency(engine_of(TEXTS), "渡口", by="folder", also=["船"], scope=scope)
    units = {query: [row.units for row in table if row.query == query] for query in ("渡口", "船")}
    assert units["渡口"] == units["船"]
    assert sum(units["船"]) == table.basis.characters
