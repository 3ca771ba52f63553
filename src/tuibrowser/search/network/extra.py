"""Extra: the packages that only a cluster needs, which come with `tuibrowser[cluster]`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain

_PACKAGES: Final = ("distributed", "cryptography")


def need_packages() -> None:
    """Raise CorpusError, which names what to install, where a package is missing."""
    if any(find_spec(name) is None for name in _PACKAGES):
        raise CorpusError(plain("needs a package: pip install {package}", package="'tuibrowser[cluster]'"))
