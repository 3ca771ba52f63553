"""Files: the table of likeness in the folder of the layer of words it was made of, checked and read into memory.

    FOLDER/similar.json             what the words are of, how the table was made, the size and checksum of each file
    FOLDER/similar.vectors.npy …    its arrays

It goes with the layer: where words are cut again, it is made again. One that is lost, damaged or made otherwise is made
again as well.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

import numpy as np

from tuibrowser.host.regular import read_regular
from tuibrowser.search.index.words.files import LARGEST_MANIFEST, LayerUnusableError, loaded, saved
from tuibrowser.search.likeness.table import LikenessTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MANIFEST: Final = "similar.json"
_FORMAT: Final = 1
"""Another one for another method or another form of the arrays."""
_ARRAYS: Final = ("words", "counts", "vectors")


def save_table(table: LikenessTable, folder: Path, of: Mapping[str, object]) -> None:
    """Keep a table in the folder of a layer that is `of` something. Raises OSError."""
    folder.joinpath(_MANIFEST).unlink(missing_ok=True)
    files = {name: saved(_path(folder, name), getattr(table, name)) for name in _ARRAYS}
    manifest = {"of": {**of, "likeness": _FORMAT}, "files": files}
    folder.joinpath(_MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="ascii")


def load_table(folder: Path, of: Mapping[str, object], *, own: bool = True) -> LikenessTable:
    """The table in the folder of a layer that is `of` something. Raises LayerUnusableError.

    `own` says that it must be this user's.
    """
    try:
        manifest = json.loads(read_regular(folder / _MANIFEST, LARGEST_MANIFEST))
        if manifest["of"] != {**of, "likeness": _FORMAT} or (own and folder.stat().st_uid != os.getuid()):
            raise LayerUnusableError
        arrays = {name: np.array(loaded(_path(folder, name), *manifest["files"][name])) for name in _ARRAYS}
        if len({len(each) for each in arrays.values()}) > 1:
            raise LayerUnusableError
        return LikenessTable(**arrays)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LayerUnusableError from error


def _path(folder: Path, name: str) -> Path:
    return folder / f"similar.{name}.npy"
