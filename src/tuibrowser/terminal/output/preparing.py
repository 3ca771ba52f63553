"""Preparing: the sequences with which Textual prepares a terminal, shortened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_URXVT_MOUSE = "\x1b[?1015h"
_MODES_IN_A_ROW = re.compile(r"\x1b\[\?\d+h(?:\x1b\[\?\d+h)+")


def shortened(writes: Sequence[str]) -> str:
    """Join what Textual writes to prepare a terminal, without what changes nothing.

    Of equal writes the last one is kept: Textual asks for the mouse twice, since one terminal does not hear it early
    on. The mouse in the manner of urxvt is left out, which Textual does not read. Modes set in a row are set together.
    """
    kept = (data for number, data in enumerate(writes) if data not in writes[number + 1 :])
    return _MODES_IN_A_ROW.sub(_together, "".join(kept).replace(_URXVT_MOUSE, ""))


def _together(modes: re.Match[str]) -> str:
    return f"\x1b[?{';'.join(re.findall('[0-9]+', modes[0]))}h"
