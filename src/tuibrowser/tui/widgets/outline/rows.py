"""The visible rows of the outline: neighbouring documents that are folded are kept together, and made when drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias, overload

if TYPE_CHECKING:
    from tuibrowser.tui.widgets.outline.node import Node


@dataclass(frozen=True, slots=True)
class Run:
    """Documents one after another under the same node, all folded, by their numbers."""

    parent: Node | None
    numbers: Sequence[int]


Piece: TypeAlias = "Node | Run"


class Rows(Sequence["Node"]):
    """The rows, each a node that `make` makes of the number of a document and its parent where it is in a run."""

    def __init__(self, make: Callable[[int, Node | None], Node], pieces: Iterable[Piece] = ()) -> None:
        self._make = make
        self._pieces = list(pieces)
        self._count()

    def _count(self) -> None:
        sizes = [len(piece.numbers) if isinstance(piece, Run) else 1 for piece in self._pieces]
        self._starts = list(accumulate(sizes, initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> Node: ...
    @overload
    def __getitem__(self, index: slice) -> list[Node]: ...
    def __getitem__(self, index: int | slice) -> Node | list[Node]:
        if isinstance(index, slice):
            return [self._at(row) for row in range(*index.indices(len(self)))]
        return self._at(range(len(self))[index])

    def __iter__(self) -> Iterator[Node]:
        return map(self._at, range(len(self)))

    def _at(self, row: int) -> Node:
        at = bisect_right(self._starts, row) - 1
        piece = self._pieces[at]
        return self._make(piece.numbers[row - self._starts[at]], piece.parent) if isinstance(piece, Run) else piece

    def nodes(self) -> Iterator[Node]:
        """The rows that are in no run: all folders are among them."""
        return (piece for piece in self._pieces if not isinstance(piece, Run))

    def find(self, node: Node) -> int:
        """The row of a node, -1 where it is not visible."""
        for start, piece in zip(self._starts, self._pieces, strict=False):
            if piece is node:
                return start
            if not isinstance(piece, Run) or piece.parent is not node.parent or not node.is_document:
                continue
            if node.document in piece.numbers:
                return start + piece.numbers.index(node.document)
        return -1

    def in_run(self, number: int) -> Node | None:
        """The node of a document that is in a run, None where it is in none."""
        runs = (piece for piece in self._pieces if isinstance(piece, Run))
        return next((self._make(number, run.parent) for run in runs if number in run.numbers), None)

    def insert(self, row: int, pieces: Iterable[Piece]) -> None:
        """Show more before a row."""
        at = self._divided(row)
        self._pieces[at:at] = pieces
        self._count()

    def remove(self, first: int, last: int) -> None:
        """Hide the rows from one up to another, that one not included."""
        begin, end = self._divided(first), self._divided(last)
        del self._pieces[begin:end]
        self._count()

    def _divided(self, row: int) -> int:
        """The piece that begins with a row; a run around it is divided."""
        at = bisect_right(self._starts, row) - 1
        if at == len(self._pieces) or self._starts[at] == row:
            return at
        piece = self._pieces[at]
        assert isinstance(piece, Run)
        cut = row - self._starts[at]
        self._pieces[at : at + 1] = [Run(piece.parent, piece.numbers[:cut]), Run(piece.parent, piece.numbers[cut:])]
        self._count()
        return at + 1

    def end_below(self, row: int) -> int:
        """The row after the last one under a row."""
        depth = self._at(row).depth
        at = self._divided(row + 1)
        while at < len(self._pieces) and _depth(self._pieces[at]) > depth:
            at += 1
        return self._starts[at]


def _depth(piece: Piece) -> int:
    if isinstance(piece, Run):
        return piece.parent.depth + 1 if piece.parent is not None else 0
    return piece.depth
