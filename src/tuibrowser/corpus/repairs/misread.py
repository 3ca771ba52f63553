"""Misread: Chinese read in another encoding and saved so: GBK as Big5, Big5 as GBK, Big5 as Windows-1252."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.decoding.resync import resynchronised
from tuibrowser.hanzi.frequency import mean_cost

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Confusion(NamedTuple):
    """The encoding a text was read in, the one it is in, and what its most usual characters look like then."""

    read: str
    meant: str
    telling: str


_CONFUSIONS: Final = (
    _Confusion("big5hkscs", "gb18030", "ㄛ﹝"),
    _Confusion("gb18030", "big5hkscs", "\ue4c7\ue4c9иぃ"),
)
_BIG5_PAIRS: Final = ("¡A", "¡C", "ªº")
"""The bytes of ，。的 in Big5, read as Windows-1252."""
_BIG5_AS_LATIN: Final = re.compile("(?:[\u00a1-\u00f9][@-~\u00a1-\u00fe]){3,400}")
_SHORTEST: Final = 4
_TRIED: Final = 60
"""Code points that tell whether it is worth while to read all of a stretch again."""
_TRIES: Final = 20
"""Stretches looked at in vain before a text is left alone."""
_PLAUSIBLE: Final = 7.6
"""Greatest mean cost of a character in Chinese; read in the wrong encoding it is above 8.3."""
_GAIN: Final = 1.5
"""Least mean cost saved by reading a stretch again."""
_MAX_LOST: Final = 0.15
"""Greatest share of characters that stay unknown."""
_STRETCH: Final = re.compile(r"(?:[^\x00-\x7f]|(?<=[^\x00-\x7f])\?|(?<=[\ufffd?])[@-~]){4,400}")


def find_misread(raw: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that make sense in the other encoding: start, end, and what they say there."""
    for confusion in _CONFUSIONS:
        if any(character in raw for character in confusion.telling):
            yield from _stretches(raw, confusion)
    if any(pair[0] in raw and pair in raw for pair in _BIG5_PAIRS):
        yield from _big5_as_latin(raw)


def _big5_as_latin(raw: str) -> Iterator[tuple[int, int, str]]:
    for found in _BIG5_AS_LATIN.finditer(raw):
        text = found[0].encode("latin-1").decode("big5hkscs", "replace")
        if "\ufffd" not in text and mean_cost(text) < _PLAUSIBLE:
            yield found.start(), found.end(), text


def _stretches(raw: str, confusion: _Confusion) -> Iterator[tuple[int, int, str]]:
    vain = 0
    telling = re.compile(f"[{confusion.telling}]")
    for found in _STRETCH.finditer(raw):
        if not telling.search(found[0]):
            continue
        text = found[0].strip("\u3000")
        start = found.start() + found[0].index(text)
        if (meant := _meant(text, confusion)) is not None:
            vain = 0
            yield start, start + len(text), meant
        elif (vain := vain + 1) == _TRIES:
            return


def _meant(text: str, confusion: _Confusion) -> str | None:
    """What a stretch says in the encoding it was meant to be read in; None where it says no more there."""
    if len(text) < _SHORTEST:
        return None
    before = mean_cost(text)
    trial = _bytes(text[:_TRIED], confusion.read).decode(confusion.meant, "replace")
    if mean_cost(trial) > before - _GAIN and "\ufffd" not in text:
        return None
    again, _ = resynchronised(_bytes(text, confusion.read), confusion.meant)
    known = again.replace("\ufffd", "")
    cost = mean_cost(known)
    if cost > min(_PLAUSIBLE, before - _GAIN) or again.count("\ufffd") > 1 + _MAX_LOST * len(again):
        return None
    return again.replace("\ufffd", "?")


def _bytes(text: str, codec: str) -> bytes:
    """The bytes that were read as a text, FF for each that is not known."""
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return b"".join(_byte(character, codec) for character in text)


def _byte(character: str, codec: str) -> bytes:
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return b"\xff"
