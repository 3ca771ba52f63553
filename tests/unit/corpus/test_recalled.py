"""Recalled: a corpus of kept files is shown only where no folder was changed, and becomes what is found."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tuibrowser.corpus import recalled as recalling
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files import discover, ordered
from tuibrowser.corpus.files.listing import packed_sources
from tuibrowser.corpus.recalled import FoundAnew, RecalledCorpus, found_anew, recalled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two folders, an archive and a file of records, of which nothing was changed just now."""
    monkeypatch.setattr(recalling, "_WORTH", 0)
    monkeypatch.setattr(ordered, "_MANY", 0)
    monkeypatch.setattr(discover, "_UNSETTLED", -(10**12))
    folder = tmp_path / "集"
    for name in ("上/卷一.txt", "上/卷二.txt", "下/卷三.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"渡口{name}\n", encoding="utf-8")
    (folder / "下" / "空.txt").touch()
    (folder / "篇.jsonl").write_text('{"text": "月"}\n{"text": "日"}\n', encoding="utf-8")
    with ZipFile(folder / "卷.zip", "w") as archive:
        archive.writestr("卷四.txt", "春江")
        archive.writestr("卷五.txt", "春江")
    return folder


def kept(*paths: Path) -> bytes:
    data = packed_sources(Corpus.discover(paths).sources)
    time.sleep(0.02)  # for the next change to bear another time
    return data


def corpus_of(*paths: Path, data: bytes) -> RecalledCorpus:
    """The corpus as it was kept; its files are found in this process."""
    before = recalled(paths, None, lambda *_: data)
    assert before is not None

    def find() -> FoundAnew:
        return found_anew(before, Corpus.discover(paths))

    return RecalledCorpus(before, paths=paths, encoding=None, find=find)


def test_what_was_not_changed_is_recalled_as_it_is_found(texts: Path) -> None:
    for paths in ((texts,), (texts / "上", texts / "下"), (texts / "篇.jsonl",), (texts / "上" / "卷一.txt",)):
        corpus, found = corpus_of(*paths, data=kept(*paths)), Corpus.discover(paths)
        assert list(corpus.sources) == list(found.sources)
        assert corpus.find_files()
        assert corpus.sources.listing == found.sources.listing
        assert corpus.sources.looks() == found.sources.looks() != ""


@pytest.mark.parametrize(
    "change", ["add", "remove", "rename", "folder", "archive", "records", "mode", "left out", "link"]
)
def test_nothing_is_recalled_where_other_documents_may_be(texts: Path, change: str) -> None:
    if change == "link":
        (texts / "下" / "卷末.txt").symlink_to(texts / "上" / "卷一.txt")
    data = kept(texts)
    if change == "add":
        (texts / "下" / "卷六.txt").write_text("渡口\n", encoding="utf-8")
    elif change == "remove":
        (texts / "下" / "卷三.txt").unlink()
    elif change == "rename":
        (texts / "上").rename(texts / "中")
    elif change == "folder":
        (texts / "空").mkdir()
    elif change == "archive":
        with ZipFile(texts / "卷.zip", "a") as archive:
            archive.writestr("卷七.txt", "春江")
    elif change == "records":
        with (texts / "篇.jsonl").open("a", encoding="utf-8") as file:
            file.write('{"text": "星"}\n')
    elif change == "left out":
        (texts / "下" / "空.txt").write_text("不再空了。\n", encoding="utf-8")
    elif change == "mode":
        (texts / "下").chmod(0o500)
    assert recalled([texts], None, lambda *_: data) is None


def test_a_folder_changed_just_before_proves_nothing(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover, "_UNSETTLED", 10**12)
    data = kept(texts)
    assert recalled([texts], None, lambda *_: data) is None


def test_what_is_damaged_or_small_is_not_recalled(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = kept(texts)
    assert recalled([texts], None, None) is recalled([texts], None, lambda *_: None) is None
    assert recalled([texts], None, lambda *_: data[:-1]) is None
    monkeypatch.setattr(recalling, "_WORTH", len(data) + 1)
    assert recalled([texts], None, lambda *_: data) is None


def test_a_changed_file_is_read_as_it_is_and_known_so_once_the_files_are_found(texts: Path) -> None:
    data = kept(texts)
    file = texts / "上" / "卷一.txt"
    file.write_text("改過以後的文字。\n", encoding="utf-8")
    corpus = corpus_of(texts, data=data)
    (number,) = [at for at, source in enumerate(corpus.sources) if source.path == file]
    assert corpus.text(number).raw == "改過以後的文字。\n"
    assert corpus.find_files()
    assert corpus.sources[number].size == corpus.documents[number].source.size == file.stat().st_size
    assert list(corpus.sources) == list(Corpus.discover([texts]).sources)


def test_what_was_left_out_is_known_once_the_files_are_found(texts: Path) -> None:
    corpus = corpus_of(texts, data=kept(texts))
    assert not corpus.problems
    assert corpus.find_files()
    assert len(corpus.problems) == 1
    assert corpus.problems == Corpus.discover([texts]).problems


def test_documents_stay_what_they_are_where_others_are_found(texts: Path) -> None:
    corpus = corpus_of(texts, data=kept(texts))
    before = list(corpus.sources.names())
    (texts / "上" / "卷零.txt").write_text("新的一卷。\n", encoding="utf-8")
    changed = texts / "下" / "卷三.txt"
    changed.write_text("改過以後的文字。\n", encoding="utf-8")
    (texts / "上" / "卷二.txt").unlink()
    assert not corpus.find_files()
    assert list(corpus.sources.names()) == before
    number = corpus.sources.number_at(os.fspath(changed))
    assert number is not None
    assert corpus.sources[number].size == changed.stat().st_size
    assert corpus.text(number).raw == "改過以後的文字。\n"
    assert recalled([texts], None, lambda *_: packed_sources(corpus.sources)) is None
