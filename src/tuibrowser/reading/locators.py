"""Locators as people type them: 848c7 for the line 0848c07, page 12, 第12頁, or a place from a citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.model import Locator

LINE_LABEL: Final = re.compile(r"(?P<page>[A-Za-z]?)0*(?P<number>\d+)(?P<column>[a-z])0*(?P<line>\d+)")
"""A page, a column and a line, as editions label their lines: 0848c07."""
_PAGE: Final = re.compile(
    r"(?:pages?|pp?\.?)\s*(?P<english>\S+)|第?\s*(?P<chinese>\S+?)\s*[頁页]|[頁页]\s*(?P<after>\S+)"
)
_CITED: Final = re.compile(
    r"(?P<canon>[A-Z]{1,3})(?P<volume>\d{1,3}),?\s*(?:n|no\.?)\s*(?P<number>[A-Za-z]?\d{1,4}[A-Za-z]?)"
    r"(?:,?\s*_?p{1,2}\.?\s*(?P<label>[A-Za-z]?\d+[a-z]?\d*))?.*"
)


class CanonPlace(NamedTuple):
    """A place in a canon: its name, the volume and the number of the text, and a page or line, perhaps empty."""

    canon: str
    volume: str
    number: str
    label: str

    def is_of(self, fields: Iterable[tuple[str, str]]) -> bool:
        """Whether a text that declares these fields is the one meant."""
        said = dict(fields)
        same = (said.get("canon"), said.get("volume", "").lstrip("0"), said.get("number", "").lstrip("0"))
        return same == (self.canon, self.volume.lstrip("0"), self.number.lstrip("0"))


def canon_place(typed: str) -> CanonPlace | None:
    """The place in a canon that a citation names, T02, no. 99, p. 848c7–10; None where it is none."""
    found = _CITED.fullmatch(typed.strip())
    return CanonPlace(found["canon"], found["volume"], found["number"], found["label"] or "") if found else None


def find_locators(locators: Sequence[Locator], typed: str) -> list[Locator]:
    """The locators that a typed place means: those that are it, else those that end in it."""
    found = _PAGE.fullmatch(typed.strip().casefold())
    wanted = _short(next(filter(None, found.groups())) if found else typed.strip().casefold())
    if not wanted:
        return []
    labels = [locator.label.casefold() for locator in locators]
    same = [locator for locator, label in zip(locators, labels, strict=True) if _short(label) == wanted]
    return same or [
        locator for locator, label in zip(locators, labels, strict=True) if not found and label.endswith(wanted)
    ]


def _short(label: str) -> str:
    """A label without the zeros that fill it, and of a range its beginning."""
    return without_zeros(re.split("[–—~～]", label)[0])


def without_zeros(label: str) -> str:
    """The label of a line without the zeros that fill it, 848c7; one of another kind is as it is."""
    found = LINE_LABEL.fullmatch(label)
    return "".join(found.groups()) if found else label
