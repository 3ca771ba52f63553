"""Methods: corpus work in the Python API; an open corpus inherits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from tuibrowser.analysis.texts.units import ignore, units_asked
from tuibrowser.search.model import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.analysis.figures.clusters import Cluster
    from tuibrowser.analysis.figures.collocates import Collocate
    from tuibrowser.analysis.figures.concordance import Concordance
    from tuibrowser.analysis.figures.dispersion import Spread
    from tuibrowser.analysis.figures.frequency import Slice
    from tuibrowser.analysis.figures.keyness import Keyword
    from tuibrowser.analysis.figures.lists import Entry
    from tuibrowser.analysis.judging.model import Judging
    from tuibrowser.analysis.table import Table
    from tuibrowser.analysis.texts.units import Progress
    from tuibrowser.search.searcher import Searcher


AS_WRITTEN: Final = Scope(exact=True)
"""Every match as the text has it, which counts where nothing else is asked for."""


class _Searched(Protocol):
    @property
    def searcher(self) -> Searcher: ...

    @property
    def paths(self) -> Sequence[str]: ...


class Figures:
    """Every figure of a corpus, each with what it is of (`basis`).

    With `judging` only those matches are counted that it counts; a concordance has the rejected lines too, with their
    codes. `scope` is Scope(exact=True) if nothing else is asked for: without `exact` near matches count as well, and
    with `once` paragraphs that stand in a document before do not.
    """

    def concordance(
        self: _Searched,
        query: str,
        *,
        order: str = "document",
        context: int = 20,
        seed: int = 0,
        judging: Judging | None = None,
        scope: Scope = AS_WRITTEN,
        whole_words: bool = False,
    ) -> Concordance:
        """Every match of a query as a line with so many characters of context on either side.

        `order` is right, left, neighbour, document, date or random, which is the same for the same `seed`.
        `whole_words` leaves out matches that begin or end inside a word.
        """
        from tuibrowser.analysis.figures.concordance import concordance

        return concordance(
            self.searcher,
            query,
            order=order,
            context=context,
            seed=seed,
            paths=self.paths,
            judging=judging,
            scope=scope,
            whole_words=whole_words,
        )

    def frequency(
        self: _Searched,
        query: str,
        *,
        by: str = "year",
        also: Sequence[str] = (),
        judging: Judging | None = None,
        scope: Scope = AS_WRITTEN,
    ) -> Table[Slice]:
        """How often a query, and others beside it, stand in the texts of each group, per million and with an interval.

        `by` is year, decade, month, folder, folder:1 (the first folder of each text), author, document or the name of
        a field.
        """
        from tuibrowser.analysis.figures.frequency import frequency

        return frequency(self.searcher, query, by=by, also=also, paths=self.paths, judging=judging, scope=scope)

    def dispersion(
        self: _Searched, query: str, *, bins: int = 40, judging: Judging | None = None, scope: Scope = AS_WRITTEN
    ) -> Table[Spread]:
        """The documents in which a query stands and where in them, most matches first; the basis has DP and DPnorm."""
        from tuibrowser.analysis.figures.dispersion import dispersion

        return dispersion(self.searcher, query, bins=bins, paths=self.paths, judging=judging, scope=scope)

    def collocates(
        self: _Searched,
        query: str,
        *,
        unit: str | None = None,
        exact: bool = False,
        stop: Iterable[str] = (),
        window: tuple[int, int] = (5, 5),
        measure: str = "logdice",
        minimum: int = 5,
        progress: Progress = ignore,
        judging: Judging | None = None,
        scope: Scope = AS_WRITTEN,
    ) -> Table[Collocate]:
        """The characters, bigrams or words within so many units left and right of a query, best by a measure first.

        The measures are logdice, g2, mi, mi3, t and z; `together` is the mere number. Without a `unit` words are
        counted if the dictionary has most of them, else characters. `exact` counts each written form by itself;
        the units of `stop` have no row. `progress` is called with the characters cut into words and all.
        """
        from tuibrowser.analysis.figures.collocates import collocates

        return collocates(
            self.searcher,
            query,
            units=units_asked(unit, exact, stop, progress),
            window=window,
            measure=measure,
            minimum=minimum,
            paths=self.paths,
            judging=judging,
            scope=scope,
        )

    def clusters(
        self: _Searched,
        query: str,
        *,
        size: int = 2,
        side: str = "right",
        minimum: int = 1,
        exact: bool = False,
        judging: Judging | None = None,
        scope: Scope = AS_WRITTEN,
    ) -> Table[Cluster]:
        """The clusters of a query with so many characters on its right or left side, most first.

        `exact` counts each written form by itself.
        """
        from tuibrowser.analysis.figures.clusters import clusters

        return clusters(
            self.searcher,
            query,
            size=size,
            side=side,
            minimum=minimum,
            exact=exact,
            paths=self.paths,
            judging=judging,
            scope=scope,
        )

    def keyness(
        self: _Searched,
        filters: str,
        against: str | None = None,
        *,
        unit: str | None = None,
        exact: bool = False,
        stop: Iterable[str] = (),
        measure: str = "conservative",
        count: str = "units",
        minimum: int = 5,
        progress: Progress = ignore,
        scope: Scope = AS_WRITTEN,
    ) -> Table[Keyword]:
        """The units that mark the documents of some conditions against others, or against the rest.

        The measures are conservative, g2, ll2, log_ratio and diff; `count` may be documents. `unit`, `exact`, `stop`
        and `progress` are those of `collocates`. Raise ValueError where a group has no text.
        """
        from tuibrowser.analysis.figures.keyness import keyness

        return keyness(
            self.searcher,
            filters,
            against,
            units=units_asked(unit, exact, stop, progress),
            measure=measure,
            count=count,
            minimum=minimum,
            paths=self.paths,
            scope=scope,
        )

    def words(
        self: _Searched,
        within: str = "",
        *,
        unit: str | None = None,
        exact: bool = False,
        stop: Iterable[str] = (),
        size: int = 1,
        minimum: int | None = None,
        progress: Progress = ignore,
        scope: Scope = AS_WRITTEN,
    ) -> Table[Entry]:
        """The words, characters or bigrams of the documents of some conditions, or of all, most first.

        `size` is how many words in a row are one unit. Units that occur fewer than `minimum` times are left out; where
        it is None, only words in a row that occur fewer than 5 times. Words are cut when they are first asked for: in a
        corpus of 100 MB half a minute, once. `unit`, `exact`, `stop` and `progress` are those of `collocates`.
        """
        from tuibrowser.analysis.figures.collocates import MINIMUM
        from tuibrowser.analysis.figures.lists import words

        least = (1 if size == 1 else MINIMUM) if minimum is None else max(1, minimum)
        units = units_asked(unit, exact, stop, progress)
        return words(self.searcher, within, units=units, size=size, minimum=least, paths=self.paths, scope=scope)
