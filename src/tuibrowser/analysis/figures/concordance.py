"""Concordance: every match of a query as a line with what stands left and right of it, made when it is asked for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, overload

from tuibrowser.analysis.basis import AS_WRITTEN, ground_of
from tuibrowser.analysis.judging.again import judgements_of
from tuibrowser.analysis.texts.facts import facts_of
from tuibrowser.analysis.texts.units import WORD, Counted
from tuibrowser.corpus.chronology import chronological
from tuibrowser.hanzi.fold import fold
from tuibrowser.host.stopping import check
from tuibrowser.language.i18n import plain
from tuibrowser.reading.quoting.reference import refer_to
from tuibrowser.reading.sections import section_paths
from tuibrowser.search.values import Beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tuibrowser.analysis.basis import Basis
    from tuibrowser.analysis.judging.model import Judgement, Judging
    from tuibrowser.corpus.model import Document, Heading
    from tuibrowser.search.model import HitKind, Scope
    from tuibrowser.search.searcher import Matches, Searcher
    from tuibrowser.search.values import Context, Match, Place

CONTEXT: Final = 20
"""Characters on either side of a line where no other number is asked for."""

_BATCH: Final = 1_000
"""Lines made together."""
_MOST: Final = 16_000
"""Lines made together at most. The more there are, the more of them stand in one document, which is looked up once."""


COLUMNS: Final = (
    *("document", "title", "author", "date", "section", "paragraph", "line", "left", "node", "right", "kind"),
    "reference",
)
"""The names in the record of a line."""


class LineOrder(StrEnum):
    """How lines are ordered: by their contexts, by how common the next character is, by document, date or at random."""

    RIGHT = "right"
    LEFT = "left"
    NEIGHBOUR = "neighbour"
    DOCUMENT = "document"
    DATE = "date"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Line:
    """A match in its context, which ends with the paragraph.

    `document` is the name of its document and `section` the titles it stands under; `paragraph` counts from 0, `line`
    is the line of the raw text, from 1. `reference` opens the match again in the reader. `number`, `start` and `end`
    are the document's number and the match in code points of its raw text. `count` is how many equal lines it stands
    for, `code` what a reader judged it as.
    """

    document: str
    title: str
    author: str | None
    date: str | None
    section: tuple[str, ...]
    paragraph: int
    line: int | None
    left: str
    node: str
    right: str
    kind: HitKind
    reference: str
    number: int
    start: int
    end: int
    count: int = 1
    code: str | None = None

    def record(self) -> dict[str, object]:
        """The line as its JSON object."""
        return {
            "document": self.document,
            "title": self.title,
            "author": self.author,
            "date": self.date,
            "section": list(self.section),
            "paragraph": self.paragraph,
            "line": self.line,
            "left": self.left,
            "node": self.node,
            "right": self.right,
            "kind": self.kind.value,
            "reference": self.reference,
        }


@dataclass(frozen=True)
class Concordance(Sequence[Line]):
    """The lines of a query in an order. `rows` are the indices of their matches, `basis` is what they are of."""

    searcher: Searcher
    matches: Matches
    basis: Basis
    rows: Sequence[int]
    context: int = CONTEXT
    counts: Sequence[int] | None = None
    """How many equal lines each line stands for, where equal ones are shown once."""
    judged: Mapping[int, Judgement] | None = None
    """The judgements by the indices of their matches, where lines are shown with their codes."""
    query: str | None = None
    """The query whose lines they are and with which judgements are kept, where it is not that of the basis."""

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return self._made(range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._made([index % len(self)])[0]

    def __iter__(self) -> Iterator[Line]:
        start, size = 0, _BATCH
        while start < len(self):
            yield from self[start : start + size]
            start, size = start + size, min(2 * size, _MOST)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of what a record of a line has."""
        more = {"code": self.judged is not None, "count": self.counts is not None}
        return (*COLUMNS, *(name for name, is_there in more.items() if is_there))

    def records(self) -> Iterator[dict[str, object]]:
        """The lines as their JSON objects, with `code` where they are judged, `count` where equal ones are once."""
        columns = self.columns
        for line in self:
            record = {**line.record(), "code": line.code, "count": line.count}
            yield {column: record[column] for column in columns}

    def judge(self, indices: Iterable[int], code: str | None) -> tuple[list[Judgement], list[Judgement]]:
        """Judge some lines, or take their judgements back where `code` is None; also those that are no more."""
        rows = [self.rows[index] for index in indices]
        gone = [self.judged[row] for row in rows if self.judged is not None and row in self.judged]
        if code is None:
            return [], gone
        query = self.basis.query if self.query is None else self.query
        return judgements_of(self.searcher, query, self.matches, rows, code), gone

    def ordered(self, order: LineOrder, seed: int = 0) -> Concordance:
        """The lines in another order, equal ones in reading order; RANDOM is the same for the same `seed`."""
        ranked = _order(self, order, seed)
        ordered = replace(self, basis=replace(self.basis, method=_method(self, order, seed)))
        if self.counts is None and len(self) == len(self.matches):
            return replace(ordered, rows=ranked)
        ranks = {row: rank for rank, row in enumerate(ranked)}
        chosen = sorted(range(len(self)), key=lambda at: ranks[self.rows[at]])
        return ordered._only(chosen, self.counts)

    def sample(self, count: int, seed: int = 0) -> Concordance:
        """So many of the lines, chosen at random and in the order they had; the same for the same `seed`."""
        if count >= len(self):
            return self
        chosen = sorted(random.Random(seed).sample(range(len(self)), count))
        note = plain(
            "a random sample of {count:,} of {total:,} lines, seed {seed}", count=count, total=len(self), seed=seed
        )
        return self._only(chosen, self.counts, note)

    def first(self, count: int) -> Concordance:
        """So many of the lines, from the first on."""
        if count >= len(self):
            return self
        note = plain("only the first {count:,} of {total:,} rows", count=count, total=len(self))
        return self._only(range(count), self.counts, note)

    def distinct(self) -> Concordance:
        """The first of each lines that are equal in both contexts, as search compares characters, with their number."""
        places: dict[tuple[bytes, ...], int] = {}
        counts = [0] * len(self)
        for at, context in enumerate(self._contexts()):
            key = tuple(fold(part).tobytes() for part in (context.left, context.node, context.right))
            counts[places.setdefault(key, at)] += 1 if self.counts is None else self.counts[at]
        note = plain("equal lines once: {count:,} of {total:,}", count=len(places), total=len(self))
        return self._only(sorted(places.values()), counts, note)

    def holding(self, words: str) -> Concordance:
        """The lines that hold words, as search compares characters, in the match or in the context that is shown."""
        wanted = fold(words).tobytes()
        chosen = [at for at, each in enumerate(self._contexts()) if wanted in _folded(each)]
        note = plain("lines with {words}: {count:,} of {total:,}", words=words, count=len(chosen), total=len(self))
        return self._only(chosen, self.counts, note)

    def _only(self, chosen: Sequence[int], counts: Sequence[int] | None, note: str = "") -> Concordance:
        """The lines of some indices, in their order."""
        return replace(
            self,
            rows=[self.rows[at] for at in chosen],
            counts=None if counts is None else [counts[at] for at in chosen],
            basis=replace(self.basis, notes=(*self.basis.notes, note)) if note else self.basis,
        )

    def _contexts(self) -> Iterator[Context]:
        for start in range(0, len(self), _BATCH):
            check()
            yield from (context for _, context in self._seen(self.rows[start : start + _BATCH]))

    def _seen(self, rows: Sequence[int]) -> list[tuple[Match, Context]]:
        """The matches of some indices and their contexts within the paragraph, in the order given."""
        some = self.matches.of_indices(rows)
        place = {row: at for at, row in enumerate(sorted(set(rows)))}
        found = list(zip(some[:], some.contexts(0, len(some), self.context), strict=True))
        seen = (found[place[row]] for row in rows)
        return [
            (match, replace(context, left=context.left.rpartition("\n")[2], right=context.right.partition("\n")[0]))
            for match, context in seen
        ]

    def _made(self, indices: Sequence[int]) -> list[Line]:
        rows = [self.rows[at] for at in indices]
        seen = self._seen(rows)
        places = self.searcher.places([(match.document, match.start, match.end) for match, _ in seen])
        together: dict[int, list[int]] = {}
        for at, (match, _) in enumerate(seen):
            together.setdefault(match.document, []).append(at)
        lines: dict[int, Line] = {}
        for number, held in together.items():
            document = self.searcher.documents(number, number + 1)[0]
            paths = section_paths(document.headings, [seen[at][0].start for at in held])
            for at, path in zip(held, paths, strict=True):
                count = 1 if self.counts is None else self.counts[indices[at]]
                lines[at] = _line(document, path, *seen[at], places[at], count, self._code(rows[at]))
        return [lines[at] for at in range(len(seen))]

    def _code(self, row: int) -> str | None:
        judgement = self.judged.get(row) if self.judged is not None else None
        return None if judgement is None else judgement.code


def _line(
    document: Document,
    path: Sequence[Heading],
    match: Match,
    context: Context,
    place: Place | None,
    count: int,
    code: str | None,
) -> Line:
    return Line(
        document=document.name,
        title=document.title,
        author=document.metadata.author,
        date=document.metadata.date,
        section=tuple(heading.title for heading in path),
        paragraph=match.paragraph,
        line=None if place is None else place.line,
        left=context.left,
        node=context.node,
        right=context.right,
        kind=match.kind,
        reference="" if place is None else _reference(match, document, context.node, place),
        number=match.document,
        start=match.start,
        end=match.end,
        count=count,
        code=code,
    )


def _reference(match: Match, document: Document, node: str, place: Place) -> str:
    """The reference to a match."""
    last_end = place.offset + place.length if place.paragraphs == 1 else len(node.rpartition("\n")[2])
    paragraphs = match.paragraph, match.paragraph + place.paragraphs - 1
    return str(refer_to(document.name, paragraphs, (place.offset, last_end), node))


def _folded(context: Context) -> bytes:
    return fold(context.left + context.node + context.right).tobytes()


def concordance(
    searcher: Searcher,
    query: str,
    *,
    order: LineOrder | str = LineOrder.DOCUMENT,
    context: int = CONTEXT,
    seed: int = 0,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
    judging: Judging | None = None,
    whole_words: bool = False,
) -> Concordance:
    """Every match of a query in the text itself, in an order; with `judging`, each with its code, also the rejected.

    Those of `whole_words` begin where a word begins and end where one ends.
    """
    if judging is not None:
        judging = replace(judging, with_rejected=True)
    ground = ground_of(searcher, query, paths, scope, judging, whole_words=whole_words)
    matches = ground.matches(searcher)
    codes = None if ground.judged is None else ground.judged.kept_sources
    cutter = Counted(searcher, WORD).cutter() if whole_words else None
    notes = [plain("only matches that are whole words")] if whole_words else []
    basis = ground.basis(matches, cutter=cutter, notes=notes)
    lines = Concordance(searcher, matches, basis, range(len(matches)), context, judged=codes)
    return lines.ordered(LineOrder(order), seed)


def _order(lines: Concordance, order: LineOrder, seed: int) -> Sequence[int]:
    """The indices of all matches in an order."""
    matches = lines.matches
    if order is LineOrder.DOCUMENT:
        return range(len(matches))
    if order is LineOrder.DATE:
        return _by_date(lines.searcher, matches)
    if order is LineOrder.RANDOM:
        return random.Random(seed).sample(range(len(matches)), len(matches))
    return matches.ordered(_BESIDE[order])


_BESIDE: Final = {
    LineOrder.RIGHT: Beside.RIGHT,
    LineOrder.LEFT: Beside.LEFT,
    LineOrder.NEIGHBOUR: Beside.COMMONEST,
}


def _method(lines: Concordance, order: LineOrder, seed: int) -> str:
    if order is LineOrder.RANDOM:
        return plain("lines in a random order, seed {seed}", seed=seed)
    if order is LineOrder.DATE and (share := _by_found_dates(lines)):
        return plain(
            "lines ordered by the date of the document, which the program found in the text or the file's name for "
            "{share:.0%} of the matches",
            share=share,
        )
    return _ORDERED[order]


def _by_found_dates(lines: Concordance) -> float:
    """The share of the matches that are in documents whose date nobody declared."""
    facts, matches = facts_of(lines.searcher), lines.matches
    found = sum(count for number, count in matches.by_document().items() if facts[number].found_date)
    return found / max(1, len(matches))


_ORDERED: Final = {
    LineOrder.RIGHT: plain("lines ordered by the four characters on the right, in the order of pinyin"),
    LineOrder.LEFT: plain(
        "lines ordered by the four characters on the left, the nearest first, in the order of pinyin"
    ),
    LineOrder.NEIGHBOUR: plain("lines ordered by the next character, the commonest first"),
    LineOrder.DOCUMENT: plain("lines in reading order"),
    LineOrder.DATE: plain("lines ordered by the date of the document"),
}


def _by_date(searcher: Searcher, matches: Matches) -> list[int]:
    """The indices of matches by the date of their document, as exact as it is; the undated come last."""
    facts = facts_of(searcher)
    dates = [(chronological(facts[number].date or "~"), count) for number, count in matches.by_document().items()]
    each = [date for date, count in dates for _ in range(count)]
    return sorted(range(len(each)), key=each.__getitem__)
