"""Tables: the cells of a row as one block, where a table holds data and does not lay out a page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.pages.blocks.block import Block, Boxes, Page

CELL_SEPARATOR: Final = "\u3000"
"""What stands between the cells of a row."""
_LONGEST_CELL: Final = 200
"""Code points of a cell; a longer one is a column of a page."""
_MOST_LINES: Final = 4
"""Lines of a cell."""
_CELLS: Final = frozenset(("td", "th"))


def join_rows(page: Page) -> None:
    """Make one block of the cells of each row in which every cell holds no more than a short text."""
    if _CELLS.isdisjoint(tag.name for tag in page.boxes.tags):
        return
    cells = _cells(page.boxes)
    blocks: list[Block] = []
    for row, each in groupby(page.blocks, lambda block: _row(page.boxes, cells[block.box])):
        found = list(each)
        blocks += _joined(found, cells, row, page.boxes) if row else found
    page.blocks = blocks


def _cells(boxes: Boxes) -> list[int]:
    """The number of the cell that each box stands in, or is; 0 where it is in none, but in a table of its own."""
    cells: list[int] = []
    for number, (tag, parent) in enumerate(zip(boxes.tags, boxes.parents, strict=True)):
        if tag.name in _CELLS:
            cells.append(number)
        else:
            cells.append(cells[parent] if number and tag.name != "table" else 0)
    return cells


def _row(boxes: Boxes, cell: int) -> int:
    return boxes.parents[cell] if cell else 0


def _joined(found: list[Block], cells: Sequence[int], row: int, boxes: Boxes) -> list[Block]:
    """The blocks of a row as one, or as they are where they are no row of data."""
    texts: dict[int, list[Block]] = {}
    for block in found:
        texts.setdefault(cells[block.box], []).append(block)
    if len(texts) < 2 or not all(map(_is_data, texts.values())):
        return found
    first = found[0]
    text, refs, labels = "", [], list(first.labels)
    for cell in range(min(texts), max(texts) + 1):
        if cell in texts:
            text += CELL_SEPARATOR if text else ""
            for block in texts[cell]:
                text += " " if text and text[-1] != CELL_SEPARATOR else ""
                refs += [(start + len(text), end + len(text)) for start, end in block.refs]
                text += block.text.strip()
        elif boxes.parents[cell] == row and boxes.tags[cell].name in _CELLS:
            text += CELL_SEPARATOR
    first.text, first.refs, first.labels = text, tuple(refs), tuple(labels)
    first.role, first.level, first.box, first.apart = LineRole.ROW, 0, row, False
    first.linked = sum(block.linked for block in found)
    return [first]


def _is_data(blocks: Sequence[Block]) -> bool:
    """Whether what a cell holds is one short text."""
    return (
        len(blocks) <= _MOST_LINES
        and sum(len(block.text) for block in blocks) <= _LONGEST_CELL
        and all(not block.level and (not number or not block.apart) for number, block in enumerate(blocks))
    )
