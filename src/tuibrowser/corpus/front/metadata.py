"""Metadata: title, author, dates, publisher and source, read from the lines at a text's head and foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import iso_date
from tuibrowser.corpus.eras import signed_date
from tuibrowser.corpus.front import openings
from tuibrowser.corpus.front.bylines import named_by_file
from tuibrowser.corpus.front.fields import is_weak, read_fields
from tuibrowser.corpus.front.furniture import LICENCE, is_banner, is_furniture, opens_licence
from tuibrowser.corpus.front.head import Evidence, read_head, says_nothing, take_fields
from tuibrowser.corpus.front.openings import opening_of
from tuibrowser.corpus.front.people import name_alone
from tuibrowser.corpus.front.pieces import pieces_of
from tuibrowser.corpus.front.title import find_title, title_lines
from tuibrowser.corpus.model import Metadata, ParagraphKind
from tuibrowser.corpus.names import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.front.headlines import HeadLines

FOOT: Final = 40
"""Lines at the foot that may be about the text or the page."""
_LONGEST_SIGNER: Final = 30
_ORGANIZATION: Final = re.compile(
    r"(?:部|厅|廳|局|院|委员会|委員會|委|办公室|辦公室|政府|处|處|公司|大学|大學|协会|協會|学会|學會|中心|法院|检察院|檢察院|银行|銀行)$"
)
"""Endings of the names of bodies that sign official documents."""
_ADDRESS: Final = re.compile(r"https?://|www\.")
_SPEECH: Final = re.compile(
    r"讲话|講話|报告|報告|致辞|致辭|致詞|致词|演讲|演講|演說|演说|发言|發言|贺信|賀信|献词|獻詞"
)
_SIGNATURE_RULE: Final = re.compile(r"--\s?")
"""The rule above the signature of a post."""
_NAME_DATE: Final = re.compile(r"[(（]((?:1[89]|20)\d\d-\d\d-\d\d)[)）]")


@dataclass(frozen=True, slots=True)
class Front:
    """The contents of the head and foot of a text: its metadata, and the kinds of the lines that say it, by line."""

    metadata: Metadata
    kinds: dict[int, ParagraphKind]
    titles: frozenset[int]
    """The lines that hold the title, or a part of it; they are no headings of the outline."""
    joins: frozenset[int] = frozenset()
    """The lines that go on with the entry of a law's history on the line before them."""
    pieces: frozenset[int] = frozenset()
    """The lines that bear the titles of the pieces of a collection; they are headings of the outline."""
    by_name: frozenset[str] = frozenset()
    """The fields of the metadata that nothing but the document's name says."""

    def renumbered(self, numbers: Sequence[int]) -> Front:
        """The same with other numbers for the lines: `numbers[n]` for n."""
        titles, joins, pieces = (
            frozenset(numbers[number] for number in each) for each in (self.titles, self.joins, self.pieces)
        )
        kinds = {numbers[number]: kind for number, kind in self.kinds.items()}
        return Front(self.metadata, kinds, titles, joins, pieces, self.by_name)


def read_front(lines: HeadLines, declared: Metadata, name: str) -> Front:
    """Read the head and the foot of a text.

    `declared` is what the format itself says and goes before all else; `name` is the document's, in which laws have
    their date.
    """
    found = Evidence()
    body = read_head(lines, found)
    opening = opening_of(lines) if found.titled is None and lines.may_hold(openings.TELLING) else None
    if opening is not None:
        found.titled = opening.line, opening.title
        found.author = found.author or opening.author
        found.kinds |= dict.fromkeys(opening.above, ParagraphKind.NOTE)
    named = named_by_file(stem(name))
    by_layout = find_title(lines, body, found, named.title or stem(name))
    pieces = pieces_of(lines, by_layout[0][-1], stem(name)) if by_layout else ()
    if pieces:
        by_layout = None
    title = declared.title or found.fields.get("title") or (by_layout[1] if by_layout else named.title)
    titles = title_lines(lines, body, found, title, by_layout[0] if by_layout and title == by_layout[1] else ())
    for number in titles:
        found.kinds[number] = ParagraphKind.HEADING
    if by_layout and found.author is None:
        found.author = _author_below(lines, max(titles, default=0) + 1, body)
    by_file = found.author is None and not found.fields.get("author") and not declared.author
    found.author = found.author or named.author
    _read_foot(lines, body, found)
    found.kinds |= dict.fromkeys(_banners(lines), ParagraphKind.FURNITURE)
    if pieces:
        found.dates.clear()
        found.kinds |= dict.fromkeys(pieces, ParagraphKind.HEADING)
    metadata = _metadata(found, declared, title, name)
    by_name = {"author"} if by_file and named.author and metadata.author == named.author else set()
    if title is not None and title == named.title and not (declared.title or found.fields.get("title") or by_layout):
        by_name.add("title")
    if (dated := _date_in(name)) and metadata.published == iso_date(dated) and not _is_dated(found):
        by_name.add("date")
    return Front(
        metadata, found.kinds, frozenset(titles), frozenset(found.joins), frozenset(pieces), frozenset(by_name)
    )


def _date_in(name: str) -> str | None:
    """The date in the name of a law's file."""
    found = _NAME_DATE.search(name) if "-" in name else None
    return found[1] if found else None


def _is_dated(found: Evidence) -> bool:
    """Whether the text itself says when it was written or published."""
    return bool("published" in found.fields or found.dates or found.delivered or any(found.enacted))


def _author_below(lines: HeadLines, number: int, body: int) -> str | None:
    """The name that stands alone below the title."""
    return name_alone(lines[number].text) if number < min(body + 1, len(lines) - 1) else None


def _read_foot(lines: HeadLines, body: int, found: Evidence) -> None:
    """Read the lines below the body from the end upwards, and the date of a signature."""
    end = _licence(lines, body, found)
    if end - 1 > body and says_nothing(lines[end - 1].text):
        return
    while end - 1 > body and _is_foot(lines[end - 1].text, found):
        end -= 1
        found.kinds[end] = ParagraphKind.FURNITURE
    if end - 1 > body and (iso := iso_date(lines[end - 1].text)):
        found.dates.append(iso)
        signer = lines[end - 2].text if end > 1 else ""
        if end - 2 > body and len(signer) <= _LONGEST_SIGNER and _ORGANIZATION.search(signer):
            found.keep("publisher", signer)
    elif end - 1 > body and (date := signed_date(lines[end - 1].text, heads=False)) is not None:
        found.sign(date)


def _banners(lines: HeadLines) -> list[int]:
    """The lines with the address of a site that stand several times in a text."""
    at: dict[str, list[int]] = {}
    for number in lines.holding(_ADDRESS) if lines.may_hold("/w") else ():
        if is_banner(text := lines[number].text):
            at.setdefault(text, []).append(number)
    return [number for numbers in at.values() if len(numbers) > 1 for number in numbers]


def _licence(lines: HeadLines, body: int, found: Evidence) -> int:
    """Where the text ends and the licence notice of a wiki begins, which is furniture."""
    total = len(lines)
    for number in range(max(body + 1, total - FOOT), total) if lines.may_hold(LICENCE) else ():
        if opens_licence(lines[number].text):
            for each in range(number, total):
                found.kinds[each] = ParagraphKind.FURNITURE
            return number
    return total


def _is_foot(text: str, found: Evidence) -> bool:
    """Whether a line below the text is about it or the page; fields in it are taken."""
    if _SIGNATURE_RULE.fullmatch(text):
        return True
    keys = read_fields(text)
    if keys is not None and not all(map(is_weak, keys)):
        take_fields(keys, found)
        return True
    return is_furniture(text)


def _first(one: str | None, other: str | None) -> str | None:
    return other if one is None else one


def _metadata(found: Evidence, declared: Metadata, title: str | None, name: str) -> Metadata:
    published = found.fields.get("published")
    delivered = found.delivered or found.fields.get("delivered")
    if published is None and (in_name := _date_in(name)) and (iso := iso_date(in_name)):
        published = iso
    if published is None and found.enacted and found.enacted[-1]:
        published = max(found.enacted)
    if found.dates and title and _SPEECH.search(title) and delivered is None:
        delivered = found.dates[0]
    elif found.dates and published is None and delivered is None:
        published = found.dates[-1]
    if published and delivered is None and published == found.clock:
        published = None
    delivered, published = _first(declared.delivered, delivered), _first(declared.published, published)
    date = delivered or published
    return Metadata(
        _first(declared.title, title),
        _first(declared.author, found.fields.get("author") or found.author),
        delivered,
        published,
        _first(declared.publisher, found.fields.get("publisher")),
        _first(declared.source, found.fields.get("source")),
        declared.work,
        declared.dated if declared.dated or not date else found.words.get(date),
    )
