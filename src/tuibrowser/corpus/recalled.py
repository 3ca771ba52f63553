"""Recalled: a corpus as its files were kept when an index was made of it, shown before they are found anew.

To find 100,000 files takes seconds. Where no folder was changed since they were found, they are most likely the same
documents; which is known for sure, with how each file looks, only once they are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files.listing import as_left

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tuibrowser.corpus.files.columns import Columns
    from tuibrowser.corpus.files.listing import Keeper, Listing
    from tuibrowser.corpus.files.sources import Sources
    from tuibrowser.corpus.model import PathProblem

_WORTH: Final = 100_000
"""Bytes of a list, which has some hundred for each file, from which on it is read sooner than the files are found."""


class FoundAnew(NamedTuple):
    """How recalled files look now that they are found: columns without their names, which are those recalled.

    The columns are None where there are other documents.
    """

    columns: Columns | None
    listing: Listing | None
    problems: Sequence[PathProblem]


class RecalledCorpus(Corpus):
    """A corpus whose documents are those of the last time; `find` looks for its files."""

    def __init__(
        self, sources: Sources, *, paths: Sequence[Path], encoding: str | None, find: Callable[[], FoundAnew]
    ) -> None:
        super().__init__(sources, paths=paths, encoding=encoding)
        self._find = find

    def find_files(self) -> bool:
        """Find the files, to be done once; return whether they hold the same documents.

        How they look now is taken up. Where there are other documents, those here stay: of a file that is gone the
        reading fails, and what was added is missing. Raises CorpusError as `discover` does.
        """
        found = self._find()
        with self._lock:
            self.problems += [each for each in found.problems if each not in self.problems]
            if found.columns is None:
                self.sources.listing = None
            else:
                self.sources.renew_all(found.columns.named_as(self.sources.columns), found.listing)
                self.documents.renew()
        if found.columns is None:
            self.look_again()
        return found.columns is not None


def recalled(paths: Sequence[Path], encoding: str | None, keeper: Keeper | None) -> Sources | None:
    """The documents of some paths as they were kept, where that is worth while and they are most likely the same."""
    kept = keeper(paths, encoding) if keeper is not None else None
    return as_left(kept) if kept is not None and len(kept) >= _WORTH else None


def found_anew(before: Sources, found: Corpus) -> FoundAnew:
    """What a corpus that was found tells of the documents that were recalled."""
    columns = found.sources.columns
    if not before.columns.are_files_of(columns):
        return FoundAnew(None, None, found.problems)
    return FoundAnew(columns.unnamed(), found.sources.listing, found.problems)
