"""What the program is asked to open when it starts."""

from __future__ import annotations

from tuibrowser.language.frozen import frozen


@frozen
class StartRequest:
    """The command line of the reader, understood.

    `paths` are the files and folders to open, none for the seeds, or `-` alone for standard input, whose bytes are then
    in `stdin`. `line` counts from 1 and `query` is what to search for, both in the first document; `reference` is of a
    passage in any of them; at most one of the three is given. `index_dir` is a folder of indexes that others keep.
    `lean` and `mouse` say auto, on or off in place of the config.
    """

    paths: tuple[str, ...] = ()
    encoding: str | None = None
    line: int | None = None
    query: str | None = None
    stdin: bytes | None = None
    index_dir: str | None = None
    reference: str | None = None
    lean: str | None = None
    mouse: str | None = None
    follow: bool = False
    """Whether to go to the end of the first document and follow it while it grows."""
    stdin_goes_on: bool = False
    """Whether standard input did not end in the time that it was read."""
