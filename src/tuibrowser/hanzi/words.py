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
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.cells import CELLS
from tuibrowser.hanzi.convert import convert
from tuibrowser.host.regular import read_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
_PIECE: Final = late(
    rf"[^\s，。、；：？！“”‘’（）《》「」『』…—]{{1,{_LONGEST}}}|[\s，。、；：？！“”‘’（）《》「」『』…—]+"
)
_ENTRY: Final = late(r"(\S+)(?:\s+(\d{1,9}))?(?:\s+[A-Za-z]+)?")


class Words:
    """Finds words; before the dictionary is loaded, every ideograph is a word.

    May be used from several threads at once.
    """

    def __init__(self, dictionary: Path | None = None) -> None:
        """`dictionary` has words of the reader's own, one a line, each with its frequency if it is known."""
        self.problem: str | None = None
        """Why the reader's dictionary, or some of it, could not be used; known after loading."""
        self._dictionary = dictionary
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
        ends = range(1, len(text) + 1) if tokenizer is None else _by_dictionary(tokenizer, text)
        return list(_words(text, ends))

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
        if self._dictionary is not None:
            self.problem = _add(tokenizer, self._dictionary)
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


def _add(tokenizer: jieba.Tokenizer, path: Path) -> str | None:
    """Add the words of a reader's dictionary; return what could not be used of it."""
    try:
        if path.stat().st_size > _LARGEST_DICTIONARY:
            return plain("{name} is too large for a dictionary", name=path.name)
        text = read_regular(path, _LARGEST_DICTIONARY).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = system_reason(error, error.strerror if isinstance(error, OSError) else "not UTF-8")
        return plain("{name} was not used: {reason}", name=path.name, reason=reason)
    wrong = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        entry = _ENTRY.fullmatch(line)
        if entry is None or len(entry[1]) > _LONGEST:
            wrong += 1
        else:
            tokenizer.add_word(_simplified(entry[1]), int(entry[2]) if entry[2] else None)
    return plain("{name}: {count} of its lines hold no word", name=path.name, count=wrong) if wrong else None


def _simplified(text: str) -> str:
    """The text in Simplified characters, if that leaves its length."""
    simplified = convert(text, "t2s")[0]
    return simplified if len(simplified) == len(text) else text


def _by_dictionary(tokenizer: jieba.Tokenizer, text: str) -> list[int]:
    """Where the words end, as jieba cuts them."""
    simplified = _simplified(text)
    ends: list[int] = []
    at = 0
    for piece in _PIECE.finditer(simplified):
        for word in tokenizer.cut(piece.group()):
            at += len(word)
            ends.append(at)
    return ends


def _words(text: str, ends: Sequence[int]) -> Iterator[Span]:
    """The words among the pieces of a text: runs whole, marks that combine with what they follow."""
    runs = [(run.start(), run.end()) for run in _RUN.finditer(text)]
    run_ends = [end for _, end in runs]
    start = 0
    for end in ends:
        at = bisect_left(run_ends, end)
        inside = at < len(runs) and runs[at][0] < end < runs[at][1]
        if inside or (end < len(text) and _combines(text[end])):
            continue
        if any(map(_is_of_words, text[start:end])):
            yield start, end
        start = end


def _combines(character: str) -> bool:
    return CELLS[character] == 0 and character not in "\r\n"


def _is_of_words(character: str) -> bool:
    """Whether a character is a letter, a number, an ideograph, or one of private use, which stands for one."""
    return character.isalnum() or unicodedata.category(character) == "Co"
