"""The structure of a document: from the lines of its format to repaired text, paragraphs, metadata and outline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, overload

from tuibrowser.corpus.assemble import Assembled, assemble
from tuibrowser.corpus.lines import Line, LineRole
from tuibrowser.corpus.metadata import FOOT, Front, HeadLine, read_front
from tuibrowser.corpus.model import DocumentProblem, DocumentText, Heading, Locator, Metadata, ParagraphKind
from tuibrowser.corpus.outline import outline
from tuibrowser.corpus.paragraphs import group_lines, in_phrases, join_groups, text_lines
from tuibrowser.corpus.repair import find_edits

if TYPE_CHECKING:
    from tuibrowser.corpus.assemble import Span
    from tuibrowser.corpus.lines import Parsed
    from tuibrowser.corpus.model import Edit


@dataclass(frozen=True, slots=True)
class Structured:
    """All that is known of a document from its text. `title` is None where the text does not say it."""

    text: DocumentText
    metadata: Metadata
    headings: tuple[Heading, ...]
    locators: tuple[Locator, ...]
    title: str | None
    problems: tuple[DocumentProblem, ...]


def structure(raw: str, parsed: Parsed, name: str) -> Structured:
    """The structure of a document by its raw text, what its format says of it, and its name in the corpus.

    Takes time linear in the text.
    """
    edits = find_edits(raw)
    cuts = _cuts(parsed.hidden, edits)
    phrases = in_phrases(raw, parsed.lines)
    lines, follows = text_lines(parsed.lines, phrases=phrases)
    front = _front(raw, lines, follows, cuts, parsed, name)
    groups = group_lines(raw, lines, follows, front.kinds, phrases=phrases)
    if front.joins:
        groups = join_groups(groups, front.joins)
    made = assemble(raw, lines, groups, cuts)
    marked, titles = _marked(made, lines, front)
    found = outline(raw, made, marked, titles, parsed.marked_up and bool(marked.keys() - titles))
    paragraphs = tuple(
        replace(paragraph, kind=ParagraphKind.HEADING, tight=False) if number in found.paragraphs else paragraph
        for number, paragraph in enumerate(made.paragraphs)
    )
    text = DocumentText(raw, made.repaired, made.alignment, paragraphs, edits)
    return Structured(text, front.metadata, found.headings, parsed.locators, front.metadata.title, ())


def _cuts(hidden: Sequence[Span], edits: Sequence[Edit]) -> list[Span]:
    """The raw spans that the repaired text leaves out: hidden markup and what certain edits take away."""
    cuts: list[Span] = []
    for start, end in sorted([*hidden, *((edit.start, edit.end) for edit in edits if edit.certain)]):
        if cuts and start < cuts[-1][1]:
            cuts[-1] = (cuts[-1][0], max(end, cuts[-1][1]))
        else:
            cuts.append((start, end))
    return cuts


def _front(
    raw: str, lines: Sequence[Line], follows: Sequence[bool], cuts: Sequence[Span], parsed: Parsed, name: str
) -> Front:
    first_of_foot = max(0, len(lines) - FOOT)
    head = _HeadLines(raw, lines, follows, cuts, 0)
    foot = _HeadLines(raw, lines, follows, cuts, first_of_foot)
    return read_front(head, foot, first_of_foot, parsed.metadata, name)


class _HeadLines(Sequence[HeadLine]):
    """Lines as metadata is read from them, from number `first` on, each made when it is asked for."""

    def __init__(
        self, raw: str, lines: Sequence[Line], follows: Sequence[bool], cuts: Sequence[Span], first: int
    ) -> None:
        self._raw, self._lines, self._follows, self._cuts, self._first = raw, lines, follows, cuts, first
        self._made: dict[int, HeadLine] = {}

    def __len__(self) -> int:
        return len(self._lines) - self._first

    @overload
    def __getitem__(self, index: int) -> HeadLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[HeadLine]: ...
    def __getitem__(self, index: int | slice) -> HeadLine | list[HeadLine]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        if index not in self._made:
            self._made[index] = self._make(self._first + index)
        return self._made[index]

    def _make(self, number: int) -> HeadLine:
        line = self._lines[number]
        follows = self._follows[number]
        apart = not follows and (number + 1 == len(self._lines) or not self._follows[number + 1])
        level = line.level if line.role is LineRole.HEADING else 0
        return HeadLine(_repaired(self._raw, line, self._cuts), line.text_start - line.start, level, follows, apart)


def _repaired(raw: str, line: Line, cuts: Sequence[Span]) -> str:
    """The text of a line without the cuts in it."""
    pieces: list[str] = []
    at = line.text_start
    for start, end in cuts[max(0, bisect_right(cuts, (at, at)) - 1) :]:
        if start >= line.text_end:
            break
        pieces.append(raw[at : max(at, start)])
        at = max(at, end)
    pieces.append(raw[at : line.text_end])
    return "".join(pieces).strip()


def _marked(made: Assembled, lines: Sequence[Line], front: Front) -> tuple[dict[int, int], set[int]]:
    """The levels of paragraphs that are headings by markup, and the paragraphs that bear the title, by number."""
    levels = {line.text_start: line.level for line in lines if line.role is LineRole.HEADING}
    title_starts = {lines[number].text_start for number in front.titles}
    marked: dict[int, int] = {}
    titles: set[int] = set()
    for number, paragraph in enumerate(made.paragraphs):
        if paragraph.kind is ParagraphKind.HEADING:
            if paragraph.raw_start in title_starts:
                titles.add(number)
            elif level := levels.get(paragraph.raw_start):
                marked[number] = level
    return marked, titles
