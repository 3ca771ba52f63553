"""Faults: say in our own words why a regular expression cannot be read, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.language.i18n import Message

_FAULTS: Final[Mapping[str, Message]] = {
    "missing )": plain("a parenthesis is not closed"),
    "unbalanced parenthesis": plain("a parenthesis is closed that was not opened"),
    "nothing to repeat": plain("there is nothing to repeat"),
    "multiple repeat": plain("what is repeated already is repeated"),
    "bad character range": plain("a range ends before it begins"),
    "unterminated character set": plain("a bracket is not closed"),
    "missing ]": plain("a bracket is not closed"),
    "bad escape (end of pattern)": plain("nothing stands behind the last backslash"),
    "min repeat greater than max repeat": plain("the least number of times is above the greatest"),
    "repeat count too big": plain("a number of times is too large"),
    "unknown group": plain("there is no such group"),
    "invalid group reference": plain("there is no such group"),
    "bad character in group name": plain("that is no name for a group"),
    "missing group name": plain("that is no name for a group"),
    "missing >": plain("the name of a group is not closed"),
    "unknown property": plain("there is no such class of characters"),
    "unknown property value": plain("there is no such class of characters"),
    "undefined character name": plain("there is no such character"),
    "unknown extension": plain("there is no such group in parentheses"),
}
"""What a fault is called in our words, by the words of the library `regex`."""


def fault(words: str | None, at: int | None) -> Message:
    """Why a pattern cannot be read: by the library's words for a fault, and its place in the query, from 0.

    A fault without words of ours is told by its place alone.
    """
    reason = _FAULTS.get(words or "")
    if at is None:
        return reason or plain("it is no regular expression")
    if reason is None:
        return plain("it is not understood from character {number} on", number=at + 1)
    return plain("{reason} (character {number})", reason=reason, number=at + 1)
