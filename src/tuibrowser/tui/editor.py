"""The command line of the reader's editor."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

GOTO_EDITORS = {"code", "codium", "cursor", "subl", "zed"}
"""Editors that take FILE:LINE; all others know +LINE."""

_WRONG: Final = {str(said): said for said in (plain("No closing quotation"), plain("No escaped character"))}
"""What Python says of words that a shell could not divide."""


def editor_command(environment: Mapping[str, str], path: Path, line: int) -> list[str]:
    """The command that opens a file at a line, from $VISUAL or $EDITOR, else vi.

    Raises:
        ValueError: $VISUAL or $EDITOR cannot be divided into words.
    """
    try:
        words = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "vi") or ["vi"]
    except ValueError as error:
        raise ValueError(_WRONG.get(str(error), str(error))) from None
    name = Path(words[0]).name
    if name in GOTO_EDITORS:
        go_to = ["--wait", "--goto"] if name in {"code", "codium", "cursor"} else ["--wait"]
        return [*words, *go_to, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)]
