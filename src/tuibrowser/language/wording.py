"""Wording: join messages into lists and sentences."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable


def listed(things: Iterable[str]) -> str:
    """Things, divided by commas; nothing for none."""
    present = list(things)
    return reduce(lambda one, two: plain("{first}, {second}", first=one, second=two), present) if present else ""


def clauses(parts: Iterable[str]) -> str:
    """Parts of a sentence, divided by semicolons, without those that are empty."""
    present = [part for part in parts if part]
    return reduce(lambda one, two: plain("{first}; {second}", first=one, second=two), present) if present else ""
