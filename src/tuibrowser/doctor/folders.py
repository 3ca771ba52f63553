"""Folders: where config, state and caches are, and whether they can be used; nothing is changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from tuibrowser import config
from tuibrowser.doctor.model import FolderFound, Problem
from tuibrowser.search.store import MANIFEST, cache_root, size_of
from tuibrowser.userdata import store
from tuibrowser.userdata.schema import VERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LITTLE_ROOM: Final = 50_000_000
"""Free bytes below which a disk is called nearly full."""

_DAMAGED_REMEDY: Final = "open tuibrowser once: it sets the file aside and saves what can be read"


def look_at_folders() -> tuple[FolderFound, ...]:
    """The config file, the state and the cache, in this order."""
    return _config(), _state(), _cache()


def _config() -> FolderFound:
    from tuibrowser.hanzi.convert import CONFIGURATIONS
    from tuibrowser.reading.style import read_style
    from tuibrowser.reading.view import HANS, HANT

    path = config.default_path()
    loaded = config.load(path, lambda: frozenset({HANS, HANT, *CONFIGURATIONS}), lambda table: read_style(table)[1])
    if loaded.problems:
        problems = tuple(Problem("config", what, f"edit {path}") for what in loaded.problems)
        return FolderFound("config", str(path), healthy=False, state="has mistakes", problems=problems)
    there = path.exists()
    return FolderFound(
        "config", str(path), healthy=True, state="read" if there else "no file: the defaults hold", size=_size(path)
    )


def _state() -> FolderFound:
    path = store.default_path()
    problems = list(_unusable("state", path.parent, "bookmarks and places are kept in memory only"))
    state = "not written yet"
    if path.exists():
        wrong = _wrong_with_database(path)
        state = wrong or _counted(path)
        if wrong:
            problems.append(Problem("state", f"the file of bookmarks and places {wrong}", _DAMAGED_REMEDY))
    return FolderFound("state", str(path), not problems, state, _size(path), tuple(problems))


def _wrong_with_database(path: Path) -> str:
    """What is wrong with the database, as what follows its name; empty where nothing is."""
    try:
        with closing(_read_only(path)) as database:
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
            (version,) = database.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        return f"cannot be read: {error}"
    if verdict != "ok":
        return "is damaged"
    return "is of a later version" if version > len(VERSIONS) else ""


def _counted(path: Path) -> str:
    try:
        with closing(_read_only(path)) as database:
            (marks,) = database.execute("SELECT count(*) FROM bookmarks").fetchone()
            (places,) = database.execute("SELECT count(*) FROM places").fetchone()
    except sqlite3.Error:
        return "empty"
    return f"sound: {_many(marks, 'bookmark')}, {_many(places, 'place')}"


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _cache() -> FolderFound:
    root = cache_root()
    problems = tuple(_unusable("cache", root, "large corpora are read anew each time"))
    try:
        indexes = len(list(root.glob(f"*/{MANIFEST}")))
        size = size_of(root) if root.exists() else 0
    except OSError as error:
        return FolderFound("cache", str(root), healthy=False, state=_reason(error), problems=problems)
    state = f"{indexes:,} {'index' if indexes == 1 else 'indexes'}" if indexes else "no index yet"
    return FolderFound("cache", str(root), not problems, state, size, problems)


def _unusable(subject: str, folder: Path, effect: str) -> Iterator[Problem]:
    """What keeps a folder from being written to, and what follows from that."""
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        yield Problem(subject, f"{nearest} is no folder: {effect}", f"move {nearest} away")
    elif not os.access(nearest, os.W_OK | os.X_OK):
        yield Problem(subject, f"{nearest} may not be written to: {effect}", f"chmod u+rwx {nearest}")
    elif (free := shutil.disk_usage(nearest).free) < LITTLE_ROOM:
        yield Problem(subject, f"the disk of {nearest} has {free:,} bytes left: {effect}", "make room there")


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
