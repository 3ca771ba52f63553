"""Segment: the positional index of a run of documents, as NumPy arrays.

The texts stand one after another as `codes`, one for each code point of the repaired texts, 0 before the first and
after each document, `PARAGRAPH` between paragraphs. A significant character is no gap (punctuation, space, control,
end of a paragraph). The postings are the positions of significant characters, grouped by the fold ids of the character
and of the next significant one in its document, `first << 16 | second` (second is 0 where none follows within
`LONGEST_GAP`), ascending in each group. A
posting has its position in the upper bits and below them the sound group of the significant character after those two,
the hint, so that a search for three places need not look at most of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.hanzi.fold import BREAK, fold_table
from tuibrowser.search.index.arrays import Rising, expand
from tuibrowser.search.index.postings import HINT_BITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.hanzi.readings import Ranges

    Array = npt.NDArray[Any]

LONGEST_GAP: Final = 12
"""Characters that may stand between two that follow one another in a match: a closing mark, a break, a list number."""

PARAGRAPH: Final = 0x2029
"""The code between paragraphs: Unicode's paragraph separator, which is a gap."""

BMP: Final = 0x10000
SURROGATE: Final = 0xD800
SURROGATES: Final = 0x800
"""Codes that stand for the characters beyond the first plane, of which a text holds few different ones."""


@dataclass(frozen=True)
class Segment:
    """The index of some documents. All offsets are positions in `codes`, unless they are said to be in a document."""

    codes: Array
    """uint16, or uint32 where a text holds very many different characters beyond the first plane."""
    beyond: Array
    """uint32, sorted: the characters that the codes from U+D800 on stand for."""
    post: Array = field(default_factory=partial(np.empty, 0, np.uint32), kw_only=True)
    """uint32: positions and hints, see `hint_bits`; none, as in `keys` and `offs`, until it is indexed."""
    keys: Array = field(default_factory=partial(np.empty, 0, np.uint32), kw_only=True)
    """uint32, sorted: the pairs of ids that occur."""
    lows: Array = field(default_factory=partial(np.zeros, 1, np.uint16), kw_only=True)
    carries: Array = field(default_factory=partial(np.empty, 0, np.int64), kw_only=True)
    """The two arrays of `offs`."""
    note_starts: Array = field(default_factory=partial(np.empty, 0, np.uint32), kw_only=True)
    note_ends: Array = field(default_factory=partial(np.empty, 0, np.uint32), kw_only=True)
    """uint32, sorted: the first and the last bracket of notes, those side by side as one; none until it is indexed."""
    note_order: Array = field(default_factory=partial(np.empty, 0, np.uint32), kw_only=True)
    note_prints: Array = field(default_factory=partial(np.empty, 0, np.uint16), kw_only=True)
    """uint16, sorted: a print of the ids before and after each note (`notes.print_of`); the notes in this order."""
    para: Array
    """uint32, sorted: where paragraphs begin."""
    heads: Array
    """uint32, a row for each heading: its start and end, sorted."""
    docs: Array
    """uint32: where documents begin, and where the last ends."""
    numbers: Array
    """int32, ascending: the numbers of the documents in the corpus."""
    edits: Array
    """uint32, a row for each edit: its start and end in `codes`, and in the raw text of its document."""
    first_edit: Array
    """uint32: the first edit of each document, and the number of edits."""
    lines: Array
    """uint8, see `lengths`: those of the lines of the raw texts, line ends included, the last of each text left out."""
    first_line: Array
    """uint32: the first of `lines` of each document, and their number."""
    layers: Array
    """uint32, a row for each stretch of another layer than the text: its start, end and place in LAYERS, sorted."""

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def hint_bits(self) -> int:
        """The lower bits of a posting that are its hint; none in a segment that needs all for positions."""
        return HINT_BITS if len(self.codes) <= 1 << (32 - HINT_BITS) else 0

    @cached_property
    def offs(self) -> Rising:
        """Where the postings of each key begin, and where the last end."""
        return Rising(self.lows, self.carries)

    @cached_property
    def fold(self) -> Array:
        """The id of every code."""
        table = fold_table().table
        if self.codes.dtype == np.uint32:
            return table
        folds = table[:BMP].copy()
        folds[SURROGATE : SURROGATE + len(self.beyond)] = table[self.beyond]
        return folds

    @cached_property
    def _codes_by_id(self) -> tuple[Array, Array]:
        codes = np.argsort(self.fold, kind="stable")
        return codes, self.fold[codes]

    def codes_of(self, identity: int) -> Array:
        """int64: all codes with an id."""
        codes, ids = self._codes_by_id
        start, end = ids.searchsorted(np.array([identity, identity + 1], ids.dtype))
        return codes[start:end]

    @cached_property
    def gap(self) -> Array:
        """Whether a code is a gap."""
        gap: Array = (self.fold != BREAK) & (self.fold < fold_table().gap_end)
        return gap

    @cached_property
    def tables(self) -> Kept[str | Ranges, Array]:
        """Tables asked for lately, each of a bool for every code, by the initial or the ranges of ids they are for."""
        return Kept(_TABLES)

    @cached_property
    def at_hand(self) -> dict[str, Any]:
        """Values computed once from the segment and kept with it, by name."""
        return {}

    @cached_property
    def rows(self) -> Array:
        """int64: where in `keys` the pairs begin whose first id is at least this one."""
        firsts = np.arange(BMP, dtype=np.uint32) << np.uint32(16)
        return np.append(np.searchsorted(self.keys, firsts), len(self.keys)).astype(np.int64)

    @cached_property
    def present(self) -> Array:
        """int64: the ids that begin a pair."""
        return np.flatnonzero(np.diff(self.rows))

    @cached_property
    def by_initial(self) -> tuple[Array, Array]:
        """Return the row of each id in a table, and the table: where in `post` the second ids of each initial begin.

        Only first readings, whose ids are one range an initial, are counted.
        """
        bounds = np.array([*initial_bounds().values(), fold_table().read_end], np.uint32)
        row = np.full(BMP, -1, np.int32)
        row[self.present] = np.arange(len(self.present))
        wanted = (self.present.astype(np.uint32)[:, None] << np.uint32(16)) | bounds[None, :]
        return row, self.offs.take(np.searchsorted(self.keys, wanted)).astype(np.uint32)

    @cached_property
    def _initial_pairs(self) -> Array:
        """int64: how often a character of each initial is followed by one of each, by their first readings."""
        _, table = self.by_initial
        counts = np.diff(table.astype(np.int64), axis=1)
        before = np.concatenate((np.zeros((1, counts.shape[1]), np.int64), np.cumsum(counts, axis=0)))
        bounds = self.present.searchsorted([*initial_bounds().values(), fold_table().read_end])
        return np.diff(before[bounds], axis=0)

    def frequency_of_initials(self, first: str, second: str) -> int:
        """How often a character of one initial is followed by one of another, by their first readings."""
        letters = list(initial_bounds())
        return int(self._initial_pairs[letters.index(first), letters.index(second)])

    def share_of_initial(self, letter: str) -> float:
        """How many of all characters have an initial, by their first readings."""
        letters = list(initial_bounds())
        return float(self._initial_shares[letters.index(letter)])

    @cached_property
    def _initial_shares(self) -> Array:
        shares: Array = self._initial_pairs.sum(axis=0) / max(1, int(self._initial_pairs.sum()))
        return shares

    @cached_property
    def _also_by_initial(self) -> dict[int, tuple[Array, Array]]:
        return {}

    def also_by_initial(self, number: int) -> tuple[Array, Array]:
        """Return the pairs whose second id has an initial in a further reading only: uint32 indices of `keys`, and the
        first ids."""
        if (known := self._also_by_initial.get(number)) is None:
            wanted = _further_initials() & np.uint32(1 << number) != 0
            held = np.flatnonzero(wanted.take(self.keys.astype(np.uint16))).astype(np.uint32)
            firsts = (self.keys.take(held) >> np.uint32(16)).astype(np.uint16)
            known = self._also_by_initial[number] = held, firsts
        return known

    @cached_property
    def head_columns(self) -> tuple[Array, Array]:
        """Where headings begin and end."""
        return np.ascontiguousarray(self.heads[:, 0]), np.ascontiguousarray(self.heads[:, 1])

    @cached_property
    def _layer_columns(self) -> Array:
        return np.ascontiguousarray(self.layers.T)

    def layers_at(self, positions: Array) -> Array:
        """The layers that hold positions, as places in LAYERS."""
        starts, ends, numbers = self._layer_columns
        if not len(starts):
            return np.zeros(len(positions), np.uint32)
        positions = unsigned(positions)
        at = np.searchsorted(starts, positions, "right") - 1
        inside = (at >= 0) & (positions < ends.take(at))
        return np.where(inside, numbers.take(at), np.uint32(0))

    @cached_property
    def aside(self) -> tuple[Array, Array]:
        """int64: where stretches of page furniture and of apparatus begin and end."""
        starts, ends, numbers = self._layer_columns
        held = np.isin(numbers, _ASIDE)
        return starts[held].astype(np.int64), ends[held].astype(np.int64)

    @cached_property
    def near_headings(self) -> Array:
        """Whether a heading has any of each `HEADING_BLOCK` positions."""
        first, after = self.head_columns
        near = np.zeros(len(self.codes) // HEADING_BLOCK + 2, bool)
        near[expand(first // HEADING_BLOCK, (after.astype(np.int64) - 1) // HEADING_BLOCK + 1)] = True
        return near

    @cached_property
    def before(self) -> Array:
        """uint32: how many postings stand before those of each id, and how many there are."""
        return self.offs.take(self.rows).astype(np.uint32)

    def code_of(self, character: str) -> int | None:
        """The code of a character, None where it does not occur beyond the first plane."""
        point = ord(character)
        if point < BMP or self.codes.dtype == np.uint32:
            return point
        at = int(np.searchsorted(self.beyond, point))
        return SURROGATE + at if at < len(self.beyond) and self.beyond[at] == point else None

    def text(self, start: int, end: int) -> str:
        """The characters from one position to another; paragraphs are divided by a newline."""
        return self._text(self.codes[start:end])

    def texts(self, starts: Array, ends: Array) -> list[str]:
        """The characters of several stretches, as `text` has those of one."""
        whole = self._text(self.codes.take(expand(starts, ends)))
        bounds = np.cumsum(np.append(0, ends - starts)).tolist()
        return [whole[start:end] for start, end in pairwise(bounds)]

    def _text(self, codes: Array) -> str:
        points = self.points(codes)
        points[(points == 0) | (points == PARAGRAPH)] = 10
        return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def points(self, codes: Array) -> Array:
        """uint32: the code points that codes stand for."""
        points = codes.astype(np.uint32)
        if codes.dtype == np.uint32 or not len(self.beyond):
            return points
        place = points - np.uint32(SURROGATE)
        stands_for = (points >= SURROGATE) & (place < len(self.beyond))
        points[stands_for] = self.beyond[place[stands_for]]
        return points

    def document_index(self, positions: Array) -> Array:
        """The place, in `numbers`, of the documents that hold positions."""
        found: Array = self.docs.searchsorted(unsigned(positions), "right") - 1
        return found

    def paragraph_index(self, positions: Array) -> Array:
        """The place, in `para`, of the paragraphs that hold positions."""
        return np.maximum(self.para.searchsorted(unsigned(positions), "right") - 1, 0)

    def paragraph_end(self, paragraph: int) -> int:
        """Where a paragraph ends, the break after it not counted."""
        after = int(self.para[paragraph + 1]) if paragraph + 1 < len(self.para) else len(self.codes)
        return after - 1

    @cached_property
    def _edit_columns(self) -> Array:
        return np.ascontiguousarray(self.edits.T)

    def source_spans(self, starts: Array, ends: Array) -> tuple[Array, Array, Array]:
        """The document index of spans, and their starts and ends in its raw text, as `Alignment.source_span` has it."""
        documents = self.document_index(starts)
        origin = self.docs.take(documents).astype(np.int64)
        starts, ends = starts.astype(np.int64, copy=False), ends.astype(np.int64, copy=False)
        if len(self.edits) == 0:
            return documents, starts - origin, ends - origin
        columns, count = self._edit_columns, len(starts)
        last = np.maximum(ends - 1, starts)
        positions, origins = np.concatenate((starts, last)), np.concatenate((origin, origin))
        at = columns[0].searchsorted(unsigned(positions), "right") - 1
        before = at < np.concatenate([self.first_edit.take(documents)] * 2)
        first, stop, raw_first, raw_stop = columns.take(np.maximum(at, 0), axis=1).astype(np.int64)
        inside = raw_first + np.minimum(positions - first, np.maximum(0, raw_stop - raw_first - 1))
        after = np.where(positions >= stop, positions - stop + raw_stop, inside)
        raw = np.where(before, positions - origins, after)
        # An edit that the span ends in tells where that end is.
        outside = (before | (positions >= stop))[count:]
        first, stop, raw_first, raw_stop = (column[count:] for column in (first, stop, raw_first, raw_stop))
        inner = raw_first + np.minimum(ends - first, raw_stop - raw_first)
        stop = np.where(outside, raw[count:] + 1, np.where(ends == stop, raw_stop, inner))
        first = raw[:count]
        return documents, first, np.where(ends <= starts, first, np.maximum(first, stop))


HEADING_BLOCK: Final = 16
"""Positions of which it is known together whether a heading is near."""

_ASIDE: Final = (LAYERS.index(Layer.FURNITURE), LAYERS.index(Layer.APPARATUS))

_TABLES: Final = 64
"""Tables of codes that a segment keeps."""


def by_segment(segments: Sequence[Segment], which: Array) -> Iterator[tuple[Segment, Array | slice]]:
    """Each segment with the rows that are of it; `which` says of each row the number of its segment, which may be
    there more than once."""
    once = {id(segment): segment for segment in segments}
    if len(once) == 1:
        yield segments[0], slice(None)
        return
    whose = np.array([id(segment) for segment in segments])[which]
    for name, segment in once.items():
        if len(rows := np.flatnonzero(whose == name)):
            yield segment, rows


def unsigned(positions: Array) -> Array:
    """Positions in the type of the arrays they are looked up in, which are copied otherwise."""
    return positions.astype(np.uint32, copy=False)


@cache
def initial_bounds() -> dict[str, int]:
    """Where the ids of the characters begin whose first reading begins with a letter; letters ascend."""
    table = fold_table()
    bounds: dict[str, int] = {}
    for syllable, start in zip(table.syllables, table.starts, strict=False):
        bounds.setdefault(syllable[0], start)
    return bounds


@cache
def _further_initials() -> Array:
    """uint32: the initials of each id in further readings alone, as bits in the order of `initial_bounds`."""
    letters = {letter: number for number, letter in enumerate(initial_bounds())}
    table = fold_table()
    bits = np.zeros(BMP, np.uint32)
    for identity, syllable in table.also:
        bits[identity] |= np.uint32(1 << letters[table.syllables[syllable][0]])
    for number, (low, high) in enumerate(pairwise([*initial_bounds().values(), table.read_end])):
        bits[low:high] &= ~np.uint32(1 << number)
    return bits
