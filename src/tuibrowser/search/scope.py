"""Scope: which documents a search looks at, by place, path, author and date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tuibrowser.hanzi.fold import fold
from tuibrowser.search.query import date_range

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
    """The documents of a scope that meet all conditions."""
    if scope.document is None and scope.folder is None and not filters:
        return Documents()
    chosen = np.ones(len(documents), bool)
    if scope.document is not None:
        chosen[:] = False
        if 0 <= scope.document < len(chosen):
            chosen[scope.document] = True
    if scope.folder is not None:
        chosen &= np.fromiter((document.name.startswith(scope.folder) for document in documents), bool, len(documents))
    notes = []
    for condition in filters:
        answers = [_MEETS[condition.name](document, condition.value) for document in documents]
        unknown = int((chosen & np.fromiter((answer is None for answer in answers), bool, len(answers))).sum())
        met = np.fromiter(
            (answer is not None and answer != condition.negated for answer in answers), bool, len(answers)
        )
        chosen &= met
        if unknown:
            notes.append(f"{unknown} {_WITHOUT[condition.name]} left out")
    return Documents(chosen, tuple(notes))


_WITHOUT = {"in": "unnamed", "by": "without an author", "date": "undated"}


def _key(text: str) -> str:
    """A text in which each character stands for its class."""
    return "".join(map(chr, (fold(text).astype(np.uint32) + 0x10000).tolist()))


def _holds(text: str, value: str) -> bool:
    return _key(value) in _key(text)


def _in(document: Document, value: str) -> bool | None:
    return _holds(document.name, value) or _holds(document.title, value)


def _by(document: Document, value: str) -> bool | None:
    author = document.metadata.author
    return None if not author else _holds(author, value)


def _dated(document: Document, value: str) -> bool | None:
    span = date_range(value)
    dates = [date for date in (document.metadata.delivered, document.metadata.published) if date]
    if not dates or span is None:
        return None
    return any(span.holds(date) for date in dates)


_MEETS: dict[str, Callable[[Document, str], bool | None]] = {"in": _in, "by": _by, "date": _dated}
