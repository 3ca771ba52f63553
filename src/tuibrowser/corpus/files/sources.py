"""Sources: the documents of a corpus as they were found, in reading order, each made when it is asked for.

A file of 300,000 records is one entry, with the sizes of its records.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from typing import TYPE_CHECKING, overload

from tuibrowser.corpus.files.columns import Columns
from tuibrowser.corpus.files.found import Found, found
from tuibrowser.corpus.model import Source

if TYPE_CHECKING:
    from tuibrowser.corpus.files.listing import Listing


class _Names:
    """Names as one text, so that all of very many are searched at once."""

    def __init__(self, names: Sequence[str]) -> None:
        self._text = "\0".join([*names, ""])  # which no name holds
        self._starts = array("Q", accumulate([len(name) + 1 for name in names], initial=0))

    def name(self, number: int) -> str:
        """One of the names."""
        return self._text[self._starts[number] : self._starts[number + 1] - 1]

    def holding(self, wanted: str, first: int) -> Iterator[int]:
        """The numbers of the names that hold a text, from one on."""
        text, starts, size = self._text, self._starts, len(wanted)
        number, last = first, len(starts) - 1
        while number < last and (at := text.find(wanted, starts[number])) >= 0:
            if at >= starts[number + 1]:
                number = bisect_right(starts, at) - 1
            number += 1
            if at + size < starts[number]:
                yield number - 1


class Sources(Sequence[Source]):
    """The documents of some files.

    `listing` tells how they were found and ordered, where that is kept.
    """

    def __init__(self, files: Iterable[Found], listing: Listing | None = None) -> None:
        self.columns = Columns.of(files if isinstance(files, Sequence) else list(files))
        self.listing = listing
        self.files: Sequence[Found] = self.columns
        records = self.columns.records
        counts = (len(records[at]) if at in records else 1 for at in range(len(self.files)))
        self._firsts: Sequence[int] = (
            array("Q", accumulate(counts, initial=0)) if records else range(len(self.files) + 1)
        )
        self._length = self._firsts[-1]

    @classmethod
    def of(cls, sources: Iterable[Source]) -> Sources:
        """The same documents as one sequence; one that is one already stays as it is."""
        return sources if isinstance(sources, Sources) else cls([found(each) for each in sources])

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Source: ...
    @overload
    def __getitem__(self, index: slice) -> list[Source]: ...
    def __getitem__(self, index: int | slice) -> Source | list[Source]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(self._length))]
        file, at = self.place(index)
        return self.files[file].source(at)

    def __iter__(self) -> Iterator[Source]:
        return (file.source(at) for file in self.files for at in range(len(file)))

    def place(self, number: int) -> tuple[int, int]:
        """The index of the file that a document is in, and the document's own index in that. Raises IndexError."""
        at = number + self._length if number < 0 else number
        if not 0 <= at < self._length:
            raise IndexError(number)
        file = bisect_right(self._firsts, at) - 1
        return file, at - self._firsts[file]

    def numbers_in(self, file: int) -> range:
        """The numbers of the documents in a file."""
        return range(self._firsts[file], self._firsts[file + 1])

    def renew(self, file: int, found: Found) -> None:
        """Take up how a file looks now, with as many documents."""
        self.columns.renew(file, found)

    def renew_all(self, columns: Columns, listing: Listing | None) -> None:
        """Take up how all files look now, with as many documents in each, and how they were found."""
        self.columns = self.files = columns
        self.listing = listing

    def name(self, number: int) -> str:
        """The name of a document."""
        at, record = self.place(number)
        name = self.columns.names[at]
        return f"{name}/{record + 1}" if at in self.columns.records else name

    def names(self) -> Iterator[str]:
        """The names of all documents."""
        for at, name in enumerate(self.columns.names):
            if (sizes := self.columns.records.get(at)) is None:
                yield name
            else:
                yield from (f"{name}/{number}" for number in range(1, len(sizes) + 1))

    def size(self, number: int) -> int:
        """The bytes of a document."""
        at, record = self.place(number)
        sizes = self.columns.records.get(at)
        return self.columns.sizes[at] if sizes is None else sizes[record]

    @property
    def total_size(self) -> int:
        """The bytes of all documents."""
        records = self.columns.records
        return sum(self.columns.sizes) + sum(sum(sizes) - self.columns.sizes[at] for at, sizes in records.items())

    @property
    def are_files(self) -> bool:
        """Whether all are in files, and none came through a pipe."""
        return self.columns.all_paths_begin("/")

    def below(self, start: str) -> Iterator[range]:
        """The numbers of the documents whose names begin so, in stretches."""
        names, records = self.columns.names, self.columns.records
        begun = set(names.beginning(start))
        begun.update(at for at in records if f"{names[at]}/" == start)
        within = {at for at in records if at not in begun and start.startswith(f"{names[at]}/")}
        for at in sorted(begun | within):
            if at in begun:
                yield self.numbers_in(at)
            else:
                yield from (range(each, each + 1) for each in self.numbers_in(at) if self.name(each).startswith(start))

    def holding(self, wanted: str, first: int = 0) -> Iterator[tuple[int, str]]:
        """The documents from a number on whose names, case-folded, hold some folded text: with these names.

        Of the records of a file whose name does not hold it, only those are looked at whose numbers may.
        """
        begin = self.place(first)[0] if first < len(self) else len(self.files)
        files: Iterable[int] = self._folded.holding(wanted, begin)
        if self._of_records and (wanted.endswith("/") or wanted[-1:].isdecimal()):
            files = sorted({*files, *(at for at in self._of_records if at >= begin)})
        for at in files:
            name, within = self._folded.name(at), self.numbers_in(at)
            if at not in self.columns.records:
                yield within.start, name
            else:
                numbers = range(max(within.start, first), within.stop)
                records = ((number, f"{name}/{number - within.start + 1}") for number in numbers)
                yield from (record for record in records if wanted in record[1])

    def number_of(self, name: str) -> int | None:
        """The number of the document of that very name."""
        return self._numbered(self.columns.names.place, name)

    def number_at(self, address: str) -> int | None:
        """The number of the document of that address: its path with the member after it."""
        by_address = self._by_address.get if self.columns.have_members else self.columns.at_path
        return self._numbered(by_address, address)

    def _numbered(self, file_of: Callable[[str], int | None], name: str) -> int | None:
        records = self.columns.records
        at = file_of(name)
        if at is not None and at not in records:
            return self._firsts[at]
        whole, _, member = name.rpartition("/")
        at = file_of(whole)
        if at is None or (sizes := records.get(at)) is None:
            return None
        number = int(member) if member.isascii() and member.isdecimal() and len(member) < _DIGITS else 0
        return self._firsts[at] + number - 1 if 1 <= number <= len(sizes) and str(number) == member else None

    @cached_property
    def _folded(self) -> _Names:
        return _Names([name.casefold() for name in self.columns.names])

    @cached_property
    def _of_records(self) -> list[int]:
        return sorted(self.columns.records)

    @cached_property
    def _by_address(self) -> dict[str, int]:
        return {file.address: at for at, file in enumerate(self.files)}

    def digest(self) -> str:
        """A hash of the names of all documents."""
        digest = blake2b(self.columns.names.data, digest_size=16)
        for at, sizes in self.columns.records.items():
            digest.update(b"%d %d " % (at, len(sizes)))
        return digest.hexdigest()

    def looks(self) -> str:
        """A hash of how all files look; empty where one of them may have changed and look the same."""
        return self.columns.digest() if all(self.columns.changes) else ""


_DIGITS = 10
