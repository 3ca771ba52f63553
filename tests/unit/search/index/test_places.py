"""Places: the listing of an index is given for its own paths, as long as it is whole and of these rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files import discover, ordered
from tuibrowser.search import opened
from tuibrowser.search.engine import Engine
from tuibrowser.search.index import places
from tuibrowser.search.index.discard import discard_index
from tuibrowser.search.index.places import LISTING, doubt, folder_of, kept_listing
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.index.store import StoredIndex, open_index, remove
from tuibrowser.search.opened import find_kept, open_engine, take_up

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three files with an index, in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("tuibrowser.corpus.records.catalogue.SMALL", 0)
    monkeypatch.setattr(ordered, "_MANY", 0)
    monkeypatch.setattr(discover, "_UNSETTLED", -(10**12))  # nothing was written just now
    folder = tmp_path / "集"
    folder.mkdir()
    for number in "二十一":
        (folder / f"卷{number}.txt").write_text(f"渡口{number}\n", encoding="utf-8")
    open_engine(Corpus.discover([folder]), None, Listener())
    return folder


def listing_file(texts: Path) -> Path:
    (path,) = folder_of(Corpus.discover([texts])).glob(f"g*/{LISTING}")
    return path


def test_the_order_is_taken_from_the_index(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = Corpus.discover([texts])
    monkeypatch.setattr(ordered, "_order", lambda files: pytest.fail(str(files)))
    corpus = Corpus.discover([texts], keeper=kept_listing)
    assert list(corpus.sources.files) == list(expected.sources.files)
    assert find_kept(corpus, None, pytest.fail).index is not None


@pytest.mark.parametrize("change", ["text", "name", "more", "fewer"])
def test_a_change_of_the_files_is_noticed(texts: Path, change: str) -> None:
    file = texts / "卷二.txt"
    if change == "text":
        file.write_text("渡頭二\n", encoding="utf-8")
    elif change == "name":
        file.rename(texts / "卷三.txt")
    elif change == "more":
        (texts / "卷五.txt").write_text("渡口\n", encoding="utf-8")
    else:
        file.unlink()
    corpus = Corpus.discover([texts], keeper=kept_listing)
    assert list(corpus.sources) == list(Corpus.discover([texts]).sources)
    assert find_kept(corpus, None, pytest.fail).index is None


def test_an_index_that_another_replaced_while_it_was_opened_is_not_up_to_date(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replaced(corpus: Corpus, folder: Path) -> StoredIndex:
        stored = open_index(corpus, folder)
        remove(stored.folder)
        return stored

    monkeypatch.setattr(opened, "open_index", replaced)
    assert find_kept(Corpus.discover([texts]), None, pytest.fail).index is None


def test_an_index_that_another_replaces_before_it_is_taken_up_is_searched_as_it_was(texts: Path) -> None:
    corpus = Corpus.discover([texts])
    stored = find_kept(corpus, None, pytest.fail).index
    assert stored is not None
    remove(stored.folder)
    engine = Engine(corpus)
    assert list(take_up(engine, corpus, stored)) == [0, 1, 2]
    assert [hit.document for result in engine.search("渡口二") for hit in result.hits if result.final] == [1]
    assert corpus.documents[1].read


def test_a_listing_is_given_only_whole_and_for_its_own_paths(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = listing_file(texts)
    whole = path.read_bytes()
    assert kept_listing([texts], None) == whole
    assert kept_listing([texts], "gbk") is kept_listing([texts.parent], None) is None
    for wrong in (whole[:-1], whole + b"\0", bytes(len(whole)), b""):
        path.write_bytes(wrong)
        assert kept_listing([texts], None) is None
    path.unlink()
    assert kept_listing([texts], None) is None
    path.write_bytes(whole)
    assert kept_listing([texts], None) == whole
    monkeypatch.setattr(places, "maker", dict)
    assert kept_listing([texts], None) is None


def test_a_listing_that_proved_wrong_is_not_given_until_the_index_is_made_anew(texts: Path) -> None:
    corpus = Corpus.discover([texts])
    assert kept_listing([texts], None) is not None
    doubt(corpus)
    assert kept_listing([texts], None) is None
    assert find_kept(corpus, None, pytest.fail).index is not None
    (texts / "卷五.txt").write_text("渡口\n", encoding="utf-8")
    open_engine(Corpus.discover([texts], keeper=kept_listing), None, Listener())
    assert kept_listing([texts], None) is not None
    discard_index(folder_of(corpus))
    assert not folder_of(corpus).exists()
    doubt(corpus)
    assert not folder_of(corpus).exists()
