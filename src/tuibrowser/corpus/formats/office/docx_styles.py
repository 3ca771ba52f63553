"""The styles of a Word document: which make headings, titles, entries of a table of contents, or hide text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE: Final = f"{W}val"
LEVELS: Final = 9
"""Levels of an outline; a greater one is that of body text."""

_HEADING: Final = re.compile(r"(?:heading|标题|標題|überschrift|titre) ?([1-9])", re.IGNORECASE)
_TITLE: Final = frozenset({"title", "标题", "標題", "文档标题"})
_CONTENTS: Final = re.compile(r"(?:toc|目录|目錄) ?(?:[1-9]|heading|标题|標題)|table of figures", re.IGNORECASE)
_DEEPEST: Final = 20
"""Styles based on one another that are followed."""


@dataclass(frozen=True, slots=True)
class Style:
    """The properties that a style sets. `level` is that of a heading, from 1, or 0 for body text."""

    level: int | None = None
    title: bool = False
    contents: bool = False
    hidden: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class _Declared:
    name: str
    based_on: str | None
    level: int | None
    hidden: bool | None
    centred: bool | None


def styles_of(tree: Element | None) -> Mapping[str, Style]:
    """The styles of word/styles.xml by their ids, with what they take from those they are based on."""
    if tree is None:
        return {}
    declared = {each.get(f"{W}styleId", ""): _declared(each) for each in tree.iter(f"{W}style")}
    return {key: _resolved(key, declared) for key in declared}


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading that paragraph properties give; 0 for body text, None where they say nothing."""
    found = None if properties is None else properties.find(f"{W}outlineLvl")
    value = "" if found is None else found.get(VALUE, "")
    if not value.isascii() or not value.isdecimal():
        return None
    return int(value) + 1 if len(value) == 1 and int(value) < LEVELS else 0


def is_on(element: Element | None) -> bool | None:
    """Whether a property that is either on or off is on; None where it is not given."""
    return None if element is None else element.get(VALUE, "1") not in ("0", "false", "off")


def _declared(style: Element) -> _Declared:
    name, base = style.find(f"{W}name"), style.find(f"{W}basedOn")
    return _Declared(
        "" if name is None else name.get(VALUE, "").strip().lower(),
        None if base is None else base.get(VALUE),
        outline_level(style.find(f"{W}pPr")),
        is_on(style.find(f"{W}rPr/{W}vanish")),
        is_centred(style.find(f"{W}pPr")),
    )


def is_centred(properties: Element | None) -> bool | None:
    """Whether paragraph properties centre a paragraph; None where they say nothing."""
    found = None if properties is None else properties.find(f"{W}jc")
    return None if found is None else found.get(VALUE) == "center"


def _resolved(key: str, declared: Mapping[str, _Declared]) -> Style:
    level = hidden = centred = None
    title = contents = False
    at: str | None = key
    for _ in range(_DEEPEST):
        if at is None or at not in declared:
            break
        style = declared[at]
        if level is None:
            named = _HEADING.fullmatch(style.name)
            level = int(named[1]) if named else style.level
        title = title or style.name in _TITLE
        contents = contents or _CONTENTS.fullmatch(style.name) is not None
        hidden = style.hidden if hidden is None else hidden
        centred = style.centred if centred is None else centred
        at = style.based_on
    return Style(level, title, contents, bool(hidden), bool(centred))
