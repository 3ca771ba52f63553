"""Metadata that a format declares in fields, such as YAML front matter or org keywords."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import said_date
from tuibrowser.corpus.formats.problems import DECLARED_DATE, no_date
from tuibrowser.corpus.model import Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.corpus.model import DocumentProblem

_FIELDS: Final = {
    "title": ("title", "标题", "標題", "题名", "題名"),
    "author": ("author", "authors", "creator", "作者", "著者", "讲者", "講者"),
    "delivered": ("delivered", "讲话日期", "講話日期"),
    "published": (
        "published",
        "date",
        "pubdate",
        "发布日期",
        "發布日期",
        "发布时间",
        "發布時間",
        "日期",
        "时间",
        "時間",
    ),
    "publisher": ("publisher", "发布者", "發布者", "出版者", "出版社"),
    "source": ("source", "url", "来源", "來源", "出处", "出處"),
}

_STAMP: Final = re.compile(
    r"[<\[]([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ ]+[^\d\s<>\[\]]+)?([ ]+[0-9]{1,2}:[0-9]{2})?[^<>\[\]]*[>\]]"
)
"""A time as org writes it, with a weekday in any language and perhaps how it is repeated: <2022-03-05 六 10:00 +1w>."""


def declared(fields: Mapping[str, str]) -> tuple[Metadata, tuple[DocumentProblem, ...]]:
    """The metadata in fields by lower-case names, English or Chinese, and a problem for each date that is no date."""
    found = {
        attribute: value
        for attribute, names in _FIELDS.items()
        if (value := next((fields[name] for name in names if fields.get(name)), None))
    }
    problems: list[DocumentProblem] = []
    for attribute in ("delivered", "published"):
        if (value := found.pop(attribute, None)) is None:
            continue
        if (said := said_date(_STAMP.sub(r"\1\2", value).strip("<> "), exact=True)) is None:
            problems.append(no_date(DECLARED_DATE, value))
            continue
        found[attribute] = said.iso
        if said.words and (attribute == "delivered" or "delivered" not in found):
            found["dated"] = said.words
    return Metadata(**found), tuple(problems)
