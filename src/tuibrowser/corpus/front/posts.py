"""Posts: read headers of bulletin boards, whose fields have no colons: 作者 linjian (林间) 看板 Story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_AUTHOR: Final = re.compile(
    r"作者\s{0,3}(?P<author>[A-Za-z0-9]\w{1,20}\s?(?:[(（][^()（）]{0,40}[)）])?)\s*(?:看板"
    r"|站[內内])\s{0,3}(?P<board>[\w-]{1,20}?)"
    r"(?:\s*[標标][題题]\s{0,3}(?P<title>\S.{0,80}?)\s*[時时][間间]\s{0,3}(?P<time>[A-Z][a-z]{2} .{0,24}))?"
)
_FIRST: Final = "作者"
"""What such a header begins with."""
_KEYED: Final = re.compile(r"(?P<key>[標标][題题]|[時时][間间])[ \t\u3000]{1,4}(?P<value>\S.*)")


def opens_post(lines: Iterable[str]) -> bool:
    """Whether the first lines of a text have the header of such a post."""
    return any(line.startswith(_FIRST) and _AUTHOR.fullmatch(line) for line in lines)


def read_post(text: str) -> Mapping[str, str] | None:
    """The fields of a line of such a header by their keys; None for a line that is no part of it."""
    if found := _AUTHOR.fullmatch(text):
        fields = {"作者": found["author"], "看板": found["board"], "標題": found["title"], "時間": found["time"]}
        return {key: value.strip() for key, value in fields.items() if value}
    if found := _KEYED.fullmatch(text):
        return {found["key"]: found["value"]}
    return None
