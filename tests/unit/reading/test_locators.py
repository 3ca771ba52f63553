"""What is typed to go to a place of a print, and the places that it means."""

from __future__ import annotations

import pytest

from tuibrowser.corpus.model import Locator
from tuibrowser.reading.locators import CanonPlace, canon_place, find_locators

LINES = tuple(Locator(at, label) for at, label in enumerate(("0084c07", "0848c07", "0848c17", "0848c70", "a001a01")))
PAGES = tuple(Locator(at, label) for at, label in enumerate(("vi", "2", "12", "112")))


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("0848c07", ["0848c07"]),
        ("848c7", ["0848c07"]),
        ("848C07", ["0848c07"]),
        ("p. 848c7–10", ["0848c07"]),
        ("84c7", ["0084c07"]),
        ("c17", ["0848c17"]),
        ("a1a1", ["a001a01"]),
        ("849c7", []),
        ("", []),
    ],
)
def test_a_line_is_meant_with_or_without_the_zeros_that_fill_it(typed: str, labels: list[str]) -> None:
    assert [locator.label for locator in find_locators(LINES, typed)] == labels


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("12", ["12"]),
        ("page 12", ["12"]),
        ("p. 12", ["12"]),
        ("第12頁", ["12"]),
        ("12页", ["12"]),
        ("頁12", ["12"]),
        ("page vi", ["vi"]),
        ("page 3", []),
    ],
)
def test_a_page_is_no_other_whose_number_ends_in_it(typed: str, labels: list[str]) -> None:
    assert [locator.label for locator in find_locators(PAGES, typed)] == labels


def test_a_citation_names_a_text_of_a_canon_and_a_line_in_it() -> None:
    assert canon_place("T02, no. 99, p. 848c7–10") == CanonPlace("T", "02", "99", "848c7")
    assert canon_place("T02n0099_p0848c07") == CanonPlace("T", "02", "0099", "0848c07")
    assert canon_place("X77, no. 1524") == CanonPlace("X", "77", "1524", "")
    assert canon_place("848c7") is None
    assert canon_place("山中多雨") is None


def test_the_text_meant_has_the_number_and_the_volume() -> None:
    place = CanonPlace("T", "2", "0099", "")
    assert place.is_of((("canon", "T"), ("volume", "02"), ("number", "99")))
    assert not place.is_of((("canon", "T"), ("volume", "12"), ("number", "99")))
    assert not place.is_of(())
