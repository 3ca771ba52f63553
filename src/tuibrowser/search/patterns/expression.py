"""Expression: read a regular expression: fold what it names, and tell what every match of it holds.

What is not understood here costs only the help of the index: the library that matches has the last word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.fold import fold, fold_table
from tuibrowser.search.patterns.folding import representative
from tuibrowser.search.patterns.requirements import (
    ANYTHING,
    MOST_MEMBERS,
    NOTHING,
    any_of,
    in_row,
    one_of,
    repeated,
)

if TYPE_CHECKING:
    from tuibrowser.search.patterns.requirements import Part

_REPEAT: Final = re.compile(r"(?:(?P<mark>[*+?])|\{(?P<low>\d*)(?P<comma>,)?(?P<high>\d*)\})[?+]?")
_GROUP: Final = re.compile(r"\((?:\?(?:(?P<plain>:|P?<(?![=!])\w+>)|(?P<ahead><?[=!])))?")
_WITHOUT_WIDTH: Final = frozenset("bB")
_CLASSES: Final = frozenset("dDwWsS")
_LITERAL: Final = frozenset(".^$*+?{}[]()|\\/-#&~ ")
"""Characters that stand for themselves behind a backslash."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression to be matched with texts.

    `part` is what every match holds; None where this is not known.
    """

    source: str
    folded: bool
    part: Part | None


def expression(source: str, *, folded: bool) -> Expression:
    """Read a regular expression; its characters stand for those of their class where it is `folded`."""
    reader = _Reader(source, folded=folded)
    try:
        part: Part | None = reader.alternatives()
        if reader.at < len(source):
            part = None
    except _UnknownError:
        part = None
    if part is not None:
        return Expression("".join(reader.written), folded, part)
    return Expression("".join(map(representative, source)) if folded else source, folded, None)


class _UnknownError(Exception):
    """What stands here is not understood."""


class _Reader:
    """Reads a regular expression from left to right, and writes it folded."""

    def __init__(self, source: str, *, folded: bool) -> None:
        self._source = source
        self._folded = folded
        self.at = 0
        self.written: list[str] = []

    def alternatives(self) -> Part:
        """What stands up to the end of the group."""
        parts = [self._row()]
        while self._next() == "|":
            self._write("|")
            self.at += 1
            parts.append(self._row())
        return any_of(parts)

    def _row(self) -> Part:
        parts = []
        while self._next() not in ("", "|", ")"):
            part = self._piece()
            while (repeat := _REPEAT.match(self._source, self.at)) is not None:
                part = self._repeat(part, repeat)
            parts.append(part)
        return in_row(parts)

    def _repeat(self, part: Part, repeat: re.Match[str]) -> Part:
        if repeat["mark"] is None and not (repeat["low"] or repeat["high"]):
            raise _UnknownError
        self._take(repeat[0])
        least = {"*": 0, "?": 0, "+": 1}[repeat["mark"]] if repeat["mark"] else int(repeat["low"] or 0)
        return repeated(part, least)

    def _piece(self) -> Part:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        if character in "^$":
            self._take(character)
            return NOTHING
        if character == ".":
            self._take(character)
            return ANYTHING
        if character in "*+?{":
            raise _UnknownError
        return self._literal(character)

    def _literal(self, character: str) -> Part:
        self.at += 1
        self._write(representative(character) if self._folded else character)
        return _part_of({character})

    def _escape(self) -> Part:
        character = self._source[self.at + 1 : self.at + 2]
        if character in _WITHOUT_WIDTH and character:
            self._take("\\" + character)
            return NOTHING
        if character in _CLASSES and character:
            self._take("\\" + character)
            return ANYTHING
        if character in _LITERAL and character:
            self._take("\\" + character)
            return _part_of({character})
        raise _UnknownError

    def _group(self) -> Part:
        opening = _GROUP.match(self._source, self.at)
        if opening is None or (self._source.startswith("(?", self.at) and len(opening[0]) < _SPECIAL):
            raise _UnknownError
        self._take(opening[0])
        part = self.alternatives()
        if self._next() != ")":
            raise _UnknownError
        self._take(")")
        return NOTHING if opening["ahead"] else part

    def _class(self) -> Part:
        """A class in brackets; one that leaves characters out, or names many, is any character."""
        self._take("[")
        negated = self._next() == "^"
        if negated:
            self._take("^")
        members: set[str] | None = set()
        first = True
        while first or self._next() != "]":
            first = False
            character = self._member()
            if (
                character is not None
                and self._next() == "-"
                and self._source[self.at + 1 : self.at + 2] not in ("]", "")
            ):
                members = self._range(character, members)
                continue
            if character is None:
                members = None
                continue
            self._write(_in_class(representative(character) if self._folded else character))
            members = None if members is None else {*members, character}
        self._take("]")
        return ANYTHING if negated or members is None or len(members) > MOST_MEMBERS else _part_of(members)

    def _member(self) -> str | None:
        """The character at this place of a class, which is not written yet; None for a class of its own."""
        character = self._next()
        if character in ("", "[") or (character in "&~|-" and self._source[self.at + 1 : self.at + 2] == character):
            raise _UnknownError
        self.at += 1
        if character != "\\":
            return character
        escaped = self._next()
        self.at += 1
        if escaped in _CLASSES and escaped:
            self._write("\\" + escaped)
            return None
        if escaped in _LITERAL and escaped:
            return escaped
        raise _UnknownError

    def _range(self, low: str, members: set[str] | None) -> set[str] | None:
        """A range within a class: a short one is written out, so that each of its characters is folded."""
        self.at += 1
        high = self._member()
        if high is None or high < low:
            raise _UnknownError
        if ord(high) - ord(low) >= MOST_MEMBERS:
            self._write(f"{_in_class(low)}-{_in_class(high)}")
            return None
        named = {chr(point) for point in range(ord(low), ord(high) + 1)}
        folded = {representative(each) for each in named} if self._folded else named
        self._write("".join(map(_in_class, sorted(folded))))
        return None if members is None else members | named

    def _next(self) -> str:
        return self._source[self.at : self.at + 1]

    def _take(self, text: str) -> None:
        self.at += len(text)
        self._write(text)

    def _write(self, text: str) -> None:
        self.written.append(text)


_SPECIAL: Final = 3
"""The length of the shortest opening of a group that says of what kind it is."""


def _in_class(character: str) -> str:
    return f"\\{character}" if character in "\\]^-[&~|" else character


def _part_of(characters: set[str]) -> Part:
    """One of some characters. Punctuation is passed over by the index, and unlike characters may share an id."""
    ids = frozenset(fold("".join(characters)).tolist())
    return ANYTHING if any(each < fold_table().gap_end for each in ids) else one_of(ids)
