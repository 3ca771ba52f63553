"""The words of a corpus on disk: built once, built again when stale or damaged, in memory where none can be kept."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.searching import engine_of
from tuibrowser.analysis.texts.units import WORD, Counted
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.hanzi import cutting
from tuibrowser.hanzi.cutting import Cutter, cutter
from tuibrowser.host.environment import DICTIONARIES
from tuibrowser.search.index.mapped import CutShortError
from tuibrowser.search.index.places import folder_of
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.index.words import keeper
from tuibrowser.search.index.words.cut import cut
from tuibrowser.search.index.words.files import save_layer
from tuibrowser.search.opened import open_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tuibrowser.search.engine import Engine
    from tuibrowser.search.index.words.keeper import WordPlace
    from tuibrowser.search.index.words.layer import WordLayer


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts, in a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("tuibrowser.corpus.records.catalogue.SMALL", 0)
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(3):
        (folder / f"文{number}.txt").write_text("國家規定，人民办理。\n" * 5, encoding="utf-8")
    return folder


@cache
def cutter_loaded_once() -> Cutter:
    """The cutter without a dictionary of the reader's, which takes a while to load."""
    return cutter()


@pytest.fixture(autouse=True)
def _cutter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cutter is loaded once for all tests."""

    def kept(dictionaries: Sequence[Path] = ()) -> Cutter:
        return cutter(dictionaries) if dictionaries else cutter_loaded_once()

    monkeypatch.setattr(cutting, "cutter", kept)
    monkeypatch.setattr(keeper, "cutter", kept)


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that words were cut into; the work is done in this process."""
    folders: list[Path] = []

    def here(place: WordPlace, *_: object) -> bool:
        from tuibrowser.search.index.words.process import _do, task_of

        folders.append(place.own_folder)
        _do(json.loads(json.dumps(task_of(place))), lambda *_: None)
        return True

    monkeypatch.setattr(keeper, "cut_aside", here)
    return folders


def opened(texts: Path) -> Engine:
    return open_engine(Corpus.discover([texts]), None, Listener())


def layer_in(engine: Engine) -> WordLayer:
    assert engine.cut_texts.prepare() is not None
    found = engine.cut_texts.keeper.known(engine.segments)
    assert found is not None
    return found


def test_words_are_cut_once_and_kept(texts: Path, aside: list[Path]) -> None:
    engine = opened(texts)
    assert engine.cut_texts.cutting() is None
    layer = layer_in(engine)
    assert engine.cut_texts.cutting() == engine.cut_texts.prepare()
    assert layer_in(engine) is layer
    again = layer_in(opened(texts))
    assert np.array_equal(again.segments[0].forms, layer.segments[0].forms)
    assert again.vocabulary.written == layer.vocabulary.written == ["人民", "办理", "國家", "規定"]
    (folder,) = aside
    assert folder.parent == folder_of(Corpus.discover([texts]))


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("damage", [flipped, truncated, lambda path: path.unlink()])
@pytest.mark.parametrize(
    "name", ["manifest.json", "s0.begins.npy", "s0.forms.npy", "s0.firsts.npy", "vocabulary.text.npy"]
)
def test_a_damaged_layer_is_built_again(
    texts: Path, aside: list[Path], damage: Callable[[Path], None], name: str
) -> None:
    forms = layer_in(opened(texts)).segments[0].forms.tolist()
    damage(aside[0] / name)
    assert layer_in(opened(texts)).segments[0].forms.tolist() == forms
    assert len(aside) == 2


@pytest.mark.parametrize("key", ["generation", "cutter", "dictionaries", "format", "conversion"])
def test_a_layer_that_something_else_made_is_built_again(texts: Path, aside: list[Path], key: str) -> None:
    layer_in(opened(texts))
    path = aside[0] / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["of"][key] = "another"
    path.write_text(json.dumps(manifest))
    layer_in(opened(texts))
    assert len(aside) == 2


def test_other_dictionaries_of_the_reader_give_other_words(
    texts: Path, aside: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "国家规定" not in layer_in(opened(texts)).vocabulary.written
    own = tmp_path / "own.txt"
    own.write_text("国家规定 900000\n两 个 词\n", encoding="utf-8")
    monkeypatch.setenv(DICTIONARIES, json.dumps([str(own)]))
    engine = opened(texts)
    assert "國家規定" in layer_in(engine).vocabulary.written
    cutting = engine.cut_texts.cutting()
    assert cutting is not None
    assert cutting.dictionaries == ("own.txt",)
    assert cutting.problems == ("own.txt: 1 of its lines hold no word",)
    by = Counted(engine, WORD).cutter() or ""
    assert by.endswith(" with own.txt (own.txt: 1 of its lines hold no word)")
    own.write_text("人民办理 900000\n", encoding="utf-8")
    assert "人民办理" in layer_in(opened(texts)).vocabulary.written
    assert len(aside) == 3


def test_a_changed_corpus_is_cut_again_and_the_old_words_go(texts: Path, aside: list[Path]) -> None:
    layer_in(opened(texts))
    (texts / "文3.txt").write_text("应当按照规定", encoding="utf-8")
    assert "应当" in layer_in(opened(texts)).vocabulary.written
    assert [folder.exists() for folder in aside] == [False, True]


def test_words_that_cannot_be_kept_are_cut_in_memory(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bool:
        raise OSError

    monkeypatch.setattr(keeper, "cut_aside", fails)
    assert layer_in(opened(texts)).vocabulary.size == 4


def test_cancelled_work_leaves_no_words(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "cut_aside", lambda *_: False)
    engine = opened(texts)
    assert engine.cut_texts.prepare(cancelled=lambda: True) is None
    assert engine.cut_texts.cutting() is None


def test_files_cut_short_while_mapped_are_noticed(texts: Path, aside: list[Path]) -> None:
    engine = opened(texts)
    layer_in(engine)
    truncated(aside[0] / "s0.forms.npy")
    with pytest.raises(CutShortError):
        engine.cut_texts.cutting()


def test_a_corpus_in_memory_is_cut_directly() -> None:
    engine = engine_of(["国家规定"])
    assert layer_in(engine).vocabulary.written == ["国家", "规定"]


def test_words_wait_until_all_is_read() -> None:
    with pytest.raises(CorpusError):
        engine_of(["国家规定"], complete=False).cut_texts.prepare()


def test_a_layer_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    layer = cut(engine_of(["国家"]).segments, cutter(), lambda *_: None, lambda: False)
    assert layer is not None
    (tmp_path / "wabcd").write_text("in the way")
    with pytest.raises(OSError, match="wabcd"):
        save_layer(layer, tmp_path / "wabcd", {})
    assert [path.name for path in tmp_path.iterdir()] == ["wabcd"]


@pytest.mark.slow
def test_a_process_of_its_own_cuts_and_tells_how_far_it_is(texts: Path) -> None:
    engine, told = opened(texts), list[tuple[int, int]]()
    assert engine.cut_texts.prepare(lambda *at: told.append(at)) is not None
    size = sum(map(len, engine.segments))
    assert told == [(size, size)]
    assert list(folder_of(Corpus.discover([texts])).glob("w*"))
