"""The head of a page: its title and what its meta elements say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.pages.blocks.markup import attributes

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST: Final = 100_000
"""Code points in which the head of a page is looked for."""
_BODY: Final = re.compile(r"<body\b", re.IGNORECASE)
_META: Final = re.compile(r"<meta\s((?>[^<>\"']++|\"[^\"]*+\"|'[^']*+'|[\"'])*+)>?", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^<>]*>([^<]*+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The title element of a page, and its meta elements by their lower-case names, each on one line."""

    title: str
    meta: Mapping[str, str]


def read_head(markup: str) -> Head:
    """The head of a page; of two meta elements of one name the first that has a content."""
    body = _BODY.search(markup, 0, _LONGEST)
    end = body.start() if body else _LONGEST
    meta: dict[str, str] = {}
    for found in _META.finditer(markup, 0, end):
        said = attributes(found[1])
        name = (said.get("name") or said.get("property") or "").lower()
        if name and (value := one_line(said.get("content", ""))):
            meta.setdefault(name, value)
    title = _TITLE.search(markup, 0, end)
    return Head(one_line(unescape(title[1])) if title else "", meta)


def one_line(text: str) -> str:
    """A text with one space for each run of white space."""
    return " ".join(text.split())
