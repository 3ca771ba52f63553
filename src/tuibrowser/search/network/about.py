"""About: what a host says of itself beside its parts of the index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuibrowser.language.i18n import restored, stored


@dataclass(frozen=True, slots=True)
class About:
    """The version of the program, when the certificate ends, and what is wrong with the parts of the index."""

    version: str
    ends: datetime
    problems: tuple[str, ...]

    def sent(self) -> list[Any]:
        """The same as plain values."""
        return [self.version, self.ends.isoformat(), [stored(each) for each in self.problems]]


def about_of(sent: Any) -> About:
    """What was sent. Raise ValueError for anything else."""
    match sent:
        case (str() as version, str() as ends, (*problems,)):
            return About(version, datetime.fromisoformat(ends), tuple(restored(each) for each in problems))
    raise ValueError("this says nothing of a host")
