"""Markup: find tags of HTML that were left in a plain text, as edits that take them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.formats.lines import Line

MARKUP: Final = "markup"
"""The rule of these edits."""

_ALONE: Final = frozenset(("br", "hr", "img", "wbr"))
"""Tags that stand without another one."""
_OPEN: Final = frozenset(("p", "li", "dt", "dd", "tr", "td", "th"))
"""Tags that may lack the other one where they stand at the beginning or the end of a line."""
_PAIRED: Final = frozenset(
    re.findall(
        r"\S+",
        "a abbr article b big blockquote body center cite del dfn div dl em font footer form h1 h2 h3 h4 h5 h6 "
        "head header html i ins label main mark nav nobr ol q s section small span strike strong sub sup table "
        "tbody tfoot thead title tt u ul var",
    )
)
_CODE: Final = frozenset(("code", "kbd", "pre", "samp", "script", "style", "textarea"))
_VALUE: Final = r"""(?:"[^"<>\r\n]{0,500}"|'[^'<>\r\n]{0,500}'|[^\s"'<>=`]{1,300})"""
_TAG: Final = re.compile(
    rf"<(?P<end>/)?(?P<name>[A-Za-z][A-Za-z0-9]{{0,11}})(?:\s{{1,9}}[A-Za-z_:-]{{1,30}}\s?=\s?{_VALUE})*\s{{0,9}}/?>"
)
_QUOTED: Final = re.compile(r"(`{1,3})(?!`)[^`\r\n]{1,500}?(?<!`)\1(?!`)")
"""Code within a line of Markdown."""
_NAMED: Final = re.compile(r"[”’」』\"']?\s?(?:这个|這個|的|等)?(?:标签|標籤|标记|標記|元素|tags?\b|elements?\b)")
"""What follows a tag that a text is about."""
_QUOTE: Final = frozenset("“‘「『\"'")
_LATIN: Final = re.compile(r"[A-Za-z0-9,.;:!?]")


def markup_edits(raw: str, lines: Sequence[Line]) -> list[Edit]:
    """The tags of a text, sorted; those in code stay, and those that the text speaks of."""
    if "<" not in raw:
        return []
    skipped = list(_skipped(raw, lines))
    return [_edit(raw, tag) for tag in _matched(raw, _tags(raw, skipped))]


def _skipped(raw: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The spans of code."""
    for line in lines:
        if line.role is LineRole.CODE or line.role is LineRole.MARKUP:
            yield line.start, line.end
        elif raw.find("`", line.start, line.end) >= 0:
            yield from (quoted.span() for quoted in _QUOTED.finditer(raw, line.start, line.end))


def _tags(raw: str, skipped: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The tags outside of code, in their order."""
    at = 0
    code = ""
    for tag in _TAG.finditer(raw):
        while at < len(skipped) and skipped[at][1] <= tag.start():
            at += 1
        if at < len(skipped) and skipped[at][0] < tag.end():
            continue
        name = tag["name"].lower()
        if name in _CODE:
            code = "" if tag["end"] and name == code else code or name
        elif not code:
            yield tag


def _matched(raw: str, tags: Iterator[re.Match[str]]) -> list[re.Match[str]]:
    """The tags that stand by themselves, have their other one, or open or close a line."""
    taken: list[re.Match[str]] = []
    waiting: dict[str, list[re.Match[str]]] = {}
    for tag in tags:
        name = tag["name"].lower()
        if _is_named(raw, tag):
            continue
        if name in _ALONE or (name in _OPEN and _is_at_edge(raw, tag)):
            taken.append(tag)
        elif name not in _OPEN and name not in _PAIRED:
            continue
        elif not tag["end"]:
            waiting.setdefault(name, []).append(tag)
        elif waiting.get(name):
            taken += (waiting[name].pop(), tag)
    return sorted(taken, key=re.Match.start)


def _is_named(raw: str, tag: re.Match[str]) -> bool:
    """Whether a text speaks of a tag: it stands in quotation marks, or before the word for one."""
    return raw[tag.start() - 1 : tag.start()] in _QUOTE or _NAMED.match(raw, tag.end()) is not None


def _is_at_edge(raw: str, tag: re.Match[str]) -> bool:
    before, after = raw[max(0, tag.start() - 1) : tag.start()], raw[tag.end() : tag.end() + 1]
    return before in ("", "\n", "\r", ">") or after in ("", "\n", "\r", "<")


def _edit(raw: str, tag: re.Match[str]) -> Edit:
    """The edit that takes a tag out; a line break between two words is a blank, so that one is only suggested."""
    start, end = tag.span()
    joins_words = tag["name"].lower() == "br" and _LATIN.match(raw[start - 1 : start]) and _LATIN.match(raw, end)
    return Edit(start, end, tag[0], " " if joins_words else "", MARKUP, certain=not joins_words)
