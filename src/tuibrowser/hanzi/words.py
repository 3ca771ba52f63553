"""Words: find the words of a text by jieba's dictionary, which is loaded on demand and never at import.

jieba keeps a cache in the shared temporary folder, which it reads with `marshal` whoever wrote it. That cache saves no
time (the dictionary is read as fast as the cache is), so it is neither read nor written here: the dictionary that ships
with jieba is read into memory, in small steps, so that a thread beside an event loop does not hold it up.
"""

from __future__ import annotations

import threading
import time
import unicodedata
import warnings
from bisect import bisect_left
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.cells import CELLS
from tuibrowser.hanzi.convert import convert
from tuibrowser.host.regular import read_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

    import jieba

Span = tuple[int, int]

_SILENT: Final = 100
"""A level of logging that silences jieba: above every level in use."""
_LINES: Final = 1_000
"""Lines of the dictionary read before other threads get their turn."""
_NAP: Final = 0.001
"""Seconds."""
_LONGEST: Final = 256
"""Code points cut at once: jieba's time grows with the square of what its dictionary does not know."""
_LARGEST_DICTIONARY: Final = 64_000_000
"""Bytes of a dictionary of the reader's; jieba's own has five million."""

_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA: Final = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_LETTER: Final = rf"[^\W_{_HAN}{_KANA}]"
_RUN: Final = late(rf"{_LETTER}+(?:[-'’.,_&+/]{_LETTER}+)*%?|[{_KANA}]+")
"""A Latin word or a number with the marks inside it (COVID-19, 1,234.5, ２０２２), or kana in a row."""
_MARKS: Final = r"\s，。、；：？！“”‘’（）《》「」『』…—"
_PIECE: Final = late(rf"[^{_MARKS}]{{1,{_LONGEST}}}|[{_MARKS}]+")
_LONG: Final = late(rf"[^{_MARKS}]{{{_LONGEST + 1}}}")
_ENTRY: Final = late(r"(\S+)(?:\s+(\d{1,9}))?(?:\s+[A-Za-z]+)?")


class Words:
    """Finds words; before the dictionary is loaded, every ideograph is a word.

    May be used from several threads at once.
    """

    def __init__(self, *dictionaries: Path) -> None:
        """`dictionaries` have words of the reader's own, one a line, each with its frequency if it is known."""
        self.problem: str | None = None
        """Why one of the reader's dictionaries, or some of it, could not be used; known after loading."""
        self._dictionaries = dictionaries
        self._tokenizer: jieba.Tokenizer | None = None
        self._lock = threading.Lock()

    def load(self, cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Load the dictionary, about a second's work for a thread beside the event loop; return whether it is there.

        Of several threads that ask, one loads and the others wait. Nothing is printed, and nothing written.
        """
        with self._lock:
            if self._tokenizer is None:
                self._tokenizer = self._loaded(cancelled)
            return self._tokenizer is not None

    def spans(self, text: str) -> list[Span]:
        """The words of a text, in code points, in order; marks and white space are no words.

        Traditional text is cut as if it were Simplified, for which the dictionary is made.
        """
        tokenizer = self._tokenizer
        ends = range(1, len(text) + 1) if tokenizer is None else accumulate(self.lengths(_simplified(text)))
        return list(_words(text, ends))

    def lengths(self, text: str) -> list[int]:
        """The lengths of the pieces that the loaded dictionary cuts a Simplified text into, marks and blanks too."""
        assert self._tokenizer is not None
        cut = self._tokenizer.cut
        return [len(word) for piece in pieces(text) for word in cut(piece)]

    def knows(self, word: str) -> bool:
        """Whether the loaded dictionary has a word."""
        assert self._tokenizer is not None
        return bool(self._tokenizer.FREQ.get(word))

    def _loaded(self, cancelled: Callable[[], bool]) -> jieba.Tokenizer | None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
        jieba.setLogLevel(_SILENT)
        tokenizer = jieba.Tokenizer()
        frequencies = _frequencies(Path(jieba.__file__).parent / "dict.txt", cancelled)
        if frequencies is None:
            return None
        tokenizer.FREQ, tokenizer.total = frequencies
        tokenizer.initialized = True
        for path in self._dictionaries:
            entries, problem = own_words(path)
            for word, frequency in entries:
                tokenizer.add_word(word, frequency)
            self.problem = self.problem or problem
        return tokenizer


def _frequencies(path: Path, cancelled: Callable[[], bool]) -> tuple[dict[str, int], int] | None:
    """The frequency of each word of a dictionary, 0 for what only begins one, and their sum."""
    frequencies: dict[str, int] = {}
    total = 0
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % _LINES == 0:
                if cancelled():
                    return None
                time.sleep(_NAP)
            word, frequency, *_ = line.split(" ", 2)
            frequencies[word] = int(frequency)
            total += int(frequency)
            for length in range(len(word) - 1, 0, -1):
                if word[:length] in frequencies:
                    break
                frequencies[word[:length]] = 0
    return frequencies, total


def own_words(path: Path) -> tuple[list[tuple[str, int | None]], str | None]:
    """The words of a reader's dictionary, Simplified, with their frequencies, and what could not be used of it."""
    found, problem = _entries(path)
    return [(_simplified(entry[1]), int(entry[2]) if entry[2] else None) for entry in found], problem


def own_problem(path: Path) -> str | None:
    """What could not be used of a reader's dictionary."""
    return _entries(path)[1]


def _entries(path: Path) -> tuple[list[re.Match[str]], str | None]:
    try:
        if path.stat().st_size > _LARGEST_DICTIONARY:
            return [], plain("{name} is too large for a dictionary", name=path.name)
        text = read_regular(path, _LARGEST_DICTIONARY).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = system_reason(error, error.strerror if isinstance(error, OSError) else "not UTF-8")
        return [], plain("{name} was not used: {reason}", name=path.name, reason=reason)
    lines = list(filter(None, map(str.strip, text.splitlines())))
    found = [entry for entry in map(_ENTRY.fullmatch, lines) if entry is not None and len(entry[1]) <= _LONGEST]
    wrong = len(lines) - len(found)
    return found, plain("{name}: {count} of its lines hold no word", name=path.name, count=wrong) if wrong else None


def pieces(text: str) -> Iterator[str]:
    """The stretches of a text that are cut one by one, which make up the whole."""
    return (piece.group() for piece in _PIECE.finditer(text))


def has_long_piece(text: str) -> bool:
    """Whether a text has more code points between two marks than are cut at once."""
    return any(len(line) > _LONGEST and _LONG.search(line) for line in text.split("\n"))


def _simplified(text: str) -> str:
    """The text in Simplified characters, if that leaves its length."""
    simplified = convert(text, "t2s")[0]
    return simplified if len(simplified) == len(text) else text


def whole_runs(text: str) -> list[Span]:
    """The Latin words, numbers and kana of a text, which are not cut."""
    return [run.span() for run in _RUN.finditer(text)]


def _words(text: str, ends: Iterable[int]) -> Iterator[Span]:
    """The words among the pieces of a text: runs whole, marks that combine with what they follow."""
    runs = whole_runs(text)
    run_ends = [end for _, end in runs]
    start = 0
    for end in ends:
        at = bisect_left(run_ends, end)
        inside = at < len(runs) and runs[at][0] < end < runs[at][1]
        if inside or (end < len(text) and combines(text[end])):
            continue
        if any(map(is_of_words, text[start:end])):
            yield start, end
        start = end


def combines(character: str) -> bool:
    """Whether a character is one with what it follows."""
    return CELLS[character] == 0 and character not in "\r\n"


def is_of_words(character: str) -> bool:
    """Whether a character is a letter, a number, an ideograph, or one of private use, which stands for one."""
    return character.isalnum() or unicodedata.category(character) == "Co"
