"""Matches that pass over notes, against looking everywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import is_gap, segment_of
from support.examples import examples
from support.searching import answer, engine_of, marked
from tuibrowser.search.index import notes
from tuibrowser.search.matching.notes import around_notes
from tuibrowser.search.matching.phrase import Phrase
from tuibrowser.search.model import HitKind

PLAIN = st.text(alphabet="山水木，\n", max_size=4)
INNER = st.text(alphabet="山水木，", max_size=3)
NOTE = st.tuples(
    INNER, st.sampled_from(["", "（木）", "[山]"]), INNER, st.sampled_from(["（）", "()", "〔〕", "［］"])
).map(lambda parts: parts[3][0] + "".join(parts[:3]) + parts[3][1])


def around(pieces: list[str], query: str) -> set[tuple[int, int]]:
    """Where the characters of a query follow one another outside of notes, with a note between two of them."""
    places: list[tuple[int, str, int]] = []
    at = notes = 0
    for number, piece in enumerate(pieces):
        if number % 2:
            notes += 1
        else:
            places += [(at + offset, each, notes) for offset, each in enumerate(piece) if not is_gap(each)]
        at += len(piece)
    rows = (places[first : first + len(query)] for first in range(len(places) - len(query) + 1))
    return {
        (row[0][0], row[-1][0] + 1)
        for row in rows
        if "".join(each for _, each, _ in row) == query and row[0][2] != row[-1][2]
    }


@pytest.mark.slow
@examples(300)
@given(st.lists(st.tuples(PLAIN, NOTE), min_size=1, max_size=5), st.text(alphabet="山水木", min_size=2, max_size=4))
def test_all_that_stands_around_notes_is_found_and_nothing_else(texts: list[tuple[str, str]], query: str) -> None:
    pieces = [piece for pair in texts for piece in pair] + ["山水"]
    segment = segment_of("".join(pieces))
    spans = [row for each in around_notes(segment, Phrase(query), quoted=False) for row in each.spans(slice(None))]  # type: ignore[arg-type]
    assert {(row[0][0] - 1, row[-1][1] - 1) for row in spans} == around(pieces, query)
    for row in spans:
        held = "".join(segment.text(start, end) for start, end in row)
        assert "".join(each for each in held if not is_gap(each)) == query


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("春眠（音棉）不覺曉", "春眠不覺曉", "春眠…不覺曉"),
        ("春眠（音棉）不覺曉", "“春眠不觉晓”", "春眠…不覺曉"),
        ("春(一作秋)眠[2]不覺曉", "春眠不覺曉", "春…眠…不覺曉"),
        ("春眠（甲）〔乙〕\n不覺曉", "春眠不覺曉", "春眠…不覺曉"),
        ("春眠（見（上）文），不覺曉", "春眠，不覺曉", "春眠…不覺曉"),
    ],
)
def test_notes_are_not_marked(text: str, query: str, found: str) -> None:
    engine = engine_of([text])
    result = answer(engine, query)
    assert [hit.kind for hit in result.hits] == [HitKind.SPACED]
    assert marked(engine, [text], result) == [found]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("春眠（音棉），不覺曉", "“春眠不覺曉”"),  # a mark is more than a blank
        ("春眠（音棉）不覺曉", '="春眠不覺曉"'),
        ("春眠（音棉不覺曉", "“春眠不覺曉”"),
        ("春眠（音棉]不覺曉", "“春眠不覺曉”"),
        (f"春眠（{'音' * 1_200}）不覺曉", "“春眠不覺曉”"),  # too long for a note
    ],
)
def test_other_things_are_not_passed_over(text: str, query: str) -> None:
    assert not answer(engine_of([text]), query).total


def test_notes_of_one_document_are_not_those_of_the_next() -> None:
    assert not answer(engine_of(["春眠（音", "棉）不覺曉", "春眠（音棉）", "不覺曉"]), "“春眠不覺曉”").total


def test_a_text_without_notes_has_none() -> None:
    assert not len(segment_of("春眠不覺曉").note_starts)


def test_a_place_gone_to_holds_the_match_and_the_note_in_it() -> None:
    text = "花落（甲本作開）知多少"
    engine = engine_of([text])
    ((_, start, end),) = engine.occurrences("花落知多少")
    (hit,) = answer(engine, "花落知多少").hits
    assert hit.extent == (start, end) == (0, len(text))
    assert engine.spans_in("花落知多少", 0) == list(hit.spans) == [(0, 2), (8, 11)]


def test_a_hit_of_keywords_is_gone_to_at_the_first() -> None:
    (hit,) = answer(engine_of(["花落在庭前，人知多少。"]), "花落 多少").hits
    assert hit.extent == hit.spans[0] == (0, 2)


def test_characters_that_share_the_print_of_others_are_not_taken_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "_SPREAD", np.uint16(0))
    engine = engine_of(["春眠（音棉）不覺曉", "花落（音洛）不知曉"])
    assert marked(engine, ["春眠（音棉）不覺曉"], answer(engine, "春眠不覺曉")) == ["春眠…不覺曉"]
    assert not answer(engine, "“春落不覺曉”").total
