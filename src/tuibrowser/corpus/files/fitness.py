"""Fitness: whether a file is read, and as what, by its mode, its name and, where that says nothing, its first bytes."""

from __future__ import annotations

import os
import stat
from functools import cache, lru_cache
from typing import Final, NamedTuple

from tuibrowser.corpus.containers import container_for
from tuibrowser.corpus.decoding.decode import binary_kind
from tuibrowser.corpus.formats import format_for, known_elsewhere
from tuibrowser.corpus.names import COMPRESSED, inner_name, is_compressed, suffix
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain

HEAD: Final = 4096
"""Bytes from the beginning of a file that tell its format."""

_BACKUP: Final = plain("backup copy of an editor")
_EMPTY: Final = plain("empty file")
_DENIED: Final = plain("permission denied")

_FOR_ALL: Final = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
"""The mode of a file that all may read; the system is asked about others, which costs a call a file."""

_ALL_MODES: Final = stat.S_IFMT(0o177777) | _FOR_ALL
_PLAIN_MODE: Final = stat.S_IFREG | _FOR_ALL


class Kind(NamedTuple):
    """The kind of a file by its name: whether it is read at all, and whether it is a container, perhaps compressed.

    `is_made` says that the text is made from its contents, which are no text themselves.
    """

    is_read: bool
    is_made: bool
    is_container: bool


def kind_of(name: str) -> Kind:
    """The kind of a file by its name."""
    ending = suffix(name)
    if not ending:
        return _NAMELESS
    return _kind_ending_in(suffix(name[: -len(ending)]) if ending in COMPRESSED else "", ending)


@cache
def _kind_ending_in(above: str, ending: str) -> Kind:
    """The kind of files with these two suffixes, of which there are few."""
    name = f"a{above}{ending}"
    inner, kind = inner_name(name), format_for(name)
    is_container = container_for(inner) is not None
    is_made = is_compressed(name) or container_for(name) is not None or (kind is not None and kind.is_extracted)
    return Kind(format_for(inner) is not None or is_container, is_made, is_container)


_NAMELESS: Final = Kind(is_read=True, is_made=False, is_container=False)
"""That of a file without a suffix."""
_MADE: Final = Kind(is_read=True, is_made=True, is_container=False)
_ARCHIVE: Final = Kind(is_read=True, is_made=True, is_container=True)


def is_plain(name: str, found: os.stat_result) -> bool:
    """Whether a file below a PATH is one document, and read: by its name, size and mode alone, as most are."""
    return found.st_mode & _ALL_MODES == _PLAIN_MODE and found.st_size > 0 and _is_plain(name[name.rfind(".") :])


@lru_cache(1024)
def _is_plain(ending: str) -> bool:
    kind = kind_of(f"a{ending}")
    return kind.is_read and not kind.is_container and suffix(f"a{ending}") not in {"", *COMPRESSED}


def special(mode: int) -> str | None:
    """What a path that is no regular file is, so that it must not be opened."""
    if stat.S_ISREG(mode):
        return None
    kinds = (
        (stat.S_ISFIFO, plain("pipe")),
        (stat.S_ISSOCK, plain("socket")),
        (stat.S_ISCHR, plain("device")),
        (stat.S_ISBLK, plain("device")),
    )
    return plain("not a file: {kind}", kind=next((kind for test, kind in kinds if test(mode)), plain("special file")))


def unfit(path: str, name: str, kind: Kind, found: os.stat_result, *, named: bool) -> str | None:
    """Why a regular file is left out by its name and mode; one that a person named is tried whatever its suffix."""
    ending = suffix(name)
    if name.endswith("~") or (name.startswith("#") and name.endswith("#")):
        return _BACKUP
    if ending and not kind.is_read and (not named or known_elsewhere(name)):
        return _unsupported(ending)
    if found.st_size == 0:
        return _EMPTY
    if found.st_mode & _FOR_ALL != _FOR_ALL and not os.access(
        path, os.R_OK, effective_ids=os.access in os.supports_effective_ids
    ):
        return _DENIED
    return None


def is_told_by_bytes(name: str, kind: Kind, *, named: bool) -> bool:
    """Whether a file is what its first bytes say: one without a suffix, or one named that is no other by its own."""
    return not kind.is_made and (named or not suffix(name))


@cache
def _unsupported(ending: str) -> str:
    return plain("format not supported yet: {ending}", ending=ending)


def told(path: str) -> Kind | str:
    """The kind of a file by its bytes, or why it is left out."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            head = os.read(descriptor, HEAD)
        finally:
            os.close(descriptor)
    except OSError as error:
        return system_reason(error)
    why = binary_kind(head)
    if why is None:
        return _NAMELESS
    known = format_for("", head)
    if known is not None and known.is_extracted:
        return _MADE
    from tuibrowser.corpus.containers.told import archive_at, packed_at, packing  # Few files are told by more.

    if archive_at(path) is not None:
        return _ARCHIVE
    return _MADE if packing(head) or packed_at(path) is not None else plain("not a text: {kind}", kind=why)
