"""The structure of a document: from the lines of its format to repaired text, paragraphs, metadata and outline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.corpus.assemble import Group, assemble
from tuibrowser.corpus.lines import LineRole
from tuibrowser.corpus.model import DocumentProblem, DocumentText, Heading, Locator, Metadata, ParagraphKind
from tuibrowser.corpus.repair import find_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    lines = [line for line in parsed.lines if line.role not in (LineRole.BLANK, LineRole.MARKUP)]
    groups = [
        Group(at, at + 1, ParagraphKind.HEADING if line.role is LineRole.HEADING else ParagraphKind.BODY)
        for at, line in enumerate(lines)
    ]
    made = assemble(raw, lines, groups, cuts)
    text = DocumentText(raw, made.repaired, made.alignment, made.paragraphs, edits)
    return Structured(text, parsed.metadata, (), parsed.locators, parsed.metadata.title, ())


def _cuts(hidden: Sequence[Span], edits: Sequence[Edit]) -> list[Span]:
    """The raw spans that the repaired text leaves out: hidden markup and what certain edits take away."""
    cuts: list[Span] = []
    for start, end in sorted([*hidden, *((edit.start, edit.end) for edit in edits if edit.certain)]):
        if cuts and start < cuts[-1][1]:
            cuts[-1] = (cuts[-1][0], max(end, cuts[-1][1]))
        else:
            cuts.append((start, end))
    return cuts
