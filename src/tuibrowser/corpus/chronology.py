"""Chronology: put dates of ISO 8601 in order, also those before our era, and show them.

A year before our era is signed and counted with a year 0, as ISO 8601 has it: -0220 is 221 BC.
"""

from __future__ import annotations

_LONGEST_YEAR = 9999


def chronological(iso: str) -> str:
    """A key by which dates are in their order: years before our era would stand in the reverse one."""
    return f"-{_LONGEST_YEAR - int(iso[1:5]):04}{iso[5:]}" if iso.startswith("-") else iso


def before_our_era(iso: str) -> int | None:
    """The year before our era, from 1, of a date; None for one of our era."""
    if iso.startswith("-"):
        return int(iso[1:5]) + 1
    return 1 if iso[:4] == "0000" else None


def shown_date(iso: str | None) -> str:
    """A date without the time of day, for lists: 2022-10-28, or 前221; empty where none is known."""
    return spelled_date(iso, None)[:10] if iso else ""


def spelled_date(iso: str, dated: str | None) -> str:
    """A date in full for people: 2022-10-28T19:34, 前221, or, where it is written by a reign, 康熙三十年（1691）."""
    year = before_our_era(iso)
    spelled = iso.lstrip("0") if year is None else f"前{year}"
    return f"{dated}（{spelled}）" if dated else spelled
