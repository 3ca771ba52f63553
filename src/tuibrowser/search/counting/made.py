"""Made: a sequence whose items are made when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T_co = TypeVar("T_co", covariant=True)

_BLOCK: Final = 64
"""Items that are made together where one of them is looked at."""


class Made(Sequence[T_co], Generic[T_co]):
    """So many items, of which `make` gives those of a range; they are kept once made.

    Those that are looked at one by one are made by blocks, those of a slice or of a loop all at once.
    """

    def __init__(self, count: int, make: Callable[[range], Sequence[T_co]]) -> None:
        self._count = count
        self._make = make
        self._kept: dict[int, T_co] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Sequence[T_co]:
        if isinstance(index, slice):
            wanted = range(*index.indices(self._count))
            return self._items(wanted, range(min(wanted), max(wanted) + 1)) if wanted else []
        at = range(self._count)[index]
        begin = at - at % _BLOCK
        return self._items(range(at, at + 1), range(begin, min(begin + _BLOCK, self._count)))[0]

    def __iter__(self) -> Iterator[T_co]:
        return iter(self[:])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def _items(self, wanted: range, block: range) -> list[T_co]:
        """Some of the items, made with those of a block around them if one of them is not made yet."""
        if any(at not in self._kept for at in wanted):
            self._kept.update(zip(block, self._make(block), strict=True))
        return [self._kept[at] for at in wanted]
