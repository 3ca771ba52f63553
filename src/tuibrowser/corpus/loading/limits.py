"""Limits: how long a process may read one file, and how much memory it may take."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.model import Source

_SECONDS: Final = 5.0
_SECONDS_PER_MEGABYTE: Final = 1.0
_MEMORY: Final = 1 << 30
"""Bytes that a process has besides what its files take."""
_MEMORY_PER_BYTE: Final = 30
_STARTING_SECONDS: Final = 10.0
"""What a process has besides until its first answer, to start on a busy machine."""
_BUSY: Final = 4.0
"""Times as long as alone that reading takes beside other processes, at most."""


def size_of(source: Source) -> int:
    """The bytes of the file that a source is in."""
    try:
        return max(source.size, os.stat(source.path).st_size)  # noqa: PTH116  there may be 100,000 files
    except OSError:
        return source.size


def seconds_for(sources: Iterable[Source], *, is_first: bool) -> float:
    """Seconds that a process may take to read some sources; more for its first ones."""
    needed = sum(_SECONDS + _SECONDS_PER_MEGABYTE * source.size / 1e6 for source in sources)
    return _BUSY * needed + (_STARTING_SECONDS if is_first else 0.0)


class Spent(NamedTuple):
    """The seconds of a processor that a process has had, and whether it works or waits to, and does not sleep."""

    seconds: float
    is_at_work: bool


def spent_by(process: int) -> Spent:
    """What a process has spent; nothing where the system does not say it."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:  # noqa: PTH123  once a batch
            state, *others = file.read().rpartition(")")[2].split()
        return Spent((int(others[10]) + int(others[11])) / os.sysconf("SC_CLK_TCK"), state in _AT_WORK)
    except (OSError, ValueError, IndexError):
        return Spent(0.0, is_at_work=False)


_AT_WORK: Final = ("R", "D")
"""The states of a process that runs, or waits for a processor or the disk."""


def limit_memory(sources: Sequence[Source]) -> None:
    """Let this process have no more memory than reading any of these should take, if the system can hold it to that."""
    if sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    one_a_file = {source.path: source for source in sources}.values()
    largest = max([source.size for source in sources] + [size_of(source) for source in one_a_file], default=0)
    wanted = _MEMORY + _MEMORY_PER_BYTE * largest
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
