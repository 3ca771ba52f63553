"""Assemble: make the repaired text from the lines of a raw text, with its paragraphs and the alignment of both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.model import Paragraph, ParagraphKind
from tuibrowser.hanzi.alignment import Alignment
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.formats.lines import Line

Span = tuple[int, int]


class Lines(Enum):
    """How the line ends within a paragraph are treated."""

    JOIN = "join"
    """They go; between Latin words a space takes their place."""
    GLUE = "glue"
    """They go, even within a Latin word, since lines were cut after so many characters."""
    KEEP = "keep"
    """They stay: verse."""
    WHOLE = "whole"
    """They stay, and so does the indent of each line: tables and code."""


class Group(NamedTuple):
    """The lines of one paragraph: from `first` to before `stop`, among those that have text."""

    first: int
    stop: int
    kind: ParagraphKind = ParagraphKind.BODY
    lines: Lines = Lines.JOIN
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Assembled:
    """The repaired text, what maps it to the raw one, and its paragraphs."""

    repaired: str
    alignment: Alignment
    paragraphs: tuple[Paragraph, ...]


_WORD_END: Final = late(r"[^\W\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]$")
_WORD_START: Final = late(r"[^\W\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_LATIN_CLAUSE_END: Final = late(r"[A-Za-z0-9][,.;:!?)\]'\"’”%]{1,3}$")
_LATIN_OPENING: Final = late(r"[(\[\"“‘'][A-Za-z0-9]")


def space_between(before: str, after: str) -> bool:
    """Whether two lines joined into one need a space between them: where words of a spaced script meet."""
    tail = before[-4:]
    if _WORD_START.match(after):
        if _WORD_END.search(tail):
            return not (tail[-1].isdigit() and after[0].isdigit())
        return _LATIN_CLAUSE_END.search(tail) is not None
    return _LATIN_OPENING.match(after) is not None and _WORD_END.search(tail) is not None


def assemble(raw: str, lines: Sequence[Line], groups: Sequence[Group], cuts: Sequence[Span]) -> Assembled:
    """Put the repaired text together.

    `lines` are those with text, `groups` divide them, in order, and `cuts` are the sorted, disjoint raw spans to
    leave out. Paragraphs are divided by one newline. A group of which nothing is left makes no paragraph. Takes
    linear time.
    """
    return _Assembly(raw, cuts).run(lines, groups)


class _Assembly:
    """The texts and edits collected while going through the groups once."""

    def __init__(self, raw: str, cuts: Sequence[Span]) -> None:
        self.raw = raw
        self.cuts = cuts
        self.next_cut = 0
        self.pieces: list[str] = []
        self.edits: list[tuple[int, int, int]] = []
        self.at = 0  # in the repaired text
        self.raw_at = 0  # all of the raw text before this is dealt with

    def run(self, lines: Sequence[Line], groups: Sequence[Group]) -> Assembled:
        paragraphs: list[Paragraph] = []
        for group in groups:
            if group.stop - group.first == 1 and self.next_cut == len(self.cuts):
                paragraph: Paragraph | None = self._line(lines[group.first], group)
            else:
                paragraph = self._paragraph(lines, group)
            if paragraph is not None:
                paragraphs.append(paragraph)
        if self.raw_at < len(self.raw):
            self.edits.append((self.raw_at, len(self.raw), 0))
        return Assembled("".join(self.pieces), Alignment(self.edits), tuple(paragraphs))

    def _line(self, line: Line, group: Group) -> Paragraph | None:
        """The paragraph of one line without cuts, as most are."""
        start, end = (line.start if group.lines is Lines.WHOLE else line.text_start), line.text_end
        if start >= end:
            return None
        self._gap(start, "\n" if self.pieces else "")
        begin = self.at
        self.pieces.append(self.raw[start:end])
        self.at += end - start
        self.raw_at = end
        return Paragraph(group.kind, begin, self.at, start, end, group.tight)

    def _paragraph(self, lines: Sequence[Line], group: Group) -> Paragraph | None:
        whole = group.lines is Lines.WHOLE
        begin = raw_begin = -1
        for index in range(group.first, group.stop):
            line = lines[index]
            start, end = (line.start if whole else line.text_start), line.text_end
            if self.next_cut < len(self.cuts):
                start = self._after_cuts(start, end)
            if start >= end:
                continue
            if begin < 0:
                self._gap(start, "\n" if self.pieces else "")
                begin, raw_begin = self.at, start
            else:
                self._gap(start, self._separator(group.lines, start))
            self._keep(start, end)
        if begin < 0:
            return None
        return Paragraph(group.kind, begin, self.at, raw_begin, self.raw_at, group.tight)

    def _separator(self, lines: Lines, start: int) -> str:
        if lines is Lines.KEEP or lines is Lines.WHOLE:
            return "\n"
        if lines is Lines.GLUE:
            return ""
        return " " if space_between(self.pieces[-1], self.raw[start : start + 2]) else ""

    def _gap(self, start: int, separator: str) -> None:
        """Let `separator` stand for the raw text up to `start`."""
        if separator:
            self.pieces.append(separator)
            self.at += len(separator)
        if self.raw_at < start and self.raw[self.raw_at : start] != separator:
            self.edits.append((self.raw_at, start, len(separator)))
        self.raw_at = start

    def _after_cuts(self, start: int, end: int) -> int:
        """Return where the text of a line begins after the cuts at its beginning, and drop these cuts."""
        cuts = self.cuts
        while self.next_cut < len(cuts) and cuts[self.next_cut][1] <= start:
            self.next_cut += 1
        while self.next_cut < len(cuts) and cuts[self.next_cut][0] <= start < min(end, cuts[self.next_cut][1]):
            start = cuts[self.next_cut][1]
            self.next_cut += 1
        return start

    def _keep(self, start: int, end: int) -> None:
        for cut_start, cut_end in self._cuts_before(end):
            if start < cut_start:
                self._add(start, cut_start)
            start = min(cut_end, end)
            self.edits.append((cut_start, start, 0))
        self._add(start, end)
        self.raw_at = end

    def _cuts_before(self, end: int) -> Iterator[Span]:
        while self.next_cut < len(self.cuts) and self.cuts[self.next_cut][0] < end:
            yield self.cuts[self.next_cut]
            self.next_cut += 1

    def _add(self, start: int, end: int) -> None:
        if start < end:
            self.pieces.append(self.raw[start:end])
            self.at += end - start
