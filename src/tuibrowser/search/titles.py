"""Titles: find documents and headings by a half-remembered name, in any script or in pinyin.

A document goes by its title, with the work it is a part of, and by the name of its file. Words before others may name
the work, the document or the folder that what is looked for is in: 論語 學而.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.names import stem
from tuibrowser.corpus.works.naming import full_title
from tuibrowser.hanzi.fold import fold
from tuibrowser.hanzi.readings import typed_letters
from tuibrowser.search.index.names import SEPARATOR
from tuibrowser.search.model import TitleMatch
from tuibrowser.search.scanned import Scanned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

_MOST_LIKELY: Final = 8_000
"""Names with characters of the query in any order that are compared at all."""

_ID: Final = 0x10000
"""Ids as characters beyond the first plane, for RapidFuzz."""

_WHOLE: Final = 5.0
"""Score added to a name that is the whole query."""
_NAMED: Final = 10.0
"""Score added to a name in a work, document or folder that the words before it name."""
_MOST_WORDS: Final = 8
_WORDS_KEPT: Final = 4
_BY_SOUND: Final = 90.0
_BY_INITIALS: Final = 80.0


_Spans: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """A name that matches, by its number."""

    at: int
    place: tuple[int, int | None]
    score: float
    spans: _Spans


@dataclass(frozen=True)
class _Names:
    """The names of documents and headings."""

    columns: Names

    @cached_property
    def titles(self) -> Rows:
        """The titles of the documents, with the works that these are parts of."""
        return self.columns.keys.take(self.columns.first[:-1])

    def matches(self, rows: Array, scores: Array, spans: Iterable[_Spans]) -> list[_Match]:
        """Matches of the names in some rows."""
        columns = self.columns
        places = [(columns.document(row), columns.heading(row)) for row in rows.tolist()]
        return list(map(_Match, rows.tolist(), places, scores.tolist(), spans))

    def is_title(self, row: int) -> bool:
        """Whether a row is the title of its document."""
        return row == int(self.columns.first[self.columns.document(row)])

    def around(self, word: str) -> Array:
        """Whether each document has a word in its path or its title, in any script or in pinyin.

        It is kept for a few words: while the next one is typed it is asked with each letter.
        """
        known = self._around.get(word)
        return self._around.put(word, self._looked_around(word)) if known is None else known

    @cached_property
    def _around(self) -> Kept[str, Array]:
        return Kept(_WORDS_KEPT)

    def _looked_around(self, word: str) -> Array:
        key, letters = fold(word), _letters_of(word)
        held = self.columns.paths.holding(key) | self.titles.holding(key)
        for names in (self.columns.paths, self.titles) if len(letters) > 1 else ():
            for short in (False, True):
                held[Scanned(names).sounding(letters, short=short).rows] = True
        return held

    def of(self, documents: Array) -> Scanned:
        """The names of some documents, which has a bool for each."""
        return Scanned(self.columns.keys, np.repeat(documents, np.diff(self.columns.first)))


class TitleFinder:
    """Finds titles and headings of the documents read so far."""

    def __init__(self, corpus: Corpus, known: KnownNames) -> None:
        self._corpus = corpus
        self._known = known
        self._names: _Names | None = None

    def find(self, query: str, limit: int = 50) -> list[TitleMatch]:
        """The titles and headings that match best, best first; of equals documents come before headings."""
        query = " ".join(query.split())[:MOST_TYPED]
        if not query:
            return []
        names = self._current()
        every = Scanned(names.columns.keys)
        matches = {match.place: match for match in _by_sound(names, every, query, limit)}
        whole = set(matches)  # a document that the whole query names needs no name before it
        named = (match for match in _in_named(names, query.split(), limit) if match.place not in whole)
        for match in (*_by_characters(names, every, query, limit), *named):
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
        part, rest = names.of(held), " ".join(words[split:])
        matches = (*_by_sound(names, part, rest, limit), *_by_characters(names, part, rest, limit))
        found += [replace(match, score=match.score + _NAMED) for match in matches]
    return found


def _by_characters(names: _Names, scanned: Scanned, query: str, limit: int) -> list[_Match]:
    """Names that hold most characters of the query in order and close together."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import LCSseq

    ids = fold(query)
    key, enough = _characters(ids), math.ceil(LEAST_SCORE / 100 * len(ids))
    rows = _likely(scanned, ids, enough)
    if not len(rows):
        return []
    keys = _characters(scanned.names.take(rows).ids).split(_characters(fold(SEPARATOR)))
    keys.pop()  # what follows the last separator
    common = process.cdist([key], keys, scorer=LCSseq.similarity, score_cutoff=enough, dtype=np.int32)[0]
    held = np.flatnonzero(common)
    if len(held) > MOST_COMPARED:
        lengths = scanned.lengths(rows.take(held))
        held = np.sort(held[np.lexsort((lengths, -common.take(held)))[:MOST_COMPARED]])
    if not len(held):
        return []
    rows, keys = rows.take(held), [keys[at] for at in held.tolist()]
    scores = process.cdist([key], keys, scorer=fuzz.partial_ratio, score_cutoff=LEAST_SCORE, dtype=np.float32)[0]
    lengths = scanned.lengths(rows)
    scores[lengths < enough] = 0
    scores[scores > 0] += _WHOLE * np.minimum(1.0, len(key) / np.maximum(1, lengths[scores > 0]))
    best = np.lexsort((rows, -scores))[:limit]
    best = best.compress(scores.take(best) > 0)
    return names.matches(rows.take(best), scores.take(best), [_spans(key, keys[at]) for at in best.tolist()])


def _likely(scanned: Scanned, key: Array, enough: int) -> Array:
    """The names that have so many characters of a key: where these are many, those that have all of them side by side,
    and most of them in any order, the shortest first. Ascending."""
    rows, counts, whole = scanned.sharing(key)
    held = np.flatnonzero(counts >= enough)
    if len(held) > _MOST_LIKELY:
        order = np.lexsort((scanned.lengths(rows.take(held)), -counts.take(held).astype(np.int64), ~whole.take(held)))
        held = np.sort(held.take(order[:_MOST_LIKELY]))
    return rows.take(held)


def _spans(key: str, name: str) -> _Spans:
    """The characters of a name that answer to those of a query, in the part of it that is most alike."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    alignment = fuzz.partial_ratio_alignment(key, name)
    start, end = (alignment.dest_start, alignment.dest_end) if alignment is not None else (0, len(name))
    if LCSseq.similarity(key, name) > LCSseq.similarity(key, name[start:end]):
        start, end = 0, len(name)
    blocks = LCSseq.opcodes(key, name[start:end])
    return tuple((start + code.dest_start, start + code.dest_end) for code in blocks if code.tag == "equal")


def _by_sound(names: _Names, scanned: Scanned, query: str, limit: int) -> list[_Match]:
    """Names that hold a row of characters read so, or beginning so."""
    letters = _letters_of(query)
    if len(letters) < 2:
        return []
    every = [scanned.sounding(letters, short=short) for short in (False, True)]
    rows, starts, ends = (np.concatenate(columns) for columns in zip(*every, strict=True))
    scores = np.repeat((_BY_SOUND, _BY_INITIALS), [len(each.rows) for each in every])
    scores = scores + _WHOLE * (ends - starts) / scanned.lengths(rows)
    best = _highest(rows, scores, len(every) * limit)  # a name may be in each of them
    best = best[np.sort(np.unique(rows.take(best), return_index=True)[1])][:limit]
    spans = [((start, end),) for start, end in zip(starts.take(best).tolist(), ends.take(best).tolist(), strict=True)]
    return names.matches(rows.take(best), scores.take(best), spans)


def _highest(rows: Array, scores: Array, most: int) -> Array:
    """Which names have the highest scores, so many, those first; of equals the first ones."""
    chosen = np.arange(len(rows))
    if len(rows) > most:
        least = np.partition(scores, -most)[-most]
        equal = np.flatnonzero(scores == least)
        equal = equal[np.argsort(rows.take(equal), kind="stable")[:most]]
        chosen = np.sort(np.concatenate((np.flatnonzero(scores > least), equal)))
    return chosen[np.lexsort((rows.take(chosen), -scores.take(chosen)))]


def _letters_of(text: str) -> bytes:
    """The pinyin that is typed, without what divides syllables; empty where it is none, or too much."""
    letters = (typed_letters("'".join(text.split())) or "").replace("'", "").encode("ascii")
    return letters if len(letters) <= MOST_TYPED else b""


def _characters(ids: Array) -> str:
    """A folded text in which each character stands for its class."""
    return (ids.astype("<u4") + _ID).tobytes().decode("utf-32-le")
