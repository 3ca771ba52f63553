"""Apparatus: the readings of other editions, with their witnesses, and the editors' notes on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.formats.xml.tags import attributes, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

_WITNESS: Final = re.compile(r"<(?:\w+:)?witness\b([^<>]*)>([^<]*)<")
_NOTHING: Final = "〔－〕"
"""What stands for a reading that leaves words out."""


class Entry(NamedTuple):
    """A line of the apparatus: the number of its place, what it says, and whether the editors wrote it as a note."""

    number: str
    text: str
    is_note: bool = False


@dataclass(slots=True)
class Variants:
    """The readings of a place: that of the text, and those of others, each with its witnesses."""

    number: str = ""
    lemma: list[str] = field(default_factory=list)
    lemma_witness: str = ""
    readings: list[tuple[str, str]] = field(default_factory=list)

    def shown(self) -> str:
        """All readings in a line: 詔【CBETA】，昭【大】; empty where there is but one."""
        if not self.readings:
            return ""
        lemma = "".join("".join(self.lemma).split()) or _NOTHING
        others = [f"{''.join(text.split()) or _NOTHING}{witness}" for text, witness in self.readings]
        return "，".join([f"{lemma}{self.lemma_witness}", *others])


def witnesses(markup: str) -> dict[str, str]:
    """The signs of the witnesses that a text declares, by their names."""
    return {
        name: sign
        for found in _WITNESS.finditer(markup)
        if (name := attributes(found[1]).get("xml:id", "")) and (sign := resolved(found[2], {}).strip())
    }


def signs(written: str, declared: Mapping[str, str]) -> str:
    """The signs of the witnesses of a reading: as they are written, or as they are declared."""
    if "#" not in written:
        return written.strip()
    return "".join(declared.get(name.lstrip("#")) or f"【{name.lstrip('#')}】" for name in written.split())
