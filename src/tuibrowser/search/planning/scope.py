"""Scope: choose the documents that a search looks at, by place, path, author and date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.fold import fold
from tuibrowser.language.i18n import many, plain
from tuibrowser.search.query import MOST_CONDITIONS, date_range, field_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.documents import Documents
    from tuibrowser.search.index.names import Names
    from tuibrowser.search.model import Scope
    from tuibrowser.search.query import Filter

    Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Chosen:
    """The documents looked at: a bool for each, None for all; and sentences on those whose record says too little."""

    chosen: npt.NDArray[np.bool_] | None = None
    notes: tuple[str, ...] = ()


def choose(corpus: Corpus, names: Callable[[], Names], scope: Scope, filters: Sequence[Filter]) -> Chosen:
    """The documents of a scope that meet all conditions.

    None do where the conditions are more than are looked at, or where one of them cannot be read. Files that were left
    out keep a number, but are no documents: notes do not count them.
    """
    documents = corpus.documents
    if len(filters) > MOST_CONDITIONS or not all(condition.can_be_read for condition in filters):
        return Chosen(np.zeros(len(documents), bool))
    if scope.document is None and scope.folder is None and not filters:
        return Chosen()
    chosen = np.ones(len(documents), bool)
    if scope.document is not None:
        chosen[:] = False
        if 0 <= scope.document < len(chosen):
            chosen[scope.document] = True
    if scope.folder is not None:
        held = np.zeros(len(documents), bool)
        for numbers in documents.sources.below(scope.folder):
            held[numbers.start : numbers.stop] = True
        chosen &= held
    notes: list[str] = []
    left_out = corpus.left_out() if filters else []
    for condition in filters:
        known, met = _answers(_Records(documents, names()), condition)
        lacking = chosen & ~known
        lacking[left_out] = False
        unknown = int(lacking.sum())
        chosen &= known & (~met if condition.negated else met)
        if unknown:
            without = _WITHOUT.get(condition.name) or plain("without {name}", name=condition.name)
            notes.append(plain("{count} {without} left out", count=unknown, without=without))
    return Chosen(chosen, tuple(notes))


def once(documents: Chosen, digests: Sequence[str]) -> Chosen:
    """Those of some documents whose text is not that of one before them; `digests` are those of all texts."""
    chosen = np.ones(len(digests), bool) if documents.chosen is None else documents.chosen.copy()
    seen: set[str] = set()
    repeated = []
    for number in np.flatnonzero(chosen).tolist():
        if digests[number] and digests[number] in seen:
            repeated.append(number)
        seen.add(digests[number])
    if not repeated:
        return documents
    chosen[repeated] = False
    note = plain("{documents} with the text of another left out", documents=many(len(repeated), "document"))
    return Chosen(chosen, (*documents.notes, note))


_WITHOUT = {"by": plain("without an author"), "date": plain("undated")}
"""What documents are called whose record says too little for a condition, by the condition's name."""


@dataclass(frozen=True)
class _Records:
    """What conditions look at."""

    documents: Documents
    names: Names


def _holds(text: str, key: bytes) -> bool:
    """Whether a text, folded, holds a key."""
    data = fold(text).tobytes()
    at = data.find(key)
    while at % 2:
        at = data.find(key, at + 1)
        if at < 0:
            return False
    return at >= 0


def _in(records: _Records, value: str) -> tuple[Array, Array]:
    key, names = fold(value), records.names
    return np.ones(len(names), bool), names.paths.holding(key) | names.titled.holding(key)


def _by(records: _Records, value: str) -> tuple[Array, Array]:
    key, names = fold(value).tobytes(), records.names
    return (
        np.array([bool(author) for author in names.authors], bool).take(names.author),
        np.array([_holds(author, key) for author in names.authors], bool).take(names.author),
    )


def _holding(records: _Records, name: str, value: str) -> tuple[Array, Array]:
    names, key = records.names, field_key(name)
    known = np.zeros(len(names), bool)
    for field in names.fields:
        if field_key(field) == key:
            known |= names.has(field)
    met = np.zeros(len(names), bool)
    wanted = fold(value).tobytes()
    for number in np.flatnonzero(known & names.values.holding(fold(value))).tolist():
        said = [held for field, held in records.documents[number].fields if field_key(field) == key]
        met[number] = _holds("\n".join(said), wanted)
    return known, met


def _dated(records: _Records, value: str) -> tuple[Array, Array]:
    span, names = date_range(value), records.names
    met = [span is not None and any(span.holds(date) for date in given if date) for given in names.dates]
    known = np.array([any(given) for given in names.dates], bool)
    return known.take(names.date), np.array(met, bool).take(names.date)


_MEETS: dict[str, Callable[[_Records, str], tuple[Array, Array]]] = {"in": _in, "by": _by, "date": _dated}


def _answers(records: _Records, condition: Filter) -> tuple[Array, Array]:
    """Whether each document's record says enough for a condition, and whether it meets that, not negated."""
    meets = _MEETS.get(condition.name)
    return meets(records, condition.value) if meets else _holding(records, condition.name, condition.value)


def fields_of(names: Iterable[str]) -> dict[bytes, str]:
    """The fields that documents have beside their metadata, by their keys."""
    return {field_key(name): "_".join(name.split()) for name in reversed(list(names))}
