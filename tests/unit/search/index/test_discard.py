from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.search.index.discard import discard, discard_generations, discard_index
from tuibrowser.search.index.places import folder_of
from tuibrowser.search.index.refresh import Listener, refresh
from tuibrowser.search.index.store import IndexUnusableError, open_index

if TYPE_CHECKING:
    from pathlib import Path

GENERATION = f"g{'0a1b' * 8}"
INDEX = "0123456789ab" * 2


def filled(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("文")
    return folder


def names(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if not each.is_dir() or each.is_symlink()}


def test_a_generation_goes_with_all_that_is_its_own(tmp_path: Path) -> None:
    own = ("documents.jsonl", "headings.bin", "manifest.json", "s0.post.npy", "s12.first_line.npy", "p0/s0.rows.npy")
    discard(filled(tmp_path / GENERATION, *own))
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_of_an_index_stays(tmp_path: Path) -> None:
    foreign = {f"{GENERATION}/論文.txt", f"{GENERATION}/p0/notes", f"{GENERATION}/sub/s0.post.npy", "photos/a.jpg"}
    filled(tmp_path, *foreign, f"{GENERATION}/s0.post.npy")
    discard_generations(tmp_path)
    assert names(tmp_path) == foreign


def test_no_link_is_followed(tmp_path: Path) -> None:
    target = filled(tmp_path / "target", "s0.post.npy", f"{GENERATION}/s0.post.npy")
    index = filled(tmp_path / INDEX, f"{GENERATION}/documents.jsonl")
    (index / f"g{'ffff' * 8}").symlink_to(target)
    (index / GENERATION / "p0").symlink_to(target)
    (index / GENERATION / "s1.post.npy").symlink_to(target / "s0.post.npy")
    discard_generations(index)
    (tmp_path / INDEX[::-1]).symlink_to(target)
    discard_index(tmp_path / INDEX[::-1])
    assert names(target) == {"s0.post.npy", f"{GENERATION}/s0.post.npy"}


def test_only_a_folder_that_is_an_index_is_discarded(tmp_path: Path) -> None:
    other = filled(tmp_path / "texts", "manifest.json", f"{GENERATION}/s0.post.npy")
    discard_index(other)
    assert names(other) == {"manifest.json", f"{GENERATION}/s0.post.npy"}
    index = filled(tmp_path / INDEX, "manifest.json", "lock", f"{GENERATION}/s0.post.npy")
    discard_index(index)
    assert not index.exists()


@pytest.mark.parametrize("shared", [True, False])
def test_a_link_in_the_place_of_an_index_deletes_nothing_and_is_refused(tmp_path: Path, shared: bool) -> None:
    corpus = Corpus.discover([filled(tmp_path / "texts", "a.txt")])
    target = filled(tmp_path / "precious", "photos/a.jpg", "g0123/b.txt", "c")
    folder = folder_of(corpus, tmp_path / "indexes")
    folder.parent.mkdir()
    folder.symlink_to(target)
    with pytest.raises(OSError, match="a link is in the place of its folder"):
        refresh(corpus, folder, Listener(), lambda: False, shared=shared)
    assert names(target) == {"photos/a.jpg", "g0123/b.txt", "c"}


def test_a_link_in_the_place_of_the_lock_makes_no_file_elsewhere(tmp_path: Path) -> None:
    corpus = Corpus.discover([filled(tmp_path / "texts", "a.txt")])
    folder = folder_of(corpus, tmp_path / "indexes")
    folder.mkdir(parents=True)
    (folder / "lock").symlink_to(tmp_path / "new")
    with pytest.raises(OSError, match="symbolic links"):
        refresh(corpus, folder, Listener(), lambda: False)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("device", ["pipe", "/dev/zero"])
@pytest.mark.parametrize("place", ["manifest.json", "documents.jsonl", "s0.post.npy"])
def test_a_pipe_or_device_in_the_place_of_a_file_is_damage(tmp_path: Path, place: str, device: str) -> None:
    corpus = Corpus.discover([filled(tmp_path / "texts", "a.txt")])
    folder = folder_of(corpus, tmp_path / "indexes")
    refresh(corpus, folder, Listener(), lambda: False)
    (file,) = folder.rglob(place)
    file.unlink()
    if device == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(device)
    with pytest.raises(IndexUnusableError) as refused:
        open_index(corpus, folder)
    assert "not a regular file" in refused.value.reason
