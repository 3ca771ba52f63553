from __future__ import annotations

import pytest

from tuibrowser.wording import many


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [
        (0, "place", "0 places"),
        (1, "document", "1 document"),
        (1, "match", "1 match"),
        (2, "match", "2 matches"),
        (2, "index", "2 indexes"),
        (12_345, "damaged place", "12,345 damaged places"),
    ],
)
def test_a_number_has_its_noun(count: int, noun: str, words: str) -> None:
    assert many(count, noun) == words
