"""Tags of an XML text, as a flat list: no tree is made, nothing is fetched, and what is broken is read all the same."""

from __future__ import annotations

import re
from html import escape, unescape
from html.entities import html5
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UNSEEN: Final = re.compile(
    r"<!--(?>[^-]++|-(?!->))*+(?:-->)?|<\?(?>[^?]++|\?(?!>))*+(?:\?>)?|<!\[CDATA\[((?>[^\]]++|\](?!\]>))*+)(?:\]\]>)?"
)
"""Comments, instructions for programs, and text in which nothing is markup."""
_DOCTYPE: Final = re.compile(
    r"<!DOCTYPE(?>[^<>\[\]\"']++|\"[^\"]*+\"|'[^']*+')*+(?:\[((?>[^\[\]\"']++|\"[^\"]*+\"|'[^']*+')*+)\])?[^<>]*+>?"
)
_ENTITY: Final = re.compile(r"""<!ENTITY\s+(?!%)([^\s"'<>]{1,60})\s+(?:"([^"]*)"|'([^']*)'|(SYSTEM|PUBLIC)\b)""")
_TAG: Final = re.compile(
    r"""<(?:(/?[^\W\d][^\s/<>]*+)((?>[^<>"'/]++|/(?!>)|"[^"]*+"|'[^']*+'|["'])*+)(/?)>?|[!/][^<>]*+>?)"""
)
_FIRST: Final = re.compile(r"<([^\W\d][^\s/<>]*+)")
_REFERENCE: Final = re.compile(r"&([^\W\d][\w.:+-]{0,60});")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_LONGEST: Final = 40
"""Code points that an entity may stand for."""
_STEP: Final = 4


class Tag(NamedTuple):
    """A tag: the text before it, the name without its prefix, its attributes as written, whether it ends an element.

    An element without content has two. The last tag of a text has no name.
    """

    before: str
    name: str
    written: str
    ends: bool


class Markup(NamedTuple):
    """An XML text without what nobody sees: its markup, what its entities stand for, and whether some were refused."""

    text: str
    entities: Mapping[str, str]
    refused: bool


def read_markup(text: str) -> Markup:
    """Prepare an XML text. Entities that stand for others, for much, or for files are refused and never expanded."""
    entities: dict[str, str] = {}
    refused = False
    if declared := _DOCTYPE.search(text, 0, 1_000_000):
        for name, double, single, outside in _ENTITY.findall(declared[1] or ""):
            value = double or single
            if outside or "&" in value or "<" in value or len(value) > _LONGEST:
                refused = True
            else:
                entities.setdefault(name, value)
        text = text[: declared.start()] + text[declared.end() :]
    return Markup(_UNSEEN.sub(lambda found: escape(found[1], quote=False) if found[1] else "", text), entities, refused)


def tags(markup: Markup) -> Iterator[Tag]:
    """The tags of a text with the texts before them, in which references are resolved."""
    found = _TAG.split(markup.text)
    last = len(found) - 1
    for at in range(0, last, _STEP):
        before, name = found[at], found[at + 1]
        if before and "&" in before:
            before = resolved(before, markup.entities)
        if name is None:
            if before:
                yield Tag(before, "", "", False)
            continue
        ends = name[0] == "/"
        local = name[1:] if ends else name
        local = local.rpartition(":")[2]
        written = found[at + 2] or ""
        yield Tag(before or "", local, written, ends)
        if found[at + 3] and not ends:
            yield Tag("", local, "", True)
    yield Tag(resolved(found[last] or "", markup.entities), "", "", False)


def breaks_off(markup: Markup) -> bool:
    """Whether the first element of a text has no end."""
    first = _FIRST.search(markup.text)
    if first is None:
        return False
    name = re.escape(first[1])
    opened = closed = 0
    for found in re.finditer(rf"<(/?){name}(?![^\s/<>])", markup.text):
        if found[1]:
            closed += 1
        elif (tag := _TAG.match(markup.text, found.start())) is not None and not tag[3]:
            opened += 1
    return opened > closed


def attributes(written: str) -> dict[str, str]:
    """The attributes of a tag by their names, `xml:` and other prefixes and all."""
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(written)}


def resolved(text: str, entities: Mapping[str, str]) -> str:
    """A text with its references resolved; one to an unknown entity is kept by its name, in 〔〕."""
    return unescape(_REFERENCE.sub(lambda found: _resolved(found, entities), text))


def _resolved(found: re.Match[str], entities: Mapping[str, str]) -> str:
    name = found[1]
    if (value := entities.get(name)) is not None:
        return value
    return found[0] if f"{name};" in html5 else f"〔{name}〕"
