"""Notes of a page: the boxes that hold footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.pages.blocks import Box

_NOTES: Final = re.compile(
    r"""\b(?:epub:type|role|class|id)\s*=\s*["']?[^"'>]*\b(?:doc-)?(?:foot|end|rear)-?notes?\b(?!-?(?:ref|back|link))|\bclass\s*=\s*["'](?:[^"']*\s)?references\b""",
    re.IGNORECASE,
)
_TYPED: Final = re.compile(r"""\b(?:epub:type|role)\s*=\s*["'][^"']*\b(?:foot|end|rear)notes?\b""")
"""What the page itself must say, since its class may say but that it has notes."""


def in_notes(boxes: Sequence[Box]) -> list[bool]:
    """Say of each box whether it holds a footnote or endnote, or stands in one that does."""
    found: list[bool] = []
    for number, box in enumerate(boxes):
        own = ("note" in box.written or "references" in box.written) and (
            _NOTES if box.tag != "body" else _TYPED
        ).search(box.written) is not None
        found.append(own or (number > 0 and found[box.parent]))
    return found
