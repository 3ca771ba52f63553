"""Listing: files found again have the order, the names and the works that they have when all is worked out anew."""

from __future__ import annotations

import tempfile
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.files import discover as discovery
from tuibrowser.corpus.files import ordered
from tuibrowser.corpus.files.discover import discover
from tuibrowser.corpus.files.listing import packed_sources, unpacked_sources

ODD = ("\udcb5\udcda", "甲\x1b")
PARTS = (
    "卷一",
    "卷十",
    "卷二",
    "序",
    "跋",
    "001",
    "第3章 渡口",
    "渡口集卷上",
    "法规",
    "2022",
    "a",
    "A",
    "\udcb5\udcda",
    "甲\x1b",
)
ENDINGS = (".txt", ".md", ".jsonl", "", ".zip", "~")
TREES = st.lists(
    st.tuples(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3), st.sampled_from(ENDINGS)),
    min_size=1,
    max_size=14,
)
CHANGES = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(("write", "remove", "rename", "add", "sidecar"))), max_size=3
)


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordered, "_MANY", 0)
    monkeypatch.setattr(discovery, "_UNSETTLED", -(10**12))  # nothing was written just now


def write(path: Path, words: str) -> None:
    if any(each.is_file() for each in path.parents) or path.is_dir():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".zip":
        with ZipFile(path, "w") as archive:
            for at in range(len(words)):
                archive.writestr(f"卷{at}.txt", words)
    else:
        path.write_text('{"text": "月"}\n' * len(words) if path.suffix == ".jsonl" else words, encoding="utf-8")


def change(root: Path, at: int, what: str) -> None:
    files = sorted(path for path in root.rglob("*") if path.is_file())
    if what == "sidecar":
        write(root / "metadata.csv", f"path,title\n*.txt,題{at}\n")
    elif what == "add" or not files:
        write(root / PARTS[at % len(PARTS)] / "新.txt", "新")
    elif what == "write":
        write(files[at % len(files)], "改" * (at + 1))
    elif what == "remove":
        files[at % len(files)].unlink()
    else:
        files[at % len(files)].rename(root / f"{PARTS[at % len(PARTS)]}名.txt")


@given(TREES, CHANGES, st.booleans())
def test_what_was_kept_changes_no_answer(
    tree: list[tuple[list[str], str]], changes: list[tuple[int, str]], two: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "集"
        root.mkdir()
        for parts, ending in tree:
            write(root.joinpath(*parts).with_name(f"{parts[-1]}{ending}"), "渡口")
        paths = [root, *(sorted(root.iterdir())[:1] if two else ())]
        kept = packed_sources(discover(paths).sources)
        for at, what in changes:
            change(root, at, what)
        paths = [path for path in paths if path.exists()]
        now, again = discover(paths), discover(paths, keeper=lambda *_: kept)
        assert list(again.sources.files) == list(now.sources.files)
        assert again.problems == now.problems
        assert again.sources.listing == now.sources.listing
        assert again.sources.looks() == now.sources.looks()


def test_the_order_is_worked_out_only_where_something_is_called_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("卷十.txt", "卷二.txt", "卷一.txt"):
        write(tmp_path / name, "渡口")
    kept = packed_sources(discover([tmp_path]).sources)
    write(tmp_path / "卷二.txt", "改了")
    with monkeypatch.context() as forbidding:
        forbidding.setattr(ordered, "_order", lambda files: pytest.fail(str(files)))
        again = discover([tmp_path], keeper=lambda *_: kept).sources
    assert [source.name for source in again] == ["卷一.txt", "卷二.txt", "卷十.txt"]
    assert [source.size for source in again] == [source.path.stat().st_size for source in again]
    (tmp_path / "卷二.txt").rename(tmp_path / "卷百.txt")
    assert [source.name for source in discover([tmp_path], keeper=lambda *_: kept).sources][-1] == "卷百.txt"


def test_what_is_no_listing_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "卷十.txt", "渡口")
    write(tmp_path / "卷二.txt", "渡口")
    found = discover([tmp_path]).sources
    kept = packed_sources(found)
    assert unpacked_sources(kept).listing == found.listing
    for damaged in (b"", b"\0" * 99, b"[1, 2]\n", b"[" * 99_999, *(kept[:end] for end in range(0, len(kept), 7))):
        assert list(discover([tmp_path], keeper=lambda *_, data=damaged: data).sources) == list(found)


def test_files_beside_tell_the_same_in_whatever_order_they_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "渡口文存" / "白石集卷一.txt"
    write(first, "渡口")
    second = str(first.with_name("白石集卷二.txt"))
    others = [str(first.with_name(f"春江{chr(0x4E00 + at)}.txt")) for at in range(600)]
    works = set()
    for beside in ([second, *others], [*others[:150], second, *others[150:]]):
        monkeypatch.setattr(ordered, "_texts_in", lambda folder, beside=beside: beside)
        works.add(discover([first]).sources[0].belonging)
    assert len(works) == 1
