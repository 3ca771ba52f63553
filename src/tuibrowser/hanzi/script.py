"""Script: tell whether a text is Simplified or Traditional, by the characters that only one of them has.

Japanese is neither, though some of its characters are in one or the other: it is told by its kana.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path
from typing import Final

from tuibrowser.language.patterns import late

HANS: Final = "Hans"
HANT: Final = "Hant"
MIXED: Final = "mixed"
NONE: Final = "none"

_STRAY: Final = 0.1
"""Share of telling characters of the other script that a text may hold: names, quotations, slips."""
_SAMPLES: Final = 8
_SAMPLE: Final = 500
"""Code points of each of the stretches, evenly spread, by which a long text is judged."""

_MIN_KANA: Final = 0.12
"""Share of kana among the kana and Han characters of a Japanese text; 0.3 to 0.7 is usual."""
_MIN_OTHER_KANA: Final = 2
"""Kana besides の that a Japanese text has; names of shops have that one alone."""
_MIN_WITHOUT_KANA: Final = 15
"""Han characters of a paragraph without kana from which on it is hardly Japanese."""
_MIN_CHINESE: Final = 0.25
"""Share of the Han characters that stand in such paragraphs where a text is in two languages."""
_HAN: Final = late("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA: Final = late("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_QUOTED_KANA: Final = late("[「『“‘《〈（(][\u3041-\u30fe\uff66-\uff9f、。！？]+[」』”’》〉）)]")
"""Kana alone in quotation marks or brackets: a Chinese text quotes a Japanese word so."""
_OTHER_KANA: Final = late("[\u3041-\u306d\u306f-\u3096]|(?<=[\u4e00-\u9fff])[\u30a1-\u30fa]{1,3}(?=[\u4e00-\u9fff])")
"""Hiragana but の, and the katakana between Han characters of old texts; names in katakana stand in Chinese too."""

_SIMPLIFIED: Final = 1 << 32
"""Weight of a Simplified character in the number that counts both kinds at once; a Traditional one weighs one."""

_TABLE: Final = Path(__file__).parent / "data" / "script.txt"
"""Traditional-only and Simplified-only characters, a line each; made by scripts/make_script_table.py."""


def detect_script(text: str) -> str:
    """`Hans`, `Hant`, `mixed` or `none`, by the share of Traditional among the telling characters of a text.

    A Japanese text is `none`, and one in Japanese and Chinese is `mixed`. A long text is judged by 4,000 code points
    spread over it.
    """
    if len(text) > _SAMPLES * _SAMPLE:
        step = (len(text) - _SAMPLE) // (_SAMPLES - 1)
        text = "".join([text[at * step : at * step + _SAMPLE] for at in range(_SAMPLES)])
    if is_japanese(text):
        return MIXED if _is_half_chinese(text) else NONE
    return _by_share(*count(text))


def is_japanese(text: str) -> bool:
    """Whether a text is Japanese: it has kana, more than names and quotations in a Chinese text bring along."""
    if _KANA.search(text) is None:
        return False
    text = _QUOTED_KANA.sub("", text)
    if len(_OTHER_KANA.findall(text)) < _MIN_OTHER_KANA:
        return False
    kana = len(_KANA.findall(text))
    return kana >= _MIN_KANA * (kana + len(_HAN.findall(text)))


def _is_half_chinese(text: str) -> bool:
    """Whether some paragraphs of a text with kana have none."""
    han = [(len(_HAN.findall(line)), _KANA.search(line) is None) for line in text.split("\n")]
    chinese = sum(number for number, bare in han if bare and number >= _MIN_WITHOUT_KANA)
    return chinese >= _MIN_CHINESE * sum(number for number, _ in han)


def paragraph_script(text: str) -> str:
    """The script of a paragraph of a mixed document: `Hans` or `Hant`, whichever has more, or `none`."""
    if is_japanese(text):
        return NONE
    traditional, simplified = count(text)
    if traditional == simplified:
        return NONE if not traditional else MIXED
    return HANT if traditional > simplified else HANS


def count(text: str) -> tuple[int, int]:
    """The numbers of characters in a text that are Traditional-only and Simplified-only."""
    return _count("".join(text.split()))


@lru_cache(maxsize=64)
def _count(text: str) -> tuple[int, int]:
    """The same, kept for the last texts: a short one is counted as raw and as repaired, which differ in white space.

    As many are kept as short texts are read abreast.
    """
    simplified, traditional = divmod(sum(map(_table().get, text, repeat(0))), _SIMPLIFIED)
    return traditional, simplified


@cache
def script_characters() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that are Traditional-only, and those that are Simplified-only."""
    traditional, simplified = _TABLE.read_text(encoding="utf-8").splitlines()
    return frozenset(traditional), frozenset(simplified)


def _by_share(traditional: int, simplified: int) -> str:
    if not traditional and not simplified:
        return NONE
    share = traditional / (traditional + simplified)
    return HANS if share < _STRAY else HANT if share > 1 - _STRAY else MIXED


@cache
def _table() -> dict[str, int]:
    """What each telling character adds to the number that counts both kinds."""
    traditional, simplified = script_characters()
    return dict.fromkeys(simplified, _SIMPLIFIED) | dict.fromkeys(traditional, 1)
