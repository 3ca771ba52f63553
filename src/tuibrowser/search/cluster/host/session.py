"""Session: the steps of one query on a host, and what it then tells of the matches that it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.answering.hits import spans_in_document
from tuibrowser.search.answering.matched import Matched
from tuibrowser.search.answering.occurrences import LocalOccurrences
from tuibrowser.search.answering.repeats import WIDTHS, LocalSurroundings
from tuibrowser.search.answering.rows import Rows, names
from tuibrowser.search.cluster.host.comparing import Comparing
from tuibrowser.search.counting.once import NotToldError
from tuibrowser.search.index.arrays import among
from tuibrowser.search.matching.stages import by_reading
from tuibrowser.search.model import Order
from tuibrowser.search.planning.commonest import costed, strings_in
from tuibrowser.search.planning.holder import name_of
from tuibrowser.search.planning.scope import Chosen
from tuibrowser.search.query import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.answering.source import Located
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found
    from tuibrowser.search.model import HitKind
    from tuibrowser.search.planning.commonest import Strings
    from tuibrowser.search.planning.held import Cancelled, Shares
    from tuibrowser.search.query import Word

    Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a host must know of a query: words to leave out, layers, documents, and how many the corpus has.

    The documents are a bit for each of its own, segment by segment; None for all.
    """

    excluded: tuple[Word, ...]
    layers: frozenset[Layer]
    documents: Array | None
    count: int


MORE, IN_TIME, TIME_UP = "more", "ended", "over"
"""How far a pattern was looked for: not to the end; to the end; until the time was up."""

_SLICE: Final = 0.25
"""Seconds for which a pattern is looked for until its matches are told."""

_TOLD: Final = 4096
"""First matches up to which it is told with them what is likely asked next."""


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The first matches of a host, the kinds of its lists, and the ids at the edges of the first of them.

    Of a few matches it is told as well what is likely asked next.
    """

    rows: Rows
    kinds: Sequence[HitKind]
    lefts: Array
    rights: Array
    told: Told | None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the first matches, and of their mates: those of the same strings in the same paragraphs."""

    mates: Rows
    located: Located
    """Where the first ones stand in the raw texts."""
    offsets: Array
    """Where the first ones and then their mates begin in the raw texts."""
    around: Sequence[Array]
    """What stands around them; nothing where repetitions are not looked for."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Matches that may be the same as some, and where they begin in the raw texts."""

    rows: Rows
    offsets: Array


class Session(Comparing):
    """Carries out the steps of one query in the segments of a host."""

    def __init__(
        self, segments: Sequence[Segment], opening: Opening, ranks: Callable[[str], Array | None] = lambda _: None
    ) -> None:
        """`ranks` gives the ranks of the documents of all segments by their name, None where they are not known."""
        chosen = None
        if opening.documents is not None:
            own = np.concatenate([segment.numbers for segment in segments])
            chosen = np.zeros(opening.count, bool)
            chosen[own] = np.unpackbits(opening.documents, count=len(own))
        query = Query("", excluded=opening.excluded, layers=opening.layers)
        super().__init__(segments, Chosen(chosen), query)
        self._pending: list[tuple[Segment, Found]] = []
        self._reading = ("", 0)
        self._matched: Matched | None = None
        self._ranks = ranks
        self._looking: Iterator[bool] = iter(())
        self._looked = IN_TIME
        self._occurrences: tuple[Sequence[Found], LocalOccurrences] | None = None

    # Steps whose answers are put together from those of all hosts

    def has_layer(self) -> bool:
        """Whether a document tells of text of a layer that is looked at."""
        return self.has_layers

    def at_first(self, text: str, *, literal: bool) -> None:
        """Add the matches at the beginning of the first segment that is looked at, of a text that is gaps alone."""
        self.glance(text, literal=literal)

    def strings(self, text: str, number: int, shares: Shares | None) -> list[Strings]:
        """The strings that a reading finds in each segment, whose matches wait until `rank` says which come first."""
        self._reading = text, number
        self._pending = self.read_fresh(text, number, shares)
        reading = by_reading(text)[number]
        return [strings_in(name_of(segment), segment, each, reading) for segment, each in self._pending]

    def fewer_strings(self, segment: int, most: int) -> Strings:
        """The same of so many matches of one segment."""
        text, number = self._reading
        found, each = next(pair for pair in self._pending if name_of(pair[0]) == segment)
        return strings_in(segment, found, each, by_reading(text)[number], most)

    def rank(self, ranks: Mapping[int, tuple[Array, Array]]) -> None:
        """Add the matches that wait, the commonest strings first: by segment their first matches, and their ranks."""
        none = np.empty(0, np.int64)
        for segment, each in self._pending:
            for part in costed(each, *ranks.get(name_of(segment), (none, none))):
                self.keep(segment, part)
        self._pending = []

    def pattern_whole(self, source: str, *, folded: bool) -> bool:
        """Add the matches of a pattern; return whether the time sufficed."""
        in_time = all(self.pattern(source, lambda: False, folded=folded))
        self._looked = IN_TIME if in_time else TIME_UP
        return in_time

    def pattern_some(self, source: str, cancelled: Cancelled, *, folded: bool, begins: bool) -> str:
        """Add some matches of a pattern, from the first ones on where it begins; return how far that is."""
        if begins:
            self._looking, self._looked = self.pattern(source, cancelled, folded=folded), MORE
        end = monotonic() + _SLICE
        while self._looked == MORE and monotonic() < end:
            in_time = next(self._looking, None)
            if not in_time:
                self._looked = IN_TIME if in_time is None else TIME_UP
        return self._looked

    def part_from(self, text: str, start: int, end: int) -> tuple[int, str]:
        """Add the matches of a part of a text; return the document of the first, or -1, and how that is written."""
        return self.first_part(text, start, end)

    # What is shown

    def first(self, order: Order, ranks: str, wanted: int) -> FirstRows | None:
        """The first matches, so many; None where there are none here. `ranks` are the name of those of an order."""
        self._matched = matched = Matched(self.found, (), self._ranks_in(order, ranks))
        if not matched.found:
            return None
        rows = matched.unweighed(wanted)
        edges = matched.edges(rows.rows(slice(wanted if order is Order.RELEVANCE else 0)))
        told = self._told(rows) if wanted <= _TOLD else None
        return FirstRows(rows, list(matched.kinds.values()), *edges, told)

    def _told(self, rows: Rows) -> Told:
        matched = self._of_matched
        mates = matched.mates(rows)
        whose, starts, ends = (np.concatenate((rows.columns[at], mates.columns[at])) for at in (0, 2, 3))
        around = () if rows.prints.shape[1] == 1 else self._around(whose, starts, ends)
        return Told(mates, matched.located(rows), matched.offsets(whose, starts), around)

    def _around(self, whose: Array, starts: Array, ends: Array) -> list[Array]:
        """The ids before and after some matches, and the hashes of each width around them, in the order of these."""
        found = self._of_matched.found
        columns = [np.empty(len(whose), np.uint16), np.empty(len(whose), np.uint16)]
        columns += [np.empty(len(whose), np.uint64) for _ in WIDTHS]
        for number in np.unique(whose).tolist():
            here = np.flatnonzero(whose == number)
            around = LocalSurroundings(found, whose[here], starts[here], ends[here])
            values = (around.before, around.behind, *(around.around(width) for width in WIDTHS))
            for column, each in zip(columns, values, strict=True):
                column[here] = each
        return columns

    def _ranks_in(self, order: Order, name: str) -> Array | None:
        """What orders documents, by their numbers; None for none. Raise NotToldError where it is not known."""
        if order is Order.RELEVANCE:
            return None
        own = np.concatenate([segment.numbers for segment in self.segments]).astype(np.int64)
        values = own
        if order is Order.HITS:
            numbers, counts = self.by_document()
            own, values = numbers, -counts
        elif order is Order.DATE:
            told = self._ranks(name)
            if told is None:
                raise NotToldError
            values = told
        ranks = np.zeros(int(own.max(initial=0)) + 1, np.int64)
        ranks[own] = values
        return ranks

    def surroundings(self, whose: Array, at: Array) -> list[Array]:
        """What stands around some matches: the ids before and after, and the hashes of each width."""
        rows = self._of_matched.rows_of(names(whose, at))
        return self._around(rows.whose, rows.starts, rows.ends)

    def like(
        self, seeds: tuple[Array, Array], new: Array, around: list[Array] | None, known: tuple[Array, Array]
    ) -> Alike:
        """Matches that may be the same as some: seeds by list and start, new ones by list and surroundings.

        Their mates come with them.
        """
        given, matched, held = None if around is None else GivenSurroundings(around), self._of_matched, names(*known)
        found = matched.like_these(seeds, new, given, held)
        mates = matched.mates(found)
        found = found.joined(mates.rows(~among(mates.names(), held)))
        return Alike(found, matched.offsets(found.whose, found.starts))

    def located(self, whose: Array, at: Array) -> Located:
        """Where some matches stand in the raw texts."""
        return self._of_matched.located(self._of_matched.rows_of(names(whose, at)))

    def offsets(self, whose: Array, starts: Array) -> Array:
        """int64: where matches begin in the raw texts, given by their list and where they begin in its segment."""
        return self._of_matched.offsets(whose, starts)

    @property
    def _of_matched(self) -> Matched:
        assert self._matched is not None
        return self._matched

    # All of them

    def by_document(self) -> tuple[Array, Array]:
        """The documents with matches in which all are counted, ascending, and how many each has."""
        numbers, counts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for segment, each in self.found:
            numbers.append(segment.numbers.astype(np.int64))
            counts.append(np.diff(np.searchsorted(np.sort(each.starts), segment.docs)))
        once, which = np.unique(np.concatenate(numbers), return_inverse=True)
        sums = np.bincount(which, np.concatenate(counts), len(once)).astype(np.int64)
        return once.compress(sums > 0), sums.compress(sums > 0)

    def in_order(self) -> tuple[Array, Array]:
        """The documents with matches to step through, ascending, and how many each has."""
        order = self._stepped.order
        return order.documents, order.counts

    def stepped(self, indices: Array) -> list[tuple[int, int, int]]:
        """The matches of some indices to step through: document, raw start and end."""
        return self._stepped.of(indices)

    def after(self, document: int, offset: int) -> int:
        """The index of the first match to step to that begins at or after a place."""
        return self._stepped.after(document, offset)

    def spans_in(self, document: int) -> list[tuple[int, int]]:
        """The spans of all matches in a document, sorted."""
        return spans_in_document(self.found, document)

    @property
    def _stepped(self) -> LocalOccurrences:
        found = [each for _, each in self.found]
        if self._occurrences is None or list(map(id, self._occurrences[0])) != list(map(id, found)):
            self._occurrences = found, LocalOccurrences(self.found)
        return self._occurrences[1]


class GivenSurroundings:
    """The `Surroundings` of matches that are elsewhere."""

    def __init__(self, given: Sequence[Array]) -> None:
        self.before, self.behind, *hashes = given
        self._around = dict(zip(WIDTHS, hashes, strict=True))

    def around(self, width: int) -> Array:
        """uint64: a hash of so many characters on both sides of each."""
        return self._around[width]
