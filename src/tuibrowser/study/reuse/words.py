"""Words: what people are told of shared passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import many, plain
from tuibrowser.study.reuse.placed import Relation

if TYPE_CHECKING:
    from tuibrowser.language.i18n import Message
    from tuibrowser.study.reuse.placed import PlacedReuse

RELATIONS: Final = {Relation.EARLIER: plain("earlier"), Relation.LATER: plain("later")}


def count_words(found: PlacedReuse) -> Message:
    """How many passages there are, in how many places."""
    if not len(found):
        return plain("nothing found")
    passages = many(len(found), "passage")
    if found.at_least:
        passages = plain("at least {matches}", matches=passages)
    return plain("{passages} shared with {places}", passages=passages, places=many(found.total, "place"))
