"""Readings: cut typed pinyin into syllables, and find the fold ids of the characters read so.

Tones may be typed as marks or digits and are ignored. ü may be typed as ü, v, yu or, after l and n, u. Apostrophes and
tone digits divide syllables. Sets of characters are ranges of fold ids: the characters with a syllable as their first
reading are one range, and those with it as a further reading follow as short ranges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from tuibrowser.hanzi.alike import without_tones
from tuibrowser.hanzi.fold import fold_table

Ranges = tuple[tuple[int, int], ...]
"""Sorted, disjoint ranges of ids, `(start, end)`."""

_INTERJECTIONS = frozenset({"n", "m", "ng", "hm", "hng", "o", "eh", "ê", "wong", "kei"})
"""Rare readings that, taken for syllables, would cut usual pinyin in the wrong places; they remain prefixes."""

_LETTERS = re.compile(r"[a-zü]+")
_U_WRITTEN_V = re.compile(r"(?<=[jqxy])v")
_DIGITS = re.compile(r"[a-zü][0-5]")
_TONED = re.compile(r"([a-zü]+)[0-5](?![0-9])")
_U_WRITTEN_YU = frozenset({"lyu", "nyu", "lyue", "nyue"})
_CUTS = re.compile(r"['’‘`]")

MOST_CUTS = 40
"""Ways to cut a string into syllables that are tried; those with the fewest syllables come first."""

_INITIAL_COST = 1.5
_SYLLABLE_COST = 1.0


@dataclass(frozen=True)
class _Tables:
    """The syllables of the fold table, looked up by name, by beginning and by id."""

    number: dict[str, int]
    beginning: dict[str, tuple[int, ...]]

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.number))

    @cached_property
    def also_read(self) -> dict[int, tuple[int, ...]]:
        """The ids of the characters that have a syllable as a further reading."""
        found: dict[int, list[int]] = {}
        for identity, syllable in fold_table().also:
            found.setdefault(syllable, []).append(identity)
        return {syllable: tuple(ids) for syllable, ids in found.items()}

    @cached_property
    def further(self) -> dict[int, tuple[int, ...]]:
        """The further syllables of an id."""
        found: dict[int, list[int]] = {}
        for identity, syllable in fold_table().also:
            found.setdefault(identity, []).append(syllable)
        return {identity: tuple(syllables) for identity, syllables in found.items()}


@cache
def _tables() -> _Tables:
    syllables = fold_table().syllables
    beginning: dict[str, list[int]] = {}
    for number, syllable in enumerate(syllables):
        for length in range(1, len(syllable) + 1):
            beginning.setdefault(syllable[:length], []).append(number)
    return _Tables(
        {syllable: number for number, syllable in enumerate(syllables)},
        {letters: tuple(numbers) for letters, numbers in beginning.items()},
    )


def merged(ranges: list[tuple[int, int]]) -> Ranges:
    """Ranges sorted, and joined where they touch or overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _ids(syllables: tuple[int, ...]) -> Ranges:
    starts, also = fold_table().starts, _tables().also_read
    ranges = [(starts[number], starts[number + 1]) for number in syllables]
    ranges += [(identity, identity + 1) for number in syllables for identity in also.get(number, ())]
    return merged(ranges)


@cache
def syllable_ids(syllable: str) -> Ranges:
    """The ids of the characters with this reading, none where it is no syllable."""
    number = _tables().number.get(syllable)
    return () if number is None else _ids((number,))


@cache
def beginning_ids(letters: str) -> Ranges:
    """The ids of the characters with a reading that begins so."""
    return _ids(_tables().beginning.get(letters, ()))


@cache
def homophone_ids(identity: int) -> Ranges:
    """The ids of the characters that share a reading with this one, itself included."""
    table = fold_table()
    syllables = set(_tables().further.get(identity, ()))
    if table.bucket_end <= identity < table.read_end:
        syllables.add(_first_syllable(identity))
    return _ids(tuple(sorted(syllables))) if syllables else ((identity, identity + 1),)


def _first_syllable(identity: int) -> int:
    from bisect import bisect_right

    return bisect_right(fold_table().starts, identity) - 1


def syllables_of(identity: int) -> frozenset[str]:
    """All readings of an id."""
    table = fold_table()
    found = {table.syllables[number] for number in _tables().further.get(identity, ())}
    if table.bucket_end <= identity < table.read_end:
        found.add(table.syllables[_first_syllable(identity)])
    return frozenset(found)


def typed_letters(text: str) -> str | None:
    """Pinyin as typed in lower case, ü as v and apostrophes kept as `'`; None where it is no pinyin."""
    letters = _CUTS.sub("'", without_tones(text).lower()).replace("u:", "v").replace("ü", "v")
    letters = without_digits(_U_WRITTEN_V.sub("u", letters)).strip("'")
    return letters if letters and _LETTERS.fullmatch(letters.replace("'", "")) else None


def without_digits(text: str) -> str:
    """The text with `'` for each digit that gives the tone of a syllable; what no syllables stand before is no tone."""
    return text if not _DIGITS.search(text) else _TONED.sub(_toneless, text)


def _toneless(found: re.Match[str]) -> str:
    letters = found[1].replace("ü", "v")
    cuts = full_cuts(letters) if len(letters) > 1 else ()
    return f"{found[1]}'" if cuts and cuts[0].complete else found[0]


@dataclass(frozen=True, slots=True)
class Cut:
    """A string cut into syllables: the ranges of ids for each. One that is not complete ends in an open syllable."""

    parts: tuple[str, ...]
    places: tuple[Ranges, ...]
    complete: bool


@lru_cache(maxsize=256)
def full_cuts(letters: str) -> tuple[Cut, ...]:
    """The ways to read letters (as `typed_letters` gives them) as syllables, the last perhaps unfinished.

    The ways with the fewest syllables come first, complete ones before others, and last those whose last syllable is
    complete but may go on (gaozhilia for gaozhiliang); about `MOST_CUTS`.
    """
    pieces = [piece for piece in letters.split("'") if piece]
    ways: list[tuple[str, ...]] = [()]
    for at, piece in enumerate(pieces):
        found = _cuts_of(piece, unfinished=at == len(pieces) - 1)
        ways = [way + more for way in ways for more in found][:MOST_CUTS]
    cuts = sorted((_cut(way) for way in ways), key=lambda cut: (not cut.complete, len(cut.parts)))
    going_on = [_cut((*cut.parts[:-1], cut.parts[-1] + "~")) for cut in cuts if cut.complete and _goes_on(cut.parts)]
    return (*cuts, *going_on)


def _goes_on(parts: tuple[str, ...]) -> bool:
    """Whether the last syllable is the beginning of another."""
    return bool(parts) and len(_tables().beginning.get(parts[-1], ())) > 1


def _is_syllable(letters: str) -> bool:
    return letters not in _INTERJECTIONS and bool(_spelled(letters))


def _spelled(letters: str) -> Ranges:
    """The ids of a syllable as typed: lu and nu mean lü and nü as well, lue and nue mean lüe and nüe; lyu is lü."""
    if letters in _U_WRITTEN_YU:
        return syllable_ids(letters.replace("yu", "v"))
    if letters in {"lu", "nu"}:
        return merged([*syllable_ids(letters), *syllable_ids(letters[0] + "v")])
    if letters in {"lue", "nue"}:
        return merged([*syllable_ids(letters), *syllable_ids(letters[0] + "ve")])
    return syllable_ids(letters)


def _cuts_of(piece: str, *, unfinished: bool) -> list[tuple[str, ...]]:
    """The ways to cut one piece, fewest syllables first; a last part that is only a beginning ends in `~`."""
    longest, reach = _tables().longest, _reachable(piece, unfinished)
    ways: list[tuple[str, ...]] = []

    def go(at: int, way: tuple[str, ...]) -> None:
        if at == len(piece):
            ways.append(way)
            return
        for length in range(min(longest, len(piece) - at), 0, -1):
            if len(ways) >= MOST_CUTS:
                return
            part, end = piece[at : at + length], at + length
            if end < len(piece) and not reach[end]:
                continue
            if _is_syllable(part):
                go(end, (*way, part))
            if unfinished and end == len(piece) and not _is_syllable(part) and part in _tables().beginning:
                go(end, (*way, part + "~"))

    if len(piece) <= MOST_LETTERS and reach[0]:
        go(0, ())
    return sorted(ways, key=len)


MOST_LETTERS = 90
"""Letters in one piece beyond which it is no pinyin anybody types."""


@lru_cache(maxsize=256)
def _reachable(piece: str, unfinished: bool) -> tuple[bool, ...]:
    """Return, for each place of a piece, whether the rest from there can be cut to its end."""
    longest, beginning = _tables().longest, _tables().beginning
    good = [False] * len(piece) + [True]
    for at in range(len(piece) - 1, -1, -1):
        rest = piece[at:]
        good[at] = (unfinished and len(rest) <= longest and rest in beginning) or any(
            good[at + length] and _is_syllable(piece[at : at + length])
            for length in range(1, min(longest, len(rest)) + 1)
        )
    return tuple(good)


def _cut(way: tuple[str, ...]) -> Cut:
    places = tuple(beginning_ids(part[:-1]) if part.endswith("~") else _spelled(part) for part in way)
    return Cut(way, places, not way or not way[-1].endswith("~"))


def initials(letters: str) -> tuple[Ranges, ...] | None:
    """The ids for each letter as the first of a reading; None where a letter begins no reading (i, u, v)."""
    places = tuple(beginning_ids(letter) for letter in letters if letter != "'")
    return places if all(places) else None


@lru_cache(maxsize=256)
def mixed_cut(letters: str) -> Cut | None:
    """The cheapest way to read letters as syllables and initials mixed (gaozlfazhan); None where there is none."""
    if len(letters) > MOST_LETTERS:
        return None
    longest, beginning = _tables().longest, _tables().beginning
    best: list[tuple[float, tuple[str, ...]] | None] = [None] * len(letters) + [(0.0, ())]
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] == "'":
            best[at] = best[at + 1]
            continue
        for length in range(min(longest, len(letters) - at), 0, -1):
            rest, part = best[at + length], letters[at : at + length]
            if rest is None:
                continue
            if _is_syllable(part):
                way = (rest[0] + _SYLLABLE_COST, (part, *rest[1]))
            elif part in beginning and (length == 1 or at + length == len(letters)):
                way = (rest[0] + _INITIAL_COST, (part + "~", *rest[1]))
            else:
                continue
            if (known := best[at]) is None or way[0] < known[0]:
                best[at] = way
    return None if best[0] is None else _cut(best[0][1])
