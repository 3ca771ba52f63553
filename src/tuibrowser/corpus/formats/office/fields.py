"""The instructions of fields in documents of Word: which make a table of contents, which print ruby."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CONTENTS: Final = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_OVER: Final = re.compile(r"\s*EQ\b.*\\o.*[,，;；]([^(),，;；\\]*)\)\s*$", re.IGNORECASE | re.DOTALL)
_LONGEST: Final = 2_000
"""Code points of an instruction that is looked at."""


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction, and whether its result has begun."""

    instruction: str = ""
    separated: bool = False

    def add(self, text: str) -> None:
        """Add to the instruction; no honest one is as long as what is left out."""
        if len(self.instruction) < _LONGEST:
            self.instruction += text

    @property
    def makes_contents(self) -> bool:
        """Whether its result is a table of contents or an index."""
        return self.separated and _CONTENTS.match(self.instruction) is not None

    @property
    def base(self) -> str:
        r"""The characters that it prints others upon, as ruby is printed: 白 of EQ \o(\s\up 10(bái),白)."""
        found = None if self.separated else _OVER.match(self.instruction[:_LONGEST])
        return found[1] if found else ""
