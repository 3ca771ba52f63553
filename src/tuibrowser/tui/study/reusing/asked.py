"""Asked: what is compared, and how the list is ordered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tuibrowser.search.reuse.model import RUN, ReuseOrder

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Document

_LENGTHS: Final = (4, 6, 8, 10, 15, 20, 30, 50, 100)
"""The fewest characters in a row that the reader may step to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A document that is compared with the others, or None for all of them."""

    document: Document | None
    minimum: int = RUN
    order: ReuseOrder = ReuseOrder.TEXT

    def stepped(self, steps: int) -> Asked:
        """The same with longer runs, or shorter ones."""
        at = min(max(_LENGTHS.index(self.minimum) + steps, 0), len(_LENGTHS) - 1)
        return replace(self, minimum=_LENGTHS[at])

    def reordered(self) -> Asked:
        """The same in the next order."""
        orders = list(ReuseOrder)
        return replace(self, order=orders[(orders.index(self.order) + 1) % len(orders)])
