"""Openings: the heads of papers, with an abstract, and of official letters, with a letterhead, which show the title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.front.people import name_alone
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.front.headlines import HeadLine

_LINES: Final = 12
"""Lines at the very top in which the abstract of a paper begins."""
_WORD: Final = r"(?:[内內]容)?[摘提][ \u3000]{0,4}要"
_ABSTRACT: Final = late(rf"[【\[［〔]?{_WORD}[】\]］〕]?[ \u3000]{{0,2}}[:：].|[【\[［〔]{_WORD}[】\]］〕]")
_AFFILIATION: Final = late(
    r"[（(].{0,60}(?:大[学學]|[学學]院|[学學]校|研究|中心|[公][司]|[图圖][书書][馆館]|出版社|[编編][辑輯]部).{0,60}[)）]"
)
_COLUMN: Final = late(r"[·•‧●■◆★※].{2,12}[·•‧●■◆★※]|(?:DOI|doi)[:：].*|[\W\d_\ue000-\uf8ff]*")
"""What a journal prints above a title: the name of a column, ·道教研究·, a number, an ornament."""
_MARKS: Final = re.compile(r"[\d*＊①-⑨,，、\s]+")
"""What divides the names of authors, and what refers to where they work."""
_MOST_NAMES: Final = 6
_LETTERHEAD: Final = late(r"[\u3400-\u9fff]{4,30}文件")
_NUMBERED: Final = late(r"[\u3400-\u9fff]{1,10}[〔\[［（(【]\s?\d{4}\s?[〕\]］）)】]\s?第?\s?\d{1,5}\s?[号號]")
"""The number of an official letter: 河政发〔2020〕12号."""
_ABOUT: Final = ("关于", "關於")
"""How the second line of the title of a letter begins, below the name of the office."""
_LONGEST_TITLE: Final = 60
_ENDED: Final = frozenset("。；;，,、：:！？")


TELLING: Final = "件要"
"""Characters of which each of these heads has one: 文件, 摘要."""


class Opening(NamedTuple):
    """The line that bears the title or its beginning, the title, the authors, and the lines above it."""

    line: int
    title: str
    author: str | None = None
    above: tuple[int, ...] = ()


def opening_of(head: Sequence[HeadLine]) -> Opening | None:
    """The opening of a text that is a paper or an official letter; None for any other, which takes little time."""
    first = [line.text for line in head[:_LINES]]
    return _of_letter(first) or _of_paper(first)


def _of_letter(first: Sequence[str]) -> Opening | None:
    """A letterhead, the number of the letter, its title."""
    if len(first) < 3 or not first[0].endswith("文件") or not _LETTERHEAD.fullmatch(first[0]):
        return None
    if not _NUMBERED.fullmatch(first[1]) or not _may_be_title(first[2]):
        return None
    goes_on = len(first) > 3 and first[3].startswith(_ABOUT)
    return Opening(2, first[2] + first[3] if goes_on else first[2], None, (0, 1))


def _of_paper(first: Sequence[str]) -> Opening | None:
    """A title, perhaps the authors and where they work, the abstract."""
    abstract = next((number for number, text in enumerate(first) if _ABSTRACT.match(text)), 0)
    title = next((number for number in range(abstract) if not _COLUMN.fullmatch(first[number])), None)
    if title is None or not _may_be_title(first[title]):
        return None
    names = (names for text in first[title + 1 : abstract] if (names := _names(text)))
    return Opening(title, first[title], next(names, None), tuple(range(title)))


def _names(text: str) -> str | None:
    """The names that a line holds and nothing but signs beside them."""
    if name := name_alone(text):
        return name
    names = [each for each in _MARKS.split(text) if each]
    if not 1 <= len(names) <= _MOST_NAMES or not all(map(name_alone, names)):
        return None
    return "、".join(names)


def _may_be_title(text: str) -> bool:
    return 4 <= len(text) <= _LONGEST_TITLE and text[-1] not in _ENDED and not _AFFILIATION.fullmatch(text)
