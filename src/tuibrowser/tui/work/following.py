"""Following references: from `path#39:12-30@hash` to the passage, and what to say where that is not what it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.corpus.names import as_utf8
from tuibrowser.language.i18n import tr
from tuibrowser.reading.quoting.reference import locate

if TYPE_CHECKING:
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.reading.quoting.reference import Reference
    from tuibrowser.tui.work.request import Request


def referred(corpus: Corpus, reference: Reference) -> Document | None:
    """The document of a reference; the only one of a corpus under whatever name, since the hash tells whether it is."""
    found = corpus.find(as_utf8(reference.path))
    return corpus.documents[0] if found is None and len(corpus.documents) == 1 and reference.hash else found


def follow(request: Request, reference: Reference, text: DocumentText) -> tuple[Request, str]:
    """The request with the offset of the passage, and what must be said; empty where it is what it was.

    A part of a paragraph, or more than one, is selected; a whole paragraph is the current one, and so copied as it is.
    """
    located = locate(reference, text)
    if located is None:
        first, count, request = reference.first, len(text.paragraphs), replace(request, offset=0)
        if reference.hash:
            return request, tr("the passage is gone: there are {count} paragraphs, and none has it", count=count)
        return request, tr("there is no paragraph {number} here: the last is {count}", number=first, count=count)
    request = replace(request, offset=located.start)
    if not located.sure:
        return request, tr("the passage was changed since: this is where it stood")
    if reference.start is not None or reference.first != reference.last:
        request = replace(request, select=(located.start, located.end))
    if not located.moved:
        return request, ""
    number = text.paragraph_at(located.start) + 1
    return request, tr("the text was changed: these words are in paragraph {number} now", number=number)
