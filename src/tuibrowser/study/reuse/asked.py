"""Asked: the document whose reuse is looked for: one of the corpus, or a file beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.loading.layers import aside_spans
from tuibrowser.corpus.works.naming import full_title
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import listed
from tuibrowser.search.reuse.sides import PASSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.search.searcher import Searcher

_MOST_NAMED: Final = 10
"""Documents of a title that are named where they are several."""


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


def asked_of(corpus: Corpus, searcher: Searcher, name: str) -> Asked:
    """The document that has a name in a corpus, or that of a file, or the one that has a title.

    Raises CorpusError where there is none, a file has several, or several have the title.
    """
    path = Path(name)
    if (known := corpus.find(name) or _of_file(corpus, path)) is not None:
        return Asked(known)
    if not path.exists():
        return Asked(_titled(searcher.documents(0, len(corpus.documents)), name))
    files = Corpus.discover([path], encoding=corpus.encoding)
    if len(files.documents) != 1:
        count = many(len(files.documents), "document")
        raise CorpusError(plain("{path} has {documents}: name one of them", path=name, documents=count))
    text = files.text(0)
    return Asked(files.documents[0], text)


def _titled(documents: Sequence[Document], title: str) -> Document:
    """The only one of some documents that has a title, its own or one with that of its work."""
    held = [each for each in documents if title in (each.title, full_title(each))]
    if not held:
        raise CorpusError(plain("no document has that name or title, and no file that name: {name}", name=title))
    if len(held) > 1:
        names = listed([each.name for each in held[:_MOST_NAMED]] + ["…"] * (len(held) > _MOST_NAMED))
        count = many(len(held), "document")
        raise CorpusError(plain("{count} have the title {title}: {names}", count=count, title=title, names=names))
    return held[0]


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
