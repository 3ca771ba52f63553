"""Listing: how the files of a corpus were found and ordered, kept on disk so that the next start need not order them.

Their order, their names and the works that they belong to depend on nothing but what the files and folders are called.
To find the files takes a fifth of the time, so they are found anew at each start; where all are called as they were,
in the same order on disk, the rest is taken from what was kept. How each file looks is never taken from there.

Where no folder was changed since, nor an archive or a file that was left out, the files are most likely the same ones,
and may be shown before they are found anew.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tuibrowser.corpus.files.columns import packed, unpacked
from tuibrowser.corpus.files.sources import Sources

if TYPE_CHECKING:
    from tuibrowser.corpus.files.columns import Columns

Keeper: TypeAlias = Callable[[Sequence[Path], str | None], bytes | None]
"""What gives the sources of some paths, in an encoding, as they were kept; None where none are."""


@dataclass(frozen=True)
class Listing:
    """What was found: a hash of all that the order depends on, and which of the files found each of the sources is.

    `grounds` are the paths on which it depends which files there are (folders, containers, tables of metadata, what was
    left out), and when (ns) each was changed last, 0 where that was just before and the next change might bear the same
    time. It is empty where the files depend on more, such as links.
    """

    digest: str
    order: array[int]
    grounds: Mapping[str, int]


def packed_sources(sources: Sources) -> bytes:
    """Sources as bytes: a line of JSON, the order in which they were found if that is known, and their columns."""
    listing = sources.listing
    order = b"" if listing is None else listing.order.tobytes()
    said = [None if listing is None else listing.digest, len(order), {} if listing is None else listing.grounds]
    return json.dumps(said).encode("ascii") + b"\n" + order + packed(sources.columns)


def unpacked_sources(data: bytes) -> Sources:
    """The sources that such bytes are of. Raises ValueError where they are of none."""
    end = data.find(b"\n") + 1
    try:
        digest, length, said = json.loads(data[:end])
        grounds = dict(said)
        order = array("I", data[end : end + length])
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    columns = unpacked(memoryview(data)[end + length :])
    if digest is None:
        return Sources(columns)
    if len(order) != len(columns) or max(order, default=0) >= max(1, len(order)):
        raise ValueError
    return Sources(columns, Listing(str(digest), order, grounds))


def as_left(kept: bytes) -> Sources | None:
    """The sources that were kept, where nothing was changed since on which it depends which files there are.

    None where not, or where they are damaged. That a file has become empty, or none that is read, is not seen.
    """
    try:
        sources = unpacked_sources(kept)
    except ValueError:
        return None
    grounds = sources.listing.grounds if sources.listing is not None else {}
    return sources if grounds and _are_unchanged(grounds) else None


def _are_unchanged(grounds: Mapping[str, int]) -> bool:
    """Whether files and folders were changed last when it is known that they were."""
    with suppress(OSError, ValueError, TypeError):
        return all(changed and _changed(path) == changed for path, changed in grounds.items())
    return False


def _changed(path: str) -> int:
    return os.stat(path).st_ctime_ns  # noqa: PTH116  # there may be many


def as_kept(kept: bytes, digest: str) -> tuple[Listing, Columns] | None:
    """How files were ordered that were kept, where they are those of a hash; None where not, or they are damaged."""
    try:
        sources = unpacked_sources(kept)
    except ValueError:
        return None
    listing = sources.listing
    return (listing, sources.columns) if listing is not None and listing.digest == digest else None
