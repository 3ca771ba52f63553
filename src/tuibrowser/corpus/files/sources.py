"""Sources: the documents of a corpus as they were found, in reading order, each made when it is asked for.

A file of 300,000 records is one entry, with the sizes of its records.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import accumulate
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from tuibrowser.corpus.model import Source
from tuibrowser.corpus.passing import passed_by_fields

if TYPE_CHECKING:
    from array import array

    from tuibrowser.corpus.model import Belonging


_path = lru_cache(1)(Path)
"""One path for all records of a file."""


@passed_by_fields
@dataclass(frozen=True, slots=True)
class Found:
    """A file, or a member of an archive, as it was found; of one that holds records `sizes` has the bytes of each.

    `changed` is the time (ns) at which anything of the file was changed last; 0 where that is not known, or was just
    before the file was found, so that the next change might bear the same time. The other fields are those of `Source`.
    """

    path: str
    name: str
    size: int = 0
    mtime: int = 0
    changed: int = 0
    belonging: Belonging | None = None
    member: str = ""
    declared: tuple[tuple[str, str], ...] = ()
    sizes: array[int] | None = None

    def __len__(self) -> int:
        return 1 if self.sizes is None else len(self.sizes)

    def source(self, at: int) -> Source:
        """One of the documents in it, from 0."""
        path = _path(self.path)
        if self.sizes is None:
            return Source(path, self.name, self.size, self.mtime, self.belonging, self.member, self.declared)
        member = f"{self.member}/{at + 1}" if self.member else str(at + 1)
        return Source(path, f"{self.name}/{at + 1}", self.sizes[at], self.mtime, None, member, self.declared)

    @property
    def address(self) -> str:
        """The path with the member after it."""
        return f"{self.path}/{self.member}" if self.member else self.path


def found(source: Source) -> Found:
    """A document of its own as what was found."""
    path = str(source.path)
    return Found(path, source.name, source.size, source.mtime, 0, source.belonging, source.member, source.declared)


class _Names:
    """Names as one text, so that all of very many are searched at once."""

    def __init__(self, names: Sequence[str]) -> None:
        self._text = "\0".join([*names, ""])  # which no name holds
        self._starts = list(accumulate([len(name) + 1 for name in names], initial=0))

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
    """The documents of some files."""

    def __init__(self, files: Iterable[Found]) -> None:
        self._held = list(files)
        self.files: Sequence[Found] = self._held
        counts = list(accumulate(map(len, self.files), initial=0))
        self._length = counts[-1]
        self._firsts: Sequence[int] = counts if self._length != len(self.files) else range(len(self.files) + 1)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pass the files by their columns, which takes half as long as to pass each for itself."""
        return _of_columns, (list(zip(*map(_FIELDS, self.files), strict=True)),)

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
        self._held[file] = found

    def name(self, number: int) -> str:
        """The name of a document."""
        at, record = self.place(number)
        file = self.files[at]
        return file.name if file.sizes is None else f"{file.name}/{record + 1}"

    def names(self) -> Iterator[str]:
        """The names of all documents."""
        for file in self.files:
            if file.sizes is None:
                yield file.name
            else:
                yield from (f"{file.name}/{number}" for number in range(1, len(file) + 1))

    def size(self, number: int) -> int:
        """The bytes of a document."""
        at, record = self.place(number)
        file = self.files[at]
        return file.size if file.sizes is None else file.sizes[record]

    @property
    def total_size(self) -> int:
        """The bytes of all documents."""
        return sum(file.size if file.sizes is None else sum(file.sizes) for file in self.files)

    def below(self, start: str) -> Iterator[range]:
        """The numbers of the documents whose names begin so, in stretches."""
        for at, file in enumerate(self.files):
            if (file.name if file.sizes is None else f"{file.name}/").startswith(start):
                yield self.numbers_in(at)
            elif file.sizes is not None and start.startswith(f"{file.name}/"):
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
            if self.files[at].sizes is None:
                yield within.start, name
            else:
                numbers = range(max(within.start, first), within.stop)
                records = ((number, f"{name}/{number - within.start + 1}") for number in numbers)
                yield from (record for record in records if wanted in record[1])

    def number_of(self, name: str) -> int | None:
        """The number of the document of that very name."""
        return self._numbered(self._by_name, name)

    def number_at(self, address: str) -> int | None:
        """The number of the document of that address: its path with the member after it."""
        return self._numbered(self._by_address, address)

    def _numbered(self, files: dict[str, int], name: str) -> int | None:
        at = files.get(name)
        if at is not None and self.files[at].sizes is None:
            return self._firsts[at]
        whole, _, member = name.rpartition("/")
        at = files.get(whole)
        if at is None or (sizes := self.files[at].sizes) is None:
            return None
        number = int(member) if member.isascii() and member.isdecimal() and len(member) < _DIGITS else 0
        return self._firsts[at] + number - 1 if 1 <= number <= len(sizes) and str(number) == member else None

    @cached_property
    def _folded(self) -> _Names:
        return _Names([file.name.casefold() for file in self.files])

    @cached_property
    def _of_records(self) -> list[int]:
        return [at for at, file in enumerate(self.files) if file.sizes is not None]

    @cached_property
    def _by_name(self) -> dict[str, int]:
        return {file.name: at for at, file in enumerate(self.files)}

    @cached_property
    def _by_address(self) -> dict[str, int]:
        return {file.address: at for at, file in enumerate(self.files)}

    def digest(self) -> str:
        """A hash of the names of all documents."""
        names = "\0".join([file.name if file.sizes is None else f"{file.name}/{len(file)}/" for file in self.files])
        return blake2b(names.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _of_columns(columns: Sequence[Sequence[Any]]) -> Sources:
    return Sources(map(Found, *columns) if columns else ())


_FIELDS = attrgetter(*(each.name for each in fields(Found)))
_DIGITS = 10
