"""Refind: find a place again after its file was renamed, edited or converted to another script.

In the same content, it is at the same offset. In other content, it is at its own wording: the same words nearest to the
old offset, else words much like them there, else such words anywhere. Scripts are folded, so that a converted file is
no obstacle.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.hanzi.convert import convert
from tuibrowser.language.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.userdata.model import Bookmark, Spot

LEAST_LIKENESS: Final = 70.0
"""Likeness, of 100, from which on a passage is taken for the one sought."""

_NEAR: Final = 3_000
"""Code points on either side of the old place that are looked at first."""
_PIECES: Final = (16, 8, 4)
"""Lengths, in code points, of the pieces of a passage by which the part of the text that holds it is found."""
_MOST_PIECES: Final = 64
_MOST_FOUND: Final = 200
"""Places of a piece that are looked at; a piece that is everywhere tells nothing."""
_MOST_LIKELY: Final = 20
"""Documents that may hold a bookmark, at most."""
_LOOKED_AT: Final = 1_000
"""Documents looked at from one report of progress to the next."""
_WORD: Final = 2
"""Code points in a row that are more than chance."""
_COMPARED: Final = 1_000
"""Code points of a passage that are compared at most."""


class How(StrEnum):
    """How a place was found again."""

    SAME = "same"
    """The content is the same."""
    MOVED = "moved"
    """The content is another, the wording is the same."""
    CHANGED = "changed"
    """The wording is much like it."""


@frozen
class Refound:
    """A place found again: raw offsets, and how it was found."""

    start: int
    end: int
    how: How


def content_hash(raw: str) -> str:
    """A hash of a raw text by which the same content is known, 32 hexadecimal digits."""
    return blake2b(raw.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def refind(text: DocumentText, content: str, spot: Spot, end: int, passage: str) -> Refound | None:
    """Where the passage that stood from `spot.offset` to `end` is in a text whose content hash is `content`.

    None where the text holds nothing much like it.
    """
    if content == spot.content and spot.offset <= len(text.raw):
        return Refound(spot.offset, min(max(spot.offset, end), len(text.raw)), How.SAME)
    wanted = _folded(passage)
    if not wanted.strip():
        return None
    folded = _folded(text.repaired)
    near = text.alignment.to_target(min(spot.offset, len(text.raw)))
    at = _nearest(folded, wanted, near)
    if at is not None:
        return Refound(*text.alignment.source_span(at, at + len(wanted)), How.MOVED)
    like = _like(folded, wanted[:_COMPARED], near)
    if like is None:
        return None
    return Refound(*text.alignment.source_span(*like), How.CHANGED)


def same_words(text: DocumentText, wording: str, near: int, *, fold: bool) -> int | None:
    """The offset in the repaired text at which it has the very same words, the nearest to a raw offset; None for none.

    With `fold` also where they are written in the other script.
    """
    at = text.alignment.to_target(min(max(0, near), len(text.raw)))
    found = _nearest(text.repaired, wording, at) if wording.strip() else None
    if found is None and fold and wording.strip():
        found = _nearest(_folded(text.repaired), _folded(wording), at)
    return found


def likely_documents(
    bookmark: Bookmark, documents: Sequence[Document], progress: Callable[[int, int], object] = lambda *_: None
) -> list[int]:
    """The numbers of the documents that may hold a bookmark, the likeliest first.

    That at its path; those whose file has the same name, size or title. The rest is for `refind` to say. `progress` is
    told how many documents of how many were looked at.
    """
    name = _base(bookmark.spot.path)
    ranked = []
    for at, document in enumerate(documents):
        if at % _LOOKED_AT == 0:
            progress(at, len(documents))
        points = 8 * (document.source.address == bookmark.spot.path)
        points += 4 * (bookmark.size > 0 and document.source.size == bookmark.size)
        points += 2 * (_base(document.source.address) == name)
        points += bookmark.title in {document.title, full_title(document)}
        if points:
            ranked.append((-points, document.number))
    return [number for _, number in sorted(ranked)[:_MOST_LIKELY]]


def _base(path: str) -> str:
    return path.rpartition("/")[2]


def _folded(text: str) -> str:
    """The text in Simplified characters and lower case where that leaves every offset what it is."""
    simplified = convert(text, "t2s")[0]
    lower = simplified.lower()
    return next(each for each in (lower, simplified, text) if len(each) == len(text))


def _nearest(text: str, wanted: str, near: int) -> int | None:
    """Where a text holds the words wanted, nearest to an offset."""
    after = text.find(wanted, near)
    before = text.rfind(wanted, 0, near + len(wanted))
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - near), default=None)


def _like(text: str, wanted: str, near: int) -> tuple[int, int] | None:
    """The stretch of a text that is most like the words wanted, near an offset if there is one."""
    windows = [(max(0, near - _NEAR), near + len(wanted) + _NEAR)]
    windows += [(max(0, at - len(wanted) // 2), at + len(wanted) * 3 // 2) for at in _diagonals(text, wanted)]
    best: tuple[int, int, float] | None = None
    for start, end in windows:
        found = _alike(text[start:end], wanted)
        if found is not None and (best is None or found[2] > best[2]):
            best = start + found[0], start + found[1], found[2]
        if best is not None and (start, end) == windows[0]:
            break
    return None if best is None else best[:2]


def _alike(window: str, wanted: str) -> tuple[int, int, float] | None:
    """The stretch of a window most like what is wanted, and its likeness, where that is enough."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(wanted, window, score_cutoff=LEAST_LIKENESS) if window else None
    # Of a window shorter than what is wanted RapidFuzz looks for the window: that is another question.
    if found is None or len(window) < len(wanted) // 2:
        return None
    start, end = _common(window, wanted, found.dest_start, found.dest_end)
    likeness = fuzz.ratio(wanted, window[start:end])
    return (start, end, likeness) if likeness >= LEAST_LIKENESS else None


def _common(window: str, wanted: str, start: int, end: int) -> tuple[int, int]:
    """From the first to the last words that a stretch and its surroundings have in common with what is wanted."""
    from rapidfuzz.distance import LCSseq

    more = len(wanted) // 4
    begin = max(0, start - more)
    blocks = [
        block
        for block in LCSseq.opcodes(wanted, window[begin : end + more])
        if block.tag == "equal" and block.src_end - block.src_start >= _WORD
    ]
    return (begin + blocks[0].dest_start, begin + blocks[-1].dest_end) if blocks else (start, end)


def _diagonals(text: str, wanted: str) -> list[int]:
    """Where the words wanted would begin if some of their pieces stand where they are found, the likeliest first."""
    for length in _PIECES:
        votes: Counter[int] = Counter()
        for offset, piece in _pieces(wanted, length):
            votes.update((at - offset) // length * length for at in _places(text, piece))
        if votes:
            return [max(0, at) for at, _ in votes.most_common(8)]
    return []


def _pieces(wanted: str, length: int) -> Iterator[tuple[int, str]]:
    step = max(1, (len(wanted) - length) // _MOST_PIECES)
    for offset in range(0, len(wanted) - length + 1, step):
        yield offset, wanted[offset : offset + length]


def _places(text: str, piece: str) -> list[int]:
    """Where a text holds a piece; nothing for one that stands everywhere."""
    places: list[int] = []
    at = text.find(piece)
    while at >= 0:
        places.append(at)
        if len(places) > _MOST_FOUND:
            return []
        at = text.find(piece, at + 1)
    return places
