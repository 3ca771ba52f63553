"""What the commands print: UTF-8 whatever the locale, colours for people, nothing a text could do to a terminal."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MATCH = "\x1b[1;31m"
_PLACE = "\x1b[36m"
_QUIET = "\x1b[2m"
_RESET = "\x1b[0m"

# C0 have pictures of their own; what reorders or hides text, and lone surrogates, become the replacement mark.
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_CONTROLS[0x7F] = 0x2421
_HIDDEN = (*range(0x80, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
_CONTROLS.update(dict.fromkeys(_HIDDEN, 0xFFFD))
_DANGEROUS = re.compile(f"[{''.join(map(re.escape, map(chr, _CONTROLS)))}\ud800-\udfff]")

# Written as escapes in JSON: what would end a line for some readers of lines, what a terminal would obey, and what
# UTF-8 cannot hold. JSON itself takes care of C0.
_NOT_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def prepare_streams() -> None:
    """Make standard output and standard error speak UTF-8 with bare newlines; what UTF-8 cannot hold is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def harmless(text: str) -> str:
    """The text with a visible mark in place of every control, as many code points long; newlines and tabs stay."""
    return _DANGEROUS.sub(lambda match: chr(_CONTROLS.get(ord(match[0]), 0xFFFD)), text)


def one_line(text: str) -> str:
    """The text, harmless and on one line, as many code points long."""
    return harmless(text).replace("\n", " ").replace("\t", " ")


def unmangled(argument: str) -> str:
    """An argument or a file name as UTF-8 where its bytes are UTF-8, even if the locale took them for something else."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        return argument


def json_line(record: Mapping[str, object]) -> str:
    """The record as JSON on one line, without a character that a terminal obeys or that ends a line."""
    text = json.dumps(record, ensure_ascii=False, separators=(", ", ": "))
    return _NOT_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def on_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


class Palette:
    """Colours for people: on a terminal that has them and where NO_COLOR does not forbid them, else none."""

    def __init__(self, colours: bool | None = None) -> None:
        if colours is None:
            colours = on_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
        self._colours = colours

    def match(self, text: str) -> str:
        """Matched characters."""
        return self._in(_MATCH, text)

    def place(self, text: str) -> str:
        """A document and a line."""
        return self._in(_PLACE, text)

    def quiet(self, text: str) -> str:
        """What stands beside the answer."""
        return self._in(_QUIET, text)

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_RESET}" if self._colours and text else text

    def marked(self, text: str, spans: Sequence[tuple[int, int]]) -> str:
        """The text with its spans, in code points, sorted and disjoint, coloured as matches."""
        pieces: list[str] = []
        last = 0
        for start, end in spans:
            pieces += (text[last:start], self.match(text[start:end]))
            last = end
        pieces.append(text[last:])
        return "".join(pieces)
