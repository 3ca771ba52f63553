"""What is pasted into the search field, and what the panel says of an answer."""

from __future__ import annotations

import pytest

from tuibrowser.search.model import SearchResult
from tuibrowser.tui.widgets.search.counts import counted
from tuibrowser.tui.widgets.search.query_field import LONGEST_PASSAGE, as_query


@pytest.mark.parametrize(
    ("pasted", "query"),
    [
        ("高质量\n", "高质量"),
        ("\r\n高质量\r", "高质量"),
        (" by:李 高质量 ", " by:李 高质量 "),
        ("高质量\n  发展\n", "高质量发展"),
        ("高质量\r  发展\r\r改革", "高质量发展改革"),
        ("高质量\r\n发展", "高质量发展"),
        ("good\rquality\n发展", "good quality 发展"),
        ("高\n" * (LONGEST_PASSAGE + 1), "高" * LONGEST_PASSAGE),
        ("\n\r\n", ""),
    ],
)
def test_lines_are_joined_however_they_end(pasted: str, query: str) -> None:
    assert as_query(pasted) == query


def test_nothing_found_says_when_not_all_was_read() -> None:
    def nothing(*, at_least: bool, final: bool = True) -> str:
        return counted(SearchResult("河", (), {}, at_least, 0, 1.0, (), final))

    assert nothing(at_least=True) == "nothing found in what has been read so far"
    assert nothing(at_least=False) == "nothing found"
    assert nothing(at_least=True, final=False) == "searching …"
