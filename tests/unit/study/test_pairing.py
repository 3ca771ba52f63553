"""Pairings: a passage and its parallel stand in line, and what they share is what the list of parallels says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.api import open_corpus
from tuibrowser.study.collating.rows import rows_of
from tuibrowser.study.pairing import Pairing, pairing

if TYPE_CHECKING:
    from pathlib import Path

SAYING = "渡口之舟三艘皆舊，行人日日往來，風雨不改，老僧煮茶相待"
TEXTS = [
    "昔人云，渡口之舟三艘皆旧，行人日往來，風雨亦不改，老僧烹茶相待。",
    "老僧煮茶相待，又曰：渡口之舟三艘皆舊，行人日日往來。",
    "風雨不改，老僧煮酒相待。",
]


def shown(found: Pairing, width: int = 80) -> list[tuple[str, str]]:
    return [
        ("".join(piece.text for piece in row.one), "".join(piece.text for piece in row.other))
        for sheet in found.sheets
        for line in range(len(sheet))
        for row in rows_of(sheet, line, width, {})
    ]


def test_characters_that_correspond_stand_in_the_same_cells() -> None:
    found = pairing("風雨不改，老僧煮茶相待", ["風雨亦不改老僧烹茶相待"])
    assert found is not None
    assert shown(found) == [("風雨--不改，老僧煮茶相待", "風雨亦不改  老僧烹茶相待")]
    assert (found.matched, found.score, found.size) == (9, 7, 10)
    assert found.cover == pytest.approx(0.9)


def test_clauses_in_another_order_stand_beside_theirs() -> None:
    found = pairing(SAYING, ["老僧煮茶相待", "渡口之舟三艘皆舊，行人日日往來"])
    assert found is not None
    assert [one for one, _ in shown(found)] == ["老僧煮茶相待", "渡口之舟三艘皆舊，行人日日往來"]


def test_what_is_unlike_is_no_pairing() -> None:
    assert pairing(SAYING, ["天地玄黃宇宙洪荒"]) is None


def test_what_is_shared_is_what_the_list_says(tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    rows = open_corpus([str(tmp_path)]).parallels(SAYING).rows
    assert len(rows) == len(TEXTS)
    for row in rows:
        found = pairing(SAYING, [row.parallel.text[low:high] for _, _, low, high in row.parallel.pairs])
        assert found is not None
        assert (found.matched, found.score) == (row.parallel.matched, row.parallel.score)
