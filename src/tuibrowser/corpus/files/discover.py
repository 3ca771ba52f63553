"""Discovery: the files below the paths a person named, in reading order, and what was left out and why."""

# There may be 100,000 entries, and Path costs more than the stat itself.
# ruff: noqa: PTH100, PTH116, PTH119, PTH120
from __future__ import annotations

import errno
import os
import stat
import sys
from array import array
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.containers.base import Member
from tuibrowser.corpus.containers.within import within
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.fitness import is_plain, is_told_by_bytes, kind_of, special, told, unfit
from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.listing import Listing, as_kept
from tuibrowser.corpus.files.order import natural_key, natural_order
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.corpus.formats import format_for
from tuibrowser.corpus.model import PathProblem
from tuibrowser.corpus.names import (
    SIDECARS,
    inner_name,
    likely_encoding,
    printable,
    stem,
)
from tuibrowser.corpus.works.works import works
from tuibrowser.host.collecting import nothing_to_collect
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tuibrowser.corpus.containers.base import Omitted
    from tuibrowser.corpus.containers.flat import Flat
    from tuibrowser.corpus.containers.within import Within
    from tuibrowser.corpus.files.listing import Keeper
    from tuibrowser.corpus.sidecars.sidecar import Values

_NOTHING: Final = plain("no file in it")

_MOST_BESIDE: Final = 2_000
"""Files that are looked at in the folder of a PATH that is a file."""

_MANY: Final = 1_000
"""Files whose order is worth keeping: to order them takes a tenth of a second."""

_SIDECARS: Final = tuple(f"/{name}" for name in SIDECARS)

_UNSETTLED: Final = 1_000_000_000
"""How coarse (ns) the clock of a file system may be."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files found, in reading order, and the paths left out with a reason each."""

    sources: Sources
    problems: tuple[PathProblem, ...]


class _File(NamedTuple):
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


@dataclass(slots=True)
class _Walk:
    """What a walk over several PATHs has seen so far; `encoding` is the one that a person named."""

    encoding: str | None = None
    files: list[_File] = field(default_factory=list)
    problems: list[PathProblem] = field(default_factory=list)
    seen: dict[int, dict[int, _File | str]] = field(default_factory=lambda: defaultdict(dict))
    """What was first reached of each device and inode: a file, or the path of a folder."""
    settled: int = field(default_factory=lambda: time_ns() - _UNSETTLED)
    """The time (ns) since which a change may bear the same time as the next one."""
    links: deque[tuple[int, str, str]] = field(default_factory=deque)
    """Symbolic links, followed last, so that a file keeps its own name and not that of a link to it."""

    def leave_out(self, path: str, reason: str) -> None:
        self.problems.append(PathProblem(printable(path), reason))


def discover(paths: Sequence[Path], encoding: str | None = None, keeper: Keeper | None = None) -> Discovery:
    """Find the files below `paths`, which are files and folders, and order them naturally within each PATH.

    Hidden entries (names that begin with a dot) are passed over in silence; whatever else is left out is among the
    problems. A file that is reached twice appears once. Nothing but regular files is ever opened, and of those only
    the first bytes of the ones whose name has no known suffix. Containers are opened, and read in `encoding` if it is
    named. Where there are many files, and `keeper` has them as they were ordered before, that order is taken.

    Raises CorpusError where one of `paths` does not exist.
    """
    with nothing_to_collect():
        walk, roots, declared = _found(paths, encoding)
        sources = _ordered(walk.files, roots, declared, lambda: keeper(paths, encoding) if keeper is not None else None)
        return Discovery(sources, tuple(sorted(walk.problems, key=lambda each: natural_key(each.path))))


def _found(paths: Sequence[Path], encoding: str | None) -> tuple[_Walk, list[str], Mapping[tuple[str, str], Values]]:
    """What is found below some paths, the files and folders that these are, and what sidecars say of the files."""
    roots = [os.path.abspath(path) for path in paths]
    walk = _Walk(encoding)
    for number, root in enumerate(roots):
        roots[number] = _enter_root(walk, number, root, os.fspath(paths[number]))
    if len(set(roots)) < len(roots):  # members and their container may both be named
        files = [each for file in walk.files for each in _apart(file)]
        walk.files = list({(file.path, file.member): file for file in reversed(files)}.values())[::-1]
    while walk.links:
        _follow(walk, *walk.links.popleft())
    _note_empty(walk, roots)
    return walk, roots, _declared(walk, roots)


def discover_in(archive: Flat, path: str, name: str) -> Discovery:
    """Find the documents of an archive that came through a pipe; `path` and `name` are those of what came."""
    walk = _Walk()
    members, omitted = archive.list()
    _take_members(walk, _File(0, path, name, "", 0, 0), members, omitted)  # with no folder to be split off
    return Discovery(_named(walk.files, [path], {}), tuple(walk.problems))


def _declared(walk: _Walk, roots: Sequence[str]) -> dict[tuple[str, str], Values]:
    """What sidecars say of the files found, by path and member; files that are sidecars are no documents."""
    if not _may_have_sidecars(walk.files, roots):
        return {}
    from tuibrowser.corpus.sidecars.sidecar import Sidecars

    sidecars = Sidecars()
    walk.files = [each for file in walk.files for each in _apart(file)]  # a sidecar may name single records
    tops = [root if Path(root).is_dir() else os.path.dirname(root) for root in roots]
    said = {
        (file.path, file.member): values
        for file in walk.files
        if (values := sidecars.values(file.path, tops[file.root], file.member))
    }
    walk.files = [file for file in walk.files if file.path not in sidecars.used]
    walk.problems += sidecars.problems
    return said


def _apart(file: _File) -> Iterable[_File]:
    """The records of a file, each for itself; another file as it is."""
    if file.sizes is None:
        return (file,)
    single = file._replace(sizes=None, is_record=True)
    return (
        single._replace(within=f"{file.within}/{number}", size=size, member=f"{file.member}/{number}".lstrip("/"))
        for number, size in enumerate(file.sizes, 1)
    )


def _may_have_sidecars(files: Sequence[_File], roots: Sequence[str]) -> bool:
    """Whether a file found, or one beside a PATH that is a file, is called as sidecars are."""
    if any(file.path.endswith(_SIDECARS) for file in files):
        return True
    folders = {os.path.dirname(file.path) for file in files if file.path == roots[file.root]}
    return any(os.path.exists(os.path.join(folder, name)) for folder in folders for name in SIDECARS)  # noqa: PTH110, PTH118


def _note_empty(walk: _Walk, roots: Sequence[str]) -> None:
    """Name the PATHs below which there is nothing, neither a file to open nor one that was left out."""
    held = {file.root for file in walk.files}
    named = [file.path for file in walk.files] + [problem.path for problem in walk.problems]
    for number, root in enumerate(roots):
        if number not in held and not any(path.startswith((root, printable(root))) for path in named):
            walk.leave_out(root, _NOTHING)


def _enter_root(walk: _Walk, number: int, root: str, given: str) -> str:
    """Take in a PATH; return the file or folder that it is, or the container that it leads into."""
    try:
        found = os.stat(root)
    except (FileNotFoundError, NotADirectoryError):
        if (place := within(root)) is not None and _enter_container(walk, number, place):
            return place.container
        raise CorpusError(plain("no such file or folder: {path}", path=printable(given))) from None
    except OSError as error:
        raise CorpusError(
            plain("cannot open {name}: {reason}", name=printable(given), reason=system_reason(error))
        ) from None
    if stat.S_ISDIR(found.st_mode):
        _walk_folder(walk, number, root, "", found)
    else:
        folder, base = _split(root)
        _add_file(walk, number, folder, "", base, found, named=True)
    return root


def _enter_container(walk: _Walk, number: int, place: Within) -> bool:
    """Take in what is named in a container; return whether there is such a member."""
    found = os.stat(place.container)
    folder, base = _split(place.container)
    file = _File(number, folder, "", base, found.st_size, found.st_mtime_ns)
    known = len(walk.files) + len(walk.problems)
    _add_members(walk, file, place.holds)
    return len(walk.files) + len(walk.problems) > known


def _walk_folder(walk: _Walk, root: int, path: str, name: str, found: os.stat_result) -> None:
    """Take in a folder and all below it, its symbolic links for later."""
    pending = [(path, name, found)]
    while pending:
        folder, prefix, status = pending.pop()
        if not _first_time(walk, folder, status):
            continue
        above = folder if folder.endswith("/") else f"{folder}/"
        for entry in _entries(walk, folder):
            try:
                if entry.is_file(follow_symlinks=False):
                    _add_file(walk, root, above, prefix, entry.name, entry.stat(follow_symlinks=False))
                elif entry.is_symlink():
                    walk.links.append((root, entry.path, prefix + entry.name))
                elif entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, f"{prefix}{entry.name}/", entry.stat(follow_symlinks=False)))
                else:
                    _add_file(walk, root, above, prefix, entry.name, entry.stat(follow_symlinks=False))
            except OSError as error:
                walk.leave_out(entry.path, system_reason(error))


def _entries(walk: _Walk, folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        walk.leave_out(folder, system_reason(error))
        return iter(())
    return iter(visible)


def _first_time(walk: _Walk, path: str, found: os.stat_result) -> bool:
    """Whether a folder was not reached before; says so among the problems if it has two names."""
    first = walk.seen[found.st_dev].setdefault(found.st_ino, path)
    if first is not path:
        _tell_same(walk, path, first)
    return first is path


def _tell_same(walk: _Walk, path: str, first: _File | str) -> None:
    """Say so among the problems if a file or folder has two names."""
    known = first if isinstance(first, str) else first.path
    if known != path:
        walk.leave_out(path, plain("the same as {path}", path=printable(known)))


def _follow(walk: _Walk, root: int, path: str, name: str) -> None:
    """Take in what a symbolic link leads to, if it leads anywhere new."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        walk.leave_out(path, plain("broken link"))
        return
    except OSError as error:
        walk.leave_out(path, plain("symbolic links in a loop") if error.errno == errno.ELOOP else system_reason(error))
        return
    if not stat.S_ISDIR(found.st_mode):
        folder, base = _split(path)
        _add_file(walk, root, folder, name[: len(name) - len(base)], base, found)
    elif os.path.realpath(path) in _ancestors(path):
        walk.leave_out(path, plain("link to a folder it is in"))
    else:
        _walk_folder(walk, root, path, f"{name}/", found)


def _ancestors(path: str) -> Iterable[str]:
    resolved = Path(os.path.realpath(os.path.dirname(path)))
    return {str(resolved), *(str(parent) for parent in resolved.parents)}


def _split(path: str) -> tuple[str, str]:
    """The folder of a path, with a `/` at the end, and the name in it."""
    folder, divider, base = path.rpartition("/")
    return folder + divider, base


def _add_file(
    walk: _Walk, root: int, folder: str, prefix: str, base: str, found: os.stat_result, *, named: bool = False
) -> None:
    is_usual = not named and is_plain(base, found)  # most are, and are looked at no further
    kind = None if is_usual else kind_of(base)
    if kind is not None:
        why = special(found.st_mode) or unfit(folder + base, base, kind, found, named=named)
        if why is None and is_told_by_bytes(base, kind, named=named):
            by_bytes = told(folder + base)
            why, kind = (by_bytes, kind) if isinstance(by_bytes, str) else (None, by_bytes)
        if why:
            walk.leave_out(folder + base, why)
            return
    changed = found.st_ctime_ns
    changed = changed if changed < walk.settled else 0
    file = _File(root, folder, prefix, base, found.st_size, found.st_mtime_ns, changed)
    first = walk.seen[found.st_dev].setdefault(found.st_ino, file)
    if first is not file:
        _tell_same(walk, file.path, first)
    elif kind is None or not kind.is_container:
        walk.files.append(file)
    else:
        _add_members(walk, file)


def _add_members(walk: _Walk, file: _File, holds: Callable[[str], bool] | None = None) -> None:
    """Take in what a container holds, or what `holds` names of it, or the file itself where it is one document."""
    # Most corpora have no containers, and the first frame waits for discovery.
    from tuibrowser.corpus.containers.flat import open_flat
    from tuibrowser.corpus.files.contents import open_file

    try:
        with open_file(Path(file.path)) as stream:
            opened = open_flat(stream, os.path.basename(file.path), walk.encoding)
            members, omitted = opened.list() if opened is not None else ([], [])
    except (OSError, CorpusError) as error:
        walk.leave_out(file.path, system_reason(error) if isinstance(error, OSError) else said(error))
        return
    if opened is None:
        walk.files += [file] if holds is None else []
        return
    _take_members(walk, file, members, omitted, holds)


def _take_members(
    walk: _Walk,
    file: _File,
    members: list[Member],
    omitted: list[Omitted],
    holds: Callable[[str], bool] | None = None,
) -> None:
    if holds is not None:
        meant = _by_shown_name(holds, [each.name for each in members])
        members = [each for member in members for each in _held(member, meant)]
        omitted = [each for each in omitted if meant(each.name)]
    for each in omitted:
        walk.leave_out(f"{file.path}/{each.name}" if each.name else file.path, each.reason)
    if not members and not omitted and holds is None:
        walk.leave_out(file.path, _NOTHING)
    for member in members:
        within = f"/{member.name}".rstrip("/")
        walk.files.append(
            file._replace(
                within=within, size=member.size, member=member.name, sizes=member.sizes, is_record=member.is_record
            )
        )


def _by_shown_name(holds: Callable[[str], bool], names: Sequence[str]) -> Callable[[str], bool]:
    """Return a test that knows a member by its name and by the name that is shown, where its bytes are not UTF-8."""
    likely = likely_encoding(names)
    return lambda name: holds(name) or holds(printable(name, likely))


def _held(member: Member, holds: Callable[[str], bool]) -> Iterator[Member]:
    """What is named of a member: all of it, some of its records, or nothing."""
    if holds(member.name):
        yield member
    elif member.sizes is not None:
        for number, size in enumerate(member.sizes, 1):
            if holds(name := f"{member.name}/{number}".lstrip("/")):
                yield Member(name, size, is_record=True)


def _ordered(
    files: Sequence[_File],
    roots: Sequence[str],
    declared: Mapping[tuple[str, str], Values],
    kept: Callable[[], bytes | None],
) -> Sources:
    """The sources of files in reading order, which is taken from those kept where all it depends on is as it was."""
    beside = _beside(files, roots)
    if len(files) < _MANY:
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
            listing,
        )
    order = _order(files)
    return Sources(_named(files, order, roots, declared, beside), Listing(digest, array("I", order)))


def _digest(
    files: Sequence[_File], roots: Sequence[str], declared: Mapping[tuple[str, str], Values], beside: Sequence[str]
) -> str:
    """A hash of all that the order of files, their names and the works that they belong to depend on.

    It knows the order in which they were found, which that of names that are shown alike depends on.
    """
    said = [declared.get((file.path, file.member), ()) for file in files] if declared else ()
    about = repr((roots, sys.getfilesystemencoding(), len(files), said, sorted(beside)))
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


def _order(files: Sequence[_File]) -> list[int]:
    """The indices of files in reading order."""
    likely = likely_encoding(file.name for file in files)
    shown = [printable(file.name, likely) for file in files]
    key = natural_order(shown)
    keys = [(file.root, key(name)) for file, name in zip(files, shown, strict=True)]
    return sorted(range(len(files)), key=keys.__getitem__)


def _named(
    files: Sequence[_File],
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


def _is_of_records(file: _File) -> bool:
    """Whether a file holds records, or is one."""
    return file.sizes is not None or file.is_record


def _place(file: _File, likely: str | None) -> str:
    """Where a file is among others: its path, in an archive as in a folder of the archive's name."""
    if not file.member:
        return printable(file.path, likely)
    folder, _, name = file.path.rpartition("/")
    return printable(f"{folder}/{stem(inner_name(name))}/{file.member}", likely)


def _beside(files: Sequence[_File], roots: Sequence[str]) -> list[str]:
    """The paths of the files beside the PATHs that are files, which tell what these are parts of."""
    known = {file.path for file in files}
    folders = {os.path.dirname(file.path) for file in files if file.path == roots[file.root]}
    return [printable(path) for folder in folders for path in _texts_in(folder) if path not in known]


def _texts_in(folder: str) -> list[str]:
    """The paths of some visible files in a folder whose names are those of texts."""
    try:
        with os.scandir(folder) as entries:
            texts = (each for each in entries if not each.name.startswith(".") and format_for(each.name) is not None)
            return [each.path for each in islice(texts, _MOST_BESIDE) if each.is_file()]
    except OSError:
        return []


def _prefixes(files: Sequence[_File], roots: Sequence[str]) -> dict[int, str]:
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
