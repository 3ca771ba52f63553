"""Stamps: a file that changed is noticed, and one that did not is not opened."""

from __future__ import annotations

import json
import os
from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.corpus.loading.loaded import loaded
from tuibrowser.corpus.model import Source
from tuibrowser.corpus.read import read
from tuibrowser.corpus.records import stamps
from tuibrowser.corpus.records.stamps import stamped, unchanged


@pytest.fixture
def files(tmp_path: Path) -> list[Found]:
    """Three files that were found, one of them of two records."""
    found = []
    for name in ("山.txt", "水.jsonl", "月.txt"):
        path = tmp_path / name
        path.write_text(f"{name}\n{name}\n", encoding="utf-8")
        status = path.stat()
        sizes = array("Q", (9, 9)) if name == "水.jsonl" else None
        found.append(Found(str(path), name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, sizes=sizes))
    return found


def places(before: list[Found], now: list[Found]) -> list[int]:
    return list(unchanged(stamped(before), Sources(now)))


def test_files_that_did_not_change_keep_their_places(files: list[Found]) -> None:
    assert places(files, files) == [0, 1, 2, 3]
    assert places(files, files[::-1]) == [3, 1, 2, 0]
    assert places(files, [replace(files[0], name="新.txt"), *files[1:]]) == [-1, 1, 2, 3]
    assert places(files, [files[0], files[2]]) == [0, 3]
    assert places(files[1:], files) == [-1, 0, 1, 2]


def test_a_file_of_which_nothing_was_changed_is_not_opened(files: list[Found], monkeypatch: pytest.MonkeyPatch) -> None:
    kept = list(stamped(files))
    monkeypatch.setattr(stamps, "tail", lambda path: pytest.fail(path))
    assert list(unchanged(kept, Sources(files))) == [0, 1, 2, 3]


def test_a_change_that_hides_behind_the_old_time_and_size_is_noticed(files: list[Found]) -> None:
    kept = list(stamped(files))
    for found in files:
        with Path(found.path).open("r+b") as file:
            file.write(b"#")
        os.utime(found.path, ns=(found.mtime, found.mtime))
    now = [replace(found, changed=Path(found.path).stat().st_ctime_ns + 1) for found in files]
    assert list(unchanged(kept, Sources(now))) == [-1, -1, -1, -1]


def test_a_file_whose_tail_is_known_since_it_was_read_is_not_opened(
    files: list[Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = list(stamped(files))
    tails = [stamps.tail(found.path) for found in files]
    monkeypatch.setattr(stamps, "tail", lambda path: pytest.fail(path) if path != files[1].path else tails[1])
    assert list(stamped(files, [tails[0], "", tails[2]])) == kept


@pytest.mark.parametrize("size", [0, 1, stamps.TAIL - 1, stamps.TAIL, stamps.TAIL + 1])
def test_the_bytes_that_were_read_tell_the_tail_of_their_file(tmp_path: Path, size: int) -> None:
    path = tmp_path / "山.txt"
    path.write_bytes(b"x" * size)
    assert stamps.tail_of(path.read_bytes()) == stamps.tail(str(path))


def test_a_text_that_was_read_bears_the_tail_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "山.txt"
    path.write_text("千山鳥飛絕。\n", encoding="utf-16")
    assert loaded(read(Source(path, path.name, 1), 0)).tail == stamps.tail(str(path))


def test_names_that_json_must_escape_keep_their_places(files: list[Found]) -> None:
    odd = [replace(files[0], name='"月\\\n\udc80\U00020000')]
    assert places(odd, odd) == [0]
    assert json.loads(next(stamped(odd)))[0] == odd[0].name


def test_times_that_prove_nothing_are_not_trusted(files: list[Found]) -> None:
    fresh = [replace(found, changed=0) for found in files]
    kept = list(stamped(fresh))
    with Path(files[0].path).open("r+b") as file:
        file.write(b"#")
    assert list(unchanged(kept, Sources(fresh))) == [-1, 1, 2, 3]


def test_other_sizes_of_records_and_other_words_of_a_sidecar_are_changes(files: list[Found]) -> None:
    other = [files[0], replace(files[1], sizes=array("Q", (8, 10))), replace(files[2], declared=(("title", "月"),))]
    assert places(files, other) == [0, -1, -1, -1]
