"""Copied: what is said of a passage that was copied, in as much room as there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import tr

if TYPE_CHECKING:
    from tuibrowser.clipboard.copy import Receipt

_MARGINS: Final = 2
"""Cells of the status line that a message leaves free."""


def copied(receipt: Receipt, words: str, width: int) -> str:
    """What a reader is told of a copy; `words` are on what was copied.

    Where it is wider than the status line, the file is named without its folder, since the advice after it is cut.
    """
    message = _with_advice(receipt, words, receipt.kept)
    if receipt.kept and cell_width(message) > width - _MARGINS:
        return _with_advice(receipt, words, f"…/{receipt.kept.rpartition('/')[2]}")
    return message


def _with_advice(receipt: Receipt, words: str, file: str) -> str:
    message: str = receipt.message
    if words and receipt.characters:
        message = tr("{sent}, as shown: {words}", sent=message, words=words)
    if file:
        message = tr("{sent}; {file} has it too", sent=message, file=file)
    if receipt.hint:
        message = tr("{sent} ({hint})", sent=message, hint=receipt.hint)
    return message
