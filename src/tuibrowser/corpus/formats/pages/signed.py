"""Signed: whom the markup of a page names as its author, in elements called author or byline.

The names of such elements are those that common programs give them: WordPress, Hexo, Discuz, WeChat, Zhihu.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.pages.blocks.markup import attributes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TELLING: Final = ("author", "Author", "byline", "Byline", "writer", "Writer", "authi", "rich_media_meta_text")
"""What such a name has in it. To look for each takes a tenth of what a pattern of all takes."""
_OTHERS: Final = ("meta", "link", "script")
"""Elements that hold no name, though most pages have such a word in one of them."""
_CALLED: Final = re.compile(
    r"(?:[a-z]+[_-])*(?:author|byline|writer)s?(?:[_-]?(?:name|info|link|text|vcard))?|AuthorInfo-name|authi"
    r"|rich_media_meta_text",
    re.IGNORECASE,
)
"""A class, name or relation of an element that holds an author."""
_TAG: Final = re.compile(r"""<([a-zA-Z][a-zA-Z0-9]*)\s((?:[^<>"']|"[^"<>]*"|'[^'<>]*')*)>""")
_ANY_TAG: Final = re.compile(r"<[^<>]*>")
_LONGEST_TAG: Final = 400
"""Code points from the beginning of a tag to the name that tells."""
_LONGEST_CONTENT: Final = 600
"""Code points of markup in an element that holds a name."""
_MOST: Final = 60
"""Places of each word in a page that are looked at."""
_ATTRIBUTES: Final = ("class", "id", "rel", "itemprop")


def signed(markup: str, tags: Iterable[str]) -> Iterator[str]:
    """The contents of the elements of a page that are called so, in their order, on one line each.

    `tags` are the tags of the page, of which some must be called so for the page to be looked through.
    """
    if not any(map(_tells, tags)):
        return
    last = -1
    for at in sorted(place for word in _TELLING for place in islice(_places(markup, word), _MOST)):
        start = markup.rfind("<", max(0, at - _LONGEST_TAG), at)
        tag = _TAG.match(markup, start) if start > last else None
        if tag is None or tag.end() < at or not _is_called(tag[2]):
            continue
        last = start
        end = markup.find(f"</{tag[1]}", tag.end(), tag.end() + _LONGEST_CONTENT)
        if end >= 0 and (text := " ".join(unescape(_ANY_TAG.sub("", markup[tag.end() : end])).split())):
            yield text


def _tells(tag: str) -> bool:
    """Whether a tag has such a word in it, and is none of the elements that hold no name."""
    if "uth" not in tag and "line" not in tag and "riter" not in tag and "rich_media" not in tag:
        return False
    return not tag.startswith(_OTHERS) and any(word in tag for word in _TELLING)


def _places(markup: str, word: str) -> Iterator[int]:
    """Where a word stands in the body of a page."""
    at = markup.find("<body")
    while (at := markup.find(word, at + 1)) >= 0:
        yield at


def _is_called(written: str) -> bool:
    said = attributes(written)
    return any(_CALLED.fullmatch(name) for each in _ATTRIBUTES for name in said.get(each, "").split())
