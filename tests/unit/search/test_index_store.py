"""The index on disk: opened as it was written, noticed when it is damaged, brought up to date as if built anew."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.brute import same
from support.searching import answer
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.loading.loader import load
from tuibrowser.corpus.records.packed_outline import Made
from tuibrowser.search.engine import Engine
from tuibrowser.search.index import refresh as refresh_module
from tuibrowser.search.index.places import folder_of
from tuibrowser.search.index.refresh import Listener, refresh
from tuibrowser.search.index.store import CancelledError, IndexUnusableError, StoredIndex, locked, open_index, remove
from tuibrowser.search.model import Scope
from tuibrowser.search.opened import open_engine, open_part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tuibrowser.search.index.segment import Segment

CHARACTERS = "高质量发展改革开放天地玄黄宇宙洪荒，。\n\n" + "\U00020000"
QUERIES = ("高质量", "發展", "gaozhi", "gzl", "改个开放", "发展 改革", "\U00020000")


def never() -> bool:
    return False


def write(path: Path, seed: int, length: int = 400) -> None:
    rng = random.Random(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# 标题" + "".join(rng.choices(CHARACTERS, k=length)) + "\n## 第二\n\n正文。\n", encoding="utf-8")


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts, and a cache of its own that keeps the index of the smallest corpus."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("tuibrowser.corpus.records.catalogue.SMALL", 0)
    folder = tmp_path / "texts"
    for number in range(12):
        write(folder / f"{number % 3}" / f"文{number}.md", number)
    return folder


def opened(texts: Path) -> tuple[Corpus, StoredIndex]:
    corpus = Corpus.discover([texts])
    return corpus, open_index(corpus, folder_of(corpus))


def refreshed(texts: Path, listener: Listener | None = None) -> bool:
    corpus = Corpus.discover([texts])
    return refresh(corpus, folder_of(corpus), listener or Listener(), never)


def generation(texts: Path) -> Path:
    (found,) = folder_of(Corpus.discover([texts])).glob("g*")
    return found


def in_memory(texts: Path) -> tuple[Corpus, Engine]:
    corpus = Corpus.discover([texts])
    engine = Engine(corpus)
    for progress in load(corpus, never):
        engine.add(progress.loaded)
    engine.complete()
    return corpus, engine


def test_an_index_opens_as_it_was_built(texts: Path) -> None:
    assert refreshed(texts)
    corpus, stored = opened(texts)
    assert stored.fits(corpus)
    read, engine = in_memory(texts)
    assert [same(*pair) for pair in zip(stored.segments, engine.segments, strict=True)] == [True]
    assert not stored.segments[0].post.flags.owndata
    documents = [stored.catalogue.document(number, each.source, number) for number, each in enumerate(corpus.documents)]
    assert documents == list(read.documents)
    assert [hash(document) for document in documents] == [hash(document) for document in read.documents]
    assert isinstance(documents[0].headings, Made)
    assert documents[0].headings[0].title == read.documents[0].headings[0].title
    assert stored.catalogue.heading_lines(0)[0] == read.text(0).line_of(documents[0].headings[0].start)


def test_an_index_keeps_the_layers_of_its_texts(texts: Path) -> None:
    texts.joinpath("1", "註.md").write_text("渡口[^1]\n\n[^1]: 渡口在城南。\n", encoding="utf-8")
    assert refreshed(texts)
    _, stored = opened(texts)
    _, read = in_memory(texts)
    (segment,) = stored.segments
    assert segment.layers.tolist() == read.segments[0].layers.tolist()
    assert [segment.text(start, end) for start, end, _ in segment.layers.tolist()] == ["[^1]: 渡口在城南。"]
    engine = open_engine(Corpus.discover([texts]), None, Listener())
    totals = [answer(engine, f"渡口 {layer}").total for layer in ("", "layer:note", "-layer:note")]
    assert totals == [2, 1, 1]


def test_what_did_not_change_is_not_built_again(texts: Path) -> None:
    assert refreshed(texts)
    before = generation(texts)
    assert not refreshed(texts)
    assert generation(texts) == before


def test_the_index_is_for_the_user_alone(texts: Path) -> None:
    refreshed(texts)
    folder = generation(texts)
    while folder.name != "cache":
        assert folder.stat().st_mode & 0o777 == 0o700
        folder = folder.parent


def added(texts: Path) -> None:
    write(texts / "1" / "文0a.md", 100)
    write(texts / "9" / "新.md", 101)


def removed(texts: Path) -> None:
    (texts / "0" / "文3.md").unlink()
    (texts / "2" / "文11.md").unlink()


def changed(texts: Path) -> None:
    write(texts / "1" / "文4.md", 102, 900)


def changed_in_its_tail_alone(texts: Path) -> None:
    path = texts / "1" / "文4.md"
    before = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-7] + "章。\n".encode())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def moved(texts: Path) -> None:
    (texts / "0" / "文0.md").rename(texts / "2" / "文99.md")


def all_new(texts: Path) -> None:
    for at, path in enumerate(sorted(texts.rglob("*.md"))):
        write(path, 200 + at, 300)


def unreadable(texts: Path) -> None:
    (texts / "1" / "文4.md").write_bytes(bytes(1000))


def everything(texts: Path) -> None:
    for change in (added, removed, changed, moved, unreadable):
        change(texts)


@pytest.mark.slow
@pytest.mark.parametrize("largest", [36_000_000, 1500])
@pytest.mark.parametrize(
    "change", [added, removed, changed, changed_in_its_tail_alone, moved, all_new, unreadable, everything]
)
def test_an_index_brought_up_to_date_is_the_one_built_anew(
    texts: Path, change: Callable[[Path], None], largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh_module, "LARGEST", largest)
    monkeypatch.setattr("tuibrowser.search.engine.LARGEST", largest)
    monkeypatch.setattr(refresh_module, "SEALED", 1000)
    refreshed(texts)
    change(texts)
    corpus, stored = opened(texts)
    assert not stored.fits(corpus)
    assert refreshed(texts)
    corpus, stored = opened(texts)
    assert stored.fits(corpus)
    anew, engine = in_memory(texts)
    assert all(same(*pair) for pair in zip(stored.segments, engine.segments, strict=True))
    kept = open_engine(corpus, None, Listener())
    assert list(corpus.documents) == list(anew.documents)
    assert corpus.problems == anew.problems
    for query in QUERIES:
        answers = [[result.hits for result in each.search(query, Scope(), 50)][-1] for each in (kept, engine)]
        assert answers[0] == answers[1]


def test_only_files_that_changed_are_read(texts: Path) -> None:
    refreshed(texts)
    changed(texts)
    added(texts)
    steps: list[tuple[int, int]] = []
    refreshed(texts, Listener(progress=lambda done, total: steps.append((done, total))))
    assert steps[-1] == (3, 3)


def truncated(folder: Path) -> None:
    path = folder / "s0.post.npy"
    path.write_bytes(path.read_bytes()[:-10])


def flipped(folder: Path) -> None:
    path = folder / "s0.codes.npy"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def missing(folder: Path) -> None:
    (folder / "s0.para.npy").unlink()


def emptied(folder: Path) -> None:
    (folder / "documents.jsonl").write_bytes(b"")


def headings_spoiled(folder: Path) -> None:
    (folder / "headings.bin").write_bytes(bytes(len((folder / "headings.bin").read_bytes())))


def manifest_of(folder: Path) -> Path:
    return folder.parent / "manifest.json"


def half_a_manifest(folder: Path) -> None:
    manifest_of(folder).write_bytes(manifest_of(folder).read_bytes()[:100])


def binary_manifest(folder: Path) -> None:
    manifest_of(folder).write_bytes(b"\x80\x04\x95\xff\x00")


def list_manifest(folder: Path) -> None:
    manifest_of(folder).write_text("[1, 2]")


def altered(folder: Path, **values: object) -> None:
    manifest = json.loads(manifest_of(folder).read_text())
    manifest_of(folder).write_text(json.dumps(manifest | values))


def other_generation(folder: Path) -> None:
    altered(folder, generation="g0")


def outside(folder: Path) -> None:
    altered(folder, generation="../..")


def other_version(folder: Path) -> None:
    altered(folder, maker={"format": 0})


def other_texts(folder: Path) -> None:
    altered(folder, of={"paths": ["/elsewhere"], "encoding": None})


def pickled(folder: Path) -> None:
    """An array that would run code when it is loaded the way NumPy once loaded them, with its right checksum."""
    import zlib

    path = folder / "s0.para.npy"
    np.save(path, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    manifest = json.loads(manifest_of(folder).read_text())
    manifest["files"]["s0.para.npy"] = [path.stat().st_size, zlib.crc32(path.read_bytes())]
    manifest_of(folder).write_text(json.dumps(manifest))


def gone(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (truncated, "is damaged (s0.post.npy has"),
        (flipped, "is damaged (s0.codes.npy was changed)"),
        (missing, "is damaged (s0.para.npy is missing)"),
        (emptied, "is damaged (documents.jsonl has 0 bytes"),
        (headings_spoiled, "is damaged (headings.bin was changed)"),
        (half_a_manifest, "is damaged"),
        (binary_manifest, "is damaged"),
        (list_manifest, "is damaged"),
        (other_generation, "is damaged"),
        (outside, "is damaged"),
        (other_version, "was made by another version"),
        (other_texts, "is one of other texts"),
        (pickled, "is damaged"),
        (gone, "is damaged"),
    ],
)
def test_a_damaged_or_foreign_index_is_noticed_said_and_built_again(
    texts: Path, damage: Callable[[Path], None], reason: str
) -> None:
    refreshed(texts)
    damage(generation(texts))
    with pytest.raises(IndexUnusableError) as caught:
        opened(texts)
    assert caught.value.reason.startswith(reason)
    notes: list[str] = []
    corpus = Corpus.discover([texts])
    engine = open_engine(corpus, None, Listener(note=notes.append))
    (note,) = notes
    assert note == f"the index {caught.value.reason} and was built again"
    assert len(engine.segments[0].numbers) == 12
    assert opened(texts)[1].fits(corpus)
    assert len(list(folder_of(corpus).glob("g*"))) == 1


def test_without_an_index_there_is_nothing_to_say(texts: Path) -> None:
    with pytest.raises(IndexUnusableError) as caught:
        opened(texts)
    assert caught.value.reason == ""
    notes: list[str] = []
    open_engine(Corpus.discover([texts]), None, Listener(note=notes.append))
    assert notes == []


def test_where_nothing_can_be_written_all_is_in_memory_with_one_word(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    notes: list[str] = []
    engine = open_engine(Corpus.discover([texts]), None, Listener(note=notes.append))
    (note,) = notes
    assert note.startswith("no index can be kept (")
    assert note.endswith("): all is read into memory")
    assert engine.reach().documents == 12


def test_a_full_disk_leaves_nothing_behind(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(refresh_module, "save_segment", full)
    notes: list[str] = []
    corpus = Corpus.discover([texts])
    engine = open_engine(corpus, None, Listener(note=notes.append))
    assert notes == ["no index can be kept (no space left on device): all is read into memory"]
    assert engine.reach().documents == 12
    assert [path.name for path in folder_of(corpus).iterdir()] == ["lock"]


def test_an_index_in_use_outlives_its_files(texts: Path) -> None:
    refreshed(texts)
    corpus = Corpus.discover([texts])
    engine = open_engine(corpus, None, Listener())
    changed(texts)
    refreshed(texts)
    *_, result = engine.search("高质", Scope(), 10)
    assert result.hits
    assert engine.excerpts(result.hits[:1]) != [None]
    assert corpus.documents[5].headings[0].level == 1


def test_an_index_that_others_keep_is_used_and_never_written(texts: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared index"
    corpus = Corpus.discover([texts])
    refresh(corpus, folder_of(corpus, shared), Listener(), never, shared=True)
    assert (folder_of(corpus, shared).stat().st_mode & 0o055) == 0o055
    notes: list[str] = []
    open_engine(corpus, shared, Listener(note=notes.append))
    assert notes == []
    assert not folder_of(corpus).exists()
    changed(texts)
    corpus = Corpus.discover([texts])
    before = sorted(path.stat().st_mtime_ns for path in shared.rglob("*"))
    open_engine(corpus, shared, Listener(note=notes.append))
    assert notes == ["the shared index is not up to date"]
    assert sorted(path.stat().st_mtime_ns for path in shared.rglob("*")) == before
    assert folder_of(corpus).exists()


def test_what_was_never_finished_is_removed_before_more_is_written(texts: Path) -> None:
    refreshed(texts)
    folder = folder_of(Corpus.discover([texts]))
    for name in ("g0123", "p0123"):
        (folder / name / "p0").mkdir(parents=True)
        (folder / name / "s0.codes.npy").write_bytes(bytes(100))
    changed(texts)
    seen: list[list[str]] = []
    refreshed(texts, Listener(progress=lambda *_: seen.append([path.name for path in folder.iterdir()])))
    assert not any("0123" in name for name in seen[0])


def test_an_index_that_nobody_opens_makes_room(texts: Path) -> None:
    refreshed(texts)
    manifest = manifest_of(generation(texts))
    os.utime(manifest, (0, 0))
    opened(texts)
    write(texts.parent / "others" / "文.md", 1)
    refreshed(texts.parent / "others")
    assert manifest.exists()
    os.utime(manifest, (0, 0))
    write(texts.parent / "others" / "文.md", 2)
    refreshed(texts.parent / "others")
    assert not manifest.parent.exists()


def test_one_builds_while_the_other_waits(texts: Path) -> None:
    corpus = Corpus.discover([texts])
    folder = folder_of(corpus)
    folder.mkdir(parents=True)
    waited = threading.Event()
    done: list[bool] = []
    with locked(folder, never, lambda: None):
        listener = Listener(waiting=waited.set)
        other = threading.Thread(target=lambda: done.append(refreshed(texts, listener)))
        other.start()
        assert waited.wait(5)
        assert not done
        with pytest.raises(CancelledError):
            refresh(corpus, folder, Listener(), lambda: True)
    other.join(10)
    assert done == [True]


def test_cancelling_leaves_the_index_as_it_was(texts: Path) -> None:
    refreshed(texts)
    before = generation(texts)
    all_new(texts)
    corpus = Corpus.discover([texts])
    with pytest.raises(CancelledError):
        refresh(corpus, folder_of(corpus), Listener(), lambda: True)
    assert generation(texts) == before


def test_parts_can_be_searched_while_the_rest_is_read(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh_module, "SEALED", 500)
    monkeypatch.setattr(refresh_module, "_PARTS", (500, 1500))
    monkeypatch.setattr(refresh_module, "_SOON", 0)
    refreshed(texts)
    for at in range(6):
        write(texts / "0" / f"文{at * 3}.md", 300 + at)
    parts: list[Segment] = []
    told: list[int] = []

    def take(folder: Path) -> None:
        part = open_part(folder)
        parts.append(part.segment)
        remove(folder.parent)  # as it is once the index is done
        told.extend(part.catalogue.numbers())
        with pytest.raises(OSError, match="No such file"):
            open_part(folder)

    refreshed(texts, Listener(part=take))
    numbers = [number for part in parts for number in part.numbers.tolist()]
    assert len(numbers) == len(set(numbers)) > 10
    assert parts[0].numbers.tolist() == list(range(6, 14))
    corpus = Corpus.discover([texts])
    assert told == numbers
    assert not list(folder_of(corpus).glob("p*"))


@pytest.mark.slow
@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.long)])
def test_a_kill_at_any_moment_spoils_nothing(texts: Path, kills: int) -> None:
    command = [sys.executable, "-m", "tuibrowser", "index", str(texts)]
    for number in range(12, 112):
        write(texts / "3" / f"文{number}.md", number, 3000)
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    whole = time.perf_counter() - began
    killed = 0
    for share in np.linspace(0.3, 0.95, kills):
        for path in (texts / "3").iterdir():
            write(path, random.randrange(10**6), 3000)
        began = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                process.wait(share * whole)
                whole = time.perf_counter() - began  # the machine has become quicker
            except subprocess.TimeoutExpired:
                process.kill()
                killed += 1
        corpus, stored = opened(texts)
        if process.returncode == 0:
            assert stored.fits(corpus)
    assert killed
    write(texts / "3" / "文12.md", 12345, 3000)
    assert refreshed(texts)
    assert not refreshed(texts)
    assert len(list(folder_of(Corpus.discover([texts])).iterdir())) == 3
