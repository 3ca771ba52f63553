"""Places: the folder of the index of some paths, by what it is made, and the files as it has them in order.

Nothing here loads NumPy: the first frame waits for the files.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
import zlib
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.host.regular import read_regular
from tuibrowser.host.state_folder import below_home
from tuibrowser.language.i18n import plain
from tuibrowser.search.index.fingerprint import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.corpus import Corpus

MANIFEST: Final = "manifest.json"
LISTING: Final = "listing.bin"
"""The file of a generation that has the files of its corpus in order (see `corpus.files.listing`)."""

DOUBTED: Final = "doubted"
"""The file beside a manifest that names the generation whose list of files proved to be wrong."""

LARGEST_MANIFEST: Final = 100_000_000
"""Bytes of a manifest, which has some hundred for each file of an index."""

_LARGEST_NAME: Final = 100
_RULES: Final = "rules.json"
_FORMAT: Final = 8


class _Asked(NamedTuple):
    """What a corpus is asked for by."""

    paths: tuple[Path, ...]
    encoding: str | None


def cache_root() -> Path:
    """The folder of this user's indexes."""
    from platformdirs import user_cache_path

    return below_home(lambda: user_cache_path("tuibrowser")) / "index"


def folder_of(corpus: Corpus | _Asked, root: Path | None = None) -> Path:
    """The folder of a corpus's index below a folder of indexes, this user's unless told."""
    key = json.dumps(identity(corpus)).encode("ascii")
    return (root or cache_root()) / blake2b(key, digest_size=12).hexdigest()


def identity(corpus: Corpus | _Asked) -> dict[str, object]:
    """What an index is of; files that changed do not make it another one."""
    return {"paths": [os.path.abspath(path) for path in corpus.paths], "encoding": corpus.encoding}  # noqa: PTH100


@cache
def maker() -> dict[str, object]:
    """The format, the rules and the machine that an index is made by; with others, it is another one."""
    return {
        "format": _FORMAT,
        "rules": rules(_kept_rules()),
        "unicode": unicodedata.unidata_version,
        "bytes": sys.byteorder,
    }


def _kept_rules() -> Path | None:
    """Where the fingerprint is kept between two starts, beside the user's indexes; None where there is no place."""
    folder = cache_root().parent
    with suppress(OSError):
        make_folder(folder, shared=False)
        return folder / _RULES
    return None


def make_folder(folder: Path, *, shared: bool) -> None:
    """Make a folder and those above it: for this user's eyes only, unless it is shared.

    Raises OSError, also where a link is in its place, which may lead anywhere.
    """
    if folder.is_symlink():
        raise OSError(plain("a link is in the place of its folder"))
    for each in [*reversed(folder.parents), folder]:
        if not each.exists():
            each.mkdir(mode=0o777 if shared else 0o700, exist_ok=True)


def kept_listing(paths: Sequence[Path], encoding: str | None) -> bytes | None:
    """The files of some paths as the user's own index has them in order; None where it has not, or is damaged."""
    asked = _Asked(tuple(paths), encoding)
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        folder = folder_of(asked)
        if folder.stat().st_uid != os.getuid():
            return None
        manifest = json.loads(read_regular(folder / MANIFEST, LARGEST_MANIFEST))
        if manifest["maker"] != maker() or manifest["of"] != identity(asked):
            return None
        if _doubted(folder) == manifest["generation"]:
            return None
        size, checksum = manifest["files"][LISTING]
        data = read_regular(folder / Path(manifest["generation"]).name / LISTING, size)
        if (len(data), zlib.crc32(data)) == (size, checksum):
            return data
    return None


def doubt(corpus: Corpus) -> None:
    """Give the files of a corpus no longer as its index has them, until that is made anew: there are others now."""
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        folder = folder_of(corpus)
        generation = json.loads(read_regular(folder / MANIFEST, LARGEST_MANIFEST))["generation"]
        folder.joinpath(DOUBTED).write_text(str(generation), encoding="ascii")


def _doubted(folder: Path) -> str:
    """The generation whose list of files proved to be wrong; empty where none did."""
    with suppress(OSError):
        return read_regular(folder / DOUBTED, _LARGEST_NAME).decode("ascii", "replace")
    return ""
