"""Untitled: records without a title, told by their author and first words, and cited by their number in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.containers import container_for
from tuibrowser.corpus.names import inner_name, stem
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Document, DocumentText, Source

_WORDS: Final = 14
"""Code points of the first words, at most."""
_BEGINS: Final = late(r"[\s\W_]*(\w.{3,}?)(?=[，。、；：？！,;:?!]|\s|$)", re.DOTALL)
"""The first words: up to a mark, and at least four characters of them."""


def descriptive_title(source: Source, author: str | None, text: DocumentText) -> str:
    """What a document without a title is called: the author and first words of a record, else the name of the file."""
    found = _BEGINS.match(text.repaired[: 4 * _WORDS]) if _number(source) else None
    if found is None:
        return stem(source.name)
    words = f"{found[1][:_WORDS]}…"
    return f"{author}：{words}" if author else words


def numbered_record(document: Document) -> tuple[str, str] | None:
    """The name of the file of an untitled record, and its number there; None for every other document."""
    if "title" not in document.by_name or not (number := _number(document.source)):
        return None
    return stem(document.name.rpartition("/")[0]), number


def _number(source: Source) -> str:
    """The number of a record in its file; empty for what is none."""
    file, _, number = source.address.rpartition("/")
    kind = container_for(inner_name(file)) if source.member and number.isdecimal() else None
    return number if kind is not None and kind.holds_records else ""
