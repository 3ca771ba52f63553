"""What a search should find, by looking everywhere: slow, and plainly right."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tuibrowser.hanzi.fold import BREAK, fold, fold_table
from tuibrowser.search.index.making.merge import build
from tuibrowser.search.index.segment import LONGEST_GAP, Segment
from tuibrowser.search.index.taken import IndexText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.hanzi.readings import Ranges


@cache
def identity_of(character: str) -> int:
    """The id by which a character is searched."""
    return int(fold(character)[0])


@cache
def is_gap(character: str) -> bool:
    """Whether a character is punctuation, a space or a control, which a match may pass over."""
    identity = identity_of(character)
    return identity == BREAK or identity < fold_table().gap_end


def segment_of(text: str) -> Segment:
    """An index of one text, each line of which is a paragraph; its positions are one more than offsets."""
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
    return build([IndexText(0, text, starts)])


def same(first: Segment, second: Segment) -> bool:
    """Whether two segments hold the same, in every field there is."""
    return all(np.array_equal(getattr(first, each.name), getattr(second, each.name)) for each in fields(Segment))


def skeleton(text: str) -> list[tuple[int, int]]:
    """Place and id of each significant character; -1 where too long a gap divides them."""
    found: list[tuple[int, int]] = []
    last = 0
    for at, character in enumerate(text):
        if not is_gap(character):
            if found and at - last > LONGEST_GAP + 1:
                found.append((at, -1))
            found.append((at, identity_of(character)))
            last = at
    return found


def inside(identity: int, ranges: Ranges) -> bool:
    """Whether an id is in one of the ranges."""
    return any(start <= identity < end for start, end in ranges)


def in_places(text: str, places: Sequence[Ranges], *, gaps: bool = True) -> set[tuple[int, int]]:
    """Where ids of these ranges stand one after another, with or without gaps between them."""
    rows, width = skeleton(text), len(places)
    spans = (rows[at : at + width] for at in range(len(rows) - width + 1))
    return {
        (row[0][0], row[-1][0] + 1)
        for row in spans
        if all(inside(identity, ranges) for (_, identity), ranges in zip(row, places, strict=True))
        and (gaps or row[-1][0] - row[0][0] == width - 1)
    }


def distance(text: Sequence[int], word: Sequence[int]) -> int:
    """The least number of characters to change, leave out or add to make one of the other."""
    row = list(range(len(word) + 1))
    for character in text:
        before, row[0] = row[0], row[0] + 1
        for at, wanted in enumerate(word, 1):
            before, row[at] = row[at], min(before + (character != wanted), row[at] + 1, row[at - 1] + 1)
    return row[-1]


def outside(spans: Sequence[tuple[int, int]], furniture: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that neither begin nor end in page furniture, which a search leaves out."""
    held = {at for start, end in furniture for at in range(start, end)}
    return [(start, end) for start, end in spans if start not in held and end - 1 not in held]
