"""About a page: its title, date, source and author, by its head and the lines around its text.

What the meta elements say of the author is not used: most name the site, an editor's number or an address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.dates import date_of_field, find_dates
from tuibrowser.corpus.formats.pages.authors import beside_date, labelled, marked, reporter, signed_below
from tuibrowser.corpus.model import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tuibrowser.corpus.formats.pages.head import Head

ABOVE: Final = 40
"""Lines above the text that may say by their labels what it is."""
_NEAR: Final = 14
"""Lines above it that say so without."""
BELOW: Final = 12
"""Lines at the end of a page that may."""
_SITE: Final = re.compile(
    r"\s+[-–—|_]+\s+|[_|｜]|\s*-{2,}\s*|\s*——\s*|(?<=[\u3400-\u9fff）」』”!！?？.])-(?=[\u3400-\u9fffA-Z])"
    r"|\s(?=\S{1,30}(?:网|網|院|局|会|會|办事处|辦事處|频道|頻道)$)"
)
"""What stands between the title of a page and the name of its section or site."""
_SHORTEST_TITLE: Final = 8
"""Code points of a title; a shorter one may be the name of a section."""
_HEADLINE: Final = range(10, 61)
"""Code points of a line above the text that may be its title."""
_NO_HEADLINE: Final = re.compile(r"[。：:>]|\d{4}[-年/.]\s?\d{1,2}[-月/.]")
_LONGEST_LINE: Final = 200
"""Code points of a line that says what the text is."""
_LONGEST_DATE: Final = 40
"""Code points of a line that gives nothing but a date; a longer one is of the text."""
_SOURCE: Final = re.compile(
    r"(?:来\s?源|來\s?源|稿源|出处|出處)于?\s?[:：]\s?/?\s*"
    r"((?:(?!作\s?者|责任编辑|責任編輯|编辑|編輯|发布|發布|时间|時間|字号|字號|浏览|點擊|点击)[^\s/|｜　]){2,40})"
)
_EBOOK: Final = re.compile(r"The Project Gutenberg e?Book of (?P<title>.+?)(?:, by (?P<author>[^,]+))?$", re.IGNORECASE)
"""The title element of a book of Project Gutenberg."""
_CHANGED: Final = re.compile(r"修[订訂改]|最[后後](?:编辑|編輯|更新)|©|[Cc]opyright|版[权權]")
"""What a line says that has another date than that of publication."""
_PUBLISHED: Final = re.compile(r"发布|發布|發佈|发表|發表|时间|時間|日期|来源|來源")
_DATES: Final = ("pubdate", "publishdate", "article:published_time", "og:release_date", "dc.date", "date")
"""Meta elements that say when a page was published, the surest first."""


class Lines(NamedTuple):
    """Lines of a page: those above the text, from the top, those with which it begins, and the last ones of all.

    `heads` are those above the text that are no links, and `headings` those of them that are headings. `end` are those
    around the end of the text.
    """

    above: Sequence[str]
    first: Sequence[str]
    last: Sequence[str]
    heads: Sequence[str]
    headings: Sequence[str]
    end: Sequence[str] = ()


def about(head: Head, top: Sequence[str], lines: Lines, signed: Iterable[str] = ()) -> Metadata:
    """The metadata of a page; `top` are its headings of the highest level, `signed` what its markup calls an author."""
    near = [line for line in (*lines.above[-_NEAR:], *lines.first) if len(line) <= _LONGEST_LINE]
    return Metadata(
        title=_title(head, top, lines),
        author=_author(head, lines, near, signed),
        published=_published(head.meta, lines, near),
        source=_source(head.meta, near),
    )


def unread_date(head: Head) -> str | None:
    """What the head of a page says of its date, where it says so and none of it can be read."""
    said = [head.meta[name] for name in _DATES if name in head.meta]
    return said[0] if said and not any(map(date_of_field, said)) else None


def _title(head: Head, top: Sequence[str], lines: Lines) -> str | None:
    if title := head.meta.get("articletitle"):
        return title
    if book := _EBOOK.match(head.title):
        return book["title"]
    title = next((heading for heading in top if heading and _is_titled(head.title, heading)), None)
    title = (
        title
        or _shown(head.title, [*lines.heads, *lines.first])
        or _without_site(head.title, {*lines.above, *lines.first})
    )
    if title is None:
        shared = head.meta.get("og:title") or head.meta.get("twitter:title")
        title = next((heading for heading in top if heading), None) if not head.title else None
        title = shared or title
    if title is None or len(title) < _SHORTEST_TITLE:
        nearest = lines.headings if title in lines.heads else lines.heads
        longer = next(_headlines(reversed(nearest[-_NEAR:])), title)
        title = longer if title is None or not (longer or "").endswith(f" {title}") else title
    return title


def _is_titled(title: str, heading: str) -> bool:
    """Whether the title element begins with a heading, or with the beginning of one that it cuts."""
    return (
        title.startswith(heading)
        or (heading in title and len(heading) >= _SHORTEST_TITLE)
        or (len(title) >= _SHORTEST_TITLE and heading.startswith(title[: _SHORTEST_TITLE + 4]))
    )


def _shown(title: str, lines: Iterable[str]) -> str | None:
    """The longest line of the page with which a title begins."""
    begun = [line for line in lines if len(line) >= _SHORTEST_TITLE and title.startswith(line)]
    return max(begun, key=len, default=None)


def _without_site(title: str, known: Iterable[str]) -> str | None:
    """The title without the names of section and site: the part that the page shows as a line, else the first."""
    parts = [part.strip() for part in _SITE.split(title) if part.strip()]
    shown = set(known)
    return next((part for part in parts if part in shown and len(part) > 4), parts[0] if parts else None)


def _headlines(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if len(line) in _HEADLINE and not _NO_HEADLINE.search(line))


def _author(head: Head, lines: Lines, near: Sequence[str], signed: Iterable[str]) -> str | None:
    """The author as a label says, else as the markup, the layout and the end of the text say, in this order."""
    heads = lines.heads[-_NEAR:]
    return (
        labelled(near)
        or ((book := _EBOOK.match(head.title)) and book["author"])
        or marked(signed, [*lines.above, *lines.first])
        or beside_date(heads, head.title)
        or reporter(heads)
        or signed_below(lines.end)
        or None
    )


def _source(meta: Mapping[str, str], lines: Iterable[str]) -> str | None:
    if source := meta.get("contentsource"):
        return source
    return next((found[1] for line in lines if (found := _SOURCE.search(line))), None)


def _published(meta: Mapping[str, str], lines: Lines, near: Sequence[str]) -> str | None:
    """When a page was published: as its head says for sure, as the lines near the text say, else the last ones."""
    labelled = [line for line in lines.above if len(line) <= _LONGEST_LINE and _PUBLISHED.search(line)]
    told = [date for name in _DATES if name in meta and (date := date_of_field(meta[name]))]
    above = _most_exact([*labelled, *near])
    last = _most_exact([line for line in lines.last if len(line) <= _LONGEST_LINE and not _CHANGED.search(line)])
    shown = last.iso if above.weight <= 1 and (above.iso is None or last.weight > _LABELLED) else above.iso
    if not told or shown is None:
        return shown or next(iter(told), None)
    if not shown.startswith(told[0][:10]):
        return told[0] if "pubdate" in meta else shown
    return max(shown, told[0], key=len)


_LABELLED: Final = 4
"""What it weighs that a line says of a date that the page was published then; the time of day weighs half of it."""


class _Told(NamedTuple):
    """A date that a line gives, and how much speaks for its being that of the page."""

    iso: str | None = None
    weight: int = 0


def _most_exact(lines: Sequence[str]) -> _Told:
    """The date of the line that says most of it: when it was published, the time of day, or nothing but the date."""
    best = _Told()
    for line in lines:
        if len(line) > _LONGEST_LINE:
            continue
        for date in find_dates(line):
            if date.bare or len(date.iso) < len("2000-01-01"):
                continue
            weight = 1 + 2 * ("T" in date.iso) + _LABELLED * bool(_PUBLISHED.search(line))
            if weight == 1 and len(line) > _LONGEST_DATE:
                continue
            if weight > best.weight or (weight == best.weight > 1):
                best = _Told(date.iso, weight)
            break
    return best
