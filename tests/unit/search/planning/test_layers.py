from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tuibrowser.api import open_corpus
from tuibrowser.corpus.model import Layer
from tuibrowser.search.matching.found import found as found_of
from tuibrowser.search.model import HitKind
from tuibrowser.search.planning.layers import ChosenLayers
from tuibrowser.search.query import READ_LAYERS

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.api import OpenCorpus

PRINT = """# -*- mode: mandoku-view; -*-
#+TITLE: 林泉集
#+PROPERTY: ID KR9z0002
#+PROPERTY: JUAN 1
<pb:KR9z0002_WYG_001-1a>¶
** 秋夜二首(并序/)
予居北山秋夜聞雨(北山在城/北水深)感而賦之¶

** 渡口
行人過渡口(渡口在/城南)見北山雲(雲出/山中)起水深舟遠¶
"""
PLAIN = "北山之雲（北山不高）起於渡口。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> OpenCorpus:
    (tmp_path / "b.txt").write_text(PRINT, encoding="utf-8")
    (tmp_path / "c.txt").write_text(PLAIN, encoding="utf-8")
    return open_corpus([str(tmp_path)])


def found(corpus: OpenCorpus, query: str) -> list[tuple[str, str, Layer]]:
    """Each place found: its document, the first stretch that is marked with what stands before it, and its layer."""
    answer = corpus.answer(query, None)
    assert answer.total == sum(hit.count for hit in answer.hits)
    return sorted(
        (hit.document, hit.text[max(0, hit.spans[0][0] - 1) : hit.spans[0][1]], hit.layer) for hit in answer.hits
    )


NOTE = ("b.txt", "(北山", Layer.NOTE)


@pytest.mark.parametrize(
    ("query", "totals"),
    [
        ("北山", {"b.txt": 3, "c.txt": 2}),
        ("layer:note 北山", {"b.txt": 1}),
        ("北山 layer：note", {"b.txt": 1}),
        ("北山 -layer:text", {"b.txt": 1}),
        ("北山 layer:text", {"b.txt": 2, "c.txt": 2}),
        ("北山 －layer:note", {"b.txt": 2, "c.txt": 2}),
        ('"北山" layer:note', {"b.txt": 1}),
        ('="北山" layer:note', {"b.txt": 1}),
        ("beishan layer:note", {"b.txt": 1}),
        ("北山 layer:note in:c", {}),
        ("北山 layer:note layer:text", {}),
    ],
)
def test_matches_are_kept_by_the_layer_in_which_they_begin(
    corpus: OpenCorpus, query: str, totals: dict[str, int]
) -> None:
    answer = corpus.answer(query, None)
    held: dict[str, int] = {}
    for hit in answer.hits:
        held[hit.document] = held.get(hit.document, 0) + hit.count
    assert held == totals
    assert answer.total == sum(totals.values())


def test_a_hit_knows_its_layer(corpus: OpenCorpus) -> None:
    assert found(corpus, "layer:note 北山") == [NOTE]
    assert {layer for *_, layer in found(corpus, "layer:text 北山")} == {Layer.TEXT}


def test_a_match_that_goes_on_over_a_note_begins_in_the_text(corpus: OpenCorpus) -> None:
    assert len(found(corpus, "layer:text 聞雨感而")) == 1
    assert found(corpus, "layer:note 聞雨感而") == []


def test_each_of_several_words_begins_in_the_layer(corpus: OpenCorpus) -> None:
    assert found(corpus, "layer:note 水深 城") == [("b.txt", "在城", Layer.NOTE)]
    assert found(corpus, "layer:note 渡口 山中") == [("b.txt", "(渡口", Layer.NOTE)]
    assert found(corpus, "layer:note 渡口 水深") == []
    assert found(corpus, "layer:text 渡口 水深") == [("b.txt", "過渡口", Layer.TEXT)]


def test_it_is_said_where_no_document_has_such_a_layer(corpus: OpenCorpus) -> None:
    for query in ("北山 layer:apparatus", '"北山" layer:apparatus'):
        answer = corpus.answer(query)
        assert (answer.total, answer.nearest) == (0, ())
        assert any("another layer" in note for note in answer.notes)
    assert not any("another layer" in note for note in corpus.answer("無此文字 layer:note").notes)


def test_a_layer_alone_is_nothing_to_look_for(corpus: OpenCorpus) -> None:
    answer = corpus.answer("layer:note")
    assert (answer.total, answer.notes) == (0, ("nothing to look for: add a word",))


@pytest.mark.parametrize("count", [1, 9, 60, 500])
def test_matches_that_begin_or_end_in_what_stands_aside_are_left_out(count: int) -> None:
    rng = np.random.default_rng(count)
    for _ in range(20):
        starts = np.sort(rng.choice(2_000, count, replace=False))
        ends = starts + rng.integers(1, 60, count)
        first, after = np.sort(rng.choice(2_100, 8, replace=False)).reshape(-1, 2).T
        segment: Any = SimpleNamespace(aside=(first, after))
        kept = ChosenLayers(READ_LAYERS).only(segment, found_of(HitKind.EXACT, starts, ends, 0.0))
        out = {at for low, high in zip(first.tolist(), after.tolist(), strict=True) for at in range(low, high)}
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        assert list(zip(kept.starts.tolist(), kept.ends.tolist(), strict=True)) == [
            (start, end) for start, end in spans if start not in out and end - 1 not in out
        ]
