"""What the program is asked to open when it starts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartRequest:
    """The command line of the reader, understood.

    `paths` are the files and folders to open, none for the seeds. `line` counts from 1 and `query` is what to search
    for, both in the first document; at most one of them is given. `stdin` holds the bytes of standard input where the
    reader asked for it with `-`.
    """

    paths: tuple[str, ...] = ()
    encoding: str | None = None
    line: int | None = None
    query: str | None = None
    stdin: bytes | None = None
