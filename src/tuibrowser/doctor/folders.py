"""Folders: look where config, state and caches are and whether they can be used; change nothing."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from tuibrowser.doctor.model import FolderFound, Problem
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import many, plain
from tuibrowser.search.index.places import MANIFEST, cache_root
from tuibrowser.search.index.store import size_of
from tuibrowser.settings.config_file import read_config
from tuibrowser.settings.early import default_path
from tuibrowser.userdata import store
from tuibrowser.userdata.database import Health, Inspected, inspect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LITTLE_ROOM: Final = 50_000_000
"""Free bytes below which a disk is called nearly full."""


def look_at_folders() -> tuple[FolderFound, ...]:
    """The config file, the state and the cache, in this order."""
    return _config(), _state(), _cache()


def _config() -> FolderFound:
    path = default_path()
    loaded = read_config(path)
    if loaded.problems:
        problems = tuple(
            Problem(plain("config"), what, plain("edit {file}", file=str(path))) for what in loaded.problems
        )
        return FolderFound(plain("config"), str(path), healthy=False, state=plain("has mistakes"), problems=problems)
    there = path.exists()
    return FolderFound(
        plain("config"),
        str(path),
        healthy=True,
        state=plain("read") if there else plain("no file: the defaults hold"),
        size=_size(path),
    )


def _state() -> FolderFound:
    path = store.default_path()
    problems = list(_unusable(plain("state"), path.parent, plain("bookmarks and places are kept in memory only")))
    state: str = plain("not written yet")
    if path.exists():
        found = inspect(path)
        state = _in_words(found)
        if found.health is not Health.SOUND:
            what = plain("the file of bookmarks and places {state}", state=state)
            problems.append(Problem(plain("state"), what, _remedy(found.health, path)))
    return FolderFound(plain("state"), str(path), not problems, state, _size(path), tuple(problems))


def _in_words(found: Inspected) -> str:
    """What the database holds, or what is wrong with it, as what follows its name."""
    match found.health:
        case Health.NEWER:
            return plain("is of a later version")
        case Health.SOUND if not found.rows:
            return plain("empty")
        case Health.SOUND:
            return plain(
                "sound: {bookmarks}, {places}",
                bookmarks=many(found.rows["bookmarks"], "bookmark"),
                places=many(found.rows["places"], "place"),
            )
        case _:
            return plain("cannot be read: {error}", error=found.reason)


def _remedy(health: Health, path: Path) -> str:
    match health:
        case Health.DAMAGED:
            return plain("open tuibrowser once: it sets the file aside and saves what can be read")
        case Health.NEWER:
            return plain("update tuibrowser")
        case _:
            return plain("look at the permissions of {path}", path=str(path))


def _cache() -> FolderFound:
    root = cache_root()
    problems = tuple(_unusable(plain("cache"), root, plain("large corpora are read anew each time")))
    try:
        indexes = len(list(root.glob(f"*/{MANIFEST}")))
        size = size_of(root) if root.exists() else 0
    except OSError as error:
        return FolderFound(plain("cache"), str(root), healthy=False, state=system_reason(error), problems=problems)
    state = many(indexes, "index") if indexes else plain("no index yet")
    return FolderFound(plain("cache"), str(root), not problems, state, size, problems)


def _unusable(subject: str, folder: Path, effect: str) -> Iterator[Problem]:
    """Yield the problem of a folder that cannot be written to."""
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        what = plain("{path} is no folder: {effect}", path=str(nearest), effect=effect)
        yield Problem(subject, what, plain("move {path} away", path=str(nearest)))
    elif not os.access(nearest, os.W_OK | os.X_OK):
        what = plain("{path} may not be written to: {effect}", path=str(nearest), effect=effect)
        yield Problem(subject, what, f"chmod u+rwx {nearest}")
    elif (free := shutil.disk_usage(nearest).free) < LITTLE_ROOM:
        what = plain(
            "the disk of {path} has {free:,} bytes left: {effect}", path=str(nearest), free=free, effect=effect
        )
        yield Problem(subject, what, plain("make room there"))


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
