"""What marks one group of texts against another: counts by reading the texts, and the way down to the places."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import identity_of, is_gap
from support.searching import Texts, engine_of
from tuibrowser.analysis import measures
from tuibrowser.analysis.figures.keyness import MEASURES, NoGroupError, keyness
from tuibrowser.analysis.texts.units import UnitsAsked
from tuibrowser.api import open_corpus
from tuibrowser.corpus.model import Metadata

if TYPE_CHECKING:
    from pathlib import Path

TEXTS: Texts = {
    "山/甲.txt": "山路难行，山路漫漫",
    "山/乙.txt": "山高路遠",
    "水/丙.txt": ("水漲船高水", Metadata(author="李")),
    "水/丁.txt": "山水之间",
}


def test_a_keyword_has_the_figures_reckoned_by_hand() -> None:
    table = keyness(engine_of(TEXTS), "in:山/", minimum=3)
    assert [(row.text, row.target, row.reference, row.documents) for row in table] == [
        ("路", 3, 0, (2, 0)),
        ("山", 3, 1, (2, 1)),
        ("水", 0, 3, (0, 2)),  # Would be there 4 times if it were as common as in the others.
    ]
    row = table[1]
    assert row.per_million == pytest.approx((3e6 / 12, 1e6 / 9), abs=1e-3)
    assert row.log_ratio == pytest.approx(float(measures.log_ratio(3, 1, 12, 9)), abs=1e-6)
    assert row.g2 == pytest.approx(float(measures.keyness(3, 1, 12, 9)), abs=1e-6)
    assert row.ll2 == pytest.approx(float(measures.keyness_of_two_cells(3, 1, 12, 9)), abs=1e-6)
    assert row.conservative == pytest.approx(float(measures.conservative_log_ratio(3, 1, 12, 9, 3)), abs=1e-6)
    assert row.bic == pytest.approx(float(measures.bayes_factor(3, 1, 12, 9)), abs=1e-6)
    assert row.simple_maths == pytest.approx((3e6 / 12 + 1) / (1e6 / 9 + 1))
    assert table[0].diff is None
    assert (table[2].log_ratio < 0, table[2].diff, table[2].forms) == (True, -100, {})
    assert row.diff == pytest.approx(125)
    assert table.basis.n == 12
    assert table.basis.more["reference"] == {"query": "", "documents": 2, "characters": 9, "N": 9}


def test_groups_are_compared_with_the_rest_or_with_another_group() -> None:
    rest = keyness(engine_of(TEXTS), "in:水/", minimum=1)
    other = keyness(engine_of(TEXTS), "in:水/", "in:甲", minimum=1)
    assert next(row.reference for row in rest if row.text == "山") == 3
    assert next(row.reference for row in other if row.text == "山") == 2
    both = keyness(engine_of(TEXTS), "in:水/", "in:丁", minimum=1)
    assert "1 document in both groups" in both.basis.notes
    by = keyness(engine_of(TEXTS), "by:李", minimum=1)
    assert by.basis.notes[0] == "3 without an author left out"


def test_the_basis_says_what_the_reference_repeats_and_leaves_out() -> None:
    engine = engine_of({"甲": "山路", "乙": ("水漲", Metadata(author="李")), "丙": "水漲", "丁": "楼船"})
    assert "all others: 1 document, 33% of the text, repeat the text of another" in (
        keyness(engine, "in:甲", minimum=1).basis.notes
    )
    assert "by:李: 3 without an author left out" in keyness(engine, "in:甲", "by:李", minimum=1).basis.notes


def test_the_rest_is_looked_at_in_the_layer_of_the_target(tmp_path: Path) -> None:
    for name, note in (("甲", "山路"), ("乙", "水路水")):
        xml = f"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>船路<note>{note}</note></p></body></text></TEI>"
        (tmp_path / f"{name}.xml").write_text(xml, encoding="utf-8")
    table = open_corpus(tmp_path).keyness("in:甲 layer:note", unit="character", minimum=1)
    assert {(row.text, row.target, row.reference) for row in table} == {("山", 1, 0), ("路", 1, 1), ("水", 0, 2)}
    assert "not counted: 2 characters in layer:text" in table.basis.notes
    assert "all others: not counted: 2 characters in layer:text" in table.basis.notes
    assert "not counted: 5 characters in layer:note" in open_corpus(tmp_path).frequency("船").basis.notes


def test_no_figure_is_a_zero_with_a_sign() -> None:
    rows = list(keyness(engine_of(TEXTS), "in:水/", minimum=1))
    assert any(row.log_ratio < 0 and row.conservative == 0 for row in rows)
    assert "-0.0" not in {str(value) for row in rows for value in row.record().values()}
    assert all(isinstance(count, int) for row in rows for count in (row.target, row.reference, *row.documents))


def test_numbers_of_documents_can_be_compared() -> None:
    (row,) = keyness(engine_of(TEXTS), "in:山/", minimum=3, count="documents")[:1]
    assert row.text == "路"
    assert row.log_ratio == pytest.approx(float(measures.log_ratio(2, 0, 2, 2)))


@pytest.mark.parametrize("measure", MEASURES)
def test_the_most_telling_by_a_measure_comes_first(measure: str) -> None:
    table = keyness(engine_of(TEXTS), "in:水/", minimum=1, measure=measure)
    values = [float("inf") if (value := getattr(row, measure)) is None else value for row in table]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("filters", "against", "why"),
    [
        ("山", None, "a group is chosen by conditions alone"),
        ("in:沙漠", None, "no document of that group has text"),
        ("in:山", "in:沙漠", "in:沙漠: no document"),
        ("date:八世紀", None, "no document of that group has text .date:八世紀 is no date"),
        ("-in:沙漠", None, "there are no other texts"),
    ],
)
def test_what_is_no_group_is_refused(filters: str, against: str | None, why: str) -> None:
    with pytest.raises(NoGroupError, match=why):
        keyness(engine_of(TEXTS), filters, against)


@pytest.mark.slow
@given(
    ours=st.lists(st.text("山路難难，\n", min_size=1, max_size=12), min_size=1, max_size=3),
    theirs=st.lists(st.text("山路難难，\n", min_size=1, max_size=12), min_size=1, max_size=3),
)
@pytest.mark.parametrize(("unit", "size"), [("character", 1), ("bigram", 2)])
def test_counts_are_those_of_the_texts_and_lead_to_their_places(
    unit: str, size: int, ours: list[str], theirs: list[str]
) -> None:
    def counted(texts: list[str]) -> Counter[tuple[int, ...]]:
        lines = (line for text in texts for line in text.split("\n"))
        kept = ([identity_of(each) for each in line if not is_gap(each)] for line in lines)
        return Counter(tuple(ids[at : at + size]) for ids in kept for at in range(len(ids) - size + 1))

    def has_text(texts: list[str]) -> bool:
        return any(not is_gap(each) for text in texts for each in text)

    named: Texts = {f"a{at}": text for at, text in enumerate(ours)}
    named.update({f"b{at}": text for at, text in enumerate(theirs)})
    engine = engine_of(named)
    if not has_text(ours) or not has_text(theirs):
        with pytest.raises(NoGroupError):
            keyness(engine, "in:a", "in:b", units=UnitsAsked(unit), minimum=1)
        return
    table = keyness(engine, "in:a", "in:b", units=UnitsAsked(unit), minimum=1)
    a, b = counted(ours), counted(theirs)
    seen = {tuple(map(identity_of, row.text)): (row.target, row.reference) for row in table}
    least = -(-b.total() // max(1, a.total()))
    assert seen == {key: (a[key], b[key]) for key in a | b if a[key] or b[key] >= least}
    for row in table:
        opened = table.matches_of(row)
        assert (len(opened), len(opened.by_document())) == (row.target, row.documents[0])
        assert sum(row.forms.values()) == row.target
