"""Judged lines: known again in the same text, in an edited, renamed or converted one, and counted or not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import Texts, engine_of
from tuibrowser.analysis.figures.clusters import clusters
from tuibrowser.analysis.figures.collocates import collocates
from tuibrowser.analysis.figures.concordance import concordance
from tuibrowser.analysis.figures.dispersion import dispersion
from tuibrowser.analysis.figures.frequency import frequency
from tuibrowser.analysis.judging.model import REJECTED, Judgement, Judging

RIVER = "船夫说水涨了，快走。\n渡口的人看水涨船高。\n桥边水漲，无人过河。"
HILL = "山里的人听说水涨了。"
TEXTS: Texts = {"河.txt": RIVER, "山.txt": HILL}


def judged(texts: Texts, *codes: tuple[int, str], query: str = "水涨") -> list[Judgement]:
    """Judgements of some lines, by their places in reading order."""
    lines = concordance(engine_of(texts), query)
    return [each for place, code in codes for each in lines.judge([place], code)[0]]


def codes(texts: Texts, judgements: list[Judgement]) -> list[str | None]:
    """The codes of all lines in reading order."""
    return [line.code for line in concordance(engine_of(texts), "水涨", judging=Judging(judgements))]


def test_a_judged_line_is_known_again_in_the_same_text() -> None:
    judgements = judged(TEXTS, (0, "a"), (2, REJECTED))
    assert codes(TEXTS, judgements) == ["a", None, "!", None]


def test_a_line_is_known_again_where_text_was_put_before_it_and_in_the_other_script() -> None:
    judgements = judged(TEXTS, (1, "a"), (2, REJECTED))
    moved: Texts = {"河.txt": "新加的一段，水涨。\n\n" + RIVER, "山.txt": HILL}
    assert codes(moved, judgements) == [None, None, "a", "!", None]
    converted: Texts = {"河.txt": "船夫說水漲了，快走。\n渡口的人看水漲船高。\n橋邊水漲，無人過河。", "山.txt": HILL}
    assert codes(converted, judgements) == [None, "a", "!", None]


def test_a_line_is_known_again_where_a_word_beside_it_was_changed() -> None:
    judgements = judged(TEXTS, (1, "a"))
    assert codes({**TEXTS, "河.txt": RIVER.replace("渡口的人", "渡口的老人")}, judgements)[1] == "a"


def test_a_line_is_known_again_in_a_renamed_document() -> None:
    judgements = judged(TEXTS, (1, "a"))
    assert codes({"海.txt": RIVER, "山.txt": HILL}, judgements)[1] == "a"


def test_a_line_that_is_gone_is_told_and_its_code_goes_to_no_other() -> None:
    judgements = judged(TEXTS, (1, "a"))
    texts: Texts = {**TEXTS, "河.txt": RIVER.replace("渡口的人看水涨船高", "无事")}
    lines = concordance(engine_of(texts), "水涨", judging=Judging(judgements))
    assert [line.code for line in lines] == [None, None, None]
    assert "1 judged line not found again among the matches" in lines.basis.notes
    elsewhere = concordance(engine_of({"山.txt": HILL}), "水涨", judging=Judging(judgements))
    assert "1 judged line in documents out of scope" in elsewhere.basis.notes


def test_of_equal_lines_each_keeps_its_own_code() -> None:
    texts: Texts = {"歌.txt": "水涨了\n水涨了\n水涨了"}
    judgements = judged(texts, (0, "a"), (2, REJECTED))
    assert codes(texts, judgements) == ["a", None, "!"]


@given(st.lists(st.sampled_from("水涨山人"), max_size=30), st.lists(st.sampled_from([None, "a", "!"]), max_size=8))
def test_any_judgements_come_back_as_they_were_made(letters: list[str], wanted: list[str | None]) -> None:
    texts: Texts = {"一.txt": "".join(letters), "二.txt": "水涨" * 3}
    lines = concordance(engine_of(texts), "水涨")
    wanted = (wanted + [None] * len(lines))[: len(lines)]
    judgements = [each for at, code in enumerate(wanted) if code for each in lines.judge([at], code)[0]]
    assert codes(texts, judgements) == wanted


def test_a_judgement_is_changed_and_taken_back() -> None:
    judgements = judged(TEXTS, (1, "a"))
    lines = concordance(engine_of(TEXTS), "水涨", judging=Judging(judgements))
    made, gone = lines.judge([1, 2], "b")
    assert ([each.code for each in made], gone) == (["b", "b"], judgements)
    assert lines.judge([1], None) == ([], judgements)


def test_figures_are_counted_without_rejected_lines_or_by_code() -> None:
    engine = engine_of(TEXTS)
    judging = Judging(judged(TEXTS, (0, "a"), (1, "b"), (2, REJECTED)))
    rows = frequency(engine, "水涨", by="document", judging=judging)
    assert {row.label: row.matches for row in rows} == {"河.txt": 2, "山.txt": 1}
    assert len(rows.matches_of(rows[0])) == rows[0].matches
    assert rows.basis.matches == 3
    assert {"3 of 4 lines judged: 1 rejected, 1 as a, 1 as b", "rejected lines are not counted"} <= set(
        rows.basis.notes
    )
    (told,) = rows.basis.more["judged"]
    assert told == {
        "query": "水涨",
        "lines": 3,
        "of": 4,
        "rejected": 1,
        "codes": {"a": 1, "b": 1},
        "counted": None,
        "lost": 0,
        "elsewhere": 0,
    }
    only = replace(judging, codes=frozenset("a"))
    table = dispersion(engine, "水涨", judging=only)
    assert [(row.document, row.matches) for row in table] == [("河.txt", 1)]
    assert "only lines judged as a are counted" in table.basis.notes
    assert sum(row.matches for row in clusters(engine, "水涨", size=1, judging=judging)) == 3
    assert "桥" not in {row.text for row in collocates(engine, "水涨", minimum=1, judging=judging)}
    lines = concordance(engine, "水涨", judging=only)
    assert [(line.code, line.record()) for line in lines] == [("a", next(iter(concordance(engine, "水涨"))).record())]


def test_several_queries_are_counted_by_the_judgements_of_each() -> None:
    engine = engine_of(TEXTS)
    judging = Judging([*judged(TEXTS, (2, REJECTED)), *judged(TEXTS, (0, REJECTED), query="船")])
    rows = frequency(engine, "水涨", by="document", also=["船"], judging=judging)
    assert {(row.query, row.label): row.matches for row in rows} == {
        ("水涨", "河.txt"): 2,
        ("水涨", "山.txt"): 1,
        ("船", "河.txt"): 1,
        ("船", "山.txt"): 0,
    }
    assert "船: 1 of 2 lines judged: 1 rejected" in rows.basis.notes


def test_rejected_lines_are_listed_with_their_code() -> None:
    lines = concordance(engine_of(TEXTS), "水涨", order="right", judging=Judging(judged(TEXTS, (2, REJECTED))))
    assert lines.columns[-1] == "code"
    records = {(str(record["left"]), str(record["node"])): record["code"] for record in lines.records()}
    assert len(records) == 4
    assert records["桥边", "水漲"] == "!"
    assert "rejected lines are not counted" not in lines.basis.notes


@pytest.mark.parametrize("code", ["a", REJECTED])
def test_lines_without_judgements_have_no_column(code: str) -> None:
    lines = concordance(engine_of(TEXTS), "水涨")
    assert "code" not in lines.columns
    assert all("code" not in record for record in lines.records())
    assert [each.code for each in lines.judge([0], code)[0]] == [code]
