"""Extents: how many characters of some layers each document has, and a digest of its whole text."""

from __future__ import annotations

from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.model import Layer
from tuibrowser.search.counting.places import Places
from tuibrowser.search.index.arrays import expand
from tuibrowser.search.index.segment import SURROGATE

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_DIGEST: Final = 16
"""Bytes of a digest."""


def significant(segment: Segment, layers: frozenset[Layer]) -> Array:
    """int64: the significant characters of some layers in each document of a segment."""
    name = f"significant {sorted(layers)}"
    if (known := segment.at_hand.get(name)) is None:
        count = _in_text if Layer.TEXT in layers else _aside
        known = segment.at_hand[name] = count(segment, layers)
    return np.asarray(known)


def _in_text(segment: Segment, layers: frozenset[Layer]) -> Array:
    """The same, of layers with the text, which is most of a document."""
    places = Places(segment, layers)
    bounds = segment.docs.tolist()
    return np.array([np.count_nonzero(places.within(low, high)) for low, high in pairwise(bounds)], np.int64)


def _aside(segment: Segment, layers: frozenset[Layer]) -> Array:
    """The same, of layers without the text: only their stretches are looked at."""
    rows = segment.layers.astype(np.int64)
    positions = expand(rows[:, 0], rows[:, 1])
    held = positions.compress(Places(segment, layers).are(positions))
    return np.bincount(segment.document_index(held), minlength=len(segment.numbers))


def digests(segment: Segment) -> list[str]:
    """A digest of the text of each document, the same in every segment."""
    if (known := segment.at_hand.get(_DIGESTS)) is None:
        bounds = segment.docs.tolist()
        known = [_digest(segment, low, high - 1) for low, high in pairwise(bounds)]
        segment.at_hand[_DIGESTS] = known
    return list(known)


def _digest(segment: Segment, start: int, end: int) -> str:
    codes = segment.codes[start:end]
    if codes.dtype != np.uint16 or (len(segment.beyond) and bool((codes >= SURROGATE).any())):
        # Codes from there on stand for other characters in another segment.
        data = segment.points(codes).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
        return blake2b(data.encode("utf-16-le", "surrogatepass"), digest_size=_DIGEST).hexdigest()
    return blake2b(codes.astype("<u2", copy=False).tobytes(), digest_size=_DIGEST).hexdigest()


_DIGESTS: Final = "digests"
