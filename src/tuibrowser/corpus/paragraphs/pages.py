"""The furniture of printed pages: page numbers and running heads that stand between the lines of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.paragraphs.rows import MARKS, NARROWEST, PAUSE, SENTENCE_END, STARTS_ANEW, cells
from tuibrowser.hanzi.numerals import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

_LONGEST_NUMBER: Final = 20
"""Code points of a line that is a page number."""
_LONGEST_HEAD: Final = 40
"""Code points of a running head."""
_AROUND: Final = 3
"""Lines of furniture that may stand together at the end of a page."""
_MIN_GROWING: Final = 0.8
"""Share of page numbers that are higher than the one before."""
_MIN_TORN: Final = 0.2
"""Share of numbers in dashes that stand in the middle of a sentence; sections may be numbered so too."""
_MIN_TORN_BARE: Final = 0.3
"""The same for numbers alone, and for heads without a number beside them."""
_MIN_HEADS: Final = 3
"""Lines that are the same, and heads of pages without a number beside them."""
_LONGER: Final = 1.5
"""Times as long as a running head is the line above it; what is as long may be a line of the text that recurs."""

_FIRST: Final = frozenset("第Pp-—–－~～·•─[(（【〔0123456789０１２３４５６７８９")
_ARABIC: Final = "[0-9０-９]{1,4}"
_ANY: Final = rf"(?:{_ARABIC}|[〇零○一二三四五六七八九十百]{{1,6}})"
_DASH: Final = "[-—–－~～·•─]{1,3}"
_SURE: Final = re.compile(
    rf"(?:第[ \u3000]?({_ANY})[ \u3000]?[页頁]|[Pp](?:age|\.) ?({_ARABIC}))"
    rf"(?:[ \u3000]?(?:[,，/／]?[ \u3000]?共[ \u3000]?{_ANY}[ \u3000]?[页頁]|of {_ARABIC}))?"
    rf"|({_ARABIC}) ?[/／] ?{_ARABIC}"
)
"""第 3 页, 第 3 页 共 20 页, Page 3 of 20, 3/20."""
_DASHED: Final = re.compile(rf"{_DASH}[ \u3000]?({_ARABIC})[ \u3000]?{_DASH}")
"""- 3 -"""
_BARE: Final = re.compile(rf"[\[(（【〔]?({_ARABIC})[\])）】〕]?")
"""3, [3]"""
_KINDS: Final = ((_SURE, 0.0), (_DASHED, _MIN_TORN), (_BARE, _MIN_TORN_BARE))
_DIGITS: Final = re.compile("[0-9０-９]+")


def page_furniture(texts: Sequence[str], skipped: Container[int]) -> set[int]:
    """The numbers of the lines that are page numbers or running heads.

    `texts` are those of all lines with text; those in `skipped` are neither. Page numbers grow, heads repeat, and some
    of either stand in the middle of a sentence.
    """
    numbers = _page_numbers(texts, skipped)
    if not numbers and not _may_have_heads(texts):
        return set()
    heads = _repeated(texts, skipped)
    numbered = {number for places in numbers.values() for number, _ in places}
    repeated = {number for places in heads.values() for number in places}
    aside = numbered | {number for number in repeated if _is_beside(number, numbered, repeated)}
    found: set[int] = set()
    for (kind, _), pages in numbers.items():
        headed = sum(bool({number - 1, number + 1} & repeated) for number, _ in pages)
        min_torn = 0 if _KINDS[kind][0] is _DASHED and 1 < len(pages) == headed else _KINDS[kind][1]
        if _are_pages(texts, pages, aside, min_torn):
            found.update(number for number, _ in pages)
    for places in heads.values():
        beside = sum(_is_beside(number, found, aside) for number in places)
        if (beside > 1 and 2 * beside >= len(places)) or _are_heads(texts, places, numbered):
            found.update(places)
    return found


def _page_numbers(texts: Sequence[str], skipped: Container[int]) -> dict[tuple[int, str], list[tuple[int, int]]]:
    """The lines that look like page numbers, each with its number, by their kind and by what stands around it."""
    found: defaultdict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    short = [number for number, text in enumerate(texts) if text[:1] in _FIRST and len(text) <= _LONGEST_NUMBER]
    for number in short:
        text = texts[number]
        if number in skipped:
            continue
        for kind, (pattern, _) in enumerate(_KINDS):
            if page := pattern.fullmatch(text):
                value = parse_numeral(next(filter(None, page.groups())))
                found[kind, _DIGITS.sub("#", text) if kind else ""].append((number, value or 0))
                break
    return found


def _may_have_heads(texts: Sequence[str]) -> bool:
    """Whether short lines stand below longer ones that break off."""
    return any(
        len(text) <= _LONGEST_HEAD and above[-1:] not in SENTENCE_END and len(above) >= _LONGER * len(text) > 0
        for above, text in pairwise(texts)
    )


def _repeated(texts: Sequence[str], skipped: Container[int]) -> dict[str, list[int]]:
    """Short lines without a mark at their end that stand in several places, but for the digits in them."""
    if len(set(texts)) == len(texts) and _DIGITS.search("\n".join(texts)) is None:
        return {}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        if (
            1 < len(text) <= _LONGEST_HEAD
            and text[-1] not in MARKS
            and number not in skipped
            and not PAUSE.search(text)
        ):
            found[_DIGITS.sub("#", text)].append(number)
    return {key: places for key, places in found.items() if len(places) > 1 and key != "#"}


def _are_pages(texts: Sequence[str], places: Sequence[tuple[int, int]], aside: Container[int], min_torn: float) -> bool:
    """Whether numbers grow from page to page, and enough of them stand in the middle of a sentence."""
    growing = sum(before < after for (_, before), (_, after) in pairwise(places))
    torn = sum(_is_torn(texts, number, aside) for number, _ in places)
    if growing < _MIN_GROWING * (len(places) - 1) or (len(places) == 1 and not torn):
        return False
    return torn >= min_torn * len(places)


def _are_heads(texts: Sequence[str], places: Sequence[int], numbered: set[int]) -> bool:
    """Whether enough of the places of one text stand alone in the middle of a sentence, below longer lines."""
    aside = numbered.union(places)
    torn = sum(
        len(texts[number - 1]) >= _LONGER * len(texts[number]) and _is_torn(texts, number, aside) for number in places
    )
    return len(places) >= _MIN_HEADS and torn >= _MIN_TORN_BARE * len(places)


def _is_torn(texts: Sequence[str], number: int, aside: Container[int]) -> bool:
    """Whether a line stands between the halves of a sentence: below a long line that breaks off."""
    above = next(_outwards(number, -1, aside, len(texts)), None)
    below = next(_outwards(number, 1, aside, len(texts)), None)
    if above is None or below is None:
        return False
    text = texts[above]
    return text[-1:] not in SENTENCE_END and cells(text) >= NARROWEST and STARTS_ANEW.match(texts[below]) is None


def _outwards(number: int, step: int, aside: Container[int], total: int) -> Iterator[int]:
    """Yield the next lines in one direction that are not set aside; a few that are may stand between."""
    for distance in range(1, _AROUND + 1):
        at = number + step * distance
        if 0 <= at < total and at not in aside:
            yield at


def _is_beside(number: int, pages: Container[int], aside: Container[int]) -> bool:
    """Whether a line stands beside a page number, or beside another line that does."""
    return any(number + step in pages or (number + step in aside and number + 2 * step in pages) for step in (-1, 1))
