"""Skips: what of a page is passed over, as chunks of its markup, each a tag without its < and the text after it.

What is passed over begins with the tag of the chunk `at`. Each function returns the number of the chunk to go on with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

READINGS: Final = frozenset(("rt", "rp", "rtc"))
"""Elements of ruby that are not its base."""
_EMPTY_COMMENT: Final = re.compile("!---?>")
"""A comment that ends with the signs that begin it, as the HTML standard reads it."""
_COMMENT_END: Final = re.compile("--!?>")
_NAME: Final = re.compile(r"/?[a-zA-Z][^\s/<>]*+")
_AFTER_NAME: Final = re.compile(r"[\s/>]|\Z")
_NO_LETTER: Final = re.compile(r"\b")


def after_comment(chunks: Sequence[str], at: int) -> tuple[int, str]:
    """Pass over a comment; one without an end goes on to the end of the page. Return the text behind it, too."""
    found = _EMPTY_COMMENT.match(chunks[at]) or _COMMENT_END.search(chunks[at], len("!--"))
    number = at
    while found is None and (number := number + 1) < len(chunks):
        found = _COMMENT_END.search(chunks[number])
    return (number + 1, chunks[number][found.end() :]) if found is not None else (len(chunks), "")


def after_raw(chunks: Sequence[str], at: int, name: str) -> int:
    """Pass over an element whose content is no markup; one without an end goes on to the end of the page."""
    end = f"/{name}"
    size = len(end)
    for number in range(at + 1, len(chunks)):
        chunk = chunks[number]
        if chunk.startswith("/") and chunk[:size].lower() == end and _NO_LETTER.match(chunk, size):
            return number
    return len(chunks)


def after_element(chunks: Sequence[str], at: int, name: str) -> int | None:
    """Pass over an element with all that it holds; None for one that does not end."""
    depth, end, beginning = 1, f"/{name}", ("/", *{name[0], name[0].upper()}, "!--")
    number = at + 1
    while number < len(chunks):
        chunk = chunks[number]
        if not chunk.startswith(beginning):
            pass
        elif chunk.startswith("!--"):
            number = after_comment(chunks, number)[0] - 1
        elif _begins(chunk, end):
            depth -= 1
            if not depth:
                return number
        elif _begins(chunk, name):
            depth += 1
        number += 1
    return None


def _begins(chunk: str, name: str) -> bool:
    size = len(name)
    return chunk[:size].lower() == name and _AFTER_NAME.match(chunk, size) is not None


def after_reading(chunks: Sequence[str], at: int, name: str, boxes: frozenset[str]) -> int | None:
    """Pass over the reading of a ruby text, which ends where a box begins or ends; None where nothing ends it."""
    for number in range(at + 1, len(chunks)):
        found = _NAME.match(chunks[number])
        said = found[0].lower() if found else ""
        if said in READINGS or said in (f"/{name}", "/ruby", "rb") or said.lstrip("/") in boxes:
            return number
    return None
