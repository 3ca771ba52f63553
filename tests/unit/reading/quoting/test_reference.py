from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.documents import Piece, document
from tuibrowser.reading.quoting.reference import Reference, locate, parse_reference, refer

if TYPE_CHECKING:
    from tuibrowser.corpus.model import DocumentText

WANTED = "機關黨建發(fā)展，是根本。"
SPEECH = document("一、提高認識", Piece(WANTED, (("(fā)", "", True),)), "二、落實責任")
START = SPEECH.raw.index("黨建")


def sure(text: DocumentText, reference: Reference) -> str | None:
    found = locate(reference, text)
    return text.raw[found.start : found.end] if found is not None and found.sure else None


@pytest.mark.parametrize(
    ("start", "end", "reference"),
    [
        (START, START + 8, "北京/講話.txt#2:2-6@"),
        (SPEECH.raw.index("機關"), SPEECH.raw.index("本。") + 2, "北京/講話.txt#2@"),
        (0, SPEECH.raw.index("本。") + 2, "北京/講話.txt#1:0-2:11@"),
        (START, len(SPEECH.raw), "北京/講話.txt#2:2-3:6@"),
    ],
)
def test_a_reference_names_document_paragraph_and_characters(start: int, end: int, reference: str) -> None:
    made = refer("北京/講話.txt", SPEECH, start, end)
    assert str(made).rpartition("@")[0] + "@" == reference
    assert parse_reference(str(made)) == made
    assert sure(SPEECH, made) == SPEECH.raw[start:end]


def test_a_passage_is_found_where_paragraphs_were_added_before_it_or_words_in_its_own() -> None:
    reference = refer("講話.txt", SPEECH, START, SPEECH.raw.index("根本"))
    moved = document("新的", "一、提高認識", "又一段", Piece(WANTED, (("(fā)", "", True),)))
    assert sure(moved, reference) == "黨建發(fā)展，是"
    assert sure(document("序", "各位同志：機關黨建發展，是根本。"), reference) == "黨建發展，是"


def test_it_is_said_where_the_passage_stands_elsewhere() -> None:
    reference = refer("講話.txt", SPEECH, START, START + 2)
    here, moved = locate(reference, SPEECH), locate(reference, document("序", "又", "機關黨建。"))
    assert here is not None
    assert not here.moved
    assert moved is not None
    assert moved.moved


def test_of_several_such_passages_the_nearest_is_taken() -> None:
    reference = refer("甲", SPEECH, START, START + 2)
    text = document("有黨建", "二", "三", "四", "五", "六", "是黨建")
    found = locate(replace(reference, first=6, last=6), text)
    assert found is not None
    assert found.start == text.raw.rindex("黨建")


def test_a_whole_paragraph_is_found_again_elsewhere() -> None:
    whole = refer("講話.txt", SPEECH, SPEECH.raw.index("二、"), len(SPEECH.raw))
    assert str(whole).startswith("講話.txt#3@")
    assert sure(document("序", "又", "二、落實責任", "完"), whole) == "二、落實責任"


def test_where_the_passage_was_changed_the_place_is_named_but_not_sure() -> None:
    reference = refer("講話.txt", SPEECH, START, START + 2)
    changed = document("一、提高認識", "機關工作。", "二、落實責任")
    found = locate(reference, changed)
    assert found is not None
    assert (changed.raw[found.start : found.end], found.sure) == ("工作", False)
    assert locate(reference, document("一段")) is None
    assert locate(Reference("講話.txt", 9, 9), SPEECH) is None


def test_without_a_hash_the_place_is_all_there_is() -> None:
    reference = parse_reference("講話.txt#2:2-4")
    assert reference is not None
    assert sure(SPEECH, reference) == "黨建"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "講話.txt",
        "講話.txt:12",
        "#3",
        "講話.txt#0",
        "講話.txt#2:5-3",
        "講話.txt#3:0-2:4",
        "講話.txt#x",
        "講話.txt#2@zz",
        "講話.txt#2:5",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert parse_reference(text) is None


@pytest.mark.parametrize(
    "path", ["a#3.txt", "a@b#1@c", "100%.txt", "50%25.txt", "a b/c.txt", "行\n行", "半\udc80個", "\x1b[2J"]
)
def test_any_path_comes_back(path: str) -> None:
    written = str(Reference(path, 3, 3, 1, 2, "0123abcd"))
    assert written.isprintable()
    assert parse_reference(written) == Reference(path, 3, 3, 1, 2, "0123abcd")


@given(st.text(min_size=1).filter(lambda path: path == path.strip()), st.integers(1, 10**6), st.integers(0, 10**6))
def test_references_come_back(path: str, number: int, offset: int) -> None:
    for reference in (
        Reference(path, number, number),
        Reference(path, number, number + 1, offset, 5, "0123abcd"),
        Reference(path, number, number, offset, offset + 1),
    ):
        assert parse_reference(str(reference)) == reference


@given(st.lists(st.text(st.sampled_from("機關黨建發。\n"), max_size=8), max_size=4), st.data())
def test_a_passage_is_found_in_its_own_document(paragraphs: list[str], data: st.DataObject) -> None:
    text = document(*paragraphs)
    start = data.draw(st.integers(0, len(text.raw)))
    end = data.draw(st.integers(start, len(text.raw)))
    reference = refer("甲", text, start, end)
    found = locate(reference, text)
    if text.paragraphs:
        assert found is not None
        assert found.sure
        low, high = text.alignment.target_span(start, end)
        again = text.alignment.target_span(found.start, found.end)
        assert text.repaired[again[0] : again[1]].strip() == text.repaired[low:high].strip()
    else:
        assert found is None
