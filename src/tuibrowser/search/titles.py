"""Titles: find documents and headings by a half-remembered name, in any script or in pinyin.

A document goes by its title, with the work it is a part of, and by the name of its file. Words before others may name
the work, the document or the folder that what is looked for is in: 論語 學而.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import numpy as np

from tuibrowser.corpus.names import stem
from tuibrowser.corpus.works.naming import full_title
from tuibrowser.hanzi.fold import fold, fold_table
from tuibrowser.hanzi.readings import typed_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document

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
_BY_SOUND: Final = 90.0
_BY_INITIALS: Final = 80.0


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A document (`heading` is None) or one of its headings, by index, whose title matches.

    A higher score is better, up to 100 and a little more for the whole name; `spans` are code points of `title`,
    which is the name that matches: of a document its title with its work, or its file.
    """

    document: int
    heading: int | None
    title: str
    score: float
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Names:
    """All titles and headings: what they are, and folded for comparison."""

    places: list[tuple[int, int | None]]
    titles: list[str]
    keys: list[str]
    around: list[str] = field(default_factory=list)
    """The path, work and title of each document, folded."""

    @cached_property
    def sounds(self) -> tuple[str, str]:
        """All titles in pinyin, and in initials, one a line."""
        spoken = [_spoken(key) for key in self.keys]
        return "\n".join(whole for whole, _ in spoken), "\n".join(short for _, short in spoken)

    @cached_property
    def around_spoken(self) -> list[str]:
        """What is around each document in pinyin, and in initials."""
        return [" ".join(_spoken(key)) for key in self.around]

    @cached_property
    def first(self) -> list[int]:
        """The first name of each document, and the number of all names."""
        counts = [0] * (len(self.around) + 1)
        for document, _ in self.places:
            counts[document + 1] += 1
        return list(accumulate(counts))

    def holding(self, words: Sequence[str]) -> list[int]:
        """Return the documents in a work, document or folder that some words name, in any script or in pinyin."""
        documents = list(range(len(self.around)))
        for word in words:
            key, letters = _key(word), (typed_letters(word) or "").replace("'", "")
            spoken = self.around_spoken if len(letters) > 1 else None
            documents = [
                number
                for number in documents
                if key in self.around[number] or (spoken is not None and letters in spoken[number])
            ]
        return documents

    def only(self, documents: Sequence[int]) -> tuple[_Names, list[int]]:
        """The names of some documents, and their numbers among all names."""
        rows = [row for number in documents for row in range(self.first[number], self.first[number + 1])]
        places, titles, keys = self.places, self.titles, self.keys
        return _Names([places[row] for row in rows], [titles[row] for row in rows], [keys[row] for row in rows]), rows


class TitleFinder:
    """Finds titles and headings of the documents read so far."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._lock = threading.Lock()
        self._names = _Names([], [], [])
        self._known: list[Document] = []

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
        return [match.answer(names) for match in best[:limit]]

    def _current(self) -> _Names:
        """The names of what the corpus knows by now."""
        documents = list(self._corpus.documents)
        with self._lock:
            if len(documents) != len(self._known) or not all(map(_says_the_same, documents, self._known)):
                self._names = _names(documents)
            self._known = documents
            return self._names


@dataclass(frozen=True, slots=True)
class _Match:
    """A name that matches, by its number."""

    at: int
    place: tuple[int, int | None]
    score: float
    spans: tuple[tuple[int, int], ...]

    def answer(self, names: _Names) -> TitleMatch:
        return TitleMatch(*self.place, names.titles[self.at], self.score, self.spans)


def _in_named(names: _Names, words: Sequence[str], limit: int) -> list[_Match]:
    """Names that the last words of a query mean, in the documents that the words before them name."""
    found: list[_Match] = []
    for split in range(1, min(len(words), _MOST_WORDS)):
        documents = names.holding(words[:split])
        if not documents:
            break
        part, rows = names.only(documents)
        rest = " ".join(words[split:])
        matches = (*_by_sound(part, rest, limit), *_by_characters(part, _key(rest), limit))
        found += [replace(match, at=rows[match.at], score=match.score + _NAMED) for match in matches]
    return found


def _by_characters(names: _Names, key: str, limit: int) -> list[_Match]:
    """Names that hold most characters of the query in order and close together."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import LCSseq

    if not names.keys:
        return []
    enough = math.ceil(LEAST_SCORE / 100 * len(key))
    common = process.cdist([key], names.keys, scorer=LCSseq.similarity, score_cutoff=enough, dtype=np.int32)[0]
    held = np.flatnonzero(common)
    if len(held) > MOST_COMPARED:
        lengths = np.fromiter((len(names.keys[at]) for at in held.tolist()), np.int64, len(held))
        held = np.sort(held[np.lexsort((lengths, -common[held]))[:MOST_COMPARED]])
    keys = [names.keys[at] for at in held.tolist()]
    if not keys:
        return []
    scores = process.cdist([key], keys, scorer=fuzz.partial_ratio, score_cutoff=LEAST_SCORE, dtype=np.float32)[0]
    lengths = np.fromiter(map(len, keys), np.int64, len(keys))
    scores[lengths < enough] = 0
    scores[scores > 0] += _WHOLE * np.minimum(1.0, len(key) / np.maximum(1, lengths[scores > 0]))
    best = np.lexsort((held, -scores))[:limit]
    return [
        _Match(int(held[at]), names.places[held[at]], float(scores[at]), _spans(key, keys[at]))
        for at in best.tolist()
        if scores[at] > 0
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
    matches: list[_Match] = []
    for text, score, short in zip(names.sounds, (_BY_SOUND, _BY_INITIALS), (False, True), strict=True):
        line = start = 0
        at = text.find(letters)
        while at >= 0 and len(matches) < MOST_COMPARED:
            line += text.count("\n", start, at)
            start = text.rfind("\n", 0, at) + 1
            span = _sounded(names.keys[line], at - start, len(letters), short=short)
            after = text.find("\n", at)
            if span is not None:
                share = (span[1] - span[0]) / len(names.keys[line])
                matches.append(_Match(line, names.places[line], score + _WHOLE * share, (span,)))
                if after < 0:
                    break
                line, start, at = line + 1, after + 1, text.find(letters, after)
            else:
                start, at = at, text.find(letters, at + 1)
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


def _says_the_same(one: Document, other: Document) -> bool:
    """Whether two records of a document have the same names; a document that is opened is read once more."""
    if one is other:
        return True
    if one.title != other.title or len(one.headings) != len(other.headings):
        return False
    return one.headings is other.headings or all(
        mine.title == its.title for mine, its in zip(one.headings, other.headings, strict=True)
    )


def _names(documents: Sequence[Document]) -> _Names:
    places: list[tuple[int, int | None]] = []
    titles: list[str] = []
    around: list[str] = []
    for number, document in enumerate(documents):
        title, file = full_title(document), stem(document.name)
        around.append(f"{document.name} {title}")
        for name in (title,) if file in title else (title, file):
            places.append((number, None))
            titles.append(name)
        for index, heading in enumerate(document.headings):
            places.append((number, index))
            titles.append(heading.title)
    return _Names(places, titles, _keys(titles), _keys(around))


def _keys(texts: Sequence[str]) -> list[str]:
    """Texts in which each character stands for its class, made all at once."""
    joined = _key("".join(texts))
    ends = accumulate(map(len, texts))
    return [joined[end - len(text) : end] for text, end in zip(texts, ends, strict=True)]


def _spoken(key: str) -> tuple[str, str]:
    """A folded text in pinyin, and in initials."""
    spelled = _spelled()
    syllables = [spelled[ord(character) - _ID] for character in key]
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


def _key(text: str) -> str:
    """A text in which each character stands for its class."""
    points = fold(text).astype("<u4") + _ID
    return points.tobytes().decode("utf-32-le")
