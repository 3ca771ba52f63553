"""Exchange: write bookmarks as Markdown to read and edit, or as JSON, and read them back without loss.

In Markdown a bookmark is a heading, the passage as a quotation, the note as plain lines and a comment with the rest.
Characters that mean something to Markdown are escaped with a backslash, those that could steer a terminal or be lost
on the way as `\\u` and four or six hexadecimal digits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.library_errors import json_reason
from tuibrowser.language.i18n import plain
from tuibrowser.userdata.model import Bookmark, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT: Final = "tuibrowser bookmarks"
VERSION: Final = 1
_LARGEST: Final = 2**62

_MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]<>|~&$]|^[ \t]*(?:[-+#=>]|\d+[.)])|^[ \t]+|[ \t]+$", re.MULTILINE)
_HARMFUL: Final = re.compile(
    "[\0-\x09\x0b-\x1f\x7f-\x9f\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_ESCAPED: Final = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{6})|(.))")
_COMMENT: Final = re.compile(r"<!-- tuibrowser (\{.*\}) -->[ \t]*")


class ExchangeError(Exception):
    """A file that holds no bookmarks of this program; the text says why, in one line."""


def to_json(bookmarks: Iterable[Bookmark]) -> str:
    """Bookmarks as JSON, in ASCII, indented."""
    return json.dumps(
        {"format": FORMAT, "version": VERSION, "bookmarks": [_record(each) for each in bookmarks]}, indent=1
    )


def from_json(text: str) -> list[Bookmark]:
    """The bookmarks of `to_json`. Raise ExchangeError for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(plain("not JSON: {problem}", problem=json_reason(error))) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("bookmarks"), list):
        raise ExchangeError(plain("not a list of bookmarks"))
    if data.get("version") != VERSION:
        raise ExchangeError(plain("written by another version of the program"))
    return [
        _bookmark(each, plain("bookmark {number}", number=number)) for number, each in enumerate(data["bookmarks"], 1)
    ]


def to_markdown(bookmarks: Iterable[Bookmark]) -> str:
    """Bookmarks as Markdown."""
    return "\n".join(["# Bookmarks", *(_section(each) for each in bookmarks), ""])


def from_markdown(text: str) -> list[Bookmark]:
    """The bookmarks of `to_markdown`; the notes may have been edited. Raise ExchangeError where there are none."""
    lines = re.split(r"\r?\n", text)
    bookmarks: list[Bookmark] = []
    begun = 0
    for number, line in enumerate(lines):
        if (comment := _COMMENT.fullmatch(line)) is not None:
            bookmarks.append(_of_section(lines[begun:number], comment[1], plain("line {number}", number=number + 1)))
            begun = number + 1
    if not bookmarks and "# Bookmarks" not in lines:
        raise ExchangeError(plain("not a list of bookmarks"))
    return bookmarks


def _section(bookmark: Bookmark) -> str:
    record = _record(bookmark)
    del record["passage"], record["note"]
    # Neither of these may stand in a comment.
    hidden = json.dumps(record).replace("--", "-\\u002d").replace(">", "\\u003e")
    heading = " › ".join(" ".join(_escaped(part).split()) for part in (bookmark.title, bookmark.section) if part)
    quotation = [f"> {line}" for line in _escaped(bookmark.passage).split("\n")]
    note = ["", *_escaped(bookmark.note).split("\n")] if bookmark.note else []
    return "\n".join(["", f"## {heading}", "", *quotation, *note, "", f"<!-- tuibrowser {hidden} -->"])


def _of_section(lines: list[str], hidden: str, place: str) -> Bookmark:
    """The bookmark of what stands before its comment."""
    quoted = [number for number, line in enumerate(lines) if line.startswith(">")]
    first = quoted[0] if quoted else len(lines)
    last = first
    while last < len(lines) and lines[last].startswith(">"):
        last += 1
    passage = "\n".join(line[1:].removeprefix(" ") for line in lines[first:last])
    note = "\n".join(lines[last:]).strip("\n")
    try:
        record = json.loads(hidden)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(plain("{place}: {problem}", place=place, problem=json_reason(error))) from None
    try:
        return replace(_bookmark(record, place), passage=_unescaped(passage), note=_unescaped(note))
    except (OverflowError, ValueError):
        raise ExchangeError(plain("{place}: an escaped code is no character", place=place)) from None


def _record(bookmark: Bookmark) -> dict[str, Any]:
    record = asdict(bookmark)
    return {"id": record.pop("id"), **record.pop("spot"), **record}


def _bookmark(record: object, place: str) -> Bookmark:
    """The bookmark of a record, its fields checked; those that may be left out have what they have by default."""
    if not isinstance(record, Mapping):
        raise ExchangeError(plain("{place} is no bookmark", place=place))
    spot = Spot(*(_checked(record, field.name, field.type, place) for field in fields(Spot)))
    given = {field.name: record.get(field.name, field.default) for field in fields(Bookmark) if field.name != "spot"}
    given["passage"] = record.get("passage", "")
    values = {
        field.name: _checked(given, field.name, field.type, place) for field in fields(Bookmark) if field.name != "spot"
    }
    return Bookmark(spot=spot, **values)


def _checked(record: Mapping[str, Any], name: str, kind: Any, place: str) -> Any:
    value = record.get(name)
    if kind == "int" and isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST:
        return value
    if kind == "str" and isinstance(value, str):
        return value
    if name not in record:
        raise ExchangeError(plain("{place} has no {name}", place=place, name=name))
    raise ExchangeError(plain("{place} has a wrong {name}", place=place, name=name))


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is and that comes back whole; only its line feeds are left."""
    text = _MARKDOWN.sub(_backslash, text)
    text = _HARMFUL.sub(_code, text)
    # Empty lines at the ends would be taken for those around a note.
    head = len(text) - len(text.lstrip("\n"))
    tail = len(text) - len(text.rstrip("\n")) if head < len(text) else 0
    return "\\u000a" * head + text[head : len(text) - tail] + "\\u000a" * tail


def _backslash(found: re.Match[str]) -> str:
    """The last character after a backslash, and blanks, which Markdown drops at the ends of a line, by their codes."""
    before, mark = found.group()[:-1], found.group()[-1]
    if mark not in " \t":
        mark = f"\\{mark}"
    return "".join(f"\\u{ord(each):04x}" if each in " \t" else each for each in (*before, *mark))


def _code(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:06x}"


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: found[3] or chr(int(found[1] or found[2], 16)), text)
