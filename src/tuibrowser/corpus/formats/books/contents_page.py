"""The contents of an e-book: the titles of its parts and where they begin, by its nav or its ncx."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from tuibrowser.corpus.formats.books.opf import beside
from tuibrowser.corpus.formats.pages.blocks.markup import STEP, attributes, tokens
from tuibrowser.corpus.formats.pages.head import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 9


class Entry(NamedTuple):
    """A part of a book: the path of its page and the name of the place in it, its title, and its level from 1."""

    path: str
    place: str
    title: str
    level: int


def read_nav(markup: str, path: str) -> list[Entry]:
    """The entries of the contents in a navigation document; its lists of figures, pages and landmarks are left out."""
    entries: list[Entry] = []
    level = 0
    within = None
    link: str | None = None
    title: list[str] = []
    for name, written, after in _tags(markup):
        if name == "nav":
            kind = attributes(written).get("epub:type", "toc")
            within, level = "toc" in kind.split(), 0
        elif name == "/nav":
            within = None
        elif within is False:
            continue
        elif name in ("ol", "/ol"):
            level += 1 if name == "ol" else -1
        elif name == "a":
            link, title = attributes(written).get("href"), []
        elif name == "/a" and link is not None:
            _add(entries, path, link, title, level)
            link = None
        if link is not None:
            title.append(after)
    return entries


def read_ncx(markup: str, path: str) -> list[Entry]:
    """The entries of the contents in an ncx file."""
    entries: list[Entry] = []
    level = 0
    label: list[str] = []
    labelled = False
    for name, written, after in _tags(markup):
        if name in ("navpoint", "/navpoint"):
            level += 1 if name == "navpoint" else -1
            label = []
        elif name in ("navlabel", "/navlabel"):
            labelled = name == "navlabel"
        elif name == "content" and level > 0:
            _add(entries, path, attributes(written).get("src", ""), label, level)
        if labelled:
            label.append(after)
    return entries


def _tags(markup: str) -> Iterator[tuple[str, str, str]]:
    """The tags of a text: the name in lower case without its prefix, the attributes as written, the text after it."""
    found = tokens(markup)
    for at in range(0, len(found) - 1, STEP):
        if name := found[at + 1]:
            name = name.lower()
            prefix = "/" if name[0] == "/" else ""
            yield prefix + name.lstrip("/").rpartition(":")[2], found[at + 2] or "", unescape(found[at + 3] or "")


def _add(entries: list[Entry], path: str, link: str, title: list[str], level: int) -> None:
    text = one_line("".join(title))
    if text and link:
        entries.append(Entry(*beside(path, link), text, max(1, min(level, _DEEPEST))))
