from __future__ import annotations

from dataclasses import replace

import pytest

from tuibrowser.tui.dialogs.bookmarks import _is_meant
from tuibrowser.userdata.model import Bookmark, Spot

BOOKMARK = Bookmark("1", Spot("a.txt", "", 0), 4, "推動高質量發展。", "講話", section="第一章", note="To quote, p. 8")


@pytest.mark.parametrize("typed", ["", "高質量", "高质量", "gaozhiliang", "gzl", "讲话", "QUOTE", "p. 8", "dyz", "。"])
def test_a_bookmark_is_found_by_what_is_remembered_of_it(typed: str) -> None:
    assert _is_meant(BOOKMARK, typed)


@pytest.mark.parametrize("typed", ["低質量", "zzz", "第二", "!"])
def test_another_one_is_not(typed: str) -> None:
    assert not _is_meant(BOOKMARK, typed)


def test_one_without_a_note_is_found_too() -> None:
    assert _is_meant(replace(BOOKMARK, note=""), "zhiliang")
