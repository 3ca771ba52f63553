"""Made: figures and lines as they are shown, made in a thread; their rows are made when they are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.analysis.figures.frequency import NoFieldError
from tuibrowser.analysis.figures.keyness import NoGroupError
from tuibrowser.analysis.judging.again import judged
from tuibrowser.analysis.judging.model import Judging
from tuibrowser.analysis.texts.stop_list import NO_WORDS
from tuibrowser.analysis.texts.units import UnitsAsked
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.stopping import StoppedError, check, stopping
from tuibrowser.language.i18n import plain, said
from tuibrowser.tui.analysis.making.asked import NEEDING_A_QUERY, WITH_UNITS, View
from tuibrowser.tui.analysis.making.columns import columns_of
from tuibrowser.tui.analysis.making.tables import longest_bar, ordered, table_of, what_it_depends_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.analysis.basis import Basis
    from tuibrowser.analysis.figures.concordance import Concordance, Line
    from tuibrowser.analysis.judging.model import Judgement
    from tuibrowser.analysis.table import Table
    from tuibrowser.analysis.texts.stop_list import StopList
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.tui.analysis.making.asked import Asked
    from tuibrowser.tui.analysis.making.columns import Column

    Cancelled = Callable[[], bool]
    Progress = Callable[[int, int], object]

AT_ONCE: Final = 40
"""Rows that are made together with a figure, since they are seen first."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A table for what was asked, the indices of its rows in the order shown, and the first of them.

    `longest` is the rate of the longest bar.
    """

    asked: Asked
    table: Table[Any]
    order: Sequence[int]
    begin: Sequence[Any] = ()
    longest: float = 0.0

    @property
    def basis(self) -> Basis:
        """What the figure is of."""
        return self.table.basis

    def __len__(self) -> int:
        return len(self.order)

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns."""
        return columns_of(self.asked)

    def rows(self, first: int, last: int) -> Sequence[Any]:
        """The rows from one place in the order up to another."""
        some = self.order[first:last]
        if isinstance(some, range) and some.step == 1:
            return self.table[some.start : some.stop]
        return [self.table[at] for at in some]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines for what was asked, and the first of them."""

    asked: Asked
    lines: Concordance
    begin: Sequence[Line] = ()

    @property
    def basis(self) -> Basis:
        """What the lines are of."""
        return self.lines.basis

    def __len__(self) -> int:
        return len(self.lines)

    def rows(self, first: int, last: int) -> Sequence[Line]:
        """The lines from one place up to another."""
        return self.lines[first:last]


@dataclass(frozen=True, slots=True)
class Nothing:
    """That there is no figure for what was asked, and why."""

    asked: Asked
    why: str
    is_early: bool = False
    """Whether there will be one when all texts were read."""


Made = Figure | Lines | Nothing


def make(
    searcher: Searcher,
    asked: Asked,
    before: Made | None,
    judgements: Sequence[Judgement],
    stop: StopList,
    cancelled: Cancelled,
    progress: Progress,
) -> Made:
    """Make what was asked for; a table that was made `before` is only ordered anew where nothing else has changed.

    `judgements` are those of the lines of its queries; units in `stop` are not shown. The texts are cut into words
    where that has to be done.
    """

    def told(done: int, total: int) -> None:
        # How far the counting is, which takes a moment once all is cut, nobody knows.
        progress(*((done, total) if done < total else (0, 0)))

    units = UnitsAsked(asked.unit or None, asked.is_exact, NO_WORDS if asked.has_stopped else stop, told)
    try:
        with stopping(cancelled):
            return _make(searcher, asked, before, judgements, units)
    except StoppedError:
        return Nothing(asked, plain("stopped"))
    except (NoGroupError, NoFieldError) as error:
        return Nothing(asked, said(error))
    except CorpusError as error:
        if asked.view not in WITH_UNITS or searcher.cut_texts.cutting() is not None:
            raise
        return Nothing(asked, said(error), is_early=True)


def _make(
    searcher: Searcher, asked: Asked, before: Made | None, judgements: Sequence[Judgement], units: UnitsAsked
) -> Made:
    if asked.view in NEEDING_A_QUERY and not asked.query.strip() and asked.opened is None:
        return Nothing(asked, plain("no query: select words in the text, or search, first"))
    if asked.view is View.LINES:
        return _lines(searcher, asked, judgements)
    if isinstance(before, Figure) and what_it_depends_on(before.asked) == what_it_depends_on(asked):
        table = before.table
    else:
        table = table_of(searcher, asked, _judging(asked, judgements), units)
    figure = Figure(asked, table, ordered(table, asked))
    longest = longest_bar(table) if asked.view is View.TIME else 0.0
    return Figure(asked, table, figure.order, figure.rows(0, AT_ONCE), longest)


def _judging(asked: Asked, judgements: Sequence[Judgement]) -> Judging | None:
    """How judged lines are counted; None where none was judged."""
    codes = frozenset(asked.codes) if asked.codes else None
    return Judging(judgements, codes, asked.has_rejected) if judgements or codes else None


def _lines(searcher: Searcher, asked: Asked, judgements: Sequence[Judgement]) -> Made:
    from tuibrowser.analysis.figures.concordance import Concordance, LineOrder, concordance

    judging = Judging(judgements, None, with_rejected=True) if judgements else None
    if asked.opened is None:
        lines = concordance(
            searcher,
            asked.query,
            order=asked.line_order,
            context=asked.context,
            scope=asked.scope,
            judging=judging,
        )
    else:
        matches, basis, query = asked.opened.matches, asked.opened.basis, asked.opened.query
        codes = None
        if judging is not None and query is not None:
            codes = judged(searcher, query, matches, matches.by_document().keys(), judging).kept_sources
        lines = Concordance(searcher, matches, basis, range(len(matches)), asked.context, judged=codes, query=query)
        lines = lines.ordered(LineOrder(asked.line_order))
    if asked.sample is not None:
        lines = lines.sample(*asked.sample)
    check()
    if asked.is_distinct:
        lines = lines.distinct()
    check()
    if asked.rows_with:
        lines = lines.holding(asked.rows_with)
    return Lines(asked, lines, lines[:AT_ONCE])
