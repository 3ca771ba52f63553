"""Words: what the panel says of the passages and of how they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.reading.harmless import harmless
from tuibrowser.search.reuse.model import ReuseOrder
from tuibrowser.study.reuse.words import bound_words as bounds_told

if TYPE_CHECKING:
    from tuibrowser.study.reuse.placed import PlacedReuse
    from tuibrowser.tui.study.reusing.asked import Asked

_ORDERS: Final = {
    ReuseOrder.TEXT: plain("as the text has them"),
    ReuseOrder.LENGTH: plain("the longest first"),
    ReuseOrder.OTHER: plain("by the other document"),
}


def title_of(asked: Asked) -> str:
    """What is compared."""
    return tr("all documents") if asked.document is None else harmless(full_title(asked.document))


def how_words(asked: Asked) -> str:
    """How long the runs are, and in which order they are listed."""
    return tr("runs of {count:,} · {order}", count=asked.minimum, order=shown(_ORDERS[asked.order]))


def bound_words(found: PlacedReuse | None) -> str:
    """What was bounded on purpose; empty where nothing was."""
    return "" if found is None else " · ".join(map(shown, bounds_told(found)))
