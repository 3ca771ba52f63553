"""Ordered: files found are put in reading order, and named; the order is taken from the last time where that holds."""

# There may be 100,000 files, and Path costs more than the stat itself.
# ruff: noqa: PTH120
from __future__ import annotations

import os
import sys
from array import array
from collections import Counter
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.listing import Listing, as_kept
from tuibrowser.corpus.files.order import natural_order
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.corpus.formats import format_for
from tuibrowser.corpus.names import inner_name, likely_encoding, printable, stem
from tuibrowser.corpus.works.works import works

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tuibrowser.corpus.sidecars.sidecar import Values

_MOST_BESIDE: Final = 2_000
"""Files that are looked at in the folder of a PATH that is a file."""

_MANY: Final = 1_000
"""Files, or records in them, whose order is worth keeping: to find and order them takes a tenth of a second."""


class File(NamedTuple):
    """A file to open: the number of its PATH, the folder that it is in, as an absolute path and below that PATH, both
    with a `/` at the end, and its name there; size and mtime.

    A member of a container has the path of that, and is called as it is `within` that; `sizes` are those of the records
    in a file, and `is_record` tells one of them that stands by itself.
    """

    root: int
    folder: str
    prefix: str
    base: str
    size: int
    mtime: int
    changed: int = 0
    member: str = ""
    sizes: array[int] | None = None
    is_record: bool = False
    within: str = ""

    @property
    def path(self) -> str:
        """Its absolute path."""
        return self.folder + self.base

    @property
    def name(self) -> str:
        """Its name below its PATH."""
        return self.prefix + self.base + self.within


def ordered(
    files: Sequence[File],
    roots: Sequence[str],
    declared: Mapping[tuple[str, str], Values],
    kept: Callable[[], bytes | None],
    grounds: Mapping[str, int],
) -> Sources:
    """The sources of files in reading order, which is taken from those kept where all it depends on is as it was.

    `grounds` is what it depends on which files there are, as a `Listing` has it.
    """
    beside = _beside(files, roots)
    if len(files) < _MANY and sum(len(file.sizes) for file in files if file.sizes is not None) < _MANY:
        return Sources(_named(files, _order(files), roots, declared, beside))
    digest = _digest(files, roots, declared, beside)
    if (data := kept()) is not None and (known := as_kept(data, digest)) is not None:
        listing, columns = known
        in_order = [files[at] for at in listing.order]
        return Sources(
            columns.looking(
                array("q", [each.size for each in in_order]),
                array("q", [each.mtime for each in in_order]),
                array("q", [each.changed for each in in_order]),
                {at: each.sizes for at, each in enumerate(in_order) if each.sizes is not None},
            ),
            replace(listing, grounds=grounds),
        )
    order = _order(files)
    return Sources(_named(files, order, roots, declared, beside), Listing(digest, array("I", order), grounds))


def _digest(
    files: Sequence[File], roots: Sequence[str], declared: Mapping[tuple[str, str], Values], beside: Sequence[str]
) -> str:
    """A hash of all that the order of files, their names and the works that they belong to depend on.

    It knows the order in which they were found, which that of names that are shown alike depends on.
    """
    said = [declared.get((file.path, file.member), ()) for file in files] if declared else ()
    about = repr((roots, sys.getfilesystemencoding(), len(files), said, beside))
    digest = blake2b(about.encode("utf-8", "surrogatepass"), digest_size=16)
    folder = ""
    texts: list[str] = []
    for file in files:
        if file.folder is not folder:
            folder = file.folder
            texts += "", folder, file.prefix
        texts.append(file.base)
        if file.member or file.within:
            texts += "", "", file.member, file.within
    digest.update("\0".join(texts).encode("utf-8", "surrogatepass"))
    digest.update(array("I", [file.root for file in files]))
    digest.update(bytes([2 * (file.sizes is not None) + file.is_record for file in files]))
    return digest.hexdigest()


def _order(files: Sequence[File]) -> list[int]:
    """The indices of files in reading order."""
    likely = likely_encoding(file.name for file in files)
    shown = [printable(file.name, likely) for file in files]
    key = natural_order(shown)
    keys = [(file.root, key(name)) for file, name in zip(files, shown, strict=True)]
    return sorted(range(len(files)), key=keys.__getitem__)


def _named(
    files: Sequence[File],
    order: Sequence[int],
    roots: Sequence[str],
    declared: Mapping[tuple[str, str], Values],
    beside: Sequence[str],
) -> list[Found]:
    """Files in an order, with names that no two share, and the works that they belong to."""
    prefixes = _prefixes(files, roots) if len(roots) > 1 else {}
    likely = likely_encoding(file.name for file in files)
    before = {root: printable(prefix, likely) for root, prefix in prefixes.items()}
    files = [files[at] for at in order]
    names = _unique([before.get(file.root, "") + printable(file.name, likely) for file in files])
    of_files = [file for file in files if not _is_of_records(file)]
    belongings = iter(works([_place(file, likely) for file in of_files], beside))
    return [
        Found(
            file.path,
            name,
            file.size,
            file.mtime,
            file.changed,
            None if _is_of_records(file) else next(belongings),
            file.member,
            declared.get((file.path, file.member), ()),
            file.sizes,
        )
        for file, name in zip(files, names, strict=True)
    ]


def _is_of_records(file: File) -> bool:
    """Whether a file holds records, or is one."""
    return file.sizes is not None or file.is_record


def _place(file: File, likely: str | None) -> str:
    """Where a file is among others: its path, in an archive as in a folder of the archive's name."""
    if not file.member:
        return printable(file.path, likely)
    folder, _, name = file.path.rpartition("/")
    return printable(f"{folder}/{stem(inner_name(name))}/{file.member}", likely)


def _beside(files: Sequence[File], roots: Sequence[str]) -> list[str]:
    """The paths of the files beside the PATHs that are files, which tell what these are parts of; sorted, since of many
    only some are looked at.
    """
    folders = folders_of_named(files, roots)
    known = {file.path for file in files} if folders else ()
    return sorted(printable(path) for folder in folders for path in _texts_in(folder) if path not in known)


def folders_of_named(files: Sequence[File], roots: Sequence[str]) -> set[str]:
    """The folders of the PATHs that are files."""
    tops = (file for file in files if not file.prefix)  # one in a folder below a PATH is none
    return {os.path.dirname(file.path) for file in tops if file.path == roots[file.root]}


def _texts_in(folder: str) -> list[str]:
    """The paths of some visible files in a folder whose names are those of texts."""
    try:
        with os.scandir(folder) as entries:
            texts = (each for each in entries if not each.name.startswith(".") and format_for(each.name) is not None)
            return [each.path for each in islice(texts, _MOST_BESIDE) if each.is_file()]
    except OSError:
        return []


def _prefixes(files: Sequence[File], roots: Sequence[str]) -> dict[int, str]:
    """What goes before the names of the PATHs that hold a folder or file at the top which another holds as well.

    It is as much of the end of each PATH as tells them apart: a/2022 and b/2022 for two folders named 2022.
    """
    tops = {(file.root, file.name.partition("/")[0]) for file in files}
    shared = Counter(top for _, top in {(roots[root], top) for root, top in tops})
    clashing = sorted({root for root, top in tops if shared[top] > 1})
    # A file named as a PATH is its own top, so what goes before it is its folder.
    folders = {number: Path(roots[number]) for number in clashing}
    folders = {number: path if path.is_dir() else path.parent for number, path in folders.items()}
    for length in range(1, max((len(path.parts) for path in folders.values()), default=0) + 1):
        prefixes = {number: "/".join(path.parts[-length:]).lstrip("/") for number, path in folders.items()}
        if len(set(prefixes.values())) == len(set(folders.values())):
            return {number: f"{prefix}/" if prefix else "" for number, prefix in prefixes.items()}
    return {}


def _unique(names: list[str]) -> list[str]:
    """The names, each repetition with a number after it: two names may print alike after all."""
    taken = set(names)
    if len(taken) == len(names):
        return names
    used: set[str] = set()
    unique: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate in used or (number > 1 and candidate in taken):
            number += 1
            candidate = f"{name} ({number})"
        used.add(candidate)
        unique.append(candidate)
    return unique
