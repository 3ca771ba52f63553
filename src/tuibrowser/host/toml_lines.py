"""TOML lines: the line on which a key of a TOML text stands, for messages about its value."""

from __future__ import annotations

import re


def line_of(text: str, key: str, table: str = "") -> int:
    """The line, from 1, on which a key stands, of a table or of none; else that of the table."""
    start, end = 0, len(text)
    if table:
        header = re.search(rf"^[ \t]*\[?\s*[\"']?{re.escape(table)}[\"']?\s*[=\].]", text, re.MULTILINE)
        start = header.start() if header is not None else 0
    elif (header := re.search(r"^[ \t]*\[", text, re.MULTILINE)) is not None and _key(text, key, 0, header.start()):
        end = header.start()
    found = _key(text, key, start, end)
    return text.count("\n", 0, found.start() if found is not None else start) + 1


def _key(text: str, key: str, start: int, end: int) -> re.Match[str] | None:
    """A key at the beginning of a line, with its table before it or not, or one in a table on one line."""
    name = rf"[\"']?{re.escape(key)}[\"']?\s*"
    return re.compile(rf"(?:^[ \t]*(?:\w+\s*\.\s*)?\[?|[{{,]\s*){name}[=\].]", re.MULTILINE).search(text, start, end)
