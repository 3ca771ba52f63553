"""Cells: texts that a spreadsheet would compute, guarded by an apostrophe, and given back as they were."""

from __future__ import annotations

from typing import Final

_GUARD: Final = "'"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet takes for a formula."""


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet computes."""
    return _GUARD + text if text.startswith(_FORMULA) else text


def unguarded(cell: str) -> str:
    """The text of a cell that was guarded."""
    return cell[1:] if cell.startswith(_GUARD) and cell[1:].startswith(_FORMULA) else cell
