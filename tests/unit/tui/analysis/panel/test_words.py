"""What the panel says of a figure."""

from __future__ import annotations

import pytest

from support.searching import engine_of
from tuibrowser.analysis.figures.lists import words
from tuibrowser.tui.analysis.making.asked import Asked, View
from tuibrowser.tui.analysis.panel.words import known_words


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["山水"], "1 undated document, 100% of text"),
        (["山水", "水"], "2 undated documents, 100% of text"),
    ],
)
def test_undated_documents_are_counted(texts: list[str], said: str) -> None:
    basis = words(engine_of(texts), minimum=1).basis
    assert known_words(Asked(query="", view=View.WORDS), basis, is_part=False) == said
    assert known_words(Asked(query="", view=View.WORDS), basis, is_part=True) != said
