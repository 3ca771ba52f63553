"""Merged: the Simplified characters that stand for several Traditional ones, and the words that tell which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sign(StrEnum):
    """What a character in a Traditional text says of how the text came about."""

    TELLING = "t"
    """No Traditional text has it."""
    PLAIN = "-"
    """Traditional texts have it in other words."""
    OLD = "o"
    """Old texts, or careful printers, write it on purpose."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged character: the Traditional forms it stands for, and the words in which it does, if it needs one.

    Words are Simplified; `frequent` are those of them that modern texts have often. Without words the character
    stands for one of its forms wherever it is not part of a name.
    """

    sign: Sign
    forms: frozenset[str]
    words: frozenset[str]
    frequent: frozenset[str]


@cache
def merged_characters() -> Mapping[str, Merged]:
    """The table, read once; scripts/make_merged_table.py makes it."""
    lines = files("tuibrowser.hanzi").joinpath("data/merged.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: _entry(line) for line in lines}


def _entry(line: str) -> Merged:
    _, sign, forms, *words = line.split(" ")
    bar = words.index("|") if words else 0
    return Merged(Sign(sign), frozenset(forms), frozenset(words) - {"|"}, frozenset(words[:bar]))
