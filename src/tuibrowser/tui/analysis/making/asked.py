"""Asked: what the reader asks a corpus for, as data, and what each key makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.basis import AS_WRITTEN
from tuibrowser.analysis.figures.frequency import is_by_folder
from tuibrowser.analysis.texts.units import BIGRAM, CHARACTER, WORD

if TYPE_CHECKING:
    from tuibrowser.analysis.basis import Basis
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Matches


class View(StrEnum):
    """What is shown of a query, in the order of the keys."""

    LINES = "lines"
    SPREAD = "spread"
    COLLOCATES = "collocates"
    CLUSTERS = "clusters"
    WORDS = "words"
    KEYNESS = "keyness"
    TIME = "time"


VIEWS: Final = tuple(View)

NEEDING_A_QUERY: Final = frozenset(View) - {View.WORDS, View.KEYNESS}
"""The views that count matches of a query; the others count all units of some texts."""

UNITS: Final = (WORD, CHARACTER, BIGRAM)

WITH_UNITS: Final = frozenset({View.COLLOCATES, View.WORDS, View.KEYNESS})
"""The views whose rows are units."""

BYS: Final = ("year", "folder", "author")
"""What the last view groups by, in the order in which its key goes through them."""

_TIMES: Final = ("month", "year", "decade")

_DEEPEST: Final = 10
"""Folders below which texts are grouped by all of their folders."""

_WIDEST: Final = 100
_CONTEXT_STEP: Final = 5
_LONGEST_CLUSTER: Final = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """The matches that a row counts, what they are called, and what that figure is of.

    `query` is the one whose matches they are; None where they are those of a unit, which no query counts.
    """

    matches: Matches
    words: str
    basis: Basis
    query: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for; what a view has no use for is kept for the others.

    `sort` is the column that rows are ordered by, empty for the view's own order; lines have their own `line_order`.
    `sample` is a number of lines and a seed. `target` and `against` are the conditions of the groups that are compared;
    an empty `target` is the scope, an empty `against` all others. Of judged lines only those of a code in `codes` are
    counted, without one all but the rejected, unless it `has_rejected`. An empty `unit` leaves that to the texts;
    `is_exact` counts each written form by itself, and units of the stop list are shown if it `has_stopped`. `opened`
    are the matches of a row, whose lines are shown instead of those of the query.
    """

    query: str
    view: View = View.LINES
    scope: Scope = AS_WRITTEN
    line_order: str = "right"
    context: int = 20
    window: int = 5
    size: int = 2
    side: str = "right"
    unit: str = ""
    is_exact: bool = False
    has_stopped: bool = False
    by: str = "year"
    also: str = ""
    target: str = ""
    against: str = ""
    count: str = "units"
    sort: str = ""
    is_reversed: bool = False
    rows_with: str = ""
    sample: tuple[int, int] | None = None
    is_distinct: bool = False
    codes: str = ""
    has_rejected: bool = False
    opened: Opened | None = None

    @property
    def queries(self) -> tuple[str, ...]:
        """The queries whose judged lines matter here."""
        if self.opened is not None:
            return () if self.opened.query is None else (self.opened.query,)
        return (self.query, self.also) if self.view is View.TIME and self.also else (self.query,)

    def of_view(self, view: View) -> Asked:
        """Another view; the same one again goes on to its next variant."""
        if view is not self.view:
            return replace(self, view=view, sort="", is_reversed=False, rows_with="")
        if view is View.CLUSTERS:
            return replace(self, side="left" if self.side == "right" else "right")
        if view is View.KEYNESS:
            return replace(self, count="documents" if self.count == "units" else "units")
        if view is View.TIME:
            by = "folder" if is_by_folder(self.by) else self.by
            at = BYS.index(by) if by in BYS else 0
            return replace(self, by=BYS[(at + 1) % len(BYS)])
        return self

    def ordered_by(self, key: str) -> Asked:
        """Ordered by a column, or the order of lines of that name; the same one again the other way round."""
        if self.view is View.LINES:
            return replace(self, line_order=key)
        return replace(self, sort=key, is_reversed=self.sort == key and not self.is_reversed)

    def of_next_unit(self, shown: str) -> Asked:
        """In the unit after the one shown."""
        unit = self.unit or shown
        return replace(self, unit=UNITS[(UNITS.index(unit) + 1) % len(UNITS)])

    def wider(self, step: int) -> Asked:
        """With a wider window, context, cluster or time, or a narrower one; the same where it cannot be."""
        if self.view is View.LINES:
            return replace(self, context=_within(self.context + step * _CONTEXT_STEP, _CONTEXT_STEP, _WIDEST))
        if self.view is View.COLLOCATES:
            return replace(self, window=_within(self.window + step, 1, _WIDEST))
        if self.view is View.CLUSTERS:
            return replace(self, size=_within(self.size + step, 1, _LONGEST_CLUSTER))
        if self.view is View.TIME and self.by in _TIMES:
            return replace(self, by=_TIMES[_within(_TIMES.index(self.by) + step, 0, len(_TIMES) - 1)])
        if self.view is View.TIME and is_by_folder(self.by):
            depth = int(self.by.partition(":")[2] or (2 if step > 0 else _DEEPEST)) - step
            return replace(self, by="folder" if depth >= _DEEPEST else f"folder:{max(1, depth)}")
        return self

    def in_next_scope(self, document: int, folder: str) -> Asked:
        """In a document, then in its folder, then everywhere."""
        scope = self.scope
        if scope.document is None and scope.folder is None:
            return self._in(document, None)
        if scope.document is not None and folder:
            return self._in(None, folder)
        return self._in(None, None)

    def _in(self, document: int | None, folder: str | None) -> Asked:
        return replace(self, scope=replace(self.scope, document=document, folder=folder))

    def of_code(self, code: str) -> Asked:
        """Counted from the lines of a code alone; from all lines where that was so already."""
        return replace(self, codes="" if code == self.codes else code)

    def once(self) -> Asked:
        """With equal lines once; in a figure, with paragraphs that stand in a document before left out; or all."""
        if self.view is View.LINES:
            return replace(self, is_distinct=not self.is_distinct)
        return replace(self, scope=replace(self.scope, once=not self.scope.once))

    def with_near(self) -> Asked:
        """With near kinds of matches, or without them."""
        return replace(self, scope=replace(self.scope, exact=not self.scope.exact))


def _within(number: int, least: int, most: int) -> int:
    return max(least, min(number, most))
