"""Writing: blocks of a page to the raw text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.model import Layer

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.extraction import Extraction
    from tuibrowser.corpus.formats.pages.blocks.block import Block


def write_block(made: Extraction, block: Block, role: LineRole | None = None, level: int = 0) -> None:
    """Add a block, in its own role or another; what refers to notes is of their layer."""
    role, level = (block.role, block.level) if role is None else (role, level)
    if block.apart:
        made.part()
    if role is LineRole.CODE:
        made.code(block.text)
    elif block.refs or block.labels:
        _write_marked(made, block)
        made.end(role, level)
    else:
        made.block(block.text, role, level)


def _write_marked(made: Extraction, block: Block) -> None:
    marks = sorted([(start, 1, "") for start, _ in block.refs] + [(end, 0, "") for _, end in block.refs])
    at = 0
    for offset, kind, label in sorted([*marks, *((offset, 2, label) for offset, label in block.labels)]):
        made.write(block.text[at:offset])
        at = offset
        if kind == 2:
            made.locate(label)
        elif kind:
            made.enter(Layer.NOTE)
        else:
            made.leave()
    made.write(block.text[at:])
