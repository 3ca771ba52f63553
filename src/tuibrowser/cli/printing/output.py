"""Output: print UTF-8 whatever the locale, colours for people, and nothing that could steer a terminal."""

from __future__ import annotations

import io
import os
import re
import sys
from typing import TYPE_CHECKING

from tuibrowser.reading.harmless import UNSAFE, harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

_MATCH = "\x1b[1;31m"
_PLACE = "\x1b[36m"
_QUIET = "\x1b[2m"
_RESET = "\x1b[0m"

_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f{UNSAFE}]|\r(?!\n)")


def prepare_streams() -> None:
    """Make standard output and standard error speak UTF-8 with bare newlines; what UTF-8 cannot hold is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def one_line(text: str) -> str:
    """The text on one line and without controls, as many code points long."""
    return harmless(text).replace("\n", " ").replace("\u3000", " ")


def escaped(text: str) -> str:
    r"""The text with controls, bidi controls and lone surrogates written out, as in `\x1b`; line ends and tabs stay."""
    return _CONTROL.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


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
