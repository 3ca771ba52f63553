"""Scope: choose the documents that a search looks at, by place, path, author and date."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from tuibrowser.hanzi.fold import fold
from tuibrowser.language.i18n import plain
from tuibrowser.search.query import MOST_CONDITIONS, date_range, field_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Document
    from tuibrowser.search.model import Scope
    from tuibrowser.search.query import Filter


@dataclass(frozen=True)
class Documents:
    """The documents looked at: a bool for each, None for all; and sentences on those whose record says too little."""

    chosen: npt.NDArray[np.bool_] | None = None
    notes: tuple[str, ...] = ()


def choose(documents: Sequence[Document], scope: Scope, filters: Sequence[Filter]) -> Documents:
    """The documents of a scope that meet all conditions; none where these are more than are looked at."""
    if len(filters) > MOST_CONDITIONS:
        return Documents(np.zeros(len(documents), bool))
    if scope.document is None and scope.folder is None and not filters:
        return Documents()
    chosen = np.ones(len(documents), bool)
    if scope.document is not None:
        chosen[:] = False
        if 0 <= scope.document < len(chosen):
            chosen[scope.document] = True
    if scope.folder is not None:
        chosen &= np.fromiter((document.name.startswith(scope.folder) for document in documents), bool, len(documents))
    notes, records = [], _Records(documents)
    for condition in filters:
        answers = _answers(records, condition)
        unknown = int((chosen & np.fromiter((answer is None for answer in answers), bool, len(answers))).sum())
        met = np.fromiter(
            (answer is not None and answer != condition.negated for answer in answers), bool, len(answers)
        )
        chosen &= met
        if unknown:
            without = _WITHOUT.get(condition.name) or plain("without {name}", name=condition.name)
            notes.append(plain("{count} {without} left out", count=unknown, without=without))
    return Documents(chosen, tuple(notes))


_WITHOUT = {"by": plain("without an author"), "date": plain("undated")}
"""What documents are called whose record says too little for a condition, by the condition's name."""


def _keys(texts: Sequence[str]) -> list[str]:
    """Return texts with each character replaced by its class, made all at once."""
    joined = (fold("".join(texts)).astype("<u4") + _FIRST_ID).tobytes().decode("utf-32-le")
    ends = accumulate(map(len, texts))
    return [joined[end - len(text) : end] for text, end in zip(texts, ends, strict=True)]


_FIRST_ID = 0x10000
"""Ids as characters beyond the first plane."""


@dataclass(frozen=True)
class _Records:
    """What conditions look at, made once for all of them."""

    documents: Sequence[Document]

    @cached_property
    def names(self) -> list[str]:
        return _keys([document.name for document in self.documents])

    @cached_property
    def titles(self) -> list[str]:
        """The titles, and those of the works."""
        return _keys([f"{document.title}\n{document.work or ''}" for document in self.documents])

    def values(self, name: str) -> list[str]:
        """What a field says of each document; nothing where there is none."""
        key = field_key(name)
        held = ([value for known, value in each.fields if field_key(known) == key] for each in self.documents)
        return _keys(["\n".join(values) for values in held])

    @cached_property
    def authors(self) -> list[str]:
        return _keys([document.metadata.author or "" for document in self.documents])


def _in(records: _Records, value: str) -> list[bool | None]:
    (key,) = _keys([value])
    return [key in name or key in title for name, title in zip(records.names, records.titles, strict=True)]


def _by(records: _Records, value: str) -> list[bool | None]:
    (key,) = _keys([value])
    return [key in author if author else None for author in records.authors]


def _holding(records: _Records, name: str, value: str) -> list[bool | None]:
    (key,) = _keys([value])
    return [key in held if held else None for held in records.values(name)]


def _dated(records: _Records, value: str) -> list[bool | None]:
    span = date_range(value)
    dates = [(document.metadata.delivered, document.metadata.published) for document in records.documents]
    return [
        None if span is None or not any(given) else any(span.holds(date) for date in given if date) for given in dates
    ]


_MEETS: dict[str, Callable[[_Records, str], list[bool | None]]] = {"in": _in, "by": _by, "date": _dated}


def _answers(records: _Records, condition: Filter) -> list[bool | None]:
    """Whether each document meets a condition, not counting its negation; None where its record does not say."""
    meets = _MEETS.get(condition.name)
    return meets(records, condition.value) if meets else _holding(records, condition.name, condition.value)


def fields_of(documents: Sequence[Document]) -> dict[bytes, str]:
    """All fields that documents have beside their metadata, by their keys."""
    names = dict.fromkeys(name for each in documents for name, _ in each.fields)
    return {field_key(name): "_".join(name.split()) for name in reversed(names)}
