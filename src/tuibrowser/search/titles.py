"""Titles: find documents and headings by a half-remembered name, in any script or in pinyin.

A document goes by its title, with the work it is a part of, and by the name of its file. Words before others may name
the work, the document or the folder that what is looked for is in: 論語 學而.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.names import stem
from tuibrowser.corpus.works.naming import full_title
from tuibrowser.hanzi.fold import fold, fold_table
from tuibrowser.hanzi.readings import typed_letters
from tuibrowser.search.index.names import SEPARATOR
from tuibrowser.search.model import TitleMatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.index.names import Names, Rows
    from tuibrowser.search.known_names import KnownNames

    Array = npt.NDArray[Any]

LEAST_SCORE: Final = 60.0
"""Score, of 100, from which on a title or heading is shown."""

MOST_COMPARED: Final = 2_000
"""Names with most characters of the query in order that are compared closely."""

MOST_TYPED: Final = 100
"""Characters of a query that are looked at."""

_ID: Final = 0x10000
"""Ids as characters beyond the first plane, for RapidFuzz."""

_WHOLE: Final = 5.0
"""Score added to a name that is the whole query."""
_NAMED: Final = 10.0
"""Score added to a name in a work, document or folder that the words before it name."""
_MOST_WORDS: Final = 8
_SPOKEN: Final = 1 << 18
"""Characters whose readings are looked up at a time."""
_BY_SOUND: Final = 90.0
_BY_INITIALS: Final = 80.0


@dataclass(frozen=True, slots=True)
class _Match:
    """A name that matches, by its number."""

    at: int
    place: tuple[int, int | None]
    score: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Names:
    """Names of documents and headings, or some of them: by their rows among all."""

    columns: Names
    rows: Array | None = None
    """Those of the names, where these are not all."""

    @cached_property
    def keys(self) -> Rows:
        """The names, folded."""
        return self.columns.keys if self.rows is None else self.columns.keys.take(self.rows)

    @cached_property
    def lengths(self) -> Array:
        """The characters of each name."""
        return np.diff(self.keys.at) - 1

    def key(self, at: int) -> str:
        """A name in which each character stands for its class."""
        return _characters(self.keys[at])

    def match(self, at: int, score: float, spans: tuple[tuple[int, int], ...]) -> _Match:
        """A match of one of the names."""
        row = at if self.rows is None else int(self.rows[at])
        return _Match(row, (self.columns.document(row), self.columns.heading(row)), score, spans)

    def is_title(self, row: int) -> bool:
        """Whether a row is the title of its document."""
        return row == int(self.columns.first[self.columns.document(row)])

    @cached_property
    def sounds(self) -> tuple[bytes, bytes]:
        """All names in pinyin, and in initials, each with a line break after it."""
        return _spoken(self.keys, short=False), _spoken(self.keys, short=True)

    def sharing(self, key: str, enough: int) -> Array:
        """The names that have so many characters of a key, in any order."""
        wanted = np.zeros(1 << 16, bool)
        wanted[[ord(character) - _ID for character in key]] = True
        counts = np.bincount(
            np.searchsorted(self.keys.at, np.flatnonzero(wanted.take(self.keys.ids)), "right") - 1,
            minlength=len(self.keys),
        )
        return np.flatnonzero(counts >= enough)

    def around(self, word: str) -> Array:
        """Whether each document has a word in its path or its title, in any script or in pinyin."""
        columns = self.columns
        titles = columns.first[:-1]
        key = fold(word)
        held = columns.paths.holding(key) | columns.keys.holding(key).take(titles)
        letters = (typed_letters(word) or "").replace("'", "").encode("ascii")
        if len(letters) > 1:
            for text in self.sounds:
                held |= _lines_with(text, letters, len(columns.keys)).take(titles)
            for text in self._sounds_of_paths:
                held |= _lines_with(text, letters, len(columns))
        return held

    @cached_property
    def _sounds_of_paths(self) -> tuple[bytes, bytes]:
        return _spoken(self.columns.paths, short=False), _spoken(self.columns.paths, short=True)

    def only(self, documents: Array) -> _Names:
        """The names of some documents."""
        starts, ends = self.columns.first.take(documents), self.columns.first.take(documents + 1)
        counts = ends - starts
        return _Names(self.columns, np.arange(counts.sum()) + np.repeat(ends - np.cumsum(counts), counts))


class TitleFinder:
    """Finds titles and headings of the documents read so far."""

    def __init__(self, corpus: Corpus, known: KnownNames) -> None:
        self._corpus = corpus
        self._known = known
        self._names: _Names | None = None

    def find(self, query: str, limit: int = 50) -> list[TitleMatch]:
        """The titles and headings that match best, best first; of equals documents come before headings."""
        key = _key(" ".join(query.split())[:MOST_TYPED])
        if not key:
            return []
        names = self._current()
        matches = {match.place: match for match in _by_sound(names, query, limit)}
        whole = set(matches)  # a document that the whole query names needs no name before it
        named = (match for match in _in_named(names, query.split(), limit) if match.place not in whole)
        for match in (*_by_characters(names, key, limit), *named):
            if (other := matches.get(match.place)) is None or other.score < match.score:
                matches[match.place] = match
        best = sorted(
            matches.values(), key=lambda match: (-round(match.score, 2), match.place[1] is not None, match.at)
        )
        return [TitleMatch(*match.place, self._title(names, match), match.score, match.spans) for match in best[:limit]]

    def _title(self, names: _Names, match: _Match) -> str:
        number, heading = match.place
        document = self._corpus.documents[number]
        if heading is not None:
            return document.headings[heading].title if heading < len(document.headings) else ""
        return full_title(document) if names.is_title(match.at) else stem(document.name)

    def _current(self) -> _Names:
        """The names of what the corpus knows by now."""
        columns = self._known.current()
        names = self._names
        if names is None or names.columns is not columns:
            self._names = names = _Names(columns)
        return names


def _in_named(names: _Names, words: Sequence[str], limit: int) -> list[_Match]:
    """Names that the last words of a query mean, in the documents that the words before them name."""
    found: list[_Match] = []
    held = np.ones(len(names.columns), bool)
    for split in range(1, min(len(words), _MOST_WORDS)):
        held &= names.around(words[split - 1])
        if not held.any():
            break
        part = names.only(np.flatnonzero(held))
        rest = " ".join(words[split:])
        matches = (*_by_sound(part, rest, limit), *_by_characters(part, _key(rest), limit))
        found += [replace(match, score=match.score + _NAMED) for match in matches]
    return found


def _by_characters(names: _Names, key: str, limit: int) -> list[_Match]:
    """Names that hold most characters of the query in order and close together."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import LCSseq

    enough = math.ceil(LEAST_SCORE / 100 * len(key))
    held = names.sharing(key, enough)
    if not len(held):
        return []
    keys = [names.key(at) for at in held.tolist()]
    common = process.cdist([key], keys, scorer=LCSseq.similarity, score_cutoff=enough, dtype=np.int32)[0]
    held, common = held[common > 0], common[common > 0]
    if len(held) > MOST_COMPARED:
        held = np.sort(held[np.lexsort((names.lengths.take(held), -common))[:MOST_COMPARED]])
    keys = [names.key(at) for at in held.tolist()]
    if not keys:
        return []
    scores = process.cdist([key], keys, scorer=fuzz.partial_ratio, score_cutoff=LEAST_SCORE, dtype=np.float32)[0]
    lengths = np.fromiter(map(len, keys), np.int64, len(keys))
    scores[lengths < enough] = 0
    scores[scores > 0] += _WHOLE * np.minimum(1.0, len(key) / np.maximum(1, lengths[scores > 0]))
    best = np.lexsort((held, -scores))[:limit]
    return [
        names.match(int(held[at]), float(scores[at]), _spans(key, keys[at])) for at in best.tolist() if scores[at] > 0
    ]


def _spans(key: str, name: str) -> tuple[tuple[int, int], ...]:
    """The characters of a name that answer to those of a query, in the part of it that is most alike."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    alignment = fuzz.partial_ratio_alignment(key, name)
    start, end = (alignment.dest_start, alignment.dest_end) if alignment is not None else (0, len(name))
    if LCSseq.similarity(key, name) > LCSseq.similarity(key, name[start:end]):
        start, end = 0, len(name)
    blocks = LCSseq.opcodes(key, name[start:end])
    return tuple((start + code.dest_start, start + code.dest_end) for code in blocks if code.tag == "equal")


def _by_sound(names: _Names, query: str, limit: int) -> list[_Match]:
    """Names that hold a row of characters read so, or beginning so."""
    letters = typed_letters("'".join(query.split()))
    letters = (letters or "").replace("'", "")
    if not 1 < len(letters) <= MOST_TYPED:
        return []
    wanted = letters.encode("ascii")
    matches: list[_Match] = []
    for text, score, short in zip(names.sounds, (_BY_SOUND, _BY_INITIALS), (False, True), strict=True):
        line = start = 0
        at = text.find(wanted)
        while at >= 0 and len(matches) < MOST_COMPARED:
            line += text.count(b"\n", start, at)
            start = text.rfind(b"\n", 0, at) + 1
            key = names.key(line)
            span = _sounded(key, at - start, len(wanted), short=short)
            if span is not None:
                share = (span[1] - span[0]) / len(key)
                matches.append(names.match(line, score + _WHOLE * share, (span,)))
                start, line = text.find(b"\n", at) + 1, line + 1
                at = text.find(wanted, start)
            else:
                at = text.find(wanted, at + 1)
    best: dict[int, _Match] = {}
    for match in matches:
        if match.at not in best or best[match.at].score < match.score:
            best[match.at] = match
    return sorted(best.values(), key=lambda match: (-match.score, match.at))[:limit]


def _sounded(key: str, start: int, length: int, *, short: bool) -> tuple[int, int] | None:
    """The characters that letters of a name's pinyin stand for; None where they begin within a syllable."""
    spelled = _spelled()
    at, first = 0, None
    for number, character in enumerate(key):
        if at >= start + length and first is not None:
            return first, number
        if at == start:
            first = number if spelled[ord(character) - _ID] else None
        sound = spelled[ord(character) - _ID]
        at += len(sound[:1] if short else sound)
        if at > start and first is None:
            return None
    return None if first is None else (first, len(key))


@cache
def _spelled() -> list[str]:
    """The first reading of each id; of others nothing, of letters the letter."""
    table = fold_table()
    spelled = [""] * (1 << 16)
    for syllable, start, end in zip(table.syllables, table.starts, table.starts[1:], strict=False):
        spelled[start:end] = [syllable] * (end - start)
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
        spelled[int(fold(letter)[0])] = letter
    return spelled


def _key(text: str) -> str:
    """A text in which each character stands for its class."""
    return _characters(fold(text))


def _characters(ids: Array) -> str:
    return (ids.astype("<u4") + _ID).tobytes().decode("utf-32-le")


@cache
def _letters(*, short: bool) -> tuple[Array, Array]:
    """uint8: the letters that each id is read as, a row each, and how many these are; of a separator a line break."""
    spelled = [sound[:1] if short else sound for sound in _spelled()]
    spelled[int(fold(SEPARATOR)[0])] = "\n"
    width = max(map(len, spelled))
    rows = np.frombuffer("".join(sound.ljust(width) for sound in spelled).encode("ascii"), np.uint8)
    return rows.reshape(-1, width), np.array([len(sound) for sound in spelled], np.uint8)


def _spoken(names: Rows, *, short: bool) -> bytes:
    """Folded names in pinyin, or in initials, each with a line break after it."""
    letters, counts = _letters(short=short)
    said = []
    for start in range(0, len(names.ids), _SPOKEN):
        ids = names.ids[start : start + _SPOKEN]
        said.append(letters.take(ids, axis=0)[np.arange(letters.shape[1]) < counts.take(ids)[:, None]].tobytes())
    return b"".join(said)


def _lines_with(text: bytes, wanted: bytes, count: int) -> Array:
    """Whether each of so many lines has some letters in it."""
    held = np.zeros(count, bool)
    line = start = 0
    while (at := text.find(wanted, start)) >= 0:
        line += text.count(b"\n", start, at)
        held[line] = True
        line, start = line + 1, text.find(b"\n", at) + 1
    return held
