"""Contents: the one way to the bytes of a source."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tuibrowser.corpus.formats.base import Contents
from tuibrowser.host.regular import open_regular

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Source


def contents_of(source: Source, encoding: str | None = None) -> Contents:
    """Read the bytes of a source. Raises OSError; what has become a pipe or device since it was found is an error."""
    with os.fdopen(open_regular(source.path), "rb") as file:
        return Contents(file.read(), source.name, encoding)
