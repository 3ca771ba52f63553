"""Encodings: which one bytes without a byte order mark are in, by how common what they would say is."""

from __future__ import annotations

import codecs
import re
import threading
from typing import Final

from tuibrowser.hanzi.common import COMMON

CHINESE: Final = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
SURE: Final = 0.45
"""Share of common characters by which a text is Chinese; every text measured has more, other languages less."""
PLAIN_CHINESE: Final = 0.65
"""Share above which no other language need be thought of; Japanese read as Big5 has up to 0.5."""
EUC_TW: Final = "EUC-TW"

_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_PLAIN: Final = re.compile(rb"[A-Za-z]")
_BEYOND: Final = re.compile("[^\0-\x7f]+")
_KANA: Final = re.compile("[\u3041-\u30fa\u30fc]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")
_COMMON_HANGUL: Final = frozenset(
    "이다는의에가을를은고하한로지기도사서들어리자나아그인시스일해대있라정니수만여부전보것게제과으요했주적상선원장조안구"
    "성세비미동때무면우유오공신경마말전까국거내와던없었된저명용각점등연학년방실문생관민회행진계물소치반산강"
)
_KANA_SHARE: Final = 0.2
"""Least share of kana in Japanese; there are next to none in Chinese."""
_READABLE: Final = 0.6
"""Least share of common characters in a text in another language."""
_FAULTY: Final = 0.02
"""Greatest share of malformed characters in it."""
_ACCENTED: Final = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüßÀÁÂÄÅÇÈÉÊËÍÎÑÓÔÖØÙÚÜÆŒ")
_WESTERN_MARKS: Final = frozenset("’‘“”„–—…«»°·¿¡€£§©®\xa0")
_NORTHERN: Final = frozenset("åøæ")
_SOUTHERN: Final = frozenset("ìùñãõ")
_LETTERS_TO_ACCENTS: Final = 3
"""Least number of plain letters to each accented one."""
_LONGEST_RUN: Final = 3
"""Bytes beyond ASCII on end in a text of Latin letters, and the greatest share of runs that are of several."""
_RUNS: Final = 0.34


def attempt(sample: bytes, codec: str) -> tuple[str, int]:
    """A sample as decoded, not minding a character cut at its end, and the number of malformed characters in it."""
    text = codecs.getincrementaldecoder(codec)("replace").decode(sample)
    return text, text.count("\ufffd")


_damage = threading.local()


def _replace_and_count(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    _damage.bytes += error.end - error.start
    return "\ufffd", error.end


codecs.register_error("tuibrowser.count", _replace_and_count)


def replaced(data: bytes, codec: str) -> tuple[str, int]:
    """The text of bytes with U+FFFD for malformed ones, and the number of those bytes."""
    _damage.bytes = 0
    return data.decode(codec, "tuibrowser.count"), _damage.bytes


def is_valid(data: bytes) -> bool:
    """Whether bytes are UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def score(sample: bytes, codec: str) -> float:
    """The share of common characters among those beyond ASCII; a malformed one counts twice."""
    return share_of(attempt(sample, codec)[0])


def share_of(text: str) -> float:
    """The share of common characters among those of a text beyond ASCII; U+FFFD counts twice."""
    beyond = "".join(_BEYOND.findall(text))
    return sum(map(COMMON.__contains__, beyond)) / (len(beyond) + beyond.count("\ufffd")) if beyond else 0.0


def chinese(sample: bytes) -> tuple[str, float]:
    """The encoding of Chinese that a sample has most common characters in, and their share."""
    scores = {codec: score(sample, codec) for codec in CHINESE}
    best = max(scores, key=lambda codec: scores[codec])
    return best, scores[best]


def is_latin(sample: bytes) -> bool:
    """Whether bytes beyond ASCII stand alone among plain letters, as accents do in Latin text and hardly in Chinese."""
    runs = _HIGH.findall(sample)
    high = sum(map(len, runs))
    plain = len(_PLAIN.findall(sample))
    return (
        high > 0
        and max(map(len, runs)) <= _LONGEST_RUN
        and sum(len(run) > 1 for run in runs) <= _RUNS * len(runs)
        and plain >= _LETTERS_TO_ACCENTS * high
    )


def foreign(sample: bytes, before: bytes = b"") -> str | None:
    """The encoding of a sample that is not Chinese, or the name of one that cannot be read, where that is sure.

    `before` are the bytes before the sample, all ASCII.
    """
    japanese = {codec: _japanese(sample, codec) for codec in ("euc_jp", "cp932")}
    best = max(japanese, key=lambda codec: japanese[codec])
    if japanese[best] > _READABLE:
        return best
    if _korean(sample):
        return "cp949" if attempt(sample, "euc_kr")[1] else "euc_kr"
    if _western(before + sample):
        return "cp1252"
    return EUC_TW if _is_euc_tw(sample) else None


def seven_bit(data: bytes) -> str | None:
    """The encoding of bytes that are all ASCII and yet write other characters, by marks that shift between them."""
    if b"~{" in data:
        return "hz" if _reads(data, "hz") else None
    if b"\x1b$)C" in data and b"\x0e" in data:
        return "iso2022_kr" if _decodes(data, "iso2022_kr") else None
    if b"\x1b$B" in data or b"\x1b$@" in data:
        return "iso2022_jp_2" if _decodes(data, "iso2022_jp_2") else None
    return None


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _reads(data: bytes, codec: str) -> bool:
    """Whether all of bytes can be decoded, or nearly all, and give common characters."""
    text, malformed = attempt(data, codec)
    beyond = sum(character > "\x7f" for character in text)
    common = sum(map(COMMON.__contains__, text))
    return common > SURE * beyond and malformed <= max(1, _FAULTY * beyond)


def _japanese(sample: bytes, codec: str) -> float:
    """The share of kana and common characters, if there are kana enough."""
    text, malformed = attempt(sample, codec)
    beyond = sum(character > "\x7f" for character in text)
    kana = len(_KANA.findall(text))
    if kana < max(2, _KANA_SHARE * beyond) or malformed > max(1, _FAULTY * beyond):
        return 0.0
    return (kana + sum(map(COMMON.__contains__, text))) / (beyond + malformed)


def _korean(sample: bytes) -> bool:
    text, malformed = attempt(sample, "cp949")
    hangul = _HANGUL.findall(text)
    beyond = sum(character > "\x7f" for character in text)
    return (
        len(hangul) > 2
        and len(hangul) > 0.8 * beyond
        and malformed <= max(1, _FAULTY * beyond)
        and sum(map(_COMMON_HANGUL.__contains__, hangul)) > 0.4 * len(hangul)
    )


def _western(sample: bytes) -> bool:
    """Whether the bytes beyond ASCII are letters with accents within words, or marks, each among plain letters."""
    if not is_latin(sample):
        return False
    text, undefined = attempt(sample, "cp1252")
    accents = [character for character in text if character > "\x7f" and character not in _WESTERN_MARKS]
    plain = sum(character.isascii() and character.isalpha() for character in text)
    return (
        not undefined
        and all(character in _ACCENTED for character in accents)
        and plain >= _LETTERS_TO_ACCENTS * len(accents)
        and not (_NORTHERN & set(accents) and _SOUTHERN & set(accents))
    )


def _is_euc_tw(sample: bytes) -> bool:
    """Whether bytes are EUC-TW: its first plane has the characters of Big5's first level, nearly in their order."""
    pairs = re.findall(rb"[\xc4-\xfd][\xa1-\xfe]", sample)
    text = "".join(map(_of_first_plane, pairs))
    beyond = len(re.findall(rb"[\x8e\xa1-\xfe][\xa1-\xfe]", sample))
    runs = _HIGH.findall(sample)[:-1]
    if sum(len(run) % 2 for run in runs) > _FAULTY * len(runs):
        return False
    return len(pairs) > 3 and sum(map(COMMON.__contains__, text)) > SURE * beyond


def _of_first_plane(pair: bytes) -> str:
    place = (pair[0] - 0xC4) * 94 + pair[1] - 0xA1
    trail = place % 157
    return bytes((0xA4 + place // 157, trail + (0x40 if trail < 63 else 0x62))).decode("big5", "replace")
