"""The command line of the reader's editor."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

GOTO_EDITORS = {"code", "codium", "cursor", "subl", "zed"}
"""Editors that take FILE:LINE; all others know +LINE."""


def editor_command(environment: Mapping[str, str], path: Path, line: int) -> list[str]:
    """The command that opens a file at a line, from $VISUAL or $EDITOR, else vi.

    Raises:
        ValueError: $VISUAL or $EDITOR has quotes that do not match.
    """
    words = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "vi") or ["vi"]
    name = Path(words[0]).name
    if name in GOTO_EDITORS:
        go_to = ["--wait", "--goto"] if name in {"code", "codium", "cursor"} else ["--wait"]
        return [*words, *go_to, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)]
