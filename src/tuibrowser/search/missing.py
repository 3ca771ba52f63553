"""Missing: what is said of the parts of a corpus that do not answer, in words and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import clauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.language.i18n import Message
    from tuibrowser.search.values import Missing, Reach


def missing_records(missing: Sequence[Missing]) -> list[dict[str, object]]:
    """Parts that are missing as JSON objects."""
    return [{"part": each.part, "share": round(each.share, 6), "reason": str(each.reason)} for each in missing]


def missing_words(missing: Sequence[Missing]) -> Message:
    """How much is missing, as far as that is known, and why."""
    reasons = clauses(dict.fromkeys(each.reason for each in missing))
    share = share_of(missing)
    if share is None:
        return plain("parts of the corpus are not searched: {reasons}", reasons=reasons)
    return plain("{share} of the text is not searched: {reasons}", share=percent(share), reasons=reasons)


def share_of(missing: Sequence[Missing]) -> float | None:
    """The share of the text that is missing; None where it is not known of each part."""
    return sum(each.share for each in missing) if all(each.share for each in missing) else None


def percent(share: float) -> str:
    """A share in percent; what is not all or nothing is not said to be so."""
    return f"{min(max(share, 0.01), 0.99):.0%}" if 0 < share < 1 else f"{share:.0%}"


def reach_words(reach: Reach, *, short: bool = False) -> str:
    """How many hosts answer and how much of the text is there; empty where no part of it is missing."""
    if not reach.missing:
        return ""
    there, hosts = sum(not each.reason for each in reach.hosts), len(reach.hosts)
    share = share_of(reach.missing)
    parts: list[str] = []
    if there < hosts:
        count = f"{there}/{hosts}"
        parts.append(count if short else plain("{count} hosts", count=count))
    if share is not None:
        parts.append(percent(1 - share) if short else plain("{share} of the text", share=percent(1 - share)))
    if not parts:
        parts.append(plain("parts are missing"))
    return parts[0] if len(parts) == 1 else plain("{first} · {second}", first=parts[0], second=parts[1])


def without_words(missing: Sequence[Missing]) -> str:
    """That something is without the parts that are missing; empty where none is."""
    if not missing:
        return ""
    share = share_of(missing)
    return (
        plain("without parts of the text")
        if share is None
        else plain("without {share} of the text", share=percent(share))
    )
