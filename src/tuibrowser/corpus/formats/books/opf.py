"""The package document of an e-book: what it says of the book, and the order of its files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from tuibrowser.corpus.formats.pages.blocks.markup import STEP, attributes, tokens
from tuibrowser.corpus.formats.pages.head import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PAGES: Final = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml"))
_NCX: Final = "application/x-dtbncx+xml"
_BLURB: Final = re.compile(
    r"\s*(?:（(?P<wide>[^（）]*)）|\((?P<narrow>[^()]*)\)|【(?P<thick>[^【】]*)】|\[(?P<square>[^\[\]]*)\])\s*$"
)
_PAUSE: Final = re.compile(
    r"[；，、。！!,;]|豆瓣|推荐|推薦|畅销|暢銷|获奖|獲獎|套装|套裝|全[0-9一二三四五六七八九十]+[册冊]|出品|精校|完本"
)
"""What is said of a book behind its title, and is no part of it."""

_COUNTRY: Final = re.compile(r"^\s*[\[【〔（(][\u4e00-\u9fff]{1,4}[\])）】〕]\s*")
_ROLE: Final = re.compile(r"\s*(?:[编編]?著|主?[编編]|[编編]?撰|作者)$")
_NOBODY: Final = re.compile(
    r"未知(?:作者)?|佚名|unknown(?: author)?|anonymous|calibre.*|admin.*|none|null|(?-i:[a-z0-9_.]+)",
    re.IGNORECASE,
)
_UNSPOKEN: Final = re.compile(r"[A-Z][b-df-hj-np-tv-xz]*")
"""What no one can be called for want of a vowel, such as Vc: the mark of whoever made the file."""
_DIVIDER: Final = re.compile(r"\s*[;；]\s*")
"""What some programs put between the names of several persons."""


@dataclass(frozen=True, slots=True)
class Opf:
    """The title of a book, who made it, by roles, its publisher, date of publication and number, and its files.

    `spine` are the paths of its pages in reading order, `nav` and `ncx` those of its contents.
    """

    title: str | None = None
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    publisher: str | None = None
    published: str | None = None
    isbn: str | None = None
    spine: tuple[str, ...] = ()
    nav: str | None = None
    ncx: str | None = None


def elements(markup: str) -> Iterator[tuple[str, Mapping[str, str], str]]:
    """The elements of an XML text that may be broken: the name without prefix, the attributes, the text after the tag.

    Only elements that hold text alone have all of it.
    """
    found = tokens(markup)
    for at in range(0, len(found) - 1, STEP):
        name = found[at + 1]
        if name is not None and name[0] != "/":
            yield (
                name.rpartition(":")[2].lower(),
                attributes(found[at + 2] or ""),
                one_line(unescape(found[at + 3] or "")),
            )


def beside(path: str, link: str) -> tuple[str, str]:
    """The path that a link in a file leads to, and the name of the place in it."""
    target, _, fragment = link.partition("#")
    target = unquote(target)
    return (normpath(join(dirname(path), target)).lstrip("/") if target else path), unquote(fragment)


def root_file(container: str) -> str | None:
    """The path of the package document that a container names."""
    return next(
        (said["full-path"] for name, said, _ in elements(container) if name == "rootfile" and "full-path" in said), None
    )


def read_opf(markup: str, path: str) -> Opf:
    """The contents of a package document; `path` is its own in the archive."""
    found = list(elements(markup))
    refined = {
        (said.get("refines", "").lstrip("#"), said.get("property", "")): text
        for name, said, text in found
        if name == "meta"
    }
    items = {said["id"]: said for name, said, _ in found if name == "item" and "id" in said and "href" in said}
    pages = [items[said["idref"]] for name, said, _ in found if name == "itemref" and said.get("idref") in items]
    return Opf(
        title=_title(found, refined),
        people=_people(found, refined),
        publisher=next((text for name, _, text in found if name == "publisher" and text), None),
        published=next((text for name, said, text in found if name == "date" and "publication" in _event(said)), None),
        isbn=_isbn(found),
        spine=tuple(beside(path, item["href"])[0] for item in pages if _is_page(item)),
        nav=next((beside(path, item["href"])[0] for item in items.values() if "nav" in _properties(item)), None),
        ncx=next((beside(path, item["href"])[0] for item in items.values() if item.get("media-type") == _NCX), None),
    )


def title_alone(title: str) -> str:
    """A title without what is said of the book behind it in brackets."""
    while (found := _BLURB.search(title)) and found.start() and _PAUSE.search(found[0]):
        title = title[: found.start()]
    return title


def persons(written: str) -> list[str]:
    """The names of the persons that one value names."""
    return [name for each in _DIVIDER.split(written) if (name := person(each))]


def person(written: str) -> str | None:
    """The name of a person without country and role; None for nobody."""
    name = _ROLE.sub("", _COUNTRY.sub("", written)).strip()
    return None if not name or _NOBODY.fullmatch(name) or _UNSPOKEN.fullmatch(name) else name


def _title(found: list[tuple[str, Mapping[str, str], str]], refined: Mapping[tuple[str, str], str]) -> str | None:
    titles = [(said.get("id", ""), text) for name, said, text in found if name == "title" and text]
    main = [text for number, text in titles if refined.get((number, "title-type")) == "main"]
    return next((title_alone(text) for text in [*main, *(text for _, text in titles)]), None)


def _people(
    found: list[tuple[str, Mapping[str, str], str]], refined: Mapping[tuple[str, str], str]
) -> dict[str, tuple[str, ...]]:
    """The names of those who made the book, by the MARC codes of what they did; creators are authors unless said."""
    people: dict[str, tuple[str, ...]] = {}
    for name, said, text in found:
        if name in ("creator", "contributor") and text:
            told = next((said[key] for key in said if key.rpartition(":")[2] == "role"), "")
            told = told or refined.get((said.get("id", ""), "role"), "")
            role = told.lower() or ("aut" if name == "creator" else "")
            people[role] = (*people.get(role, ()), text)
    return people


def _event(said: Mapping[str, str]) -> str:
    return next((said[key] for key in said if key.rpartition(":")[2] == "event"), "")


def _isbn(found: list[tuple[str, Mapping[str, str], str]]) -> str | None:
    for name, said, text in found:
        digits = re.sub(r"^(?:urn:)?isbn:?|[\s-]", "", text, flags=re.IGNORECASE)
        named = "isbn" in f"{text} {' '.join(said.values())}".lower()
        if name == "identifier" and named and re.fullmatch(r"\d{9}[\dXx]|\d{13}", digits):
            return digits
    return None


def _properties(item: Mapping[str, str]) -> list[str]:
    return item.get("properties", "").split()


def _is_page(item: Mapping[str, str]) -> bool:
    return item.get("media-type", "") in _PAGES or item["href"].lower().endswith((".xhtml", ".html", ".htm"))
