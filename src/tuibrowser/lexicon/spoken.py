"""Spoken: how the characters of a text are read in Mandarin, by the library pypinyin, the extra `pinyin`."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.hanzi.convert import convert
from tuibrowser.hanzi.cutting import cutter, simplified
from tuibrowser.hanzi.frequency import commonest
from tuibrowser.language.i18n import plain
from tuibrowser.lexicon.characters import character
from tuibrowser.lexicon.errors import LexiconError
from tuibrowser.reading.lines.above import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

COMMON: Final = 2_500
"""The commonest characters, in all their forms, which are not rare."""

LONGEST: Final = 3_000
"""Code points of a text of which all words are read at once."""
LONGEST_RARE: Final = 100_000
"""Code points of a text whose rare characters are read at once."""

_KEPT: Final = 8_192
"""Characters of which it is kept whether they have several readings."""
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+")
_VOWELS: Final = tuple("aāáǎàoōóǒòeēéěèê")


class Spoken:
    """Tells readings. Making it loads pypinyin and a dictionary of words, up to a second's work for a thread."""

    def __init__(self, dictionaries: Sequence[Path] = ()) -> None:
        """`dictionaries` have words of the reader's own. Raises LexiconError where pypinyin is not installed."""
        if find_spec("pypinyin") is None:
            raise LexiconError(plain("readings need pypinyin: pip install 'tuibrowser[pinyin]'"))
        from pypinyin import Style, lazy_pinyin, pinyin
        from pypinyin.seg.mmseg import seg

        self._style = Style.TONE
        self._usual: Any = lazy_pinyin
        self._pinyin, self._phrases = pinyin, seg
        self._several: dict[str, Sequence[str]] = {}
        self._cutter = cutter(dictionaries)
        self._common = commonest(COMMON)
        self.rare("彘")  # what is loaded at the first use

    def rare(self, text: str) -> list[Reading]:
        """The readings of the characters that are not among the commonest."""
        found = []
        for clause in _HAN.finditer(text):
            if not self._common.issuperset(clause[0]):
                read = self._readings(clause[0], _plain_forms(clause[0]), clause.start())
                found += [each for each in read if text[each.at] not in self._common]
        return found

    def all(self, text: str) -> list[Reading]:
        """The readings of all characters, those of a word without a blank between."""
        found: list[Reading] = []
        plain_forms = _plain_forms(text)
        ends = set(accumulate(self._cutter.lengths(plain_forms)))
        for clause in _HAN.finditer(text):
            read = self._readings(clause[0], plain_forms[slice(*clause.span())], clause.start())
            found += [each._replace(ends_word=each.at + 1 in ends or each.at + 1 == clause.end()) for each in read]
        return [_divided(each, before) for each, before in zip(found, [None, *found], strict=False)]

    def _readings(self, clause: str, plain_forms: str, start: int) -> Iterable[Reading]:
        """The readings of characters in a row, by the words that their Simplified forms make."""
        if len(plain_forms) != len(clause):
            plain_forms = clause
        pieces = list(self._phrases.cut(plain_forms))
        by_plain = self._read(pieces)
        own = self._read(list(self._phrases.cut(clause))) if plain_forms != clause else by_plain
        alone = [length == 1 for length in map(len, pieces) for _ in range(length)]
        for at, (letter, reading) in enumerate(zip(clause, by_plain, strict=True)):
            if letter != plain_forms[at] and reading not in self._all_of(letter):
                reading = own[at]
            if reading:
                yield Reading(start + at, reading, alone[at] and _has_several(letter))

    def _all_of(self, letter: str) -> Sequence[str]:
        """All readings of a character."""
        if letter not in self._several:
            self._several[letter] = self._pinyin(letter, style=self._style, heteronym=True)[0]
        return self._several[letter]

    def _read(self, pieces: Sequence[str]) -> list[str]:
        """The reading of each character of some pieces of a text; empty where there is none."""
        read: list[str] = self._usual(pieces, style=self._style, errors=lambda unknown: [""] * len(unknown))
        letters = "".join(pieces)
        return read if len(read) == len(letters) else [self._read([each])[0] for each in letters]


def _plain_forms(text: str) -> str:
    """The text in Simplified characters, each in its place; of Taiwan's 帶著 the mainland's 带着."""
    forms = convert(text, "tw2s")[0]
    return forms if len(forms) == len(text) else simplified(text)


@lru_cache(_KEPT)
def _has_several(letter: str) -> bool:
    known = character(letter)
    return known is not None and len(known.pinyin) > 1


def _divided(reading: Reading, before: Reading | None) -> Reading:
    """The reading with an apostrophe where it goes on in a word and begins with a vowel, as in Xī'ān."""
    goes_on = before is not None and not before.ends_word and before.at + 1 == reading.at
    return reading._replace(text=f"'{reading.text}") if goes_on and reading.text.startswith(_VOWELS) else reading
