"""The texts that come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain

_PACKAGE: Final = Path(__file__).resolve().parents[2]


def seeds_path() -> Path:
    """The folder of the texts that come with the program: in the wheel, or at the top of a working copy.

    Raises CorpusError where neither is there.
    """
    for folder in (_PACKAGE / "seeds", _PACKAGE.parents[1] / "seeds"):
        if folder.is_dir():
            return folder
    raise CorpusError(plain("the texts that come with the program are missing: name a path"))
