"""The structure of a document: from the lines of its format to repaired text, paragraphs, metadata and outline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.inline import hide
from tuibrowser.corpus.formats.lines import Line, LineRole, pieces
from tuibrowser.corpus.front.headlines import HeadLines
from tuibrowser.corpus.front.metadata import Front, read_front
from tuibrowser.corpus.model import (
    DocumentProblem,
    DocumentText,
    Heading,
    Layer,
    Locator,
    Metadata,
    Paragraph,
    ParagraphKind,
)
from tuibrowser.corpus.outlines.outline import outline
from tuibrowser.corpus.paragraphs.assemble import Assembled, assemble
from tuibrowser.corpus.paragraphs.grouping import group_lines, join_groups, text_lines
from tuibrowser.corpus.paragraphs.letter_spacing import letter_spaced
from tuibrowser.corpus.paragraphs.phrases import in_phrases
from tuibrowser.corpus.repairs.markup import MARKUP, markup_edits
from tuibrowser.corpus.repairs.repair import find_edits, merged, replaced
from tuibrowser.hanzi.alignment import Alignment
from tuibrowser.hanzi.alike import blanks, invisible
from tuibrowser.host.abreast import alone
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.lines import Parsed
    from tuibrowser.corpus.model import Edit
    from tuibrowser.corpus.paragraphs.assemble import Span
    from tuibrowser.host.abreast import Steps


_BESIDE: Final = frozenset({LineRole.NOTE, LineRole.FURNITURE})
"""Roles of lines that no metadata is read from."""

_ASIDE: Final = frozenset({Layer.NOTE, Layer.FURNITURE})
"""Layers that are no part of a title."""


@dataclass(frozen=True, slots=True)
class Structured:
    """All that is known of a document from its text. `title` is None where the text does not say it."""

    text: DocumentText
    metadata: Metadata
    headings: tuple[Heading, ...]
    locators: tuple[Locator, ...]
    title: str | None
    problems: tuple[DocumentProblem, ...]
    by_name: frozenset[str] = frozenset()
    """The fields of the metadata that nothing but the document's name says."""


def structure(raw: str, parsed: Parsed, name: str) -> Structured:
    """The structure of a document by its raw text, what its format says of it, and its name in the corpus.

    Takes time linear in the text.
    """
    return alone(structuring(raw, parsed, name))


def structuring(raw: str, parsed: Parsed, name: str) -> Steps[Structured]:
    """The structure of a document, in steps."""
    edits = merged(find_edits(raw), markup_edits(raw, parsed.lines))
    yield
    own, raw = raw, replaced(raw, edits)
    all_lines, hidden = _without_markup(raw, parsed, edits)
    phrases = in_phrases(raw, all_lines)
    lines, gaps = text_lines(all_lines, phrases=phrases)
    cuts = _cuts([*hidden, *invisible(raw), *letter_spaced(raw, lines, gaps)], edits)
    yield
    front = _front(raw, lines, gaps, cuts, parsed.metadata, name)
    yield
    grouped = group_lines(raw, lines, gaps, front.kinds, phrases=phrases)
    groups = join_groups(grouped.groups, front.joins) if front.joins else grouped.groups
    yield
    made = assemble(raw, lines, groups, _cuts([*cuts, *grouped.hidden], ()) if grouped.hidden else cuts)
    yield
    marked, titles = _marked(made, lines, front)
    found = outline(raw, made, marked, titles, parsed.marked_up and bool(marked.keys() - titles))
    yield
    paragraphs = list(made.paragraphs)
    for number in found.paragraphs:
        paragraphs[number] = paragraphs[number]._replace(kind=ParagraphKind.HEADING, tight=False)
    text = DocumentText(own, made.repaired, made.alignment, tuple(paragraphs), edits, parsed.layers)
    headings = tuple(_without_notes(each, text, raw) for each in found.headings) if text.layers else found.headings
    return Structured(text, front.metadata, headings, parsed.locators, front.metadata.title, (), front.by_name)


def _without_notes(heading: Heading, text: DocumentText, raw: str) -> Heading:
    """A heading whose title is without the notes and numbers that stand in it, unless it has nothing else."""
    notes = [span for span in text.layers_in(heading.start, heading.end) if span.layer in _ASIDE]
    if not notes:
        return heading
    starts = [heading.start, *(span.end for span in notes)]
    ends = [*(span.start for span in notes), heading.end]
    own = " ".join("".join(raw[start:end] for start, end in zip(starts, ends, strict=True)).split())
    return replace(heading, title=own) if own else heading


def _front(
    raw: str, lines: Sequence[Line], gaps: Sequence[int], cuts: Sequence[Span], declared: Metadata, name: str
) -> Front:
    """What the head and the foot of a text say, leaving out the notes and the furniture that the format names."""
    if _BESIDE.isdisjoint({line.role for line in lines}):
        return read_front(HeadLines(raw, lines, [gap == 0 for gap in gaps], cuts), declared, name)
    numbers = [number for number, line in enumerate(lines) if line.role not in _BESIDE]
    own = [lines[number] for number in numbers]
    follows = [gaps[number] == 0 for number in numbers]
    return read_front(HeadLines(raw, own, follows, cuts), declared, name).renumbered(numbers)


def as_lines(raw: str) -> DocumentText:
    """The texts of a document of which each line is a paragraph."""
    unseen = blanks(raw)
    texts: list[str] = []
    paragraphs: list[Paragraph] = []
    edits: list[tuple[int, int, int]] = []
    at = raw_at = start = 0
    for line, ending in pieces(raw):
        if text := line.strip(unseen):
            begin = start + (0 if line.startswith(text) else len(line) - len(line.lstrip(unseen)))
            if texts:
                at += 1
            if raw[raw_at:begin] != ("\n" if texts else ""):
                edits.append((raw_at, begin, 1 if texts else 0))
            texts.append(text)
            paragraphs.append(Paragraph(ParagraphKind.BODY, at, at + len(text), begin, begin + len(text)))
            at, raw_at = at + len(text), begin + len(text)
        start += len(line) + ending
    if raw_at < len(raw):
        edits.append((raw_at, len(raw), 0))
    return DocumentText(raw, "\n".join(texts), Alignment(edits), tuple(paragraphs))


def plainly(raw: str, reason: str) -> Structured:
    """A structure that says nothing but where the lines of a text are: a paragraph each, with the reason why."""
    text = as_lines(raw)
    problem = DocumentProblem("layout", plain("shown as plain lines: {reason}", reason=reason))
    return Structured(text, Metadata(), (), (), None, (problem,))


def _without_markup(raw: str, parsed: Parsed, edits: Sequence[Edit]) -> tuple[Sequence[Line], Sequence[Span]]:
    """The lines of a text less the tags at their ends, and what is hidden in them."""
    tags = [(edit.start, edit.end) for edit in edits if edit.rule == MARKUP and edit.certain]
    if not tags:
        return parsed.lines, parsed.hidden
    lines = list(parsed.lines)
    return lines, [*parsed.hidden, *hide(raw, lines, tags)]


def _cuts(hidden: Sequence[Span], edits: Sequence[Edit]) -> list[Span]:
    """The raw spans that the repaired text leaves out: hidden markup, invisible characters, what certain edits take."""
    cuts: list[Span] = []
    for start, end in sorted(
        [*hidden, *((edit.start, edit.end) for edit in edits if edit.certain and not edit.replacement)]
    ):
        if cuts and start < cuts[-1][1]:
            cuts[-1] = (cuts[-1][0], max(end, cuts[-1][1]))
        else:
            cuts.append((start, end))
    return cuts


def _marked(made: Assembled, lines: Sequence[Line], front: Front) -> tuple[dict[int, int], set[int]]:
    """The levels of paragraphs that are headings by markup, and the paragraphs that bear the title, by number."""
    if not any(paragraph.kind is ParagraphKind.HEADING for paragraph in made.paragraphs):
        return {}, set()
    levels = {line.text_start: line.level for line in lines if line.role is LineRole.HEADING}
    pieces = {lines[number].text_start for number in front.pieces}
    title_starts = {lines[number].text_start for number in front.titles}
    marked: dict[int, int] = {}
    titles: set[int] = set()
    for number, paragraph in enumerate(made.paragraphs):
        if paragraph.kind is ParagraphKind.HEADING:
            if paragraph.raw_start in title_starts:
                titles.add(number)
            elif level := levels.get(paragraph.raw_start) or (paragraph.raw_start in pieces):
                marked[number] = int(level)
    return marked, titles
