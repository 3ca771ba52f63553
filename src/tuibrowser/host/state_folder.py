"""State folder: where bookmarks, places and the last copy are kept, and the other folders of the user."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Callable

HOMELESS: Final = Path("/dev/null/home")
"""The home of a user without a known home: a path at which nothing can exist."""


def below_home(find: Callable[[], Path]) -> Path:
    """The folder that `find` names, which may lie below the user's home."""
    try:
        folder = find()
    except RuntimeError:
        return HOMELESS
    # Some versions of platformdirs leave the ~ of an unknown home as it is.
    return folder if folder.is_absolute() else HOMELESS


def state_folder() -> Path:
    """The program's folder for what it keeps, which need not be there."""
    from platformdirs import user_state_path

    return below_home(lambda: user_state_path("tuibrowser", appauthor=False))


def make_private(folder: Path) -> None:
    """Make a folder that is not there, and leave it to its owner alone.

    Raise OSError where it cannot be made or is another user's. What a link leads to is left as it is.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise OSError(plain("a file is in the place of its folder")) from None
    if folder.stat().st_uid != os.getuid():
        raise OSError(plain("its folder belongs to another user"))
    if not folder.is_symlink():
        with suppress(PermissionError):
            folder.chmod(0o700)
