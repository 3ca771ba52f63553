"""Read, search and quote Chinese text corpora from any terminal.

from tuibrowser import open_corpus
for passage in open_corpus("texts").search("高质量发展"):
    print(passage.document, passage.line, passage.text)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuibrowser.api import Answer, OpenCorpus, Passage, Place, open_corpus

__version__ = "0.1.0"

__all__ = ["Answer", "OpenCorpus", "Passage", "Place", "__version__", "open_corpus"]


def __getattr__(name: str) -> object:
    # Late, so that importing the package, or one of its rooms, loads nothing else.
    if name in __all__:
        return getattr(import_module("tuibrowser.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
