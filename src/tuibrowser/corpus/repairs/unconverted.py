"""Unconverted: Simplified characters that a poor converter left in a Traditional text, 干部 for 幹部.

Such a converter knows the characters that have one Traditional form and leaves those that have several. The rule asks
of each of these whether the text has it in place of its Traditional forms, and then which form its words call for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import Edit
from tuibrowser.corpus.repairs.counted import unmerged
from tuibrowser.hanzi.alignment import Alignment
from tuibrowser.hanzi.convert import convert
from tuibrowser.hanzi.merged import Sign, merged_characters
from tuibrowser.hanzi.script import is_japanese
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from tuibrowser.corpus.repairs.counted import Counted
    from tuibrowser.hanzi.merged import Merged

UNCONVERTED: Final = "unconverted"
"""The rule of these edits."""

_MIN_SCORE: Final = 4
"""What the characters left over come to: two for each that tells by itself, one for each that a word gives away."""
_MIN_PLACES: Final = 3
_MIN_RATE: Final = 0.002
"""Such places for each Traditional-only character; in a long text some words come about by chance."""
_MANY: Final = 0.03
"""Places for each Traditional-only character with which one character that tells by itself is enough."""
_MOST: Final = 0.08
"""Places for each Traditional-only character with which characters that old texts write too count as well,"""
_WEIGHTS: Final = {Sign.TELLING: 2.0, Sign.PLAIN: 1.0, Sign.OLD: 0.5}
"""each so much,"""
_LEAST_WEIGHT: Final = 2.5
"""and together, one of the others at least among them, so much: a short text has few different ones."""
_REACH: Final = 8
"""Code points on either side of a character that are converted with it."""
_NEAR: Final = 20
"""Code points on either side in which kana or a character that any converter knows shows a quotation."""
_SHORT: Final = 2_000
"""Code points of a text that is gone through one by one."""
_LONGEST: Final = 5
"""Code points of the longest word that is looked for."""

_KANA: Final = late("[\u3041-\u3096\u30a1-\u30fa]")
_LINE_BREAK: Final = late(r"(?<=[\u3400-\u9fff])[ \t\u3000]*\r?\n[ \t\u3000]*(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class _Place:
    """A character left over, at an offset, with its right form; `start` and `end` are those of its word."""

    at: int
    merged: Merged
    character: str
    form: str
    start: int
    end: int
    is_plain: bool
    """Whether the word is frequent, or needs none, so that the place alone is worth a flag."""


def unconverted(raw: str, counted: Counted, cuts: Sequence[Edit] = ()) -> tuple[Edit, ...]:
    """The characters that a converter left over, as edits; `cuts` are what other repairs take out of the text.

    They are certain if several characters of the text were left over and none of these is converted anywhere.
    """
    left = counted.left()
    signs = frozenset(character for character in left if merged_characters()[character].sign is not Sign.OLD)
    if not signs or not any(place.is_plain for place in _places(raw, signs, counted.style)):
        return ()
    text, alignment = _running(raw, cuts)
    is_there = cache(text.__contains__)
    places = [place for place in _places(text, left, counted.style) if not _is_right_elsewhere(text, place, is_there)]
    if is_japanese(raw):
        return ()
    if _is_gate_open(places, counted.traditional):
        return tuple(_edit(alignment, place) for place in places)
    return tuple(_flag(raw, alignment, place) for place in places if place.is_plain)


def _running(raw: str, cuts: Sequence[Edit]) -> tuple[str, Alignment]:
    """The text as it runs on: without what is cut out of it, and without line breaks between two characters."""
    gaps = [(edit.start, edit.end) for edit in cuts if edit.certain and not edit.replacement]
    if "\n" in raw:
        gaps = _disjoint(sorted([*gaps, *(found.span() for found in _LINE_BREAK.finditer(raw))]))
    pieces: list[str] = []
    at = 0
    for start, end in gaps:
        pieces.append(raw[at:start])
        at = end
    return "".join((*pieces, raw[at:])), Alignment((start, end, 0) for start, end in gaps)


def _disjoint(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _places(text: str, left: AbstractSet[str], style: str) -> Iterator[_Place]:
    """The places of characters left over whose words call for another form."""
    table = merged_characters()
    if len(text) > _SHORT:
        found = [each.start() for each in re.finditer(f"[{''.join(sorted(left))}]", text)]
    else:  # to compile a pattern would take longer
        found = [at for at, character in enumerate(text) if character in left]
    for start, simplified, converted in _converted(text, _windows(found, len(text)), style):
        for at, character in enumerate(simplified):
            form = converted[at]
            if form == character or text[start + at] != character or character not in left:
                continue
            merged = table[character]
            if merged.words and form not in merged.forms:
                continue
            word = _word(simplified, at, merged)
            if (word is None and merged.words) or _is_quoted(text, start + at):
                continue
            first, length = (at, 1) if word is None else word
            plain = merged.sign is not Sign.OLD and (
                not merged.words or simplified[first : first + length] in merged.frequent
            )
            begin = start + first
            yield _Place(start + at, merged, character, form, begin, begin + length, plain)


def _windows(places: Sequence[int], size: int) -> list[tuple[int, int]]:
    """The stretches around places, joined where they meet."""
    windows: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, place - _REACH), min(size, place + _REACH + 1)
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return windows


def _converted(text: str, windows: Sequence[tuple[int, int]], style: str) -> Iterator[tuple[int, str, str]]:
    """Where each window begins, and what it says in Simplified and, by OpenCC's words, in Traditional characters."""
    simplified = convert("\n".join(text[start:end] for start, end in windows), "t2s")[0]
    converted = convert(simplified, style)[0]
    at = 0
    for start, end in windows:
        size = end - start
        yield start, simplified[at : at + size], converted[at : at + size]
        at += size + 1


def _word(text: str, at: int, merged: Merged) -> tuple[int, int] | None:
    """Where the longest of a character's words around it begins, and its length."""
    if not merged.words:
        return None
    for length in range(_LONGEST, 1, -1):
        for start in range(max(0, at - length + 1), at + 1):
            if text[start : start + length] in merged.words:
                return start, length
    return None


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place stands in Simplified or Japanese words, which a text quotes."""
    near = text[max(0, at - _NEAR) : at + _NEAR + 1]
    return not unmerged().isdisjoint(near) or _KANA.search(near) is not None


def _is_right_elsewhere(text: str, place: _Place, is_there: Callable[[str], bool]) -> bool:
    """Whether the text has the right form beside one of the neighbours that the character has here."""
    if not is_there(place.form):
        return False
    before, after = text[max(0, place.at - 1) : place.at], text[place.at + 1 : place.at + 2]
    return any(is_there(pair) for pair in (before + place.form, place.form + after) if len(pair) > 1)


def _is_gate_open(places: Sequence[_Place], traditional: int) -> bool:
    """Whether the characters left over show a converter at work, by what they are and by how many there are.

    `traditional` is the number of Traditional-only characters in the text.
    """
    signs = {place.character: place.merged.sign for place in places if place.is_plain}
    telling = sum(sign is Sign.TELLING for sign in signs.values())
    number = sum(place.character in signs for place in places)
    if len(signs) + telling >= _MIN_SCORE:
        return number >= max(_MIN_PLACES, _MIN_RATE * traditional)
    if telling > 0 and number > 1 and len(places) >= _MANY * traditional:
        return True
    old = {place.character for place in places if place.merged.sign is Sign.OLD}
    weight = sum(_WEIGHTS[sign] for sign in signs.values()) + _WEIGHTS[Sign.OLD] * len(old)
    return bool(signs) and weight >= _LEAST_WEIGHT and len(places) >= _MOST * traditional


def _edit(alignment: Alignment, place: _Place) -> Edit:
    start = alignment.to_source(place.at)
    return Edit(start, start + 1, place.character, place.form, UNCONVERTED, certain=True)


def _flag(raw: str, alignment: Alignment, place: _Place) -> Edit:
    """A flag on the word, or on the character alone where something stands inside the word."""
    start, end = alignment.source_span(place.start, place.end)
    if end - start != place.end - place.start:
        start, end = alignment.source_span(place.at, place.at + 1)
    at = alignment.to_source(place.at)
    suggestion = raw[start:at] + place.form + raw[at + 1 : end]
    return Edit(start, end, raw[start:end], suggestion, UNCONVERTED, certain=False)
