"""The state folder: where bookmarks, places and the last copy are kept, for their owner's eyes."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def state_folder() -> Path:
    """The program's folder for what it keeps, which need not be there."""
    from platformdirs import user_state_path

    return user_state_path("tuibrowser", appauthor=False)


def make_private(folder: Path) -> None:
    """Make a folder that is not there, and leave it to its owner alone; raise OSError where it cannot be made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(PermissionError):
        folder.chmod(0o700)
