"""Fingerprint: identify the code and data that an index depends on, found by following the imports.

It begins at the modules that make an index and read its files, reads what each module imports when it runs, and takes
in the data files of the rooms it comes to. Reading all of them takes longer than opening an index may, so the answer
is kept, with the size and time of each file of the program, until one of these changes.
"""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.host.environment import RECORD_NAMES
from tuibrowser.host.regular import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PACKAGE: Final = Path(__file__).parents[2]
"""The folder of the program."""

MAKERS: Final = (
    "tuibrowser.search.index.refresh",
    "tuibrowser.search.building.making",
    "tuibrowser.corpus.corpus",
)
"""The modules that make an index, here and on several hosts, and the one that finds and reads the files."""

_TEXTS: Final = ("tuibrowser.corpus", "tuibrowser.hanzi")
"""The rooms whose libraries matter, since they turn files into texts; arrays of whole numbers come out the same."""

_DISTRIBUTIONS: Final = {"pypdfium2_raw": "pypdfium2"}
"""The distributions of libraries that are called otherwise. To look for one among all that are installed takes long."""

_MOST_KEPT: Final = 100_000
"""Bytes of a kept answer, at most."""


def rules(kept: Path | None = None, package: Path = PACKAGE) -> str:
    """The fingerprint of what makes an index; `kept` is the file in which it is kept between two starts.

    The names of fields in the config file count, since records are read by them.
    """
    found = _kept_rules(kept, package)
    names = os.environ.get(RECORD_NAMES)
    return blake2b(f"{found}\0{names}".encode(), digest_size=12).hexdigest() if names else found


def _kept_rules(kept: Path | None, package: Path) -> str:
    """The fingerprint of the code, its data and its libraries."""
    if kept is None:
        return _digest(package)
    stamp = _stamp(package)
    with suppress(OSError, ValueError, TypeError, KeyError):
        known = json.loads(read_regular(kept, _MOST_KEPT))
        if known["stamp"] == [stamp, _library_stamp(known["libraries"])]:
            return str(known["rules"])
    found, libraries = _digest(package), sorted(_libraries(modules(package)))
    record = {"stamp": [stamp, _library_stamp(libraries)], "libraries": libraries, "rules": found}
    with suppress(OSError):
        new = kept.with_name(f"{kept.name}.{os.getpid()}")
        new.write_text(json.dumps(record), encoding="ascii")
        new.replace(kept)
    return found


def modules(package: Path = PACKAGE) -> dict[str, Path]:
    """The modules that are imported on the way to an index, by name, and their files."""
    program = _program(package)
    found: dict[str, Path] = {}
    pending = [*MAKERS]
    while pending:
        name = pending.pop()
        if name in program and name not in found:
            found[name] = program[name]
            pending += imports(program[name].read_bytes())
            pending.append(name.rpartition(".")[0])
    return found


@lru_cache(maxsize=1024)
def imports(source: bytes) -> tuple[str, ...]:
    """The modules that a source names: those it imports when it runs, and those it starts by name as a process.

    It is read by its lines, since to parse all sources takes a second at the first start after an installation.
    """
    named = {name.decode() for name in _STARTED.findall(source)}
    at = 0
    while (found := _STATEMENT.search(source, at)) is not None:
        at = found.end()
        if found["module"]:
            names = [name.split()[0].decode() for name in _names(found["names"])]
            named |= {found["module"].decode(), *(f"{found['module'].decode()}.{name}" for name in names)}
        elif found["modules"]:
            named |= {name.split()[0].decode() for name in _names(found["modules"])}
        else:
            at = _end_of_block(source, at, len(found["indent"]))
    return tuple(sorted(named))


_STARTED: Final = re.compile(rb"[\"'](tuibrowser\.[^\"'\n]*)")
_STATEMENT: Final = re.compile(
    rb"^(?P<indent>[ \t]*)(?:if TYPE_CHECKING:"
    rb"|from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]+(?P<names>\([^)]*\)|[^\n]*)|import[ \t]+(?P<modules>[^\n]*))",
    re.MULTILINE,
)
"""An import, or the beginning of those that only a type checker runs. Each stands on lines of its own."""
_COMMENT: Final = re.compile(rb"#[^\n]*")


def _names(listed: bytes) -> list[bytes]:
    """The names in the list of an import, with what they are called."""
    return [name for each in _COMMENT.sub(b"", listed).strip(b"()").split(b",") if (name := each.strip())]


def _end_of_block(source: bytes, at: int, indent: int) -> int:
    """Where the block ends that a line begins which is indented so, and ends at an offset."""
    following = re.compile(rb"^[ \t]{0,%d}[^ \t\r\n]" % indent, re.MULTILINE).search(source, at)
    return following.start() if following else len(source)


def _program(package: Path) -> dict[str, Path]:
    """The modules in the rooms of the program and at its root, by name, and their files."""
    named = {}
    for file in package.rglob("*.py"):
        parts = file.relative_to(package).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if parts:
            named[".".join(("tuibrowser", *parts))] = file
    return named


def data_files(found: Mapping[str, Path], package: Path = PACKAGE) -> list[Path]:
    """The data in the rooms that turn files into texts, as far as modules of them are among those found.

    Translations change no index.
    """
    rooms = {package / name.split(".")[1] for name in found if name.startswith(_TEXTS)}
    return [file for room in sorted(rooms) for file in _files(room) if file.suffix not in {".py", ".pyc"}]


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder, in order."""
    for each in sorted(folder.iterdir()):
        if each.is_dir():
            yield from _files(each)
        else:
            yield each


def _libraries(found: Mapping[str, Path]) -> set[str]:
    """The libraries by which files are turned into texts."""
    texts = (file for name, file in found.items() if name.startswith(_TEXTS))
    named = {name.split(".")[0] for file in texts for name in imports(file.read_bytes())}
    return named - set(sys.stdlib_module_names) - {"tuibrowser"}


@cache
def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(_DISTRIBUTIONS.get(library, library))
    except PackageNotFoundError:
        return ""


def _digest(package: Path) -> str:
    digest = blake2b(digest_size=12)
    found = modules(package)
    for file in (*(file for _, file in sorted(found.items())), *data_files(found, package)):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(package).as_posix()}\0{len(data)}\0".encode() + data)
    for library in sorted(_libraries(found)):
        digest.update(f"{library}\0{_version(library)}\0".encode())
    return digest.hexdigest()


def _stamp(package: Path) -> str:
    """Return the size and time of each file of the program, which tell whether one has changed."""
    return _stamped(file for file in _files(package) if file.suffix != ".pyc")


def _library_stamp(libraries: Iterable[str]) -> str:
    found = (PathFinder.find_spec(name) for name in libraries)
    return _stamped(Path(spec.origin) for spec in found if spec is not None and spec.origin)


def _stamped(files: Iterable[Path]) -> str:
    digest = blake2b(digest_size=12)
    for file in files:
        status = file.stat()
        digest.update(f"{os.fspath(file)}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
