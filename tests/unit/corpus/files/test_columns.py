"""Columns: files come back as they were put in, from disk too, and what is damaged is noticed."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import Any

import pytest

from tuibrowser.corpus.files.columns import Columns, packed, unpacked
from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.model import Belonging

FILES = [
    Found("/集/甲.txt", "甲.txt", 10, 1, 7, Belonging("渡口集", ("卷一",)), declared=(("title", "月"),)),
    Found("/集/乙\udc80.txt", "乙\\x80.txt", 11, -2, 8),
    Found("/集/詩.jsonl", "詩.jsonl", 99, 2, sizes=array("Q", (30, 20, 49))),
    Found("/集/書.zip", "書.zip/跋.txt", 5, 3, 9, Belonging("書", by_number=True), member="跋.txt"),
    Found("/集/書.zip", "書.zip/詞.jsonl", 7, 3, member="詞.jsonl", sizes=array("Q", (3, 4))),
    Found("甲", "甲"),
]


def test_files_come_back_as_they_were() -> None:
    columns = Columns.of(FILES)
    assert list(columns) == list(unpacked(packed(columns))) == FILES
    assert [columns[at] for at in range(len(FILES))] == FILES
    assert columns[-1] == FILES[-1]
    assert columns[1:3] == FILES[1:3]
    assert list(unpacked(packed(Columns.of([])))) == []


def test_a_file_is_found_by_its_name_and_by_its_path() -> None:
    columns = Columns.of(FILES)
    assert [columns.names.place(each.name) for each in FILES] == list(range(len(FILES)))
    assert [columns.at_path(each.path) for each in FILES] == [0, 1, 2, 3, 3, 5]
    for other in ("", "甲.tx", "集/甲.txt", "甲.txt\0乙", "\0", "丙.txt"):
        assert (columns.names.place(other), columns.at_path(other)) == (None, None)


def test_the_digest_knows_every_field() -> None:
    digest = Columns.of(FILES).digest()
    other: dict[str, Any] = {
        "path": "/他/甲.txt",
        "name": "他.txt",
        "size": 12,
        "mtime": 2,
        "changed": 0,
        "belonging": None,
        "member": "他",
        "declared": (),
        "sizes": array("Q", (10,)),
    }
    assert Columns.of(FILES).digest() == digest
    for field, value in other.items():
        assert Columns.of([replace(FILES[0], **{field: value}), *FILES[1:]]).digest() != digest


def test_bytes_that_are_cut_short_are_no_columns() -> None:
    data = packed(Columns.of(FILES))
    for end in range(len(data)):
        with pytest.raises(ValueError):  # noqa: PT011  # it has no words
            unpacked(data[:end])


def test_bytes_with_a_work_of_no_name_are_no_columns() -> None:
    data = packed(Columns.of([Found("/集/甲.txt", "甲.txt")]))
    damaged = data.replace(b'"belongings": [null]', b'"belongings": [[]  ]')
    assert damaged != data
    with pytest.raises(ValueError):  # noqa: PT011  # it has no words
        unpacked(damaged)
