"""Mojibake: places where bytes were read in the wrong encoding, with the likely text where it can be computed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import Edit
from tuibrowser.corpus.repairs.misread import find_misread
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

MOJIBAKE: Final = "mojibake"
"""The rule of these edits. None is certain; one without a suggestion has its own text for a replacement."""

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MAX_RUN: Final = 400
"""Code points tried at once; longer damage is found in several pieces."""
_MAX_PLACES: Final = 10_000
"""Places flagged in one text; a text with more is no longer a text."""
_MIN_WIDE: Final = 3
"""Characters that reading again must make sense of, for each that it does not."""
_LAYERS: Final = 3
"""How many times in a row UTF-8 may have been read as something else."""
_RUN: Final = 40
"""Code points on either side of a telling character that are re-read with it."""

_LOST_HALF: Final = late(
    rf"(?<=[{_HAN}])[?\ufffd][!！](?:(?P<lost>[?\ufffd])|(?P<run>[{_HAN}]{{1,20}}[€?\ufffd]))(?=[{_HAN}\d])"
)
_REPLACED: Final = late("\ufffd+")
_LOST: Final = late("(?:锟斤拷)+(?:锟斤|锟)?|[烫]{3,}|[屯]{3,}")
_CP1252: Final = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_UTF8_AS_LATIN: Final = late(
    rf"(?:[\u00c2-\u00df][\u0080-\u00bf{_CP1252}]|[\u00e0-\u00ef][\u0080-\u00bf{_CP1252}]{{2}}"
    rf"|[\u00f0-\u00f4][\u0080-\u00bf{_CP1252}]{{3}}){{1,{_MAX_RUN}}}"
)
_GBK_AS_LATIN: Final = late(rf"(?:[\u00a1-\u00f7][\u00a1-\u00fe]){{2,{_MAX_RUN}}}")
_UTF8_AS_GBK: Final = late("[锛銆鈥]")
_RUN_BEFORE: Final = late(r"[^\x00-\x7f]*\Z")
_RUN_AFTER: Final = late(rf"(?:[^\x00-\x7f]|\?){{1,{_RUN}}}")
_WIDE: Final = late(rf"[{_HAN}\u3000-\u303f\uff00-\uffef]")

_TELLING: Final = late("[?\ufffd锟烫屯锛銆鈥\u00a1\u00aa\u00c0-\u00ffㄛ﹝\ue4c7\ue4c9иぃ]")
"""Characters of which each damaged place has one."""
_SHORT: Final = 2_000
"""Code points of a text in which they are looked for at once, which takes longer in a long one."""

_CLOSING: Final = {"“": "”", "‘": "’", "《": "》", "「": "」", "『": "』"}


def find_mojibake(raw: str) -> tuple[Edit, ...]:
    """The damaged places of a raw text, sorted and disjoint; healthy text is left alone. Takes linear time."""
    if len(raw) <= _SHORT and _TELLING.search(raw) is None:
        return ()
    edits: list[Edit] = []
    end = 0
    for start, stop, suggestion in sorted(_places(raw)):
        if start >= end:
            edits.append(Edit(start, stop, raw[start:stop], suggestion, MOJIBAKE, certain=False))
            end = stop
            if len(edits) == _MAX_PLACES:
                break
    return tuple(edits)


def _places(raw: str) -> Iterator[tuple[int, int, str]]:
    """Each kind of damage has a character that gives it away, and is looked for only where that stands."""
    if "\ufffd" in raw or ("?" in raw and ("?!" in raw or "?！" in raw)):
        yield from _lost_halves(raw)
    if "\ufffd" in raw:
        yield from ((found.start(), found.end(), found[0]) for found in _REPLACED.finditer(raw))
    if any(lost[0] in raw and lost in raw for lost in ("锟斤拷", "烫烫烫", "屯屯屯")):
        yield from ((found.start(), found.end(), found[0]) for found in _LOST.finditer(raw))
    if _has_latin(raw) and re.search("[\u00c2-\u00f4][\u0080-\u00ff€-™]", raw):
        yield from _read_as_latin(raw)
    yield from find_misread(raw)
    if "锛" in raw or "銆" in raw or "鈥" in raw:
        yield from _read_as_gbk(raw)


def _has_latin(raw: str) -> bool:
    """Whether a text has a letter from À to ÿ, all of which begin with C3 in UTF-8; bytes are searched the faster."""
    return b"\xc3" in raw.encode("utf-8", "surrogatepass")


def _lost_halves(raw: str) -> Iterator[tuple[int, int, str]]:
    """GBK text cut within 。 (A1 A3) before a mark whose first byte is A1 too: the rest is read shifted by a byte.

    The first half of 。 becomes ?, its second half and the A1 become ！ (A3 A1), and what follows stays shifted
    until a byte stands alone: as € (80), or lost with its neighbour as ?.
    """
    for found in _LOST_HALF.finditer(raw):
        if found["run"]:
            if suggestion := _shifted_back(found["run"]):
                yield found.start(), found.end(), suggestion
        elif mark := _expected_mark(raw, found.start()):
            yield found.start(), found.end(), "。" + mark + _lost_digit(raw, found.end())


def _shifted_back(run: str) -> str | None:
    try:
        text = (b"\xa1\xa3\xa1" + _gbk_bytes(run)).decode("gbk")
    except UnicodeError:
        return None
    return text if run[-1] == "€" and _WIDE.search(text[1:]) else None


def _gbk_bytes(text: str) -> bytes:
    """The bytes that were read as `text` in code page 936, which has € at 80."""
    return b"\x80".join(piece.encode("gbk") for piece in text.split("€"))


def _expected_mark(raw: str, at: int) -> str | None:
    """The closing mark that the text before `at` waits for in its line."""
    start = max(raw.rfind("\n", 0, at), raw.rfind("\r", 0, at), at - _MAX_RUN) + 1
    waiting: list[str] = []
    for character in raw[start:at]:
        if character in _CLOSING:
            waiting.append(_CLOSING[character])
        elif waiting and character == waiting[-1]:
            waiting.pop()
    return waiting[-1] if waiting else None


def _lost_digit(raw: str, at: int) -> str:
    """The byte that went with half a mark, where only one digit fits: ?0月 can only be 10月."""
    following = raw[at : at + 2]
    if following in ("0月", "1月", "2月"):
        return "1"
    if re.match(r"\s?0\d\d\s?年", raw[at : at + 6]):
        return "2"
    return "?"


def _read_as_latin(raw: str) -> Iterator[tuple[int, int, str]]:
    """UTF-8 or GBK read as Windows-1252: ä¸­æ–‡, ÖÐÎÄ."""
    for found in _UTF8_AS_LATIN.finditer(raw):
        if text := _peeled(found[0]):
            yield found.start(), found.end(), text
    for found in _GBK_AS_LATIN.finditer(raw):
        if _is_utf8_twice(found[0]):
            continue
        text = _decode(found[0].encode("latin-1"), "gb2312")
        if text and len(set(text)) > 1 and _is_plain_chinese(text):
            yield found.start(), found.end(), text


def _peeled(text: str) -> str | None:
    """Return the Chinese text behind UTF-8 that was read as Windows-1252, once or several times."""
    for _ in range(_LAYERS):
        try:
            text = _latin_bytes(text).decode("utf-8", "replace")
        except UnicodeEncodeError:
            return None
        bad = text.count("\ufffd")
        if len(_WIDE.findall(text)) >= (_MIN_WIDE * bad or 1):
            return text.replace("\ufffd", "?")
        text = text.replace("\ufffd", "")
    return None


def _is_utf8_twice(text: str) -> bool:
    """Whether Latin letters are UTF-8 that was read as Windows-1252 more than once, which GBK hardly looks like."""
    return sum(character in "ÂÃ" for character in text[::2]) > len(text) // 4


def _latin_bytes(text: str) -> bytes:
    return b"".join(
        character.encode("latin-1") if character <= "\xff" else character.encode("cp1252") for character in text
    )


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_plain_chinese(text: str) -> bool:
    """Whether all of a text is in GB 2312's marks and its first level of Han characters."""
    return all("\xa1\xa1" <= code < "\xa4" or "\xb0" <= code < "\xd8" for code in map(_row, text))


def _row(character: str) -> str:
    return character.encode("gb2312").decode("latin-1")


def _read_as_gbk(raw: str) -> Iterator[tuple[int, int, str]]:
    """UTF-8 read as GBK: 鏂囧瓧锛 for 文字，."""
    last = 0
    for found in _UTF8_AS_GBK.finditer(raw):
        at = found.start()
        after = _RUN_AFTER.match(raw, found.end())
        if at < last or after is None:
            continue
        before = _RUN_BEFORE.search(raw[max(last, at - _RUN) : at])
        start, last = at - len(before[0] if before else ""), after.end()
        try:
            data = _gbk_bytes(raw[start:last].replace("?", "").replace("\ufffd", ""))
        except UnicodeEncodeError:
            continue
        text = data.decode("utf-8", "replace")
        if len(_WIDE.findall(text)) >= _MIN_WIDE * (1 + text.count("\ufffd")):
            yield start, last, text.replace("\ufffd", "?")
