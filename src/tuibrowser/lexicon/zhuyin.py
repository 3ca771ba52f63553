"""Zhuyin: a syllable of pinyin in the phonetic symbols of Taiwan."""

from __future__ import annotations

import unicodedata
from typing import Final

_INITIALS_TABLE: Final = (
    "zh ㄓ ch ㄔ sh ㄕ b ㄅ p ㄆ m ㄇ f ㄈ d ㄉ t ㄊ n ㄋ l ㄌ g ㄍ k ㄎ h ㄏ j ㄐ q ㄑ x ㄒ r ㄖ z ㄗ c ㄘ s ㄙ"
)
_FINALS_TABLE: Final = (
    "a ㄚ o ㄛ e ㄜ ê ㄝ ai ㄞ ei ㄟ ao ㄠ ou ㄡ an ㄢ en ㄣ ang ㄤ eng ㄥ er ㄦ "
    "i ㄧ ia ㄧㄚ ie ㄧㄝ iao ㄧㄠ iu ㄧㄡ ian ㄧㄢ in ㄧㄣ iang ㄧㄤ ing ㄧㄥ iong ㄩㄥ io ㄧㄛ "
    "u ㄨ ua ㄨㄚ uo ㄨㄛ uai ㄨㄞ ui ㄨㄟ uan ㄨㄢ un ㄨㄣ uang ㄨㄤ ong ㄨㄥ "
    "ü ㄩ üe ㄩㄝ üan ㄩㄢ ün ㄩㄣ"
)
_INITIALS: Final = dict(zip(_INITIALS_TABLE.split()[::2], _INITIALS_TABLE.split()[1::2], strict=True))
_FINALS: Final = dict(zip(_FINALS_TABLE.split()[::2], _FINALS_TABLE.split()[1::2], strict=True))
_ALONE: Final = frozenset(("zh", "ch", "sh", "r", "z", "c", "s"))
"""Initials that are a syllable by themselves, which pinyin writes with i."""
_WHOLE: Final = {
    "yi": "i",
    "wu": "u",
    "yu": "ü",
    "yue": "üe",
    "yuan": "üan",
    "yun": "ün",
    "you": "iu",
    "wei": "ui",
    "wo": "uo",
    "wen": "un",
    "weng": "ong",
    "yin": "in",
    "ying": "ing",
    "yong": "iong",
    "ye": "ie",
}
"""Syllables without an initial that are written otherwise than their final."""
_TONES: Final = {"\u0304": "", "\u0301": "ˊ", "\u030c": "ˇ", "\u0300": "ˋ"}


def zhuyin(pinyin: str) -> str:
    """The syllable in zhuyin; empty where it is none of Standard Chinese."""
    decomposed = unicodedata.normalize("NFD", pinyin.lower())
    tones = [_TONES[mark] for mark in decomposed if mark in _TONES]
    letters = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
    symbols = _symbols(letters)
    if not symbols:
        return ""
    return symbols + tones[0] if tones else f"˙{symbols}"


def _symbols(letters: str) -> str:
    if (whole := _WHOLE.get(letters)) is not None:
        return _FINALS[whole]
    if letters[:1] in ("y", "w"):
        return _FINALS.get({"y": "i", "w": "u"}[letters[0]] + letters[1:], "")
    initial = next((each for each in _INITIALS if letters.startswith(each)), "")
    final = letters[len(initial) :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = f"ü{final[1:]}"
    if final == "i" and initial in _ALONE:
        return _INITIALS[initial]
    return _INITIALS.get(initial, "") + _FINALS[final] if final in _FINALS else ""
