"""References: `path#39:12-30@hash`, the short name of a passage by which it is opened again.

It names the document, the paragraph from 1 and, unless it is the whole paragraph, the code points from 0 and up to
which, of the repaired paragraph in the document's own script. `39:12-41:5` ends in another paragraph. The hash is
that of the passage, so that it is found where paragraphs were added before it, and missed where it was changed.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from tuibrowser.language.frozen import frozen
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.corpus.model import DocumentText

_REFERENCE: Final = late(
    r"(?P<path>.+)#(?P<first>[0-9]{1,9})(?::(?P<start>[0-9]{1,9})-(?:(?P<last>[0-9]{1,9}):)?(?P<end>[0-9]{1,9}))?"
    r"(?:@(?P<hash>[0-9a-f]{8}))?",
    re.DOTALL,
)
_ESCAPED: Final = late(r"[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|%(?=[0-9A-F]{2})")
_CODE: Final = late(r"((?:%[0-9A-F]{2})+)")
_MOST_TRIED: Final = 5_000_000
"""Code points that are hashed at most to find a passage, and what the hashing of each stretch costs counted as such."""
_EACH_TRY: Final = 20
"""Code points that could be hashed in the time that a stretch costs, however short."""


@frozen
class Reference:
    """A passage by its document's name or path, paragraphs from 1 and, unless these are whole, offsets in them."""

    path: str
    first: int
    last: int
    start: int | None = None
    end: int | None = None
    hash: str = ""

    def __str__(self) -> str:
        place = f"{self.first}"
        if self.start is not None:
            last = f"{self.last}:" if self.last != self.first else ""
            place += f":{self.start}-{last}{self.end}"
        return f"{_ESCAPED.sub(_code, self.path)}#{place}{f'@{self.hash}' if self.hash else ''}"


@frozen
class Located:
    """Where a reference leads: a stretch of the raw text.

    `sure` if the passage there is the one referred to, `moved` if it stands at another place than the one named.
    """

    start: int
    end: int
    sure: bool
    moved: bool = False


def refer(path: str, text: DocumentText, start: int, end: int) -> Reference:
    """The reference to the passage from `start` to `end` of the raw text."""
    first, last = text.paragraph_at(start), text.paragraph_at(max(start, end - 1))
    if not text.paragraphs:
        return Reference(path, 1, 1)
    low, high = text.alignment.target_span(start, end)
    one, other = text.paragraphs[first], text.paragraphs[last]
    low, high = max(one.start, min(low, one.end)), max(other.start, min(high, other.end))
    passage_hash = _hash(text.repaired[low:high])
    if (low, high) == (one.start, one.end):
        return Reference(path, first + 1, last + 1, hash=passage_hash)
    return Reference(path, first + 1, last + 1, low - one.start, high - other.start, passage_hash)


def refer_to(path: str, paragraphs: tuple[int, int], offsets: tuple[int, int], passage: str) -> Reference:
    """The reference to a passage by the numbers, from 0, of its first and last paragraph and its offsets in these."""
    (first, last), (start, end) = paragraphs, offsets
    return Reference(path, first + 1, last + 1, start, end, _hash(passage))


def parse_reference(reference: str) -> Reference | None:
    """The reference that a string is; None where it is none. A path alone, or with `:LINE`, is none."""
    found = _REFERENCE.fullmatch(reference.strip())
    if found is None:
        return None
    first = int(found["first"])
    last = int(found["last"] or first)
    start, end = (int(found["start"]), int(found["end"])) if found["start"] else (None, None)
    if first < 1 or (last, end or 0) < (first, start or 0):
        return None
    return Reference(_CODE.sub(_decoded, found["path"]), first, last, start, end, found["hash"] or "")


def locate(reference: Reference, text: DocumentText) -> Located | None:
    """Where a reference leads in a text: to its passage, wherever that is now, else to the place named.

    None where the text has neither.
    """
    span = _named(reference, text)
    if span is not None and (not reference.hash or _hash(text.repaired[span[0] : span[1]]) == reference.hash):
        return Located(*text.alignment.source_span(*span), sure=True)
    for moved in _candidates(reference, text):
        if _hash(text.repaired[moved[0] : moved[1]]) == reference.hash:
            return Located(*text.alignment.source_span(*moved), sure=True, moved=True)
    return None if span is None else Located(*text.alignment.source_span(*span), sure=False)


def _named(reference: Reference, text: DocumentText) -> tuple[int, int] | None:
    """The stretch of the repaired text that a reference names, cut to what there is."""
    if not reference.first <= reference.last <= len(text.paragraphs):
        return None
    one, other = text.paragraphs[reference.first - 1], text.paragraphs[reference.last - 1]
    start = one.start if reference.start is None else min(one.start + reference.start, one.end)
    end = other.end if reference.end is None else min(other.start + reference.end, other.end)
    return start, max(start, end)


def _candidates(reference: Reference, text: DocumentText) -> Iterator[tuple[int, int]]:
    """Stretches of the repaired text that may be the passage of a reference, the nearest paragraphs first."""
    if not reference.hash:
        return
    nearest = sorted(range(len(text.paragraphs)), key=lambda number: abs(number + 1 - reference.first))
    if reference.start is None or reference.end is None or reference.first != reference.last:
        more = reference.last - reference.first
        for number in nearest:
            if number + more >= len(text.paragraphs):
                continue
            one, other = text.paragraphs[number], text.paragraphs[number + more]
            if reference.start is None or reference.end is None:
                yield one.start, other.end
            elif one.start + reference.start <= one.end and other.start + reference.end <= other.end:
                yield one.start + reference.start, other.start + reference.end
        return
    length = reference.end - reference.start
    budget = _MOST_TRIED
    paragraphs = [text.paragraphs[number] for number in nearest]
    for paragraph in paragraphs:
        # Where the paragraph is the same the passage stands at the same place in it: this is tried before all others.
        if paragraph.start + reference.end <= paragraph.end:
            yield paragraph.start + reference.start, paragraph.start + reference.end
    for paragraph in paragraphs:
        for start in range(paragraph.start, paragraph.end - length + 1):
            budget -= length + _EACH_TRY
            if budget < 0:
                return
            yield start, start + length


def _hash(passage: str) -> str:
    return blake2b(passage.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _code(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8", "surrogatepass"))


def _decoded(found: re.Match[str]) -> str:
    data = bytes.fromhex(found.group().replace("%", ""))
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return found.group()
