"""Packed outlines come back as they were, item by item, and damage is noticed."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.model import Document, Heading, HeadingKind, Locator, Source
from tuibrowser.corpus.records.packed_outline import EMPTY, Made, PackedOutline, pack, unpack

OFFSETS = st.integers(0, 2**32 - 1)
TITLES = st.text(st.characters(exclude_characters="\n", categories=("L", "N", "P", "Zs", "Cs", "Cc")), max_size=12)
HEADINGS = st.lists(
    st.builds(Heading, st.integers(1, 255), OFFSETS, OFFSETS, TITLES, st.sampled_from(HeadingKind)), max_size=6
)
LOCATORS = st.lists(st.builds(Locator, OFFSETS, TITLES), max_size=6)
DOCUMENT = Document(0, Source(Path("a.txt"), "a.txt"), "甲")


def outline(headings: list[Heading], locators: list[Locator], lines: list[int]) -> PackedOutline:
    return unpack(pack(replace(DOCUMENT, headings=tuple(headings), locators=tuple(locators)), lines))


@given(HEADINGS, LOCATORS)
def test_comes_back_as_it_was(headings: list[Heading], locators: list[Locator]) -> None:
    lines = [at + 1 for at in range(len(headings))]
    packed = outline(headings, locators, lines)
    assert [packed.heading(at) for at in range(len(headings))] == headings
    assert [packed.locator(at) for at in range(len(locators))] == locators
    assert list(packed.lines) == lines


def test_a_title_stays_on_one_line() -> None:
    assert outline([Heading(1, 0, 3, "一\n二")], [Locator(0, "頁\n1")], [1]).heading(0).title == "一 二"


def test_an_outline_may_be_empty() -> None:
    assert outline([], [], []) == replace(EMPTY, starts=(), titles=[], labels=[])


@given(st.binary(max_size=60))
def test_anything_else_is_damage(data: bytes) -> None:
    with pytest.raises(ValueError, match="no packed outline"):
        unpack(data)


@given(st.integers(0, 40))
def test_what_is_cut_off_is_damage(length: int) -> None:
    whole = zlib.decompress(pack(replace(DOCUMENT, headings=(Heading(1, 0, 3, "總則"),) * 2), [1, 2]))
    with pytest.raises(ValueError, match=r"no packed outline|decode"):
        unpack(zlib.compress(whole[: min(length, len(whole) - 8)]))


def test_made_items_are_those_of_a_tuple() -> None:
    made = Made(4, lambda at: at * at)
    assert made == (0, 1, 4, 9)
    assert made != (0, 1, 4)
    assert made != [0, 1, 4, 9]
    assert hash(made) == hash((0, 1, 4, 9))
    assert list(made) == [0, 1, 4, 9]
    assert (made[0], made[-1], made[1:3], made[::-2]) == (0, 9, (1, 4), (9, 1))
    assert made == Made(4, lambda at: at**2)
    for at in (4, -5):
        with pytest.raises(IndexError):
            made[at]
