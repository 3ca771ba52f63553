"""Damage to an index, file by file: noticed, said and mended; what is searched by then goes on."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tuibrowser.cli.run import run
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.search.index.mapped import CutShortError
from tuibrowser.search.index.places import folder_of
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.index.store import IndexUnusableError, open_index
from tuibrowser.search.model import Scope
from tuibrowser.search.opened import open_engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tuibrowser.search.engine import Engine


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts with an index, in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("tuibrowser.corpus.records.catalogue.SMALL", 0)
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(3):
        text = f"# 第{number}篇\n\n發展經濟，高质量\U00020000。\n" * 5
        (folder / f"文{number}.md").write_text(text, encoding="utf-8")
    searched(texts=folder)
    return folder


def searched(texts: Path) -> tuple[Engine, list[str]]:
    """An engine over the texts, and what was said on the way."""
    notes: list[str] = []
    return open_engine(Corpus.discover([texts]), None, Listener(note=notes.append)), notes


def index_files(texts: Path) -> list[Path]:
    folder = folder_of(Corpus.discover([texts]))
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in {"lock", "checked.json"})


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[random.Random(path.name).randrange(len(data))] ^= 0x10
    path.write_bytes(data)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(200))


def nested(path: Path) -> None:
    """What a reader of JSON may go too deep into."""
    path.write_bytes(b"[" * 200_000)


def removed(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.slow
@pytest.mark.parametrize("damage", [flipped, truncated, emptied, foreign, nested, removed, a_folder])
def test_damage_to_any_file_is_noticed_said_and_mended(texts: Path, damage: Callable[[Path], None]) -> None:
    names = [(path.name, at) for at, path in enumerate(index_files(texts))]
    for name, at in names:
        path = index_files(texts)[at]
        assert path.name == name
        damage(path)
        if name != "manifest.json" or damage not in {removed, a_folder}:
            with pytest.raises(IndexUnusableError):
                open_index(Corpus.discover([texts]), folder_of(Corpus.discover([texts])))
        engine, notes = searched(texts)
        expected = damage is not removed or name != "manifest.json"
        assert len(notes) == expected, (name, notes)
        *_, result = engine.search("发展经济", Scope(), 10)
        assert result.total == 15
        if path.is_dir():
            path.rmdir()
        assert searched(texts)[1] == []


def test_any_byte_of_the_manifest_may_be_wrong(texts: Path) -> None:
    corpus = Corpus.discover([texts])
    folder = folder_of(corpus)
    manifest = folder / "manifest.json"
    right = manifest.read_bytes()
    rng = random.Random(7)
    for _ in range(400):
        wrong = bytearray(right)
        wrong[rng.randrange(len(wrong))] ^= 1 << rng.randrange(8)
        manifest.write_bytes(wrong)
        with suppress(IndexUnusableError):  # unless what is wrong is of no consequence
            assert len(open_index(corpus, folder).catalogue) == 3


def test_what_is_searched_outlives_its_files_and_its_texts(texts: Path) -> None:
    engine, _ = searched(texts)
    shutil.rmtree(folder_of(Corpus.discover([texts])))
    shutil.rmtree(texts)
    *_, result = engine.search("gaozhiliang", Scope(), 10)
    assert result.total == 15
    (excerpt,) = engine.excerpts(result.hits[:1])
    assert excerpt is not None
    assert "高质量" in excerpt.text(*excerpt.held)


def test_the_command_says_that_the_index_was_built_again(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in index_files(texts):
        if path.name.endswith(".codes.npy"):
            flipped(path)
    assert run(["search", "发展经济", str(texts)]) == 0
    out, err = capsys.readouterr()
    assert "發展經濟" in out
    assert "the index is damaged (s0.codes.npy was changed) and was built again" in err
    assert run(["search", "发展经济", str(texts)]) == 0
    assert "index" not in capsys.readouterr().err


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def test_a_file_that_is_cut_in_place_under_a_reader_is_told_and_ends_nothing(texts: Path) -> None:
    engine, _ = searched(texts)
    assert list(engine.search("發展經濟"))[-1].total
    for path in index_files(texts):
        if path.suffix == ".npy" and path.stem.rpartition(".")[2] in {"codes", "post"}:
            kept = path.read_bytes()
            cut(path)
            with pytest.raises(CutShortError, match="cut short"):
                list(engine.search("高質量"))
            path.write_bytes(kept)
    assert list(engine.search("高質量"))[-1].total


def test_an_index_that_is_replaced_or_removed_is_searched_on(texts: Path) -> None:
    engine, _ = searched(texts)
    for path in index_files(texts):
        path.unlink()
        path.write_bytes(b"")
    assert list(engine.search("發展經濟"))[-1].total
