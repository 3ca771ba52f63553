"""Sources: documents found by number, name and address; records of a file without an object each."""

from __future__ import annotations

import pickle
from array import array
from pathlib import Path

import pytest

from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.corpus.model import Source

SOURCES = Sources(
    [
        Found("/集/甲.txt", "甲.txt", 10, 1),
        Found("/集/詩.jsonl", "詩.jsonl", 99, 2, sizes=array("Q", (30, 20, 49))),
        Found("/集/書.zip", "書.zip/詞.jsonl", 7, 3, member="詞.jsonl", sizes=array("Q", (3, 4))),
        Found("/集/書.zip", "書.zip/跋.txt", 5, 3, member="跋.txt"),
    ]
)
NAMES = ["甲.txt", "詩.jsonl/1", "詩.jsonl/2", "詩.jsonl/3", "書.zip/詞.jsonl/1", "書.zip/詞.jsonl/2", "書.zip/跋.txt"]


def test_each_document_has_a_name_a_size_and_a_member() -> None:
    assert [source.name for source in SOURCES] == NAMES == list(SOURCES.names())
    assert [SOURCES.name(number) for number in range(7)] == NAMES
    assert [SOURCES.size(number) for number in range(7)] == [10, 30, 20, 49, 3, 4, 5]
    assert [source.member for source in SOURCES] == ["", "1", "2", "3", "詞.jsonl/1", "詞.jsonl/2", "跋.txt"]
    assert SOURCES.total_size == sum(source.size for source in SOURCES)


def test_documents_are_asked_for_by_number_from_either_end() -> None:
    assert SOURCES[-1] == SOURCES[6] == Source(Path("/集/書.zip"), "書.zip/跋.txt", 5, 3, None, "跋.txt")
    assert SOURCES[1:3] == [SOURCES[1], SOURCES[2]]
    for number in (7, -8):
        with pytest.raises(IndexError):
            SOURCES[number]


def test_a_document_is_found_by_its_name_and_by_its_address() -> None:
    assert [SOURCES.number_of(name) for name in NAMES] == list(range(7))
    assert [SOURCES.number_at(source.address) for source in SOURCES] == list(range(7))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "乙.txt",
        "詩.jsonl",
        "詩.jsonl/0",
        "詩.jsonl/4",
        "詩.jsonl/01",
        "詩.jsonl/１",
        "甲.txt/1",
        "詩.jsonl/" + "9" * 99,
    ],
)
def test_other_names_are_no_documents(name: str) -> None:
    assert SOURCES.number_of(name) is None


@pytest.mark.parametrize("wanted", ["", "1", "/", "jsonl/2", "詩", "書.zip", "l/", "詩.jsonl/3", "甲", "無", "2/"])
def test_names_that_hold_a_text_are_found(wanted: str) -> None:
    expected = [(number, name) for number, name in enumerate(NAMES) if wanted in name]
    assert list(SOURCES.holding(wanted)) == expected
    for first in range(len(NAMES) + 1):
        assert list(SOURCES.holding(wanted, first)) == [each for each in expected if each[0] >= first]


def test_what_goes_to_another_process_comes_back_the_same() -> None:
    again = pickle.loads(pickle.dumps(SOURCES))
    assert list(again.files) == list(SOURCES.files)
    assert list(again) == list(SOURCES)
    assert list(pickle.loads(pickle.dumps(Sources([])))) == []


def test_a_text_is_found_in_one_name_and_not_across_two() -> None:
    sources = Sources([Found(f"/集/{name}", name, 1, 1) for name in ("AB", "ab甲", "b")])
    assert list(sources.holding("b")) == [(0, "ab"), (1, "ab甲"), (2, "b")]
    assert list(sources.holding("ab")) == [(0, "ab"), (1, "ab甲")]
    assert [list(sources.holding(wanted)) for wanted in ("bab", "b\0a", "\0", "甲b")] == [[]] * 4


@pytest.mark.parametrize("start", ["", "詩.jsonl/", "詩.jsonl", "詩.jsonl/2", "書.zip/", "甲", "無/"])
def test_names_that_begin_so_are_found(start: str) -> None:
    numbers = [number for stretch in SOURCES.below(start) for number in stretch]
    assert numbers == [number for number, name in enumerate(NAMES) if name.startswith(start)]


def test_the_digest_knows_other_names_and_other_numbers_of_records() -> None:
    digest = SOURCES.digest()
    assert Sources(list(SOURCES.files)).digest() == digest
    assert Sources(SOURCES.files[::-1]).digest() != digest
    fewer = Found("/集/詩.jsonl", "詩.jsonl", 99, 2, sizes=array("Q", (30, 69)))
    assert Sources([SOURCES.files[0], fewer, *SOURCES.files[2:]]).digest() != digest
