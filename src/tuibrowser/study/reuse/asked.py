"""Asked: the document whose reuse is looked for: one of the corpus, or a file beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.loading.layers import aside_spans
from tuibrowser.language.i18n import many, plain
from tuibrowser.search.reuse.sides import PASSED

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Document, DocumentText


@dataclass(frozen=True, slots=True)
class Asked:
    """A document, and its text where it is not one of the corpus."""

    document: Document
    text: DocumentText | None = None

    @property
    def sought(self) -> int | str:
        """What a searcher is asked for: its number, or its repaired text without furniture and apparatus."""
        return self.document.number if self.text is None else _read_text(self.text, self.document.title)

    def line(self, offset: int) -> int:
        """The line, from 1, of an offset into the repaired text of a file."""
        assert self.text is not None
        return self.text.line_of(self.text.alignment.to_source(offset))


def asked_of(corpus: Corpus, name: str, encoding: str | None = None) -> Asked:
    """The document that has a name in a corpus, or that of a file.

    Raises CorpusError where there is none, or a file has several.
    """
    path = Path(name)
    if (known := corpus.find(name) or _of_file(corpus, path)) is not None:
        return Asked(known)
    if not path.exists():
        raise CorpusError(plain("no document and no file has that name: {name}", name=name))
    files = Corpus.discover([path], encoding=encoding)
    if len(files.documents) != 1:
        count = many(len(files.documents), "document")
        raise CorpusError(plain("{path} has {documents}: name one of them", path=name, documents=count))
    text = files.text(0)
    return Asked(files.documents[0], text)


def _of_file(corpus: Corpus, path: Path) -> Document | None:
    """The only document of a corpus that a file holds."""
    if not path.is_file():
        return None
    whole = path.resolve()
    held = [each for each in corpus.documents if each.source.path.name == path.name and each.source.path == whole]
    return held[0] if len(held) == 1 else None


def _read_text(text: DocumentText, title: str) -> str:
    """The repaired text with marks in the place of furniture and apparatus."""
    parts, last = [], 0
    for start, end in aside_spans(text, title):
        parts += [text.repaired[last:start], PASSED * (end - start)]
        last = end
    return "".join((*parts, text.repaired[last:]))
