"""Files: the layer of words in a folder beside a generation of an index, checked and mapped into memory.

    FOLDER/w…/manifest.json         what cut the words of which generation, and the size and checksum of each file
    FOLDER/w…/s0.begins.npy …       the words of its segments
    FOLDER/w…/vocabulary.text.npy … their forms

A layer that is lost, damaged or of another generation, cutter or dictionary is built again. It never changes: a new one
takes the place of the old, which whoever has mapped it keeps.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
import zlib
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import numpy as np

from tuibrowser.hanzi.cutting import cutter_name
from tuibrowser.host.regular import read_regular
from tuibrowser.search.index.discard import discard
from tuibrowser.search.index.mapped import Mapped, map_array, mapped
from tuibrowser.search.index.words.layer import CutSegment, Vocabulary, WordLayer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1
LARGEST_MANIFEST: Final = 1_000_000
"""Bytes of a manifest, which has some hundred for each file."""

_LARGEST_DICTIONARY: Final = 64_000_000
"""Bytes of a dictionary of the reader's."""

_SEGMENT: Final = ("begins", "forms", "firsts")
_VOCABULARY: Final = ("text", "ends", "words", "known")


class LayerUnusableError(Exception):
    """There is no layer of words that can be used."""


def layer_folder(generation: str, folder: Path) -> Path:
    """The folder, below that of an index, of the layer of a generation."""
    return folder / f"w{generation[1:]}"


def made_by(generation: str, dictionaries: Sequence[Path]) -> dict[str, object]:
    """What a layer is of, and is made by: with another of these it is another one."""
    from importlib.metadata import version

    return {
        "format": _FORMAT,
        "generation": generation,
        "cutter": cutter_name(),
        "conversion": f"opencc {version('opencc')}",
        "dictionaries": [_digest(path) for path in dictionaries],
        "unicode": unicodedata.unidata_version,
        "bytes": sys.byteorder,
    }


def _digest(path: Path) -> str:
    """A digest of a dictionary; empty where it cannot be read, and has no words then."""
    with suppress(OSError):
        return blake2b(read_regular(path, _LARGEST_DICTIONARY), digest_size=12).hexdigest()
    return ""


def save_layer(layer: WordLayer, folder: Path, of: dict[str, object]) -> None:
    """Keep a layer, and what it is of, in its folder, instead of an older one. Raises OSError."""
    new = folder.with_name(f"w{uuid4().hex}")
    new.mkdir(mode=0o700)
    try:
        files = {name: saved(new / name, values) for name, values in _arrays(layer).items()}
        manifest = {"of": of, "cutter": layer.cutter, "files": files}
        new.joinpath(_MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="ascii")
        discard(folder)
        new.rename(folder)
    except BaseException:
        discard(new)
        raise


def _arrays(layer: WordLayer) -> dict[str, Array]:
    """The arrays of a layer by the names of their files."""
    arrays = {f"vocabulary.{name}.npy": getattr(layer.vocabulary, name) for name in _VOCABULARY}
    for number, segment in enumerate(layer.segments):
        arrays |= {f"s{number}.{name}.npy": getattr(segment, name) for name in _SEGMENT}
    return arrays


def saved(path: Path, values: Array) -> tuple[int, int]:
    """Write an array; return the size of the file and its CRC-32."""
    with path.open("wb") as file:
        np.save(file, values, allow_pickle=False)
    return _measured(path)


def _measured(path: Path) -> tuple[int, int]:
    """The size of a file and its CRC-32."""
    checksum = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            checksum = zlib.crc32(piece, checksum)
    return path.stat().st_size, checksum


def load_layer(
    folder: Path, of: dict[str, object], segments: Sequence[Segment], *, own: bool = True
) -> tuple[WordLayer, tuple[Mapped, ...]]:
    """The layer of some segments in a folder, and the files that it is mapped from.

    `own` says that it must be this user's. Raises LayerUnusableError.
    """
    try:
        manifest = json.loads(read_regular(folder / _MANIFEST, LARGEST_MANIFEST))
        if manifest["of"] != of or (own and folder.stat().st_uid != os.getuid()):
            raise LayerUnusableError
        arrays = {name: loaded(folder / name, *manifest["files"][name]) for name in _names(len(segments))}
        layer = _layer(str(manifest["cutter"]), arrays, len(segments))
        if [len(cut.begins) for cut in layer.segments] != [-(-len(segment) // 8) for segment in segments]:
            raise LayerUnusableError
        return layer, mapped(arrays.values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LayerUnusableError from error


def _names(segments: int) -> list[str]:
    return [
        *(f"vocabulary.{name}.npy" for name in _VOCABULARY),
        *(f"s{number}.{name}.npy" for number in range(segments) for name in _SEGMENT),
    ]


def loaded(path: Path, size: int, checksum: int) -> Array:
    """Map an array that has this size and CRC-32. Raises LayerUnusableError, or OSError."""
    if _measured(path) != (size, checksum):
        raise LayerUnusableError
    return map_array(path)


def _layer(cutter: str, arrays: dict[str, Array], segments: int) -> WordLayer:
    cut = [CutSegment(*(arrays[f"s{number}.{name}.npy"] for name in _SEGMENT)) for number in range(segments)]
    text, ends, words, known = (arrays[f"vocabulary.{name}.npy"] for name in _VOCABULARY)
    return WordLayer(cutter, cut, Vocabulary(text, ends, words, known))
