"""Columns: the files of a corpus, a column for each field; a `Found` is made of its row when it is asked for.

So 100,000 files take some 15 MB and not 180. The columns go to disk, and to other processes, as bytes.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar, overload

from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.model import Belonging

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound=Hashable)

_END: Final = b"\0"
"""What stands before, between and after texts, and in none."""


@dataclass(frozen=True)
class Texts(Sequence[str]):
    """Texts without NUL, one after another: `data` in UTF-8, and where each begins in it, and where one more would."""

    data: bytes
    starts: array[int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """The column of some texts. Names of files may hold surrogates."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        starts = array("Q", accumulate([len(each) + 1 for each in encoded], initial=1))
        return cls(_END + _END.join([*encoded, b""]), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return self.data[self.starts[index] : self.starts[index + 1] - 1].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(self.data[1:-1].decode("utf-8", "surrogatepass").split("\0") if len(self) else ())

    def place(self, text: str) -> int | None:
        """The index of the first that is a text."""
        wanted = text.encode("utf-8", "surrogatepass")
        at = self.data.find(_END + wanted + _END) if _END not in wanted else -1
        return None if at < 0 or at + 1 >= self.starts[-1] else bisect_left(self.starts, at + 1)

    def beginning(self, start: str) -> Iterator[int]:
        """The indices of those that begin with a text."""
        wanted, data = start.encode("utf-8", "surrogatepass"), self.data
        return (at for at, begin in enumerate(self.starts[:-1]) if data.startswith(wanted, begin))


@dataclass(frozen=True)
class Shared(Generic[T]):
    """Values of which many are the same: each of them once, and which of them it is in each row."""

    values: tuple[T, ...]
    which: array[int]

    @classmethod
    def of(cls, values: Iterable[T]) -> Self:
        """The column of some values."""
        known: dict[T, int] = {}
        which = array("I", [known.setdefault(value, len(known)) for value in values])
        return cls(tuple(known), which)

    def __getitem__(self, index: int) -> T:
        return self.values[self.which[index]]

    def __iter__(self) -> Iterator[T]:
        return map(self.values.__getitem__, self.which)


@dataclass(frozen=True)
class Columns(Sequence[Found]):
    """Some files. A path is what stands in `before` and then the name; one that does not end so is among `paths`.

    `records` are the sizes of those that hold records, by index.
    """

    names: Texts
    before: Shared[str | None]
    paths: Texts
    members: Texts
    belongings: Shared[Belonging | None]
    declared: Shared[tuple[tuple[str, str], ...]]
    sizes: array[int]
    mtimes: array[int]
    changes: array[int]
    records: Mapping[int, array[int]]

    @classmethod
    def of(cls, files: Sequence[Found]) -> Self:
        """The columns of some files."""
        if isinstance(files, cls):
            return files
        before = [each.path[: -len(each.name) or None] if each.path.endswith(each.name) else None for each in files]
        return cls(
            Texts.of(each.name for each in files),
            Shared.of(before),
            Texts.of(each.path if start is None else "" for each, start in zip(files, before, strict=True)),
            Texts.of(each.member for each in files),
            Shared.of(each.belonging for each in files),
            Shared.of(each.declared for each in files),
            array("q", [each.size for each in files]),
            array("q", [each.mtime for each in files]),
            array("q", [each.changed for each in files]),
            {at: each.sizes for at, each in enumerate(files) if each.sizes is not None},
        )

    def __len__(self) -> int:
        return len(self.sizes)

    @overload
    def __getitem__(self, index: int) -> Found: ...
    @overload
    def __getitem__(self, index: slice) -> list[Found]: ...
    def __getitem__(self, index: int | slice) -> Found | list[Found]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        name, before = self.names[at], self.before[at]
        return Found(
            self.paths[at] if before is None else before + name,
            name,
            self.sizes[at],
            self.mtimes[at],
            self.changes[at],
            self.belongings[at],
            self.members[at],
            self.declared[at],
            self.records.get(at),
        )

    def __iter__(self) -> Iterator[Found]:
        rows = zip(
            self.names,
            self.before,
            self.paths,
            self.members,
            self.belongings,
            self.declared,
            self.sizes,
            self.mtimes,
            self.changes,
            strict=True,
        )
        records = self.records
        for at, (name, before, path, member, belonging, declared, size, mtime, changed) in enumerate(rows):
            path = path if before is None else before + name
            yield Found(path, name, size, mtime, changed, belonging, member, declared, records.get(at))

    def renew(self, at: int, found: Found) -> None:
        """Take up how a file looks now."""
        self.sizes[at], self.mtimes[at], self.changes[at] = found.size, found.mtime, found.changed

    def looking(
        self, sizes: array[int], mtimes: array[int], changes: array[int], records: Mapping[int, array[int]]
    ) -> Self:
        """The same files as they look at another time."""
        return replace(self, sizes=sizes, mtimes=mtimes, changes=changes, records=records)

    def are_files_of(self, other: Columns) -> bool:
        """Whether they are the files of other columns, with as many documents in each, however they look."""
        return (
            self.names.data == other.names.data
            and self.before == other.before
            and self.paths.data == other.paths.data
            and self.members.data == other.members.data
            and [(at, len(sizes)) for at, sizes in self.records.items()]
            == [(at, len(sizes)) for at, sizes in other.records.items()]
        )

    def unnamed(self) -> Self:
        """What may change of the same files, without what they are called."""
        nothing = Texts.of(())
        return replace(self, names=nothing, before=Shared.of(()), paths=nothing, members=nothing)

    def named_as(self, other: Columns) -> Self:
        """Such columns called as the same files are."""
        return replace(self, names=other.names, before=other.before, paths=other.paths, members=other.members)

    @property
    def have_members(self) -> bool:
        """Whether one of them is a member of an archive."""
        return len(self.members.data) > len(self) + 1

    def at_path(self, path: str) -> int | None:
        """The index of the first that has a path."""
        for which, before in enumerate(self.before.values):
            if before is not None and path.startswith(before):
                at = self.names.place(path[len(before) :])
                if at is not None and self.before.which[at] == which:
                    return at
        at = self.paths.place(path)
        return at if at is not None and self.before[at] is None else None

    def all_paths_begin(self, start: str) -> bool:
        """Whether all paths begin with a text."""
        if not all(before.startswith(start) for before in self.before.values if before is not None):
            return False
        if None not in self.before.values:
            return True
        none = self.before.values.index(None)
        return all(self.paths[at].startswith(start) for at, which in enumerate(self.before.which) if which == none)

    def digest(self) -> str:
        """A hash of all that is known of the files."""
        digest = blake2b(digest_size=16)
        for each in (self.names, self.paths, self.members):
            digest.update(each.data)
        for shared in (self.before, self.belongings, self.declared):
            digest.update(repr(shared.values).encode("utf-8", "surrogatepass"))
            digest.update(shared.which)
        for numbers in (self.sizes, self.mtimes, self.changes):
            digest.update(numbers)
        for at, sizes in self.records.items():
            digest.update(b"%d %d " % (at, len(sizes)) + sizes.tobytes())
        return digest.hexdigest()


# As bytes

_WIDTH: Final = 8
"""Bytes of the length of what comes first."""


def packed(columns: Columns) -> bytes:
    """The columns as bytes: the length of some JSON, this with the values that are shared and the lengths of the parts,
    and then the parts.
    """
    parts: list[bytes] = []
    for texts in (columns.names, columns.paths, columns.members):
        parts += [texts.data, texts.starts.tobytes()]
    belongings = [
        None if each is None else (each.work, each.volumes, each.by_number) for each in columns.belongings.values
    ]
    parts += [each.which.tobytes() for each in (columns.before, columns.belongings, columns.declared)]
    parts += [each.tobytes() for each in (columns.sizes, columns.mtimes, columns.changes)]
    parts += [each.tobytes() for each in columns.records.values()]
    said = {
        "before": columns.before.values,
        "belongings": belongings,
        "declared": columns.declared.values,
        "records": list(columns.records),
        "lengths": list(map(len, parts)),
    }
    head = json.dumps(said).encode("ascii")
    return b"".join([len(head).to_bytes(_WIDTH, "big"), head, *parts])


def unpacked(data: bytes | memoryview) -> Columns:
    """The columns that such bytes are of. Raises ValueError where they are of none."""
    try:
        length = int.from_bytes(data[:_WIDTH], "big")
        said: dict[str, Any] = json.loads(bytes(data[_WIDTH : _WIDTH + length]))
        ends = list(accumulate(said["lengths"], initial=_WIDTH + length))
        if ends[-1] != len(data):
            raise ValueError
        view = memoryview(data)  # each part is copied once
        parts = iter([view[start:end] for start, end in pairwise(ends)])
        names, paths, members = (Texts(bytes(next(parts)), _array("Q", next(parts))) for _ in range(3))
        belongings = [
            None if each is None else Belonging(each[0], tuple(each[1]), each[2]) for each in said["belongings"]
        ]
        declared = [tuple((str(name), str(value)) for name, value in each) for each in said["declared"]]
        columns = Columns(
            names,
            Shared(tuple(said["before"]), _array("I", next(parts))),
            paths,
            members,
            Shared(tuple(belongings), _array("I", next(parts))),
            Shared(tuple(declared), _array("I", next(parts))),
            _array("q", next(parts)),
            _array("q", next(parts)),
            _array("q", next(parts)),
            {int(at): _array("Q", next(parts)) for at in said["records"]},
        )
        _check(columns)
    except (TypeError, LookupError, AttributeError, StopIteration, RuntimeError) as error:
        raise ValueError(str(error)) from error
    return columns


def _array(kind: str, data: memoryview) -> array[int]:
    numbers: array[int] = array(kind)
    numbers.frombytes(data)
    return numbers


def _check(columns: Columns) -> None:
    """Raise ValueError where columns do not go together."""
    count = len(columns)
    for texts in (columns.names, columns.paths, columns.members):
        if len(texts) != count or texts.starts[-1] != len(texts.data):
            raise ValueError
    for shared in (columns.before, columns.belongings, columns.declared):
        if len(shared.which) != count or max(shared.which, default=-1) >= len(shared.values):
            raise ValueError
    if len(columns.mtimes) != count or len(columns.changes) != count:
        raise ValueError
