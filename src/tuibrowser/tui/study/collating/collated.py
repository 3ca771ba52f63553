"""Collated: a collation with its sheet and its differences in the order in which they are stepped through."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tuibrowser.corpus.model import HeadingKind
from tuibrowser.study.collating.collation import DifferenceKind
from tuibrowser.study.collating.sheet import sheet_of, stops_of
from tuibrowser.study.collating.stretches import significant_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.study.collating.collation import Collation, Difference, Witness
    from tuibrowser.study.collating.sheet import Sheet, Text


@dataclass(frozen=True, slots=True)
class Collated:
    """A collation as it is shown. A stop is a difference; `columns` and `numbers` are those of the stops, in order."""

    one: Witness
    other: Witness
    made: Collation
    sheet: Sheet
    columns: Sequence[int]
    numbers: Sequence[int]
    variants: Mapping[int, int]
    """The differences of form that are told, by the significant characters of the first text."""
    arrivals: Mapping[int, int]
    """Where the second text has what moved: columns by the numbers of differences."""
    names: frozenset[str]
    """The names of articles in both texts."""

    def __len__(self) -> int:
        return len(self.numbers)

    def difference(self, stop: int) -> Difference:
        """The difference of a stop."""
        return self.made.differences[self.numbers[stop]]

    def column_of(self, line: int) -> int:
        """The column at which a line of the first text begins, from 1."""
        number = _first_of_line(self.one, self.sheet.one, line)
        return int(self.sheet.columns_of(np.array([number]))[0])

    def column_of_second(self, line: int) -> int:
        """The column at which a line of the second text begins, from 1."""
        number = _first_of_line(self.other, self.sheet.other, line)
        return int(self.sheet.columns_of_second(np.array([number]))[0])

    def offsets_at(self, column: int) -> tuple[int, int]:
        """The offsets into both repaired texts at a column."""
        one, other = self.sheet.characters_at(column)
        return _offset(self.sheet.one, one), _offset(self.sheet.other, other)

    def is_name(self, words: str) -> bool:
        """Whether some words are the name of an article, which is not compared."""
        return words in self.names

    def stop_after(self, column: int) -> int:
        """The first stop at a column or after it."""
        return bisect_left(self.columns, column)


def _first_of_line(witness: Witness, text: Text, line: int) -> int:
    offset = witness.text.alignment.to_target(witness.text.offset_of_line(line))
    return int(np.searchsorted(text.at, offset))


def _offset(text: Text, number: int) -> int:
    return int(text.at[number]) if number < len(text.at) else text.extent[1]


def collated(one: Witness, other: Witness, made: Collation) -> Collated:
    """The collation of two texts, to be shown. May be called in any thread."""
    sheet = sheet_of(made)
    columns, numbers = stops_of(sheet, made)
    spans = significant_spans(made)
    variants = {
        character: number
        for number, each in enumerate(made.differences)
        if each.kind is DifferenceKind.VARIANT
        for character in range(*spans[number][:2])
    }
    headings = (*one.document.headings, *other.document.headings)
    names = frozenset(heading.title for heading in headings if heading.kind is HeadingKind.ARTICLE)
    return Collated(one, other, made, sheet, columns, numbers, variants, sheet.arrivals(), names)
