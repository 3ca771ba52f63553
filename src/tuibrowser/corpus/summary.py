"""Summary: what a corpus consists of, how much of it is undated or unnamed, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.chronology import chronological
from tuibrowser.corpus.formats.problems import unread_date
from tuibrowser.language.i18n import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tuibrowser.corpus.model import Document, PathProblem

EXAMPLES: Final = 3
"""Paths that are named for each reason."""

MOST_UNREAD: Final = 5
"""Dates that could not be read that are named."""

_LONGEST_UNREAD: Final = 20
"""Code points that are shown of one of them."""

_PARTICULAR: Final = ("path", "error", "name")
"""Values of a reason that differ from file to file."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The paths left out for one reason: how many, and the first of them."""

    reason: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnreadDates:
    """The declared dates that could not be read: how many, how many different ones, and the first of these, cut."""

    count: int
    different: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The size of a corpus and what is known of its documents.

    `formats` and `encodings` count documents; a document that is no text has no encoding. `first` and `last` are the
    earliest and the latest date (ISO 8601), as exact as they are known. `undated` and `unnamed` count documents
    without a date and without an author; `undated_characters` and `unnamed_characters` are their code points.
    `unread_dates` are declared dates that could not be read: of tables, records, front matter, TEI headers,
    e-books and pages.
    """

    documents: int
    characters: int
    formats: Mapping[str, int]
    encodings: Mapping[str, int]
    first: str | None
    last: str | None
    undated: int
    undated_characters: int
    unnamed: int
    unnamed_characters: int
    unread_dates: UnreadDates
    left_out: tuple[LeftOut, ...]


def summary(documents: Iterable[Document], problems: Sequence[PathProblem]) -> Summary:
    """The summary of the documents that were read, and of what was left out."""
    formats: Counter[str] = Counter()
    encodings: Counter[str] = Counter()
    count = characters = undated = undated_characters = unnamed = unnamed_characters = 0
    first: str | None = None
    last: str | None = None
    unread: list[str] = []
    for document in documents:
        if document.is_left_out:
            continue
        unread += (value for problem in document.problems if (value := unread_date(problem)) is not None)
        count += 1
        characters += document.characters
        formats[document.format] += 1
        if document.encoding is not None:
            encodings[document.encoding] += 1
        date = document.metadata.date
        if date is None:
            undated, undated_characters = undated + 1, undated_characters + document.characters
        else:
            first = date if first is None else min(first, date, key=chronological)
            last = date if last is None else max(last, date, key=chronological)
        if document.metadata.author is None:
            unnamed, unnamed_characters = unnamed + 1, unnamed_characters + document.characters
    return Summary(
        count,
        characters,
        dict(formats.most_common()),
        dict(encodings.most_common()),
        first,
        last,
        undated,
        undated_characters,
        unnamed,
        unnamed_characters,
        _unread_dates(unread),
        left_out(problems),
    )


def _unread_dates(values: Sequence[str]) -> UnreadDates:
    different = dict.fromkeys(values)
    return UnreadDates(len(values), len(different), tuple(map(_cut, islice(different, MOST_UNREAD))))


def _cut(value: str) -> str:
    """A value that may be of any length, as it is named in a list."""
    return value if len(value) <= _LONGEST_UNREAD else f"{value[: _LONGEST_UNREAD - 1]}…"


def state_of(problems: Iterable[PathProblem]) -> str:
    """A digest that tells one set of paths left out from another."""
    lines = sorted(f"{problem.path}\0{problem.reason}" for problem in problems)
    return blake2b("\n".join(lines).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def left_out(problems: Iterable[PathProblem]) -> tuple[LeftOut, ...]:
    """The paths left out, grouped by reason, the reason of most paths first; that of a single path is in full."""
    groups: dict[str, list[PathProblem]] = {}
    for problem in problems:
        groups.setdefault(general(problem.reason), []).append(problem)
    return tuple(
        LeftOut(
            reason if len(found) > 1 else found[0].reason, len(found), tuple(each.path for each in found[:EXAMPLES])
        )
        for reason, found in sorted(groups.items(), key=lambda item: -len(item[1]))
    )


def general(reason: str) -> str:
    """A reason without what differs from file to file, such as the path of another one."""
    if not isinstance(reason, Message) or not any(name in reason.values for name in _PARTICULAR):
        return reason
    values: dict[str, Any] = {name: "…" if name in _PARTICULAR else value for name, value in reason.values.items()}
    return Message(reason.template.format(**values), reason.template, values)
