"""Words used alike: found by their company, and the table that is kept of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.searching import engine_of
from tuibrowser.search.index.words.files import LayerUnusableError
from tuibrowser.search.likeness import keeper
from tuibrowser.search.likeness.contexts import SIDES, compared, contexts, rows_of
from tuibrowser.search.likeness.files import load_table, save_table
from tuibrowser.search.likeness.model import SimilarWords
from tuibrowser.search.likeness.table import LikenessTable, text_forms
from tuibrowser.search.likeness.vectors import reduced, weigh
from tuibrowser.study.alike import why_none

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.search.engine import Engine

LINES = (
    *("春風吹過青山。", "秋風吹過青山。", "春風吹來白雲。", "秋风吹来白云。"),
    *("學校聘請老師。", "醫院聘請老師。", "學校開除學生。", "醫院開除學生。"),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return engine_of(["\n".join(LINES * 260), "渡口Wifi。\n" * 510 + "渡船。\n" * 3])


@pytest.mark.slow
def test_words_in_the_same_company_are_alike_in_any_script(engine: Engine) -> None:
    found = engine.cut_texts.similar("春风", 3)
    assert found is not None
    assert (found.word, found.count) == ("春風", 520)
    assert found.rows[0].word == "秋風"
    assert found.rows[0].count == 520
    assert [row.likeness for row in found.rows] == sorted((row.likeness for row in found.rows), reverse=True)
    school = engine.cut_texts.similar("學校", 1)
    assert school is not None
    assert school.rows[0].word == "醫院"


@pytest.mark.slow
def test_of_rare_words_and_of_what_is_none_the_reason_is_told(engine: Engine) -> None:
    def reason(word: str) -> str:
        found = engine.cut_texts.similar(word, 3)
        assert found is not None
        assert not found.rows
        return why_none(found)

    assert reason("渡船") == "渡船 stands in 3 places: below 500 what is like it is left to chance"
    assert reason("山川海") == "山川海 is no word of these texts"
    assert reason("Wifi") == "Wifi is not among the words that are compared"


@pytest.mark.slow
def test_the_common_words_beside_are_counted_on_each_side_within_paragraphs(engine: Engine) -> None:
    views = engine.cut_texts.views()
    layers = list(views.of(frozenset(["text"])))  # type: ignore[list-item]
    vocabulary = views.layer.vocabulary
    words, counts = compared(text_forms(layers, vocabulary), vocabulary)
    assert list(counts) == sorted(counts, reverse=True)
    rows, each = rows_of(vocabulary, words), range(len(words))
    table = contexts(layers, rows, each, len(words)).reshape(len(words), SIDES, len(words))
    assert np.array_equal(contexts(layers, rows, each[2:4], len(words)).reshape(2, SIDES, len(words)), table[2:4])
    named = [vocabulary.written[int(vocabulary.commonest[word])] for word in words]
    spring, blew, hill = (named.index(word) for word in ("春風", "吹過", "青山"))
    assert table[blew, :, spring].tolist() == [0, 260, 0, 0]
    assert table[spring, :, blew].tolist() == [260, 0, 0, 0]
    assert table[spring, :, hill].tolist() == [0, 0, 260, 0]
    assert table[hill, :, spring].tolist() == [0, 0, 0, 260]


def test_what_is_below_chance_weighs_nothing() -> None:
    weights = np.array([[9, 1], [1, 9]], np.float32)
    weigh(weights)
    assert weights[0, 1] == weights[1, 0] == 0
    assert weights[0, 0] == pytest.approx(np.log(9 / (10 * 0.5)), rel=1e-5)


def test_vectors_are_those_of_the_singular_values() -> None:
    weights = np.random.default_rng(3).random((60, 40), np.float32) ** 8
    vectors = reduced(weights, lambda _: None).astype(np.float32)
    left, values, _ = np.linalg.svd(weights, full_matrices=False)
    exact = left * np.sqrt(values)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    assert np.allclose(vectors @ vectors.T, exact @ exact.T, atol=0.01)


TABLE = LikenessTable(np.array([4, 2]), np.array([900, 700]), np.ones((2, 3), np.float16))


def test_a_kept_table_is_taken_only_for_the_same_words_and_undamaged(tmp_path: Path) -> None:
    save_table(TABLE, tmp_path, {"generation": "g1"})
    kept = load_table(tmp_path, {"generation": "g1"})
    assert all(np.array_equal(getattr(kept, name), getattr(TABLE, name)) for name in ("words", "counts", "vectors"))
    with pytest.raises(LayerUnusableError):
        load_table(tmp_path, {"generation": "g2"})
    with (tmp_path / "similar.vectors.npy").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"?")
    with pytest.raises(LayerUnusableError):
        load_table(tmp_path, {"generation": "g1"})


def test_of_no_words_there_is_a_table_too() -> None:
    empty = LikenessTable(np.empty(0, np.int64), np.empty(0, np.int64), np.ones((0, 1), np.float16))
    assert empty.similar(3, engine_of(["甲"]).cut_texts.views().layer.vocabulary, 5) is None


def test_it_is_given_up_where_that_is_wanted(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_from", lambda *_: None)
    engine.cut_texts.prepare()
    engine.cut_texts.views().layer.at_hand.pop("likeness", None)
    assert engine.cut_texts.similar("春風", 3, cancelled=lambda: True) is None
    assert SimilarWords("春風", 3).is_rare
