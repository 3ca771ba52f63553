"""Ordering: documents by title or date, in pieces, and given up when nobody wants it any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tuibrowser.corpus.model import Document, Metadata, Source
from tuibrowser.tui.widgets.outline import ordering
from tuibrowser.tui.widgets.outline.ordering import ordered
from tuibrowser.tui.widgets.outline.tree import DocumentOrder

TITLES = ("渡口第十章", "渡口第二章", "江行", "渡口第二章", "阿里山", "江行", "乙", "甲")
DATES = ("2001", None, "-0220", "1691-05", "2001", None, "0084", "1691-04")


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "_PIECE", 3)


def documents() -> list[Document]:
    return [
        Document(number, Source(Path(f"/{number}"), f"{number}"), title, Metadata(published=date))
        for number, (title, date) in enumerate(zip(TITLES, DATES, strict=True))
    ]


def test_titles_are_in_natural_order_and_equal_ones_in_that_of_reading() -> None:
    assert list(ordered(documents(), DocumentOrder.TITLE)) == [6, 2, 5, 1, 3, 0, 7, 4]


def test_dates_before_our_era_come_first_and_unknown_ones_last() -> None:
    assert list(ordered(documents(), DocumentOrder.DATE)) == [2, 6, 7, 3, 0, 4, 1, 5]


def test_by_path_nothing_is_looked_at() -> None:
    assert list(ordered(documents(), DocumentOrder.PATH, lambda *_: pytest.fail("looked at"))) == list(range(8))


def test_it_says_how_far_it_is_and_ends_when_cancelled() -> None:
    seen: list[tuple[int, int]] = []
    assert ordered(documents(), DocumentOrder.TITLE, lambda *at: seen.append(at), lambda: len(seen) == 2) == ()
    assert seen == [(0, 8), (3, 8)]
