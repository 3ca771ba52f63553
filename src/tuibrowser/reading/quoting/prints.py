"""Prints: where a passage stands in a printed edition, as citations write it: T02, no. 99, p. 848c7–10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.reading.locators import LINE_LABEL, without_zeros

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Document

_FIELDS: Final = ("canon", "volume", "number")


def edition_of(document: Document) -> str:
    """The canon, the volume and the number of a text in it, T02, no. 99; empty where a document declares none."""
    said = dict(document.fields)
    canon, volume, number = (said.get(name, "") for name in _FIELDS)
    return f"{canon}{volume}, no. {number}" if canon and volume and number else ""


def printed_place(edition: str, labels: Sequence[str]) -> str:
    """The first and the last line of a passage in a print; lines in one column have the page and the column once."""
    places = [without_zeros(label) for label in labels]
    place = "–".join(places)
    if len(labels) > 1:
        one, other = (LINE_LABEL.fullmatch(label) for label in (labels[0], labels[-1]))
        if one and other and one.group("page", "number", "column") == other.group("page", "number", "column"):
            place = f"{places[0]}–{other['line']}"
    return ", ".join(filter(None, (edition, f"p. {place}" if edition and place else place)))
