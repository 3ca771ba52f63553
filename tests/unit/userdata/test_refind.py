from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.documents import Piece, document
from tuibrowser.corpus.model import Document, Source
from tuibrowser.hanzi.convert import convert
from tuibrowser.userdata.model import Bookmark, Spot
from tuibrowser.userdata.refind import How, content_hash, likely_documents, refind

PARAGRAPHS = [
    f"第{number}段，講的是第{number * 7919 % 1000}件事，各有各的道理，不可一概而論。" for number in range(300)
]
WANTED = "機關黨建要緊緊圍繞中心、建設隊伍、服務群眾，推動高質量發展。"
TEXT = document(*PARAGRAPHS[:150], WANTED, *PARAGRAPHS[150:])
START = TEXT.raw.index(WANTED)
SPOT = Spot("/texts/講話.txt", content_hash(TEXT.raw), START)
END = START + len(WANTED)


def found(*pieces: Piece | str) -> tuple[str, How] | None:
    text = document(*pieces)
    at = refind(text, content_hash(text.raw), SPOT, END, WANTED)
    return None if at is None else (text.raw[at.start : at.end], at.how)


def test_the_same_content_has_it_at_the_same_place() -> None:
    at = refind(TEXT, content_hash(TEXT.raw), SPOT, END, "whatever")
    assert at is not None
    assert (at.start, at.end, at.how) == (START, END, How.SAME)


def test_in_an_edited_file_it_is_where_its_words_are() -> None:
    assert found("新的一段。", *PARAGRAPHS[:150], WANTED, *PARAGRAPHS[150:]) == (WANTED, How.MOVED)
    assert found(*PARAGRAPHS, WANTED) == (WANTED, How.MOVED)
    assert found(WANTED) == (WANTED, How.MOVED)


def test_of_several_the_nearest_is_it() -> None:
    text = document(WANTED, *PARAGRAPHS[:150], "改過。", WANTED, *PARAGRAPHS[150:], WANTED)
    at = refind(text, content_hash(text.raw), SPOT, END, WANTED)
    assert at is not None
    assert at.start == text.raw.index(WANTED, 1)


def test_a_file_in_the_other_script_is_no_obstacle() -> None:
    simplified = [convert(each, "t2s")[0] for each in (*PARAGRAPHS[:150], WANTED, *PARAGRAPHS[150:])]
    assert found(*simplified) == (convert(WANTED, "t2s")[0], How.MOVED)


def test_a_repair_inside_is_no_obstacle() -> None:
    raw = WANTED.replace("發展", "發(fā)展")
    assert found(*PARAGRAPHS[:100], Piece(raw, (("(fā)", "", True),))) == (raw, How.MOVED)


@pytest.mark.parametrize(
    "edited",
    [
        "機關黨建必須緊緊圍繞中心、建設隊伍、服務群眾，推動高質量發展。",
        "機關黨建要緊緊圍繞中心和大局、建設隊伍、服務群眾，推動高質量的發展。",
        "機關黨建要圍繞中心、服務群眾，推動高質量發展。",
    ],
)
@pytest.mark.parametrize("before", [149, 150, 300])
def test_an_edited_passage_is_found_by_its_likeness(edited: str, before: int) -> None:
    pieces = [*PARAGRAPHS[:before], edited, *PARAGRAPHS[before:]]
    text = document(*pieces)
    at = refind(text, content_hash(text.raw), SPOT, END, WANTED)
    assert at is not None
    assert at.how is How.CHANGED
    start = text.raw.index(edited)
    assert abs(at.start - start) <= 4
    assert abs(at.end - start - len(edited)) <= 4


def test_what_is_not_there_is_not_found() -> None:
    assert found(*PARAGRAPHS) is None
    assert found() is None
    assert found("") is None
    assert refind(document(*PARAGRAPHS), "", SPOT, END, "") is None
    assert refind(document("短"), "", SPOT, END, WANTED) is None


@given(st.text(max_size=60), st.integers(0, 500), st.text(max_size=30))
def test_any_text_can_be_looked_for_in_any(raw: str, offset: int, passage: str) -> None:
    text = document(raw)
    at = refind(text, "other", Spot("", "one", offset), offset + 5, passage)
    assert at is None or 0 <= at.start <= at.end <= len(text.raw)


def test_the_hash_of_a_text_is_that_of_its_characters() -> None:
    assert content_hash("機關") == content_hash("機關")
    assert content_hash("機關") != content_hash("机关")
    assert len(content_hash("\ud800")) == 32


def test_likely_documents_are_those_of_the_same_path_size_name_or_title() -> None:
    def made(number: int, path: str, size: int, title: str) -> Document:
        return Document(number, Source(Path(path), path, size), title)

    documents = [
        made(0, "/texts/別的.txt", 5, "別的"),
        made(1, "/texts/新名.txt", 5, "講話"),
        made(2, "/old/講話.txt", 7, "別的"),
        made(3, "/texts/改名.txt", 100, "無"),
        made(4, "/texts/講話.txt", 7, "無"),
    ]
    bookmark = Bookmark("1", SPOT, END, WANTED, "講話", size=100)
    seen: list[tuple[int, int]] = []
    assert likely_documents(bookmark, documents, lambda *at: seen.append(at)) == [4, 3, 2, 1]
    assert seen == [(0, len(documents))]
