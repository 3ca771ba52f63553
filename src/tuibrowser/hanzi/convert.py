"""Convert: convert the script of a text with OpenCC, and map the offsets of what changes.

OpenCC is imported, and its dictionaries are read, when a configuration is first used.
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.alignment import IDENTITY, Alignment
from tuibrowser.hanzi.alike import ideographs
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from opencc import OpenCC

CONFIGURATIONS: Final[dict[str, str]] = {
    "t2s": plain("Traditional to Simplified characters."),
    "s2t": plain("Simplified to Traditional characters."),
    "s2tw": plain("Simplified to Traditional characters as Taiwan writes them."),
    "s2twp": plain("Simplified to Traditional characters and words as Taiwan has them (软件 becomes 軟體)."),
    "s2hk": plain("Simplified to Traditional characters as Hong Kong writes them."),
    "s2hkp": plain("Simplified to Traditional characters and words as Hong Kong has them."),
    "tw2s": plain("Traditional characters of Taiwan to Simplified ones."),
    "tw2sp": plain(
        "Traditional characters and words of Taiwan to Simplified ones of the mainland (軟體 becomes 软件)."
    ),
    "hk2s": plain("Traditional characters of Hong Kong to Simplified ones."),
    "hk2sp": plain("Traditional characters and words of Hong Kong to Simplified ones of the mainland."),
    "t2tw": plain("Traditional characters to the forms of Taiwan (裏 becomes 裡)."),
    "tw2t": plain("Traditional characters of Taiwan to OpenCC's standard forms (裡 becomes 裏)."),
    "t2hk": plain("Traditional characters to the forms of Hong Kong (爲 becomes 為)."),
    "hk2t": plain("Traditional characters of Hong Kong to OpenCC's standard forms (為 becomes 爲)."),
    "t2jp": plain("Traditional characters to the new forms of Japan, shinjitai (澤 becomes 沢)."),
    "jp2t": plain("New characters of Japan, shinjitai, to Traditional ones (沢 becomes 澤)."),
}
"""The configurations that OpenCC 1.4 ships, and what each does."""

_WITHOUT_WORDS: Final = {"s2twp": "s2tw", "tw2sp": "tw2s", "s2hkp": "s2hk", "hk2sp": "hk2s"}
"""The configuration that converts the same characters one to one and leaves words, to compare with."""

_UNSAFE: Final = re.compile("([\0\ud800-\udfff]+)")
"""Characters that OpenCC cannot take: it stops at a NUL, and lone surrogates have no UTF-8."""

_BOUNDARY: Final = re.compile("[\\s，。、；：？！“”‘’（）《》]+")
"""Marks that no word in OpenCC's dictionaries contains, so that the text between two converts independently."""

_SMALL: Final = 1_000
"""Code points up to which two stretches are compared in time proportional to their product."""

Edit = tuple[int, int, int]
"""An edit as `Alignment` takes it: start and end of a stretch, and the length of its replacement."""

_lock = Lock()


def convert(text: str, config: str) -> tuple[str, Alignment]:
    """Convert a text; return it with the alignment from the text given (source) to the text returned (target).

    Radicals and other characters that are drawn like an ideograph are converted as that ideograph.
    Raise ValueError for a name that is not in `CONFIGURATIONS`.
    """
    converter = _converter(config)
    text = ideographs(text)
    converted = _apply(converter, text)
    simple = _WITHOUT_WORDS.get(config)
    if simple is not None:
        return converted, _alignment(_apply(_converter(simple), text), converted)
    if len(converted) != len(text):
        return converted, _alignment(text, converted)
    return converted, IDENTITY


def _converter(config: str) -> OpenCC:
    if config not in CONFIGURATIONS:
        raise ValueError(f"unknown conversion {config!r}; known are {', '.join(CONFIGURATIONS)}")
    with _lock:
        return _load(config)


@cache
def _load(config: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(config)


def _apply(converter: OpenCC, text: str) -> str:
    if text.isascii():
        return text
    if _UNSAFE.search(text) is None:
        return str(converter.convert(text))
    pieces = _UNSAFE.split(text)
    pieces[::2] = [str(converter.convert(piece)) for piece in pieces[::2]]
    return "".join(pieces)


def _alignment(before: str, after: str) -> Alignment:
    """Return the edits that turn `before` into `after`, found by comparing the text between the same marks."""
    edits: list[Edit] = []
    for start, left, right in _clauses(before, after):
        if left != right:
            edits += [(start + first, start + last, length) for first, last, length in _compare(left, right)]
    return Alignment(edits)


def _clauses(before: str, after: str) -> Iterator[tuple[int, str, str]]:
    """The offset of each clause of `before`, the clause, and what it became; all as one where the marks differ."""
    marks, others = list(_BOUNDARY.finditer(before)), list(_BOUNDARY.finditer(after))
    if [mark.group() for mark in marks] != [mark.group() for mark in others]:
        yield 0, before, after
        return
    start = other_start = 0
    for mark, other in zip(marks, others, strict=True):
        yield start, before[start : mark.start()], after[other_start : other.start()]
        start, other_start = mark.end(), other.end()
    yield start, before[start:], after[other_start:]


def _compare(left: str, right: str) -> list[Edit]:
    """The stretches of `left` that differ, with the lengths of what stands for them in `right`."""
    head = max(0, _common(left, right) - 1)
    tail = _common(left[head + 1 :][::-1], right[head + 1 :][::-1])
    left, right = left[head : len(left) - tail], right[head : len(right) - tail]
    if not left or not right or len(left) * len(right) > _SMALL * _SMALL:
        return [(head, head + len(left), len(right))]
    from rapidfuzz.distance import Levenshtein

    blocks = [
        (block.src_start, block.src_end, block.dest_end - block.dest_start)
        for block in Levenshtein.opcodes(left, right)
        if block.tag != "equal"
    ]
    return [(head + start, head + end, length) for start, end, length in _words(blocks, len(left))]


def _words(blocks: list[Edit], size: int) -> list[Edit]:
    """Blocks of differing characters as words.

    Blocks beside each other are one, and so are those with one character between them of which one only puts in or
    leaves out (印表機 is 打 before 印, and 表 left out). What else is put in belongs to the character after it, and
    what is left out to the one before, so that a stretch with that character holds it.
    """
    words = _joined(_joined(blocks, _touch), _share_a_word)
    return [_anchored(word, size) for word in words]


def _joined(blocks: list[Edit], belong: Callable[[Edit, Edit], bool]) -> list[Edit]:
    joined: list[Edit] = []
    for block in blocks:
        if joined and belong(joined[-1], block):
            start, last, length = joined.pop()
            block = start, block[1], length + (block[0] - last) + block[2]
        joined.append(block)
    return joined


def _touch(one: Edit, other: Edit) -> bool:
    return one[1] == other[0]


def _share_a_word(one: Edit, other: Edit) -> bool:
    return other[0] - one[1] == 1 and (_one_sided(one) or _one_sided(other))


def _one_sided(edit: Edit) -> bool:
    start, end, length = edit
    return start == end or length == 0


def _anchored(word: Edit, size: int) -> Edit:
    """Return an edit widened so that neither of its sides is empty."""
    start, end, length = word
    if start == end and end < size:
        return start, end + 1, length + 1
    if _one_sided(word) and start > 0:
        return start - 1, end, length + 1
    return word


def _common(left: str, right: str) -> int:
    """How many code points two texts have in common at their beginning."""
    for at, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return at
    return min(len(left), len(right))
