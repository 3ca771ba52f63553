"""Reuse among all documents: every run is found, and what stands everywhere is told once with all its places."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.searching import engine_of
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.model import Bound, Scope
from tuibrowser.search.opened import open_engine
from tuibrowser.search.reuse import among, every, repeated
from tuibrowser.search.reuse.every import every_run

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.search.engine import Engine
    from tuibrowser.search.reuse.model import SharedPassage

RULES = "渡船每日卯時開，酉時收，大風大霧一律停渡。"
SONG = "一更月上柳梢頭，二更人約黃昏後，三更鼓響城門閉。"


def filler(seed: int, length: int = 60) -> str:
    chosen = random.Random(seed)
    return "".join(chosen.choice("金木水火土東南西北上下左右前後內外遠近高低長短多少輕重") for _ in range(length))


def rows(engine: Engine, minimum: int = 10, scope: Scope | None = None) -> list[SharedPassage]:
    found = engine.reuse_among(scope or Scope(), minimum)
    assert found is not None
    return found.rows(0, len(found))


def places(row: SharedPassage) -> list[int | None]:
    return [row.own.document, row.other.document, *(document for document, _ in row.also)]


def brute(ids: list[int], minimum: int) -> set[tuple[int, int, int]]:
    document = np.cumsum(np.array(ids) == 0)
    every = set()
    for i in range(len(ids)):
        for j in range(i + 1, len(ids)):
            if document[i] == document[j] or ids[i] != ids[j] or not ids[i] or ids[i - 1] == ids[j - 1] != 0:
                continue
            length = 0
            while j + length < len(ids) and ids[i + length] == ids[j + length] and ids[i + length]:
                length += 1
            if length >= minimum:
                every.add((i, j, length))
    return every


def stream(seed: int) -> tuple[list[int], int]:
    """Documents of very few different characters, and how many in a row are looked for."""
    chosen = random.Random(seed)
    letters = [*range(1, chosen.randint(2, 4)), *([0] if chosen.random() < 0.1 else [])]
    texts = [[chosen.choice(letters) for _ in range(chosen.randint(1, 30))] for _ in range(4)]
    return [0, *(each for text in texts for each in (*text, 0))], chosen.randint(4, 10)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("ranges", [16_000_000, 20])
def test_every_run_is_found_and_none_is_invented(seed: int, ranges: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated, "_MOST", ranges)
    ids, minimum = stream(seed)
    monkeypatch.setattr(every, "COMMON_BOUND", Bound("places", len(ids)))
    found = every_run(
        np.array(ids, np.uint16), np.flatnonzero(np.array(ids) == 0), minimum, lambda *_: None, lambda: False
    )
    assert found is not None
    assert not found.is_bounded
    runs = list(zip(*(each.tolist() for each in found.runs.columns), strict=True))
    assert len(set(runs)) == len(runs)
    assert set(runs) == brute(ids, minimum)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_not_compared_is_told_as_common_with_its_places(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every, "COMMON_BOUND", Bound("places", 3))
    ids, minimum = stream(seed)
    found = every_run(
        np.array(ids, np.uint16), np.flatnonzero(np.array(ids) == 0), minimum, lambda *_: None, lambda: False
    )
    assert found is not None
    expected = brute(ids, minimum)
    runs = set(zip(*(each.tolist() for each in found.runs.columns), strict=True))
    assert runs <= expected
    for own, other, length in zip(*(each.tolist() for each in found.common.columns), strict=True):
        assert ids[own : own + length] == ids[other : other + length]
    assert found.is_bounded or runs == expected


def test_a_passage_of_three_documents_is_one_row_with_all_its_places() -> None:
    texts = [f"{filler(1)}甲{RULES}甲", f"{filler(2)}乙{RULES}乙", f"{SONG}丙{RULES}丙", f"丁{SONG}丁"]
    first, second = rows(engine_of(texts))
    assert (places(first), first.count, first.matched) == ([0, 1, 2], 2, 18)
    assert (places(second), second.count, second.matched) == ([2, 3], 1, 21)
    assert first.own.text[slice(*first.own.spans[0])] == RULES[:-1]
    assert first.also == ((2, len(SONG) + 1),)


def test_a_passage_within_one_document_alone_is_not_shared() -> None:
    assert not rows(engine_of([f"{RULES}甲{filler(1)}{RULES}乙", filler(2)]))


def test_a_second_place_in_the_first_document_is_among_the_others() -> None:
    (row,) = rows(engine_of([f"甲{RULES}甲{filler(1)}乙{RULES}乙", f"丙{RULES}丙"]))
    assert places(row) == [0, 1, 0]


def test_what_stands_everywhere_is_told_once_and_the_bound_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every, "COMMON_BOUND", Bound("places", 4))
    monkeypatch.setattr(among, "COMMON_BOUND", every.COMMON_BOUND)
    names = "甲乙丙丁戊己"
    engine = engine_of(
        [f"{filler(at)}{name}{RULES}{name}" for at, name in enumerate(names)] + [f"{SONG}庚", f"辛{SONG}"]
    )
    common, rare = rows(engine)
    assert (places(common), common.matched) == ([0, 1, 2, 3, 4, 5], 18)
    assert (places(rare), rare.matched) == ([6, 7], 21)
    found = engine.reuse_among()
    assert found is not None
    assert (found.at_least, [bound.limit for bound in found.bounds], found.total()) == (True, [4], 6)


def test_a_scope_is_kept_to() -> None:
    engine = engine_of({"甲/1": f"一{RULES}", "乙/1": f"二{RULES}", "乙/2": f"三{RULES}"})
    assert [places(row) for row in rows(engine, scope=Scope(folder="乙/"))] == [[1, 2]]


def test_one_document_shares_nothing() -> None:
    assert not rows(engine_of([RULES]))
    assert not rows(engine_of([]))


def test_it_can_be_cancelled() -> None:
    assert engine_of([RULES, RULES]).reuse_among(cancelled=lambda: True) is None


@pytest.mark.slow
def test_a_process_aside_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("tuibrowser.corpus.records.catalogue.SMALL", 0)
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, text in enumerate((f"甲{RULES}", f"乙{SONG}", f"丙{RULES}。{SONG}丁")):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    engine = open_engine(Corpus.discover([folder]), None, Listener())
    told: list[tuple[int, int]] = []
    found = engine.reuse_among(Scope(), 18, lambda *each: told.append(each))
    assert found is not None
    assert [places(row) for row in found.rows(0, 9)] == [[0, 2], [1, 2]]
    assert told
    assert told == sorted(told)
    assert rows(engine, 18, Scope(document=0)) == []
    assert engine.reuse_among(Scope(), 18, cancelled=lambda: True) is None


def test_more_characters_than_can_be_compared_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of([RULES, RULES])
    monkeypatch.setattr(among, "MOST", 20)
    with pytest.raises(OSError, match="more than 20 characters cannot be compared"):
        engine.reuse_among()
    monkeypatch.setattr(among, "MOST", 100)
    assert len(rows(engine)) == 1
