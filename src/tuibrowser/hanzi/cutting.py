"""Cutting: cut long texts at the boundaries of words, by rjieba where it is installed, else by jieba.

Both have jieba's dictionary and the same boundaries; rjieba is some ten times faster.
"""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tuibrowser.hanzi.convert import convert
from tuibrowser.hanzi.words import Words, has_long_piece, own_words, pieces
from tuibrowser.host.environment import DICTIONARIES

if TYPE_CHECKING:
    from collections.abc import Sequence


def dictionaries() -> list[Path]:
    """The reader's own dictionaries, as the environment of this process names them."""
    return [Path(path) for path in json.loads(os.environ.get(DICTIONARIES, "[]"))]


class Cutter(Protocol):
    """Cuts Simplified text by a dictionary."""

    @property
    def name(self) -> str:
        """The library that cuts, with its version."""

    def lengths(self, text: str) -> list[int]:
        """The lengths of the pieces that a text is cut into, marks and blanks included, in code points."""

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word."""


def cutter_name() -> str:
    """The name of the cutter that `cutter` loads, at once."""
    return _named("rjieba" if find_spec("rjieba") is not None else "jieba")


def cutter(dictionaries: Sequence[Path] = ()) -> Cutter:
    """The best cutter there is, with words of the reader's own; loading it takes up to a second."""
    return RustCutter(dictionaries) if find_spec("rjieba") is not None else PythonCutter(dictionaries)


def simplified(text: str) -> str:
    """The text in Simplified characters, each code point in its place: a line that would change in length stays."""
    whole = convert(text, "t2s")[0]
    if len(whole) == len(text):
        return whole
    lines = text.split("\n")
    return "\n".join(
        each if len(each) == len(line) else line for line, each in ((line, convert(line, "t2s")[0]) for line in lines)
    )


class RustCutter:
    """The cutter of rjieba."""

    def __init__(self, dictionaries: Sequence[Path] = ()) -> None:
        import rjieba

        self.name = _named("rjieba")
        self._jieba = rjieba.Jieba()
        for path in dictionaries:
            for word, frequency in own_words(path)[0]:
                self._jieba.add_word(word, frequency, None)

    def lengths(self, text: str) -> list[int]:
        """The lengths of the pieces that a text is cut into."""
        if has_long_piece(text):
            return [len(word) for piece in pieces(text) for word in self._jieba.cut(piece)]
        # What stands between two marks is cut in the same way, whatever stands beside them.
        return list(map(len, self._jieba.cut(text)))

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word."""
        return self._jieba.has_word(word)


class PythonCutter:
    """The cutter of jieba."""

    def __init__(self, dictionaries: Sequence[Path] = ()) -> None:
        self.name = _named("jieba")
        self._words = Words(*dictionaries)
        self._words.load()

    def lengths(self, text: str) -> list[int]:
        """The lengths of the pieces that a text is cut into."""
        return self._words.lengths(text)

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word."""
        return self._words.knows(word)


def _named(library: str) -> str:
    from importlib.metadata import version  # It loads the packages of mail.

    return f"{library} {version(library)}"
