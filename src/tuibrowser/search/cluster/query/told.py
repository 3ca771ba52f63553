"""Told: what hosts have told of matches with the first of them, so that they need not be asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.answering.rows import Rows, names
from tuibrowser.search.answering.source import Located

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.host.session import Told

    Array = npt.NDArray[Any]


class ToldByHosts:
    """Matches whose lists go by their numbers among all hosts, with what is known of them."""

    def __init__(self) -> None:
        self._parts: list[Rows] = []
        self._offsets: dict[int, int] = {}
        """Where matches begin in the raw texts, by their lists and where they begin in their segments."""
        self._located: dict[int, tuple[int, Sequence[tuple[int, int]]]] = {}
        self._around: dict[int, tuple[int, ...]] = {}
        """What stands around matches, by their names."""

    @property
    def rows(self) -> Rows:
        """All matches that are known, each once."""
        if len(self._parts) > 1:
            rows = Rows(*map(np.concatenate, zip(*(each.columns for each in self._parts), strict=True)))
            self._parts = [rows.rows(np.unique(rows.names(), return_index=True)[1])]
        return self._parts[0]

    def add_first(self, first: Rows, mates: Rows, told: Told) -> None:
        """Add the first matches of a host, their mates, and what it tells of them."""
        rows = first.joined(mates)
        self.add(rows, told.offsets)
        places = zip(told.located.paragraphs, told.located.spans, strict=True)
        self._located.update(zip(first.names().tolist(), places, strict=True))
        if told.around:
            columns = zip(*(column.tolist() for column in told.around), strict=True)
            self._around.update(zip(rows.names().tolist(), columns, strict=True))

    def add(self, rows: Rows, offsets: Array) -> None:
        """Add matches and where they begin in the raw texts."""
        self._parts.append(rows)
        self._offsets.update(zip(names(rows.whose, rows.starts).tolist(), offsets.tolist(), strict=True))

    def offsets(self, begins: Array) -> Array | None:
        """int64: where matches begin in the raw texts; None where it is not known of all."""
        found = [self._offsets.get(each) for each in begins.tolist()]
        return None if None in found else np.array(found, np.int64)

    def located(self, named: Array) -> Located | None:
        """Where matches stand in the raw texts; None where it is not known of all."""
        found = [self._located[each] for each in named.tolist() if each in self._located]
        return Located([each for each, _ in found], [each for _, each in found]) if len(found) == len(named) else None

    def around(self, named: Array) -> list[Array] | None:
        """What stands around matches; None where it is not known of all."""
        found = [self._around[each] for each in named.tolist() if each in self._around]
        if len(found) < len(named):
            return None
        before, behind, *hashes = zip(*found, strict=True)
        return [
            *(np.array(each, np.uint16) for each in (before, behind)),
            *(np.array(each, np.uint64) for each in hashes),
        ]
