"""Hits made into the lines that the list shows: off the event loop, since texts may have to be read for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.chronology import shown_date
from tuibrowser.corpus.model import Layer
from tuibrowser.corpus.works.naming import full_title
from tuibrowser.reading.sections import section_path
from tuibrowser.reading.views.render import ViewedText, shown_text, shown_title
from tuibrowser.tui.widgets.search.hit_list import HitLine
from tuibrowser.tui.widgets.strips import one_line

if TYPE_CHECKING:
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.views.view import View
    from tuibrowser.search.model import Excerpt, Hit
    from tuibrowser.search.searcher import Searcher

    Span = tuple[int, int]

CONTEXT = 120
"""Characters of the paragraph kept on either side of the match."""


def hit_line(corpus: Corpus, searcher: Searcher, hit: Hit, view: View, excerpt: Excerpt | None) -> HitLine | None:
    """The line of a hit, its text in the view with the matched characters marked; None where there is no text.

    `excerpt` is the one of the hit.
    """
    document = corpus.documents[hit.document]
    made = _repaired(excerpt, document, view) if view.repaired else _raw(corpus, searcher, hit, excerpt, view)
    if made is None:
        return None
    text, shown = made
    first = shown[0][0] if shown else 0
    last = max((end for _, end in shown), default=0)
    start, end = max(0, first - CONTEXT), min(last, first + 4 * CONTEXT) + CONTEXT
    spans = tuple((a - start, min(b, end) - start) for a, b in shown if a < end)
    path = section_path(document.headings, hit.spans[0][0] if hit.spans else 0)
    section = shown_title(path[-1].title, document.script, view) if path else ""
    layer = excerpt.layer if excerpt is not None else Layer.TEXT
    return HitLine(hit, heading(document, view), document.name, section, one_line(text[start:end]), spans, layer)


def _repaired(excerpt: Excerpt | None, document: Document, view: View) -> tuple[str, list[Span]] | None:
    """The paragraph of a hit, as much of it as can be shown, and the spans in it: all from the index."""
    if excerpt is None:
        return None
    first = excerpt.spans[0][0] if excerpt.spans else excerpt.start
    start = max(excerpt.start, first - 2 * CONTEXT)
    end = min(excerpt.first_end, first + 8 * CONTEXT)
    text, conversion = shown_text(excerpt.text(start, end), document.script, view)
    inside = [(max(a, start), min(b, end)) for a, b in excerpt.spans]
    return text, [conversion.target_span(a - start, b - start) for a, b in inside if a < b]


def _raw(
    corpus: Corpus, searcher: Searcher, hit: Hit, excerpt: Excerpt | None, view: View
) -> tuple[str, list[Span]] | None:
    """The paragraph of a hit in the raw view, and the spans in it; where its file was changed, as it was indexed.

    Raises CorpusError where the file is gone.
    """
    document, source = corpus.documents[hit.document], corpus.text(hit.document)
    if not searcher.holds(hit.document, source.fingerprint):
        return _repaired(excerpt, document, view)
    paragraph = ViewedText(source, document.script, view)[hit.paragraph]
    spans = [span for raw in hit.spans if (span := paragraph.shown_span(*raw)) is not None and span[0] < span[1]]
    return paragraph.text, spans


def heading(document: Document, view: View) -> str:
    """The line over a document's hits: date, author, and the title with the work that it is a part of."""
    title = shown_title(full_title(document), document.script, view)
    author = document.metadata.author
    author = shown_title(author, document.script, view) if author else None
    return "  ".join(part for part in (shown_date(document.metadata.date), author, title) if part)
