"""Checksums: run within xterm, replay streams and note the terminal's checksum (DECRQCRA) of each row after each part.

Usage: checksums.py STREAMS RESULT COLUMNS ROWS. STREAMS is JSON: lists of parts by name. RESULT gets, by name, the
checksums of the rows after each part, and under "margins" the terminal's answer to DECRQM 69.
"""

from __future__ import annotations

import json
import os
import re
import select
import sys
import tty
from pathlib import Path

# Blanks count like cells that were never written, characters with all their bits, and attributes not at all, since
# a bold blank looks like any other (XTCHECKSUM).
OPENED = "\x1b[54#y\x1b[?1049h\x1b[?7l\x1b[r\x1b[m\x1b[2J\x1b[H"


def ask(question: str, answer: str) -> list[str]:
    """Write a question and read until the terminal has answered; what the answer holds."""
    os.write(1, question.encode())
    heard = ""
    while not (found := re.search(answer, heard)):
        if not select.select([0], [], [], 5)[0]:
            return ["no answer"]
        heard += os.read(0, 4096).decode(errors="replace")
    return list(found.groups())


def rows(columns: int, count: int) -> list[str]:
    """The checksum of each row."""
    return [
        ask(f"\x1b[{row};1;{row};1;{row};{columns}*y", rf"\x1bP{row}!~([0-9A-F]+)\x1b\\")[0]
        for row in range(1, count + 1)
    ]


def main() -> None:
    streams, result, columns, count = sys.argv[1:]
    tty.setraw(0)
    found: dict[str, object] = {"margins": ask("\x1b[?69$p", r"\x1b\[\?69;(\d)\$y")[0]}
    for name, parts in json.loads(Path(streams).read_text(encoding="utf-8")).items():
        os.write(1, b"\x1b[?1049l")
        os.write(1, OPENED.encode())
        found[name] = []
        for part in parts:
            data = part.encode()
            while data:
                data = data[os.write(1, data) :]
            found[name].append(rows(int(columns), int(count)))  # type: ignore[attr-defined]
    Path(result).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
