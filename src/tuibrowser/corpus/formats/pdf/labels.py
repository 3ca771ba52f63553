"""The names of pages: the labels of the file, else the numbers that are printed on the pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.pdf.furniture import is_page_number, numbers_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.pdf.engine import Page
    from tuibrowser.corpus.formats.pdf.layout import Line

_SHARE: Final = 0.6
"""Of the numbers printed on pages go up with them where they are page numbers throughout."""
_LEAST: Final = 2
_DIGIT: Final = re.compile("[0-9０-９]")


def labels_of(pages: Sequence[Page], furniture: Sequence[Sequence[Line]]) -> list[str]:
    """A label for each page, given the furniture of each."""
    if any(page.label for page in pages):
        return [page.label or str(page.number + 1) for page in pages]
    shift = _shift(pages, furniture)
    return [_numbered(page.number + 1, shift) for page in pages]


def _shift(pages: Sequence[Page], furniture: Sequence[Sequence[Line]]) -> int:
    """What is to be added to the number of a page in the file for the one that is printed on it."""
    shifts = Counter(
        value - page.number - 1
        for page, lines in zip(pages, furniture, strict=True)
        for line in lines
        if is_page_number(line.text) and _DIGIT.search(line.text)
        for value in numbers_in(line.text)
    )
    if not shifts:
        return 0
    ((shift, count),) = shifts.most_common(1)
    return shift if count >= max(_LEAST, _SHARE * shifts.total()) else 0


def _numbered(number: int, shift: int) -> str:
    """The label of a page; in brackets where it comes before the first one with a number."""
    return str(number + shift) if number + shift > 0 else f"[{number}]"
