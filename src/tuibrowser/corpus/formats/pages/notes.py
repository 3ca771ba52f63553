"""Notes of a page: the boxes that hold footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.pages.blocks import Box

_NOTES: Final = re.compile(
    r"""\b(?:epub:type|role|class|id)\s*=\s*["']?[^"'>]*\b(?:doc-)?(?:foot|end|rear)-?notes?\b(?!-)""", re.IGNORECASE
)


def in_notes(boxes: Sequence[Box]) -> list[bool]:
    """Say of each box whether it holds a footnote or endnote, or stands in one that does."""
    found: list[bool] = []
    for number, box in enumerate(boxes):
        own = "note" in box.written and box.tag != "body" and _NOTES.search(box.written) is not None
        found.append(own or (number > 0 and found[box.parent]))
    return found
