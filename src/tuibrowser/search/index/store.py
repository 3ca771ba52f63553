"""Store: the index of a corpus in a folder, checked and mapped into memory.

    FOLDER/lock                     held while an index is being built
    FOLDER/manifest.json            what the index is of, and the size and checksum of each of its files
    FOLDER/g…/documents.jsonl …     the catalogue of one generation
    FOLDER/g…/listing.bin           the files of its corpus in order, for the next start
    FOLDER/g…/s0.post.npy …         the arrays of its segments
    FOLDER/p…/p0/ …                 parts that can be searched already while a generation is in the making

A generation never changes: a new one is a new folder, whose manifest is renamed into place. A process that has mapped
a file keeps it even after its folder is removed. A file is used only if its size and checksum are right, so a machine
that stops in between leaves nothing worse than an index to be built again.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from array import array
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from time import sleep, time
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import numpy as np

from tuibrowser.corpus.records.catalogue import FAILURES, FILES, MAPPED, Catalogue, CatalogueError
from tuibrowser.host.regular import read_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said
from tuibrowser.search.index.checks import CHECKED, every_measured, fault
from tuibrowser.search.index.discard import discard, discard_generations, discard_index
from tuibrowser.search.index.mapped import Mapped, map_array, mapped
from tuibrowser.search.index.names import Names, load_names, names_files
from tuibrowser.search.index.places import LARGEST_MANIFEST, LISTING, MANIFEST, identity, make_folder, maker
from tuibrowser.search.index.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from tuibrowser.corpus.corpus import Corpus

    Array = npt.NDArray[Any]

_LOCK: Final = "lock"
_LOCK_SECONDS: Final = 0.1
"""Time between two looks at whether another process is done."""

_UNUSED_SECONDS: Final = 90 * 24 * 3600
"""Time after which an index that was not opened makes room; the time of its manifest says when it was."""

_SAFE: Final = re.compile(r"[a-z0-9][a-z0-9_.-]*", re.ASCII)
"""Names of files and folders that a manifest may name."""


class IndexUnusableError(Exception):
    """There is no index that can be used, and why; the reason is empty where there never was one."""

    @property
    def reason(self) -> str:
        """The fault of the index, in words that follow "the index"."""
        return said(self)


class CancelledError(Exception):
    """The work asked for is not wanted any more."""


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """An index on disk: the folder of its generation, what is known of its documents, its segments, mapped."""

    folder: Path
    catalogue: Catalogue
    segments: tuple[Segment, ...]
    names: Names
    files: tuple[Mapped, ...]
    """The files that are mapped, to look whether they stay whole."""
    segment_names: tuple[str, ...]

    @property
    def generation(self) -> str:
        """The name of its generation."""
        return self.folder.name

    def fits(self, corpus: Corpus) -> bool:
        """Whether all files of a corpus are as they were when the index was built, and no others."""
        count = len(corpus.sources)
        return len(self.catalogue) == count and self.catalogue.places_of(corpus.sources) == array("i", range(count))


# Opening


def open_index(corpus: Corpus, folder: Path, *, own: bool = True) -> StoredIndex:
    """Open the index of a corpus; it may be one of its files as they were before.

    `own` says that the folder must be this user's. Raises IndexUnusableError.
    """
    try:
        return _opened(corpus, folder, own=own)
    except FileNotFoundError:
        # Another generation may just have taken the place of the one that the manifest named.
        try:
            return _opened(corpus, folder, own=own)
        except OSError as error:
            raise _unreadable(folder, error) from error
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(folder: Path, error: OSError) -> IndexUnusableError:
    if isinstance(error, FileNotFoundError) and not folder.joinpath(MANIFEST).exists():
        return IndexUnusableError("")
    return IndexUnusableError(plain("cannot be read ({reason})", reason=system_reason(error)))


def _opened(corpus: Corpus, folder: Path, *, own: bool) -> StoredIndex:
    if own and folder.stat().st_uid != os.getuid():
        raise IndexUnusableError(plain("belongs to another user"))
    try:
        manifest = json.loads(read_regular(folder / MANIFEST, LARGEST_MANIFEST))
        if manifest["maker"] != maker():
            raise IndexUnusableError(plain("was made by another version"))
        if manifest["of"] != identity(corpus):
            raise IndexUnusableError(plain("is one of other texts"))
        generation = folder / _safe(manifest["generation"])
        if not _files_needed(manifest["segments"]) <= manifest["files"].keys():
            raise IndexUnusableError(plain("is damaged"))
        files = {_safe(name): (size, checksum) for name, (size, checksum) in manifest["files"].items()}
        if wrong := fault(generation, files, note=own):
            raise IndexUnusableError(wrong)
        segments = tuple(load_segment(generation, _safe(name)) for name in manifest["segments"])
        catalogue, names = Catalogue(generation), load_names(generation)
        held = mapped((*catalogue.files, *names.arrays, *(array for each in segments for array in arrays_of(each))))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, CatalogueError) as error:
        raise IndexUnusableError(plain("is damaged")) from error
    if own:
        with suppress(OSError):
            os.utime(folder / MANIFEST, follow_symlinks=False)
    return StoredIndex(generation, catalogue, segments, names, held, tuple(manifest["segments"]))


def _safe(name: str) -> str:
    if not _SAFE.fullmatch(name):
        raise ValueError(f"not the name of a file of an index: {name!r}")
    return name


# Segments

_CATALOGUE: Final = (*MAPPED, FAILURES, FILES, LISTING)
"""The files of the catalogue of an index, and of the order of its files."""

_STORED: Final = (*(each.name for each in fields(Segment)), "rows")
"""The arrays of a segment that are kept: those that it is made of, and one that takes long to find."""


def save_segment(folder: Path, name: str, segment: Segment) -> None:
    """Write the arrays of a segment, those of rows column by column. Raises OSError."""
    for each in _STORED:
        with _array_path(folder, name, each).open("wb") as file:
            np.save(file, np.asfortranarray(getattr(segment, each)), allow_pickle=False)


def load_segment(folder: Path, name: str) -> Segment:
    """Map the arrays of a segment. Raises OSError, and ValueError where they are none."""
    arrays = {each: map_array(_array_path(folder, name, each)) for each in _STORED}
    rows = arrays.pop("rows")
    segment = Segment(**arrays)
    segment.__dict__["rows"] = rows  # a cached property, known already
    return segment


def arrays_of(segment: Segment) -> list[Array]:
    """The arrays of a segment that are kept."""
    return [getattr(segment, each) for each in _STORED]


def _files_needed(segments: Sequence[str]) -> set[str]:
    """The names of all files of some segments and of the catalogue."""
    return {*_CATALOGUE, *names_files(), *(f"{name}.{array}.npy" for name in segments for array in _STORED)}


def _array_path(folder: Path, name: str, array: str) -> Path:
    return folder / f"{name}.{array}.npy"


# Building


@contextmanager
def locked(folder: Path, cancelled: Callable[[], bool], waiting: Callable[[], object]) -> Iterator[None]:
    """Hold the folder alone, once whoever holds it now is done; `waiting` is called once if that is so.

    Raises OSError, and CancelledError when it is not wanted any more.
    """
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        told = False
        while not _lock(descriptor):
            if not told:
                told = True
                waiting()
            if cancelled():
                raise CancelledError
            sleep(_LOCK_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def new_generation(folder: Path, *, shared: bool) -> Path:
    """A new folder for an index in the making. Raises OSError."""
    generation = folder / f"g{uuid4().hex}"
    make_folder(generation, shared=shared)
    return generation


def parts_folder(generation: Path) -> Path:
    """The folder of the parts that can be searched while a generation is in the making."""
    return generation.with_name(f"p{generation.name[1:]}")


def remove(generation: Path) -> None:
    """Remove a generation that will not be finished."""
    for each in (generation, parts_folder(generation)):
        discard(each)


def commit(corpus: Corpus, generation: Path, segments: Sequence[str]) -> None:
    """Make a generation, whose files are all written, the index of a corpus, and remove the others. Raises OSError."""
    folder = generation.parent
    names = [*_CATALOGUE, *names_files(), *(file.name for file in generation.glob("s*.npy"))]
    manifest: Mapping[str, object] = {
        "maker": maker(),
        "of": identity(corpus),
        "generation": generation.name,
        "segments": list(segments),
        "files": every_measured(generation, names),
    }
    new = generation / MANIFEST
    new.write_text(json.dumps(manifest, indent=1), encoding="ascii")
    new.replace(folder / MANIFEST)
    remove_others(folder, generation.name)


def remove_others(folder: Path, kept: str) -> None:
    """Remove all generations but one, those that were never finished too."""
    discard_generations(folder, kept)


def remove_unused(root: Path) -> None:
    """Remove the indexes below a folder that nobody has opened for long, whatever is wrong with them."""
    for manifest in root.glob(f"*/{MANIFEST}"):
        with suppress(OSError):
            if time() - manifest.lstat().st_mtime > _UNUSED_SECONDS:
                discard_index(manifest.parent)


def size_of(folder: Path) -> int:
    """Bytes of all files of an index; what is noted of them when they are checked comes later and is not counted."""
    files = (each for each in folder.rglob("*") if each.is_file() and not each.name.startswith(CHECKED))
    return sum(each.stat().st_size for each in files)
