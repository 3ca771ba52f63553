"""Pieces: where a corpus is cut, and by what a piece is known."""

from __future__ import annotations

import os
from array import array
from typing import TYPE_CHECKING

import numpy as np

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.search.building.pieces import cuts, differing, pieces_of

if TYPE_CHECKING:
    from pathlib import Path


def cut(names: list[str], sizes: list[int], largest: int) -> list[list[str]]:
    found = cuts(Sources([Found(name, name) for name in names]), np.array(sizes), largest)
    assert [number for numbers in found for number in numbers] == list(range(len(names)))
    return [names[numbers.start : numbers.stop] for numbers in found]


def test_pieces_are_no_larger_than_told_and_no_smaller_than_half_of_it() -> None:
    names = [f"村/{number}.txt" for number in range(400)]
    sizes = [1 + number % 7 for number in range(400)]
    for piece in cut(names, sizes, 60)[:-1]:
        assert 30 <= sum(sizes[names.index(name)] for name in piece) <= 60


def test_a_document_that_is_too_large_stands_alone() -> None:
    assert cut(["甲", "乙", "丙", "丁"], [3, 3, 90, 3], 10) == [["甲", "乙"], ["丙"], ["丁"]]
    assert cut(["甲"], [90], 10) == [["甲"]]


def test_a_file_that_comes_moves_only_the_cuts_near_it() -> None:
    names = [f"村/{number:03}.txt" for number in range(400)]
    before = cut(names, [5] * 400, 100)
    names.insert(17, "村/016a.txt")
    after = cut(names, [5] * 401, 100)
    assert sum(piece not in before for piece in after) <= 4
    assert len(after) > 20


def test_a_piece_has_another_name_where_a_file_of_it_is_another(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        tmp_path.joinpath(f"{name}.txt").write_text(f"{name}村" * 30, encoding="utf-8")

    def names() -> list[str]:
        return [piece.name for piece in pieces_of(Corpus.discover([tmp_path]), "this program", 200)]

    known = names()
    assert len(set(known)) == 2
    assert known == names()
    changed = tmp_path / "甲.txt"
    looked = changed.stat()
    changed.write_text("丙村" * 30, encoding="utf-8")
    os.utime(changed, ns=(looked.st_atime_ns, looked.st_mtime_ns))
    assert len(set(names()) & set(known)) == 1  # of the same size and time, but it ends otherwise


def test_a_piece_of_a_file_of_records_tells_the_sizes_of_its_own_alone(tmp_path: Path) -> None:
    lines = [f'{{"text": "{"村" * (number + 5)}"}}' for number in range(12)]
    tmp_path.joinpath("a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    corpus = Corpus.discover([tmp_path])
    pieces = pieces_of(corpus, "this program", 200)
    assert len(pieces) > 2
    for piece in pieces:
        ((found, _),) = piece.task.found()
        first, last = piece.task.first, piece.task.first + piece.task.documents
        assert piece.first == first
        whole = corpus.sources.files[0].sizes
        assert whole is not None
        assert found.sizes == array("Q", [size * (first <= at < last) for at, size in enumerate(whole)])


def test_a_file_that_looks_otherwise_is_told(tmp_path: Path) -> None:
    file = tmp_path / "甲.txt"
    file.write_text("村" * 30, encoding="utf-8")
    (piece,) = pieces_of(Corpus.discover([tmp_path]), "this program")
    assert differing(piece.task.found()) is None
    looked = file.stat()
    file.write_text("镇" * 30, encoding="utf-8")
    assert differing(piece.task.found()) == str(file)
    os.utime(file, ns=(looked.st_atime_ns, looked.st_mtime_ns))
    assert differing(piece.task.found()) == str(file)
    file.unlink()
    assert differing(piece.task.found()) == str(file)
