"""Words: what people are told of shared passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import many, plain
from tuibrowser.search.reuse.every import COMMON_BOUND
from tuibrowser.study.reuse.placed import Relation

if TYPE_CHECKING:
    from tuibrowser.language.i18n import Message
    from tuibrowser.search.model import Bound
    from tuibrowser.study.reuse.placed import PlacedReuse

RELATIONS: Final = {Relation.EARLIER: plain("earlier"), Relation.LATER: plain("later")}


def bound_words(found: PlacedReuse) -> list[Message]:
    """Sentences on what was bounded on purpose."""
    return [_bound_words(bound) for bound in found.bounds]


def _bound_words(bound: Bound) -> Message:
    if bound.what != COMMON_BOUND.what:
        return plain("only the first {limit:,} {what}", limit=bound.limit, what=bound.what)
    return plain(
        "passages that stand in more than {limit:,} places are told once, with these places, and not two by two",
        limit=bound.limit,
    )


def count_words(found: PlacedReuse) -> Message:
    """How many passages there are, in how many places."""
    if not len(found):
        return plain("nothing found")
    passages = many(len(found), "passage")
    if found.at_least:
        passages = plain("at least {matches}", matches=passages)
    return plain("{passages} shared, in {places} elsewhere", passages=passages, places=many(found.total, "place"))
