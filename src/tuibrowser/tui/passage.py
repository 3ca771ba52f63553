"""Passages: the text between two places as it is shown, and what the reader must know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.reading.render import ViewedText
from tuibrowser.tui.words import conversion_words, damage_within, many, repairs_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.reading.view import View
    from tuibrowser.search.model import Hit


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as shown, without the breaks of the screen's lines, and how it differs from the original."""

    text: str
    differences: tuple[str, ...]

    @property
    def words(self) -> str:
        """How it differs, for a message; empty where it is the original."""
        return ", ".join(self.differences)


def passage(document: Document, source: DocumentText, text: ViewedText, start: int, end: int) -> Passage:
    """The passage between two raw offsets, its paragraphs divided by a newline."""
    pieces = []
    for number in range(text.paragraph_at(start), text.paragraph_at(max(start, end - 1)) + 1):
        paragraph = text[number]
        span = paragraph.shown_span(start, end)
        if span is not None:
            pieces.append(paragraph.text[span[0] : span[1]])
    return Passage("\n".join(pieces), tuple(_differences(document, source, text, start, end)))


def passages(corpus: Corpus, hits: Sequence[Hit], view: View) -> Passage:
    """The paragraphs of some hits, divided by an empty line; each paragraph once.

    Raises:
        CorpusError: a file that is needed has gone.
    """
    taken: dict[tuple[int, int], Passage] = {}
    for hit in hits:
        if (hit.document, hit.paragraph) in taken:
            continue
        document, source = corpus.document(hit.document), corpus.text(hit.document)
        text = ViewedText(source, document.script, view)
        start, end = text[hit.paragraph].raw_span(0, len(text[hit.paragraph].text))
        taken[hit.document, hit.paragraph] = passage(document, source, text, start, end)
    differences = sorted({words for each in taken.values() for words in each.differences if "→" in words})
    return Passage("\n\n".join(each.text for each in taken.values()), tuple(differences))


def _differences(document: Document, source: DocumentText, text: ViewedText, start: int, end: int) -> list[str]:
    differences = []
    conversion = conversion_words(document, text)
    if "→" in conversion:
        differences.append(conversion)
    if text.view.repaired and (repairs := repairs_within(source, start, end)):
        differences.append(many(len(repairs), "repair"))
    if damage := damage_within(source, start, end):
        differences.append(many(len(damage), "damaged place"))
    return differences
