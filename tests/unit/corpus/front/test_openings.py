"""Openings: the heads of papers and of official letters."""

from __future__ import annotations

import pytest

from tuibrowser.corpus.front.headlines import HeadLine
from tuibrowser.corpus.front.openings import Opening, opening_of

LETTER = ["江口镇人民政府文件", "江政〔2020〕12号", "江口镇人民政府", "关于修桥的通知", "各村："]
PAPER = ["江口石桥考", "周敏1，李大山2", "（江口大学历史系，江口 100001）", "摘 要：石桥在镇西。", "一、缘起"]


def head(lines: list[str]) -> list[HeadLine]:
    return [HeadLine(line) for line in lines]


def test_the_title_of_a_letter_stands_below_its_number() -> None:
    assert opening_of(head(LETTER)) == Opening(2, "江口镇人民政府关于修桥的通知", None, (0, 1))
    assert opening_of(head([*LETTER[:2], "关于修桥的通知", "各村："])) == Opening(2, "关于修桥的通知", None, (0, 1))


@pytest.mark.parametrize(
    "lines", [LETTER[:2], ["江口镇人民政府文件", "各村请看。", "关于修桥的通知"], ["读文件", *LETTER[1:]], []]
)
def test_what_has_no_letterhead_with_a_number_is_no_letter(lines: list[str]) -> None:
    assert opening_of(head(lines)) is None


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("周敏1，李大山2", "周敏、李大山"),
        ("周　敏", "周敏"),
        ("——以江口为中心", None),
        ("周敏今天去看了石桥", None),
    ],
)
def test_the_authors_of_a_paper_stand_between_its_title_and_its_abstract(byline: str, author: str | None) -> None:
    assert opening_of(head([PAPER[0], byline, *PAPER[2:]])) == Opening(0, "江口石桥考", author)


def test_a_text_without_an_abstract_or_that_begins_with_it_is_no_paper() -> None:
    assert opening_of(head([line for line in PAPER if "摘" not in line])) is None
    assert opening_of(head(PAPER[3:])) is None
    assert opening_of(head(["他把石桥的事摘要：说了一遍。", *PAPER[3:]])) is None


def test_a_column_of_a_journal_is_not_the_title_of_a_paper() -> None:
    above = ["·地方史研究·", "DOI:10.1234/j.2012.09"]
    assert opening_of(head([*above, *PAPER])) == Opening(2, "江口石桥考", "周敏、李大山", (0, 1))
