"""What the program is asked to open when it starts."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from tuibrowser.language.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.host.piped import Piped


@frozen
class StartRequest:
    """The command line of the reader, understood.

    `paths` are the files and folders to open, none for the seeds, or `-` alone for standard input. `line` counts from 1
    and `query` is what to search for, both in the first document; `reference` is of a passage in any of them; at most
    one of the three is given. `index_dir` is a folder of indexes that others keep. `lean` and `mouse` say auto, on or
    off in place of the config.
    """

    paths: tuple[str, ...] = ()
    encoding: str | None = None
    line: int | None = None
    query: str | None = None
    index_dir: str | None = None
    reference: str | None = None
    lean: str | None = None
    mouse: str | None = None
    piped: Mapping[str, Piped] = field(default_factory=dict)
    """What comes through those of the paths that are pipes."""
    follow: bool = False
    """Whether to go to the end of the first document and follow it while it grows."""
