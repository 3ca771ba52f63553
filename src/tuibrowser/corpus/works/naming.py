"""Naming: name a document beside others, by its work, its volume, and the part that it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.chronology import shown_date
from tuibrowser.corpus.names import stem
from tuibrowser.corpus.works.untitled import numbered_record
from tuibrowser.corpus.works.works import Part, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tuibrowser.corpus.model import Document, Heading

BETWEEN: Final = "·"
"""The mark between a work, its volume and its part: 劉子·卷九·貪愛."""

_DIVIDER: Final = re.compile(r"\s*[／·・_]+\s*")
_JOINTS: Final = " \t\u3000_-·・:：—–／."
_MARKS: Final = re.compile(r"[《》〈〉]")


def full_title(document: Document) -> str:
    """The title of a document with the work and the volume it is in: 劉子·卷九·貪愛; without a work its own title.

    A part that bears the title of its work is told by its only heading, or by its file.
    """
    return document.title if document.work is None else BETWEEN.join(_path(document, part_title(document)))


def cited_title(document: Document, *, is_placed: bool) -> str:
    """The title by which a document is cited, with its work and volume.

    `is_placed` says that the section or the page is cited too, which tells the parts apart that bear the title of
    their work. A record without a title is cited by that of its work or by its file; its number is not in it.
    """
    if (record := numbered_record(document)) is not None:
        return document.work or record[0]
    own = _own_part(document)
    if not own and is_placed:
        return BETWEEN.join(_path(document, ""))
    return BETWEEN.join(_path(document, own or _file_part(document)))


def part_title(document: Document) -> str:
    """The title of a document within its work; its own title where it is a part of none."""
    return _own_part(document) or _only_heading(document) or _file_part(document) or document.title


def distinction(document: Document) -> str:
    """The distinction of a document from one with the same title: its date, else its file."""
    return shown_date(document.metadata.date) or stem(document.name)


def told_apart(documents: Iterable[Document]) -> dict[int, str]:
    """Additions, by number, to the titles of those documents that are called the same: dates where these differ."""
    by_title: dict[str, list[Document]] = {}
    for document in documents:
        by_title.setdefault(full_title(document), []).append(document)
    return {
        document.number: words
        for alike in by_title.values()
        if len(alike) > 1
        for document, words in zip(alike, _distinctions(alike), strict=True)
    }


def file_apart(document: Document, others: Sequence[Document]) -> str:
    """What tells the file of a document from those of others: its stem, else its name, else its path."""
    told = (called(document.name) for called in _FILES if _differ(called, document, others))
    return next(told, document.name)


def file_name(name: str) -> str:
    """The last part of a document's name."""
    return name.rpartition("/")[2]


def _differ(called: Callable[[str], str], document: Document, others: Iterable[Document]) -> bool:
    own = called(document.name)
    return all(called(each.name) != own for each in others)


_FILES: Final = (stem, file_name)
"""What a file may be called beside others, the shortest first."""


def _distinctions(alike: Sequence[Document]) -> list[str]:
    dates = [distinction(document) for document in alike]
    if len(set(dates)) == len(dates):
        return dates
    for called in _FILES:
        files = [called(document.name) for document in alike]
        if len(set(files)) == len(files):
            return files
    return [document.name for document in alike]


def _path(document: Document, part: str) -> list[str]:
    """The names of the work, its volumes and a part, none twice in a row."""
    if document.work is None:
        return [document.title]
    names = [document.work, *_volumes(document), *_DIVIDER.split(part)]
    if part.startswith(document.work):  # a title that goes on in its own way: 山河記（下）, 山河記補遺
        names = [*_volumes(document), part]
    return [name for at, name in enumerate(names) if name and (at == 0 or not _are_alike(name, names[at - 1]))]


def _volumes(document: Document) -> tuple[str, ...]:
    belonging = document.source.belonging
    return belonging.volumes if belonging is not None and document.metadata.work is None else ()


def _own_part(document: Document) -> str:
    """The part that a document's title names; empty where that is the title of the work."""
    work, title = document.work, document.title
    if work is None:
        return ""
    rest = _after(work, title)
    if rest is None:
        return _with_label(document, title)
    return rest if not rest or part_of(rest) is not Part.OTHER else title


def _with_label(document: Document, title: str) -> str:
    """The title with the volume or chapter that the file's name says before it, where the title has none."""
    name = stem(document.name)
    label = _DIVIDER.split(name)[0]
    if title in (name, label) or part_of(title) is not Part.OTHER or part_of(label) is not Part.LABEL:
        return title
    return title if label in title or title in label else f"{label}{BETWEEN}{title}"


def _after(work: str, title: str) -> str | None:
    """What follows the title of the work in a title; None where it does not begin with that."""
    bare, wanted = _MARKS.sub("", title), _MARKS.sub("", work)
    if not wanted or not _are_alike(bare[: len(wanted)], wanted):
        return None
    rest = bare[len(wanted) :]
    joined = rest.lstrip(_JOINTS)
    return joined if joined != rest or part_of(joined) is not Part.OTHER or not joined else rest


def _are_alike(one: str, other: str) -> bool:
    """Whether two names are the same without regard to their script."""
    if one == other or len(one) != len(other):
        return one == other
    from tuibrowser.hanzi.fold import fold  # Not before the first frame: it brings NumPy.

    return fold(one).tobytes() == fold(other).tobytes()


def _only_heading(document: Document) -> str:
    """The title of the only heading that nothing stands above."""
    top: list[Heading] = []
    if document.work is None or not document.headings:
        return ""
    highest = document.headings[0].level
    for heading in document.headings:
        if heading.level < highest:
            return ""
        if heading.level == highest:
            top.append(heading)
            if len(top) > 1:
                return ""
    return top[0].title


def _file_part(document: Document) -> str:
    """What a document's file is called beside the others of its work."""
    if document.work is None:
        return ""
    name = stem(document.name)
    rest = _after(document.work, name)
    if rest is None and (found := _KEY.fullmatch(name)):
        rest = found[1]
    return name if rest is None else rest


_KEY: Final = re.compile(r"[A-Za-z0-9]+[_-](\d+[a-z]?)")
"""A file of an edition: its key and the number of the scroll, as in KR5c0057_002."""
