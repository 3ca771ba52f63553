"""Wording: join messages into lists and sentences, and say dates."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tuibrowser.language.i18n import Message

_MONTHS: Final = (
    *(plain("January"), plain("February"), plain("March"), plain("April"), plain("May"), plain("June")),
    *(plain("July"), plain("August"), plain("September"), plain("October"), plain("November"), plain("December")),
)


def listed(things: Iterable[str]) -> str:
    """Things, divided by commas; nothing for none."""
    present = list(things)
    return reduce(lambda one, two: plain("{first}, {second}", first=one, second=two), present) if present else ""


def clauses(parts: Iterable[str]) -> str:
    """Parts of a sentence, divided by semicolons, without those that are empty."""
    present = [part for part in parts if part]
    return reduce(lambda one, two: plain("{first}; {second}", first=one, second=two), present) if present else ""


def full_date(iso: str) -> Message:
    """A day of ISO 8601, with or without its time, as a language writes it: 29 November 2026, 2026年11月29日."""
    year, month, day = map(int, iso[:10].split("-"))
    return plain("{day} {month} {year}", day=day, month=_MONTHS[month - 1], year=year)
