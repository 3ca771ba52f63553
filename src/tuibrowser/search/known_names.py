"""Known names: the names of a corpus as far as it is known, from its index where that has them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from tuibrowser.search.index.names import Names, names_of

if TYPE_CHECKING:
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document


class KnownNames:
    """Keeps the names of a corpus up to date."""

    def __init__(self, corpus: Corpus) -> None:
        self._documents = corpus.documents
        self._lock = threading.Lock()
        self._names = names_of(())
        self._seen: dict[int, Document] = {}
        self._version = self._taken = -1

    def adopt(self, names: Names) -> None:
        """Take up the names of all documents."""
        with self._lock:
            self._names, self._seen, self._version, self._taken = names, {}, -1, self._documents.taken

    def current(self) -> Names:
        """The names of what the corpus knows by now."""
        with self._lock:
            if self._version != (version := self._documents.version):
                read, taken = self._documents.read(), self._documents.taken
                if (taken, len(self._names)) != (self._taken, len(self._documents)) or not all(
                    self._seen.get(number) is document or self._names.says(document)
                    for number, document in read.items()
                ):
                    self._names = names_of(self._documents)
                self._seen, self._version, self._taken = read, version, taken
            return self._names
