"""Passages to be copied: quotations of what is shown, and what the reader must know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import many, shown
from tuibrowser.language.wording import listed
from tuibrowser.reading.quoting.quotation import Quotation, quote
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.tui.labels import script_label
from tuibrowser.tui.work.standing import standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.views.view import View
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.tui.widgets.search.hit_list import Hits
    from tuibrowser.tui.work.tasks import Progress


def quotations(
    corpus: Corpus, searcher: Searcher, hits: Hits, view: View, progress: Progress
) -> tuple[list[Quotation], int]:
    """The paragraphs that some hits stand in, each once, and how many of the hits are gone from their files.

    Nothing more is made once it is given up.

    Raises:
        CorpusError: a file that is needed has gone.
    """
    taken: dict[tuple[int, int], Quotation] = {}
    gone = 0
    for done, hit in enumerate(hits):
        progress(done, len(hits))
        if progress.is_cancelled:
            break
        document = corpus.document(hit.document)
        source = corpus.text(hit.document)
        whole = (hit.spans[0][0], hit.spans[-1][1]) if hit.spans else (0, 0)
        span = standing(searcher, hit.document, whole, source)
        if span is None:
            gone += 1
            continue
        number = source.paragraph_at(span[0])
        if (hit.document, number) not in taken:
            text = ViewedText(source, document.script, view)
            last = source.paragraph_at(max(span[0], span[1] - 1))
            taken[hit.document, number] = quote(document, text, *text.raw_bounds(number, last))
    return list(taken.values()), gone


LONG_PASSAGE: Final = 50_000
"""Code points of the raw text above which a quotation is made beside the event loop: some 10 ms of work."""


def quoted(document: Document, text: ViewedText, spans: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Quote stretches of the raw text of a document."""
    return [quote(document, text, *span) for span in spans]


def differences(found: Sequence[Quotation]) -> str:
    """How quotations differ from the original, for a message: `繁→简, 2 repairs`; empty where they do not."""
    conversions = {f"{script_label(each.own_script)}→{_shown(each)}" for each in found if each.conversion}
    repairs = sum(len(each.repairs) for each in found)
    damage = sum(len(each.damage) for each in found)
    words: list[str] = sorted(conversions)
    if repairs:
        words.append(many(repairs, "repair"))
    if damage:
        words.append(many(damage, "damaged place"))
    return shown(listed(words))


def _shown(quoted: Quotation) -> str:
    label = script_label(quoted.script)
    return label if label != script_label(quoted.own_script) else quoted.conversion
