"""The types of a corpus: documents, their texts, paragraphs, headings, edits and positions."""

from __future__ import annotations

import copyreg
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tuibrowser.corpus.passing import passed_by_fields
from tuibrowser.hanzi.alignment import IDENTITY, Alignment
from tuibrowser.language.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence


SIDECAR, MARKUP, TEXT, NAME = "sidecar", "markup", "text", "name"
"""Where a value comes from: the sidecar, what the file declares, its text, the name of the file."""


class Script(StrEnum):
    """The script that most of a text's telling characters belong to."""

    HANS = "Hans"
    HANT = "Hant"
    MIXED = "mixed"
    NONE = "none"


class ParagraphKind(StrEnum):
    """What a paragraph is, which decides how it is set."""

    BODY = "body"
    HEADING = "heading"
    VERSE = "verse"
    NOTE = "note"
    FURNITURE = "furniture"


class Layer(StrEnum):
    """Whose words a stretch of a text is: its own, a note's, a reading of another edition, or those of the page."""

    TEXT = "text"
    NOTE = "note"
    APPARATUS = "apparatus"
    FURNITURE = "furniture"
    """Menus, notices, running heads: a search that does not ask for it leaves it out."""


LAYERS: Final = tuple(Layer)
"""Their order gives the numbers by which an index knows them."""


class HeadingKind(StrEnum):
    """Whether a heading opens a section or is the label of an article (第三條), which the outline folds."""

    SECTION = "section"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a corpus: the document's number and a code point offset into its raw text."""

    document: int
    offset: int


class Paragraph(NamedTuple):
    """A paragraph of a document: its kind and where it stands in the repaired and in the raw text.

    `start` and `end` are code points of the repaired text, `raw_start` and `raw_end` of the raw text. The lines
    that a paragraph keeps (verse, tables) are divided by a newline inside it. A `tight` paragraph follows the one
    before it without a gap (items of a list).
    """

    kind: ParagraphKind
    start: int
    end: int
    raw_start: int
    raw_end: int
    tight: bool = False


@passed_by_fields
@frozen
class Heading:
    """A heading: level from 1, its span in the raw text, its title (repaired, on one line) and kind."""

    level: int
    start: int
    end: int
    title: str
    kind: HeadingKind = HeadingKind.SECTION


@passed_by_fields
@frozen
class Edit:
    """A repair of the raw text from `start` to `end`; one that is not certain is flagged and never applied."""

    start: int
    end: int
    original: str
    replacement: str
    rule: str
    certain: bool


@passed_by_fields
@frozen
class LayerSpan:
    """A stretch of the raw text from `start` to `end` that is of another layer than the text."""

    start: int
    end: int
    layer: Layer


@passed_by_fields
@frozen
class Locator:
    """A place that citations name, such as page 12 or 749a16, at an offset into the raw text."""

    offset: int
    label: str


@passed_by_fields
@frozen
class Metadata:
    """What a document says of itself; dates are ISO 8601, as exact as the document is; unknown fields are None."""

    title: str | None = None
    author: str | None = None
    delivered: str | None = None
    published: str | None = None
    publisher: str | None = None
    source: str | None = None
    work: str | None = None
    """The title of what the document is a part of, such as the book of a chapter."""
    dated: str | None = None
    """How the date is written, where it is counted by a reign: 康熙三十年."""

    @property
    def date(self) -> str | None:
        """The date it was delivered, else the date it was published."""
        return self.delivered or self.published


@passed_by_fields
@frozen
class DocumentProblem:
    """Something a reader should know of a document, such as replaced bytes: a kind in kebab-case and a detail."""

    kind: str
    detail: str


LEFT_OUT: Final = "left-out"
"""The kind of problem of what could not be read: a document, or something in it."""


@frozen
class PathProblem:
    """A file or folder that was left out of the corpus, and why."""

    path: str
    reason: str


@passed_by_fields
@frozen
class Belonging:
    """The work that a file is a part of, by its name, that of its folder and those of the files beside it.

    `volumes` are the parts of the work that it is in, outermost first: 卷一 of 劉子/卷一/貪愛.txt. `by_number` says
    that nothing but the numbers of the files speaks for a work.
    """

    work: str
    volumes: tuple[str, ...] = ()
    by_number: bool = False


@frozen
class Source:
    """A file found for the corpus, before it is read: absolute path, name, and size (bytes) and mtime (ns) then.

    `member` names what a file holds several of: the path of a file in an archive, the number of a record from 1; the
    size is then that of the member. `name` is the path relative to the PATH it was found under, `/` between parts, or
    the base name of a single file, made unique by its PATH when several are given.
    """

    path: Path
    name: str
    size: int = 0
    mtime: int = 0
    belonging: Belonging | None = None
    member: str = ""
    declared: tuple[tuple[str, str], ...] = ()
    """What a sidecar says of it: names of columns and values."""

    @property
    def address(self) -> str:
        """The path with the member after it: /data/poems.jsonl/17."""
        return f"{self.path}/{self.member}" if self.member else str(self.path)


def _source_at(path: str, *others: Any) -> Source:
    """A source by its fields; a path is made of a string in half the time it takes to make it of its parts."""
    return Source(Path(path), *others)


_BESIDE_PATH: Final = attrgetter(*(each.name for each in fields(Source) if each.name != "path"))
copyreg.pickle(Source, lambda source: (_source_at, (str(source.path), *_BESIDE_PATH(source))))


@passed_by_fields
@frozen
class Document:
    """The catalogue record of a document. `number` is its place in the corpus for one load of it."""

    number: int
    source: Source
    title: str
    metadata: Metadata = field(default_factory=Metadata)
    format: str = "text"
    """The key of the format it was read in."""
    fields: tuple[tuple[str, str], ...] = ()
    """What else is declared of it: names and values."""
    origins: tuple[tuple[str, str], ...] = ()
    """Where title, author, date and the like come from: SIDECAR, MARKUP, TEXT or NAME."""
    encoding: str | None = None
    script: Script = Script.NONE
    characters: int = 0
    paragraphs: int = 0
    headings: Sequence[Heading] = ()
    locators: Sequence[Locator] = ()
    problems: tuple[DocumentProblem, ...] = ()
    read: bool = False
    """Whether the file was read; before that only the source and a title made from its name are known."""

    @property
    def name(self) -> str:
        """The document's name in the corpus."""
        return self.source.name

    @property
    def is_left_out(self) -> bool:
        """Whether its file could not be read: it is no document but keeps its number."""
        return not self.characters and any(problem.kind == LEFT_OUT for problem in self.problems)

    @property
    def by_name(self) -> frozenset[str]:
        """Those of title, author, date and the like that nothing but the file's name says."""
        return frozenset(name for name, origin in self.origins if origin == NAME)

    @property
    def work(self) -> str | None:
        """The title of what the document is a part of: the book of a chapter, the text that a file is a scroll of.

        Numbers of files alone make no work of documents that have dates of their own.
        """
        if self.metadata.work is not None:
            return self.metadata.work
        belonging = self.source.belonging
        if belonging is None or (belonging.by_number and self.metadata.date is not None):
            return None
        return belonging.work


@dataclass(frozen=True)
class DocumentText:
    """The texts of a document and what maps them to each other.

    `raw` is the decoded text, never changed. `repaired` has the certain edits applied, hard-wrapped lines joined
    and its paragraphs divided by one newline; `alignment` maps raw offsets (source) to repaired ones (target). An edit
    that puts characters in the place of as many is in `edits` alone, since it moves nothing. `layers` are sorted and
    disjoint; what stands in none of them is the text itself.
    """

    raw: str
    repaired: str
    alignment: Alignment = IDENTITY
    paragraphs: tuple[Paragraph, ...] = ()
    edits: tuple[Edit, ...] = ()
    layers: tuple[LayerSpan, ...] = ()

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [paragraph.raw_start for paragraph in self.paragraphs]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the repaired text, by which it is known whether an index has this text."""
        return fingerprint_of(self.repaired)

    def paragraph_at(self, raw_offset: int) -> int:
        """The number, from 0, of the paragraph at or before an offset into the raw text; 0 where there is none."""
        return max(0, bisect_right(self._raw_starts, raw_offset) - 1)

    def layers_in(self, raw_start: int, raw_end: int) -> Sequence[LayerSpan]:
        """The layer spans that touch a stretch of the raw text."""
        first = bisect_right(self.layers, raw_start, key=_END)
        return self.layers[first : bisect_left(self.layers, raw_end, key=_START)]

    @cached_property
    def line_starts(self) -> Sequence[int]:
        """The offsets into the raw text at which its lines begin; LF, CRLF and CR end a line."""
        if "\r" in self.raw:
            return [0, *(found.end() for found in re.finditer(r"\r\n?|\n", self.raw))]
        return list(accumulate([len(line) + 1 for line in self.raw.split("\n")[:-1]], initial=0))

    @property
    def line_count(self) -> int:
        """How many lines the raw text has; an empty one after the last ending counts."""
        return len(self.line_starts)

    def line_of(self, raw_offset: int) -> int:
        """The line, from 1, that holds an offset into the raw text; LF, CRLF and CR end a line."""
        return bisect_right(self.line_starts, raw_offset)

    def offset_of_line(self, line: int) -> int:
        """The offset into the raw text at which a line, from 1, begins; past the end, that of the last line."""
        return self.line_starts[min(max(line, 1), len(self.line_starts)) - 1]


def fingerprint_of(repaired: str) -> str:
    """A hash of a repaired text; NUL, which an index can't hold, counts as what stands for it there."""
    return blake2b(repaired.replace("\0", "\ufffd").encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_START: Final = attrgetter("start")
_END: Final = attrgetter("end")
