"""Alike: say why no words are told that are used like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.language.i18n import plain
from tuibrowser.search.likeness.model import LEAST

if TYPE_CHECKING:
    from tuibrowser.language.i18n import Message
    from tuibrowser.search.likeness.model import SimilarWords


def why_none(found: SimilarWords) -> Message:
    """Why there are no words like one."""
    if not found.count:
        return plain("{word} is no word of these texts", word=found.word)
    if found.is_rare:
        return plain(
            "{word} stands in {count} places: below {least} what is like it is left to chance",
            word=found.word,
            count=found.count,
            least=LEAST,
        )
    return plain("{word} is not among the words that are compared", word=found.word)
