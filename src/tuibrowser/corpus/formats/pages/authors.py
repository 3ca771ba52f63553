"""Authors: who wrote a page, by the lines around its text and by what its markup calls an author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import find_dates
from tuibrowser.corpus.front.bylines import author_of
from tuibrowser.corpus.front.people import name_beside_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_AUTHOR: Final = re.compile(r"(?:作\s?者|撰文)\s?[:：]\s?([^\s/|｜：:]{2,20}(?:[ 、][\u3400-\u9fff]{2,4}(?=\s|$))*)")
_BOARD: Final = re.compile(r"作者\s?(?P<name>[A-Za-z]\w{1,20})\s?[(（].*")
"""The author of a post on a bulletin board, by account and nickname."""
_LABEL: Final = re.compile(r"(?:(?:本文|原文)?作\s?者|撰?文|[Bb][Yy]|Author)(?:\s?[:：/]\s?|\s+)")
"""What stands before a name in an element for it."""
_REPORTER: Final = re.compile(
    r"(?:本[报報刊网網台][ \u3000]?)?(?:特[约約])?(?:[记記]者|通[讯訊][员員]|[评評][论論][员員])"
    r"[ \u3000:：]+(?P<name>[\u3400-\u9fff]{1,4}(?:[ \u3000、]+[\u3400-\u9fff]{1,4}){0,5})"
)
"""A line that names the reporters and nothing else."""
_SIGNED_BELOW: Final = re.compile(
    r"[（(]?(?:本文|原文|文章)?作\s?者\s?[:：]\s?(?P<name>[^\s，。、；：:()（）]{2,12})[)）]?"
)
"""A line at the end of a text that names the author and nothing else."""
_LONGEST_NAME: Final = 20
_NO_NAME: Final = re.compile(
    r"[，。！？；：:|｜/@\d《》]|^(?:作者|[关關]注|原[创創]|[今昨前]天|刚刚|剛剛|[楼樓]主|[发發]表于.*|[发發][布佈].*)$"
)
_BODY: Final = re.compile(
    r"(?:[网網]|日[报報]|晚[报報]|社|[电電][视視]台|[频頻]道|客[户戶]端|[编編][辑輯]部|中心|[论論][坛壇])$"
)
"""Endings of the names of sites and papers."""
_SHORT_NAME: Final = 2
"""Code points of a name that may be something else."""
_NAME: Final = re.compile(r"[\u3400-\u9fff·‧・]{2,}|[A-Z][a-z]+ [A-Z]")
_NOBODY: Final = re.compile(
    r"@|\d|^(?:佚名|未知|匿名|本站|网络|網路|管理员|管理員|编辑|編輯|admin.*|.{0,4}(?:整理|综合|綜合|编辑|編輯|原创|原創))$",
    re.IGNORECASE,
)


def labelled(lines: Iterable[str]) -> str | None:
    """The author whom a line names by a label: 作者：林间. Nobody where the first such line names a site."""
    for line in lines:
        if (found := _AUTHOR.search(line)) and (name := author_of(found[1])):
            return None if _NOBODY.search(name) or not _NAME.search(name) else name
    return None


def marked(signed: Iterable[str], shown: Sequence[str]) -> str | None:
    """The first name that the markup calls an author and the page shows above its text."""
    above = "".join("".join(line.split()) for line in shown)
    for text in signed:
        name = author_of(_LABEL.sub("", text, count=1))
        if name and _is_name(name) and "".join(text.split()) in above:
            return name
    return None


def _is_name(text: str) -> bool:
    """Whether a text that is called an author may be the name of a person, be it one of a forum."""
    return (
        _SHORT_NAME <= len(text) <= _LONGEST_NAME
        and not _NO_NAME.search(text)
        and not _NOBODY.search(text)
        and not _BODY.search(text)
        and any(character.isalpha() for character in text)
    )


def reporter(lines: Iterable[str]) -> str | None:
    """The reporter whom a line above the text names, 本报记者　林间, or the account of a bulletin board."""
    found = next((found for line in lines if (found := _REPORTER.fullmatch(line) or _BOARD.fullmatch(line))), None)
    return author_of(found["name"]) if found is not None else None


def signed_below(lines: Iterable[str]) -> str | None:
    """The author whom a line at the end of the text names: （作者：林间）."""
    names = (found["name"] for line in lines if (found := _SIGNED_BELOW.fullmatch(line)))
    return next((name for each in names if (name := author_of(each)) and _is_name(name)), None)


def beside_date(lines: Iterable[str], title: str) -> str | None:
    """The name that stands alone with a date on a line above the text; a short one where the title has it, too."""
    for line in lines:
        date = next(find_dates(line), None)
        name = name_beside_date(line, date.start, date.end) if date is not None and not date.bare else None
        if name is not None and (len(name) > _SHORT_NAME or name in title):
            return name
    return None
