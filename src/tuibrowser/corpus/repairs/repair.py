"""Repair: find what went wrong in a text on its way to us, as edits; only certain ones are applied."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import Edit
from tuibrowser.corpus.repairs.counted import counted_traditional
from tuibrowser.corpus.repairs.mojibake import find_mojibake
from tuibrowser.corpus.repairs.overconverted import overconverted
from tuibrowser.corpus.repairs.unconverted import unconverted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STRAY_PINYIN: Final = "stray-pinyin"
"""The rule for readings that a poor converter to Traditional characters left in brackets: 發(fā)."""

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TONED: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê"
_READING: Final = re.compile(rf"\((?<=[{_HAN}]\()([a-z{_TONED}]{{1,6}})\)")
_TONE_MARKS: Final = frozenset("\u0304\u0301\u030c\u0300")

_MIN_CHARACTERS: Final = 5
"""Distinct annotated characters that show a converter at work; a gloss or two are an author's."""
_MIN_SHARE: Final = 0.9
"""Share of such a character's places that are annotated; the converter annotates them all."""
_MAX_ANNOTATED: Final = 0.5
"""Share of all Han characters that may be annotated; with more, the readings are the text, as in a primer."""

# Initials and the finals that follow them in Standard Chinese, without tones (Xiandai Hanyu Cidian's syllables).
_FINALS: Final = {
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan un ü üe ue",
    "l": "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ü üe ue",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "ch": "a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "sh": "a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang",
    "r": "e i ao ou an en ang eng ong u ua uo ui uan un",
    "z": "a e i ai ei ao ou an en ang eng ong u uo ui uan un",
    "c": "a e i ai ao ou an en ang eng ong u uo ui uan un",
    "s": "a e i ai ao ou an en ang eng ong u uo ui uan un",
    "y": "a o e ao ou an ang i in ing ong u ue uan un",
    "w": "a o ai ei an en ang eng u",
    "": "a o e ai ei ao ou an en ang eng er",
}
_SYLLABLES: Final = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())


def find_edits(raw: str) -> tuple[Edit, ...]:
    """All repairs of the characters of a raw text, certain and suggested, sorted and disjoint; takes linear time."""
    strays = stray_pinyin(raw)
    return merged(merged(strays, find_mojibake(raw)), converted_badly(raw, strays))


def converted_badly(raw: str, cuts: Sequence[Edit] = ()) -> tuple[Edit, ...]:
    """The characters of a Traditional text that a poor converter left over, or gave the wrong form.

    `cuts` are the edits of other rules, which take something out of the text.
    """
    counted = counted_traditional(raw)
    return merged(unconverted(raw, counted, cuts), overconverted(raw, counted)) if counted is not None else ()


def replaced(raw: str, edits: Sequence[Edit]) -> str:
    """The text with the replacements of certain edits in it; these are as long as what they replace."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if edit.certain and edit.replacement:
            pieces += (raw[at : edit.start], edit.replacement)
            at = edit.end
    return "".join((*pieces, raw[at:])) if pieces else raw


def merged(some: Sequence[Edit], others: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits of both, sorted and disjoint; of two that overlap the first one, or the certain one."""
    if not some or not others:
        return tuple(some or others)
    edits: list[Edit] = []
    for edit in sorted((*some, *others), key=lambda edit: (edit.start, not edit.certain)):
        if not edits or edit.start >= edits[-1].end:
            edits.append(edit)
    return tuple(edits)


def stray_pinyin(raw: str) -> tuple[Edit, ...]:
    """Readings in half-width brackets that a converter left after characters it made Traditional: 發(fā)展.

    They are taken for damage only if at least five common, Traditional-only characters carry one, each in nine of
    ten of its places, and fewer than half of all Han characters do: primers, dictionaries and glosses stay.
    """
    found = [match for match in _READING.finditer(raw) if _is_reading(match[1])] if "(" in raw else []
    if len(found) < _MIN_CHARACTERS:
        return ()
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for match in found:
        readings[raw[match.start() - 1]][match[1]] += 1
    common = _common_traditional()
    strays = {
        character
        for character, counts in readings.items()
        if counts.total() >= _MIN_SHARE * raw.count(character) and common(character)
    }
    if len(strays) < _MIN_CHARACTERS:
        return ()
    annotated = sum(counts.total() for counts in readings.values())
    if annotated >= _MAX_ANNOTATED * len(re.findall(f"[{_HAN}]", raw)):
        return ()
    return tuple(
        Edit(match.start(), match.end(), match[0], "", STRAY_PINYIN, certain=True)
        for match in found
        if raw[match.start() - 1] in strays
    )


@cache
def _is_reading(text: str) -> bool:
    """Whether a text is one syllable with one tone mark, or one that may go without: 們(men)."""
    decomposed = unicodedata.normalize("NFD", text)
    tones = sum(mark in _TONE_MARKS for mark in decomposed)
    toneless = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_MARKS))
    return tones <= 1 and toneless in _SYLLABLES


def _common_traditional() -> Callable[[str], bool]:
    """A test whether a character is written otherwise in Simplified text, and is common there.

    Common means within the 3,755 characters of GB 2312's first level, which are the first rows of its code. The
    characters that authors gloss (酈 驪 瀍) stand in the second level or nowhere.
    """
    from opencc import OpenCC  # late: it takes 20 ms to import, and few texts come this far

    convert: Callable[[str], str] = OpenCC("t2s").convert

    def common(character: str) -> bool:
        simplified = convert(character)
        return simplified != character and is_first_level(simplified)

    return common


def is_first_level(character: str) -> bool:
    """Whether a Simplified character is among the most common 3,755, the first level of GB 2312."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return b"\xb0\xa1" <= code <= b"\xd7\xf9"
