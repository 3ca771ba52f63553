"""Discovery: the files below the paths a person named, in reading order, and what was left out and why."""

# There may be 100,000 entries, and Path costs more than the stat itself.
# ruff: noqa: PTH100, PTH116, PTH119, PTH120
from __future__ import annotations

import errno
import os
import stat
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.containers.base import Member
from tuibrowser.corpus.containers.within import within
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.fitness import is_plain, is_told_by_bytes, kind_of, special, told, unfit
from tuibrowser.corpus.files.order import natural_key
from tuibrowser.corpus.files.ordered import File, folders_of_named, ordered
from tuibrowser.corpus.model import PathProblem
from tuibrowser.corpus.names import (
    SIDECARS,
    likely_encoding,
    printable,
)
from tuibrowser.host.collecting import nothing_to_collect
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tuibrowser.corpus.containers.base import Omitted
    from tuibrowser.corpus.containers.flat import Flat
    from tuibrowser.corpus.containers.within import Within
    from tuibrowser.corpus.files.listing import Keeper
    from tuibrowser.corpus.files.sources import Sources
    from tuibrowser.corpus.sidecars.sidecar import Values

_NOTHING: Final = plain("no file in it")

_UNSETTLED: Final = 1_000_000_000
"""How coarse (ns) the clock of a file system may be."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files found, in reading order, and the paths left out with a reason each."""

    sources: Sources
    problems: tuple[PathProblem, ...]


@dataclass(slots=True)
class _Walk:
    """What a walk over several PATHs has seen so far; `encoding` is the one that a person named."""

    encoding: str | None = None
    files: list[File] = field(default_factory=list)
    problems: list[PathProblem] = field(default_factory=list)
    seen: dict[int, dict[int, File | str]] = field(default_factory=lambda: defaultdict(dict))
    """What was first reached of each device and inode: a file, or the path of a folder."""
    settled: int = field(default_factory=lambda: time_ns() - _UNSETTLED)
    """The time (ns) since which a change may bear the same time as the next one."""
    links: deque[tuple[int, str, str]] = field(default_factory=deque)
    """Symbolic links, followed last, so that a file keeps its own name and not that of a link to it."""
    grounds: dict[str, int] = field(default_factory=dict)
    """When (ns) each folder, container and file left out was changed last; 0 where the next change may be as late."""
    has_more: bool = False
    """Whether the files found depend on more than these."""

    def leave_out(self, path: str, reason: str) -> None:
        self.problems.append(PathProblem(printable(path), reason))
        with suppress(OSError, ValueError):  # what is in a container has no file of its own
            self.note(path, os.lstat(path))

    def note(self, path: str, found: os.stat_result) -> None:
        self.grounds.setdefault(path, self.known_change(found))

    def known_change(self, found: os.stat_result) -> int:
        return found.st_ctime_ns if found.st_ctime_ns < self.settled else 0


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
        grounds = {} if walk.has_more else walk.grounds
        kept = (lambda: keeper(paths, encoding)) if keeper is not None else lambda: None
        sources = ordered(walk.files, roots, declared, kept, grounds)
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
    walk.has_more = walk.has_more or bool(walk.links)
    while walk.links:
        _follow(walk, *walk.links.popleft())
    _note_empty(walk, roots)
    return walk, roots, _declared(walk, roots)


def discover_in(archive: Flat, path: str, name: str) -> Discovery:
    """Find the documents of an archive that came through a pipe; `path` and `name` are those of what came."""
    walk = _Walk()
    members, omitted = archive.list()
    _take_members(walk, File(0, path, name, "", 0, 0), members, omitted)  # with no folder to be split off
    return Discovery(ordered(walk.files, [path], {}, lambda: None, {}), tuple(walk.problems))


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
    walk.grounds.update((file.path, file.changed) for file in walk.files if file.path in sidecars.used)
    walk.files = [file for file in walk.files if file.path not in sidecars.used]
    walk.problems += sidecars.problems
    return said


def _apart(file: File) -> Iterable[File]:
    """The records of a file, each for itself; another file as it is."""
    if file.sizes is None:
        return (file,)
    single = file._replace(sizes=None, is_record=True)
    return (
        single._replace(within=f"{file.within}/{number}", size=size, member=f"{file.member}/{number}".lstrip("/"))
        for number, size in enumerate(file.sizes, 1)
    )


def _may_have_sidecars(files: Sequence[File], roots: Sequence[str]) -> bool:
    """Whether a file found, or one beside a PATH that is a file, is called as sidecars are."""
    if any(file.base in SIDECARS for file in files):
        return True
    folders = folders_of_named(files, roots)
    return any(os.path.exists(os.path.join(folder, name)) for folder in folders for name in SIDECARS)  # noqa: PTH110, PTH118


def _note_empty(walk: _Walk, roots: Sequence[str]) -> None:
    """Name the PATHs below which there is nothing, neither a file to open nor one that was left out."""
    held = {file.root for file in walk.files}
    for number, root in enumerate(roots):
        if number not in held:
            named = [file.path for file in walk.files] + [problem.path for problem in walk.problems]
            if not any(path.startswith((root, printable(root))) for path in named):
                walk.leave_out(root, _NOTHING)


def _enter_root(walk: _Walk, number: int, root: str, given: str) -> str:
    """Take in a PATH; return the file or folder that it is, or the container that it leads into."""
    try:
        found = os.stat(root)
    except (FileNotFoundError, NotADirectoryError):
        if (place := within(root)) is not None and _enter_container(walk, number, place):
            walk.has_more = True
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
        walk.note(folder, os.stat(folder))
        _add_file(walk, number, folder, "", base, found, named=True)
    return root


def _enter_container(walk: _Walk, number: int, place: Within) -> bool:
    """Take in what is named in a container; return whether there is such a member."""
    found = os.stat(place.container)
    folder, base = _split(place.container)
    file = File(number, folder, "", base, found.st_size, found.st_mtime_ns)
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
        walk.note(folder, status)
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


def _tell_same(walk: _Walk, path: str, first: File | str) -> None:
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
    file = File(root, folder, prefix, base, found.st_size, found.st_mtime_ns, walk.known_change(found))
    first = walk.seen[found.st_dev].setdefault(found.st_ino, file)
    if first is not file:
        _tell_same(walk, file.path, first)
    elif kind is None or not kind.is_container:
        walk.files.append(file)
    else:
        _add_members(walk, file)


def _add_members(walk: _Walk, file: File, holds: Callable[[str], bool] | None = None) -> None:
    """Take in what a container holds, or what `holds` names of it, or the file itself where it is one document."""
    walk.grounds[file.path] = file.changed
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
    file: File,
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
