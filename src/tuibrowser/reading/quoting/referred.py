"""Referred: the document and the passage that a reference leads to, and what to say where that is not what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.names import as_utf8
from tuibrowser.language.i18n import plain
from tuibrowser.reading.quoting.reference import locate

if TYPE_CHECKING:
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.reading.quoting.reference import Located, Reference


def referred(corpus: Corpus, reference: Reference) -> Document | None:
    """The document of a reference; the only one of a corpus under whatever name, since the hash tells whether it is."""
    found = corpus.find(as_utf8(reference.path))
    return corpus.documents[0] if found is None and len(corpus.documents) == 1 and reference.hash else found


def passage(reference: Reference, text: DocumentText) -> tuple[Located | None, str]:
    """Where a reference leads in a text, if anywhere, and what must be said; empty where it is what it was."""
    located = locate(reference, text)
    if located is None:
        count = len(text.paragraphs)
        if reference.hash:
            return None, plain("the passage is gone: there are {count} paragraphs, and none has it", count=count)
        return None, plain(
            "there is no paragraph {number} here: the last is {count}", number=reference.first, count=count
        )
    if not located.sure:
        return located, plain("the passage was changed since: this is where it stood")
    if not located.moved:
        return located, ""
    number = text.paragraph_at(located.start) + 1
    return located, plain("the text was changed: these words are in paragraph {number} now", number=number)
