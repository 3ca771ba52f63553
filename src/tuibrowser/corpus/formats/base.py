"""What a format is: a name, the suffixes it goes by, and a parser from raw text to lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.formats.lines import Parsed


@dataclass(frozen=True, slots=True)
class Format:
    """A format of text files. `sniff` knows it by the first bytes of a file, whatever the file's suffix."""

    name: str
    suffixes: tuple[str, ...]
    parse: Callable[[str], Parsed]
    sniff: Callable[[bytes], bool] | None = None
