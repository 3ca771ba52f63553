"""Damaged texts: those in two encodings, and those with bytes lost, decoded line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.decoding.encodings import SURE, attempt, chinese, is_valid, replaced, score, share_of
from tuibrowser.corpus.decoding.resync import DOUBLE, resynchronised
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLE: Final = 16 * 1024
"""Bytes of the lines that the main encoding does not fit, by which the other is chosen."""
_LOOKED_AT: Final = 200
"""Lines of a text that can be decoded as a whole, looked at for another encoding."""
_SHORTEST: Final = 8
"""Characters beyond ASCII by which a line tells its encoding."""
_DOUBTFUL: Final = 0.35
"""Share of common characters under which a line may be in another encoding."""
_TRIED: Final = 2_000
"""Bytes of a sample tried for lost bytes."""
_LARGEST: Final = 500_000
"""Bytes of damaged lines that are read on after a lost byte; it takes 3 µs a byte."""
_SHIFTED: Final = {
    "gb18030": late("[\ue000-\ue765\ufffd]"),
    "big5hkscs": late("\ufffd|(?<=[\u4e00-\u9fff])[@-~](?=[\u4e00-\u9fff\u3001\u3002\uff0c])"),
}
"""What double-byte text has in it where it is read from the wrong byte on: private characters, or lone ASCII."""
_HAN: Final = late("[\u3000-\u9fff\uff00-\uffef]")


class Mended(NamedTuple):
    """A text decoded line by line, the malformed bytes in it, and how many lines are in another encoding."""

    text: str
    lost: int
    other: str | None = None
    lines: int = 0


def is_suspicious(data: bytes, text: str, codec: str) -> bool:
    """Whether a text that could be decoded as a whole may yet be shifted, or in another encoding in parts."""
    if codec not in DOUBLE:
        return False
    if _SHIFTED[codec].search(text):
        return True
    lines = _told(data)
    return any(score(line, codec) < _DOUBTFUL and _other([line], codec) for line in lines)


def chinese_in_part(sample: bytes) -> str | None:
    """The double-byte encoding of a sample with other lines, or lost bytes, in it; None where none is sure."""
    rest = b"\n".join(line for line in sample.split(b"\n") if not _is_utf8(line))
    if len(rest) < len(sample):
        codec, share = chinese(rest)
        if share >= SURE and codec in DOUBLE:
            return codec
    for codec in sorted(DOUBLE):
        text, _ = resynchronised(rest[:_TRIED], codec)
        if share_of(text) >= SURE:
            return codec
    return None


def mend(data: bytes, codec: str, *, told: bool) -> Mended:
    """Decode each line in the encoding given or, unless a person told it, in another that fits where this does not."""
    lines = data.split(b"\n")
    other = None
    if not told:
        other = _other([line for line in lines if not line.isascii() and not _fits(line, codec)], codec)
    if other is None and codec == "utf-8":
        return Mended(*replaced(data, codec))
    texts: list[str] = []
    lost = others = room = 0
    within = codec
    for line in lines:
        if other is not None and not line.isascii():
            within = _encoding_of(line, codec, other, within)
            others += within == other
        text, missing = _line(line, within, room < _LARGEST)
        if missing:
            room += len(line)
        texts.append(text)
        lost += missing
    return Mended("\n".join(texts), lost, other if others else None, others)


def _told(data: bytes) -> Sequence[bytes]:
    """Lines from all over a text that are long enough to tell their encoding."""
    lines = [line for line in data.split(b"\n") if len(line) >= 2 * _SHORTEST and not line.isascii()]
    return lines[:: len(lines) // _LOOKED_AT + 1]


def _fits(line: bytes, codec: str) -> bool:
    """Whether a line can be decoded, and is Chinese where it is long enough to tell."""
    if codec == "utf-8":
        return is_valid(line)
    text, malformed = replaced(line, codec)
    if malformed or (codec in DOUBLE and _SHIFTED[codec].search(text)):
        return False
    return codec not in DOUBLE or len(_HAN.findall(text)) < _SHORTEST or score(line, codec) >= _DOUBTFUL


def _other(strangers: Sequence[bytes], codec: str) -> str | None:
    """The other encoding of a text, by the lines that its main one does not fit; None where none is sure."""
    if codec != "utf-8":
        unicode = [line for line in strangers if _is_utf8(line)]
        if len(_HAN.findall(b"".join(unicode).decode("utf-8"))) >= _SHORTEST:
            return "utf-8"
    sample = b"\n".join(strangers)[:_SAMPLE]
    other, share = chinese(sample)
    malformed = attempt(sample, other)[1]
    beyond = len(re.findall(rb"[\x80-\xff]", sample)) // 2
    if other == codec or other not in DOUBLE or share < SURE or beyond < _SHORTEST or malformed > 0.1 * beyond:
        return None
    return other


def _is_utf8(line: bytes) -> bool:
    """Whether a line is valid UTF-8 with Chinese in it, which in other encodings is a rare accident."""
    try:
        return _HAN.search(line.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False


def _encoding_of(line: bytes, codec: str, other: str, before: str) -> str:
    """The encoding of a line, by what it says, else that of the line before it."""
    if "utf-8" in (codec, other):
        if _is_utf8(line):
            return "utf-8"
        double = other if codec == "utf-8" else codec
        return double if score(line, double) >= score(line, "utf-8") else "utf-8"
    first, second = score(line, codec), score(line, other)
    if min(first, second) >= _DOUBTFUL or max(first, second) < _DOUBTFUL:
        return before if replaced(line, before)[1] == 0 else codec
    return other if second > first else codec


def _line(line: bytes, codec: str, thorough: bool) -> tuple[str, int]:
    """The text of a line, and the number of malformed bytes in it."""
    text, malformed = replaced(line, codec)
    if codec in DOUBLE and thorough and _SHIFTED[codec].search(text):
        again, lost = resynchronised(line, codec)
        if again != text:
            return again, lost
    return text, malformed
