"""Standing: where a hit of the index stands in a text that may have changed since it was indexed.

A hit stands where the index has it if the text has the same words there. Else it is where the same paragraph is, or the
same words around the hit, nearest to the old place. Paragraphs that are merely like it are others: it is gone then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.userdata.refind import same_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import DocumentText
    from tuibrowser.search.model import Excerpt
    from tuibrowser.search.searcher import Searcher

    Span = tuple[int, int]

AROUND: Final = 30
"""Code points on either side of a hit by which it is known where its paragraph was changed elsewhere."""

MOST_MARKED: Final = 300
"""Hits that are marked in a text that was changed, at most: each is looked for."""


class HitsNow:
    """The hits of the search in texts as they are now; there is no searcher before the corpus can be searched."""

    def __init__(self) -> None:
        self.searcher: Searcher | None = None

    def holds(self, document: int, text: DocumentText) -> bool:
        """Whether a text is the one that is searched."""
        return self.searcher is None or self.searcher.holds(document, text.fingerprint)

    def standing(self, document: int, span: Span, text: DocumentText) -> Span | None:
        """The raw span of a hit in a text; None where it is gone."""
        return span if self.searcher is None else standing(self.searcher, document, span, text)

    def spans_in(self, query: str, document: int, text: DocumentText) -> tuple[Span, ...]:
        """The raw spans of the hits of a query in a text, as far as they are known at once."""
        if not query.strip() or self.searcher is None:
            return ()
        known = self.searcher.known_spans_in(query, document) or ()
        return all_standing(self.searcher, document, known, text)


def standing(searcher: Searcher, document: int, span: Span, text: DocumentText) -> Span | None:
    """The raw span of a hit in the text as it is now; None where it is gone."""
    excerpt = searcher.around(document, span)
    if excerpt is None:
        return span if span[1] <= len(text.raw) else None
    if _is_there(excerpt, text):
        return span
    return _found_again(excerpt, text, fold=True)


def all_standing(searcher: Searcher, document: int, spans: Sequence[Span], text: DocumentText) -> tuple[Span, ...]:
    """The raw spans of those of some hits that stand in the text as it is now, sorted."""
    if searcher.holds(document, text.fingerprint):
        return tuple(spans)
    excerpts = (searcher.around(document, span) for span in spans[:MOST_MARKED])
    found = (_found_again(excerpt, text, fold=False) for excerpt in excerpts if excerpt is not None)
    return tuple(sorted({span for span in found if span is not None}))


def _is_there(excerpt: Excerpt, text: DocumentText) -> bool:
    """Whether the text has the paragraphs of an excerpt, and its spans in them, where the index has them."""
    start, end = excerpt.held
    return text.repaired[start:end] == excerpt.text(start, end) and all(
        text.alignment.target_span(*raw) == span for raw, span in zip(excerpt.raw_spans, excerpt.spans, strict=True)
    )


def _found_again(excerpt: Excerpt, text: DocumentText, *, fold: bool) -> Span | None:
    """Where the first span of an excerpt stands in a changed text."""
    (first, last), raw = excerpt.spans[0], excerpt.raw_spans[0][0]
    around = max(excerpt.start, first - AROUND), min(excerpt.end, last + AROUND)
    for start, end in (excerpt.held, around):
        at = same_words(text, excerpt.text(start, end), raw - (first - start), fold=fold)
        if at is not None:
            return text.alignment.source_span(at + first - start, at + last - start)
    return None
