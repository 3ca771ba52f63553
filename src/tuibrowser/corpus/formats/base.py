"""Formats: the type of one, with its name, its suffixes, and an extractor from contents to raw text and its lines."""

from __future__ import annotations

import gc
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.host.collecting import nothing_to_collect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tuibrowser.corpus.formats.lines import Parsed
    from tuibrowser.corpus.model import DocumentProblem


class Contents(NamedTuple):
    """The bytes of a source, its name in the corpus, and the encoding that a person named for it.

    `format` is the key of the format where the name does not say it. `is_record` says that the bytes are one record,
    as JSON, of a file of records.
    """

    data: bytes
    name: str = ""
    encoding: str | None = None
    format: str = ""
    is_record: bool = False
    decoded_from: str | None = None
    """The encoding of the file, where the bytes are made anew from its text."""
    text: str | None = None
    """What the bytes are in UTF-8: what `decode` makes of them, too, and without a problem, if that is sound JSON."""
    tail: str = ""
    """The hash of the last bytes of the file (see `stamps`), where it is one document and that was computed."""


class Extracted(NamedTuple):
    """The raw text of a document and what its format says of it.

    `encoding` is that of the contents; None where they are no text. `fields` are further values that the format
    declares, by their names.
    """

    raw: str
    parsed: Parsed
    encoding: str | None = None
    problems: tuple[DocumentProblem, ...] = ()
    fields: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Format(ABC):
    """A format of files. `sniff` knows it by the first bytes of a file, whatever the file's suffix.

    `key` names it in JSON and in the config, `name` for readers.
    """

    key: str
    name: str
    suffixes: tuple[str, ...]

    @property
    @abstractmethod
    def is_extracted(self) -> bool:
        """Whether the raw text is made from the contents; else it is the contents, decoded."""

    @property
    @abstractmethod
    def is_sniffed(self) -> bool:
        """Whether there are files that it knows by their first bytes."""

    @abstractmethod
    def sniff(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes is of this format, whatever its name."""

    @abstractmethod
    def extract(self, contents: Contents) -> Extracted:
        """Extract the raw text of some contents.

        Raises NotTextError for contents that cannot be read, with the reason, and CorpusError for an encoding that is
        not known.
        """


def _never(_: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class TextFormat(Format):
    """A format of text files, whose raw text is their bytes, decoded."""

    parse: Callable[[str], Parsed]
    sniffed: Callable[[bytes], bool] = _never

    @property
    def is_extracted(self) -> bool:
        """No."""
        return False

    @property
    def is_sniffed(self) -> bool:
        """Whether it was given a test for them."""
        return self.sniffed is not _never

    def sniff(self, head: bytes) -> bool:
        """Whether the first bytes say so."""
        return self.sniffed(head)

    def extract(self, contents: Contents) -> Extracted:
        """Decode the contents and parse them."""
        decoded = decode(contents.data, contents.encoding)
        parsed = self.parse(decoded.text)
        return Extracted(decoded.text, parsed, decoded.encoding, (*decoded.problems, *parsed.problems))


@dataclass(frozen=True, slots=True)
class ExtractedFormat(Format):
    """A format whose raw text is made from its contents by the function `extract` of a module.

    The module is imported when the first file of the format is read. `sniff` knows files by `magic`, their first
    bytes.
    """

    module: str
    magic: tuple[bytes, ...] = ()
    is_guarded: bool = True
    """Whether it is read in a process of its own, which may crash or hang: by all but the simplest formats."""

    @property
    def is_extracted(self) -> bool:
        """Yes."""
        return True

    @property
    def is_sniffed(self) -> bool:
        """Whether it has first bytes of its own."""
        return bool(self.magic)

    def sniff(self, head: bytes) -> bool:
        """Whether the first bytes say so."""
        return head.startswith(self.magic)

    def extract(self, contents: Contents) -> Extracted:
        """Hand the contents to the module's function."""
        extract = _extractor(self.module)
        if not gc.isenabled():
            return extract(contents)
        with nothing_to_collect():
            return extract(contents)


@cache
def _extractor(module: str) -> Callable[[Contents], Extracted]:
    extract: Callable[[Contents], Extracted] = import_module(module).extract
    return extract
