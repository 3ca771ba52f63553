"""Small documents for tests of what stands on a document's texts."""

from __future__ import annotations

from dataclasses import dataclass

from tuibrowser.corpus.model import DocumentText, Edit, Paragraph, ParagraphKind
from tuibrowser.hanzi.alignment import Alignment

GAP = "\r\n\r\n"
"""What divides the paragraphs of the raw text."""


@dataclass(frozen=True)
class Piece:
    """A paragraph: its raw text, what repairs find in it, as `(original, replacement, certain)`, and how it is set.

    Its inner line breaks are joined in the repaired text unless it keeps its lines.
    """

    raw: str
    repairs: tuple[tuple[str, str, bool], ...] = ()
    kind: ParagraphKind = ParagraphKind.BODY
    tight: bool = False
    keeps_lines: bool = False


def document(*pieces: Piece | str) -> DocumentText:
    """A document of some paragraphs, plain ones given as their text."""
    raw = repaired = ""
    edits: list[Edit] = []
    changes: list[tuple[int, int, int]] = []
    paragraphs: list[Paragraph] = []
    for piece in (Piece(piece) if isinstance(piece, str) else piece for piece in pieces):
        if paragraphs:
            changes.append((len(raw), len(raw) + len(GAP), 1))
            raw, repaired = raw + GAP, repaired + "\n"
        found = _edits(piece, len(raw))
        own = _apply(piece.raw, len(raw), found, changes)
        start, raw_start = len(repaired), len(raw)
        raw, repaired = raw + piece.raw, repaired + own
        paragraphs.append(Paragraph(piece.kind, start, len(repaired), raw_start, len(raw), piece.tight))
        edits += [edit for edit in found if edit.rule != "join"]
    return DocumentText(raw, repaired, Alignment(changes), tuple(paragraphs), tuple(edits))


def _edits(piece: Piece, at: int) -> list[Edit]:
    edits = []
    for original, replacement, certain in piece.repairs:
        start = at + piece.raw.index(original)
        edits.append(Edit(start, start + len(original), original, replacement, "own", certain))
    if not piece.keeps_lines:
        for index, character in enumerate(piece.raw):
            if character == "\n":
                edits.append(Edit(at + index, at + index + 1, "\n", "", "join", True))
    return sorted(edits, key=lambda edit: edit.start)


def _apply(text: str, at: int, edits: list[Edit], changes: list[tuple[int, int, int]]) -> str:
    """The text with its certain edits applied, which are added to the changes."""
    pieces, last = [], 0
    for edit in edits:
        if edit.certain:
            pieces += [text[last : edit.start - at], edit.replacement]
            last = edit.end - at
            changes.append((edit.start, edit.end, len(edit.replacement)))
    return "".join([*pieces, text[last:]])
