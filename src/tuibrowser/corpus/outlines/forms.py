"""Forms: the forms of headings, and the type of a candidate for a heading."""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple


class Form(Enum):
    """The form of a heading: its rank in an outline, smaller above larger, and whether it counts in a series.

    A rank of 0 says that the form has none of its own.
    """

    MARKUP = (0, "markup")
    HASHED = (0.1, "# 卷一")
    PART = (1, "第一編 第一部分")
    VOLUME = (2, "第一卷 卷一")
    CHAPTER = (3, "第一章 第一回")
    FIXED = (3, "序 附則")
    UNNUMBERED = (3.5, "基本案情")
    SECTION = (4, "第一節")
    CLAUSE = (4.3, "第一款")
    ITEM = (4.6, "第一目")
    PIECE = (4.8, "學而第一")
    CHINESE = (5, "一、")
    ROMAN = (5, "Ⅰ、")
    BRACKETED = (6, "（一）")
    ARABIC = (7, "1.")
    ARABIC_BRACKETED = (8, "(1)")
    CIRCLED = (8.5, "①")
    ORDINAL = (0, "第一，")
    COUNTED = (0, "第一條經驗，")
    FINANCIAL = (4.9, "壹、")
    STEM = (0, "甲、")
    DECIMAL = (6, "1.2")
    BARE_CHINESE = (5, "一　緣起")
    BARE_ARABIC = (5, "1 引言")
    GLUED_ARABIC = (5, "01引言")
    NUMBER_ALONE = (5, "1")
    ARTICLE = (9, "第三條")

    @property
    def rank(self) -> float:
        """Its rank, 0 for none."""
        rank: float = self.value[0]
        return rank


SERIES: Final = frozenset(
    (
        Form.CHINESE,
        Form.ROMAN,
        Form.CIRCLED,
        Form.GLUED_ARABIC,
        Form.NUMBER_ALONE,
        Form.BRACKETED,
        Form.ARABIC,
        Form.ARABIC_BRACKETED,
        Form.ORDINAL,
        Form.COUNTED,
        Form.FINANCIAL,
        Form.STEM,
        Form.DECIMAL,
        Form.BARE_CHINESE,
        Form.BARE_ARABIC,
    )
)
"""Forms that number lists as well as headings, so that only a series of them is trusted."""


RUN_ON: Final = "run on"
"""The mark of an article with no space after its label, which may be but mentioned."""


PLACED: Final = "placed"
"""Begins the mark of a volume that is told from the others by its place, 上卷."""


class Candidate(NamedTuple):
    """A candidate for a heading, and where it stands in the repaired text, from `start` to `end`."""

    paragraph: int
    """The number of the paragraph that it is or heads."""
    form: Form
    rank: float
    """The rank of its form, or one of its own."""
    start: int
    end: int
    length: int
    """Code points of its paragraph."""
    number: int = 0
    """Its number, 0 for none."""
    mark: str = ""
    """Tells series of one form apart that are written otherwise (1. and 1、)."""
    bare: bool = False
    """Whether there are no marks in it beside that of its number."""
    fit: bool = True
    """Whether it reads like a title; what does not still counts in its series."""
    sure: bool = True
    """Whether it is a heading by itself; one that is not must have a neighbour in its series."""

    @property
    def whole(self) -> bool:
        """Whether it is all of its paragraph."""
        return self.end - self.start == self.length
