"""Finding: the other document, or the section of it, that a text is to be collated with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.hanzi.fold import fold
from tuibrowser.language.i18n import tr
from tuibrowser.reading.sections import section_span
from tuibrowser.study.collating.collation import Witness
from tuibrowser.tui.dialogs.destinations import destinations, document_options
from tuibrowser.tui.dialogs.picker import Option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.reading.views.view import View
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.tui.work.request import Request

LAST: Final = "last"
"""The choice of the collation that was shown last."""
_LISTED: Final = 1_000
"""Documents that are listed before anything is typed."""


def others(
    corpus: Corpus, known: Callable[[], Searcher | None], here: int, view: View, last: str, *, own: bool
) -> Callable[[str, Callable[[], bool]], Sequence[Option[Request | str]]]:
    """A function from what is typed to documents and sections that something of the document `here` is collated with.

    Those of the same title come first, and before them, if `last` says it, the collation shown last. The document and
    its own sections are among them if `own` says so.
    """
    find = destinations(corpus, known, here, view)

    def found(text: str, cancelled: Callable[[], bool]) -> Sequence[Option[Request | str]]:
        if text.strip():
            return _either(option for option in find(text, cancelled) if _is_text(option.choice, here, own))
        title = fold(full_title(corpus.documents[here])).tobytes()
        rest = [each for each in corpus.documents[:_LISTED] if own or each.number != here]
        rest.sort(key=lambda each: fold(full_title(each)).tobytes() != title)
        again: list[Option[Request | str]] = [Option(LAST, last, tr("the last collation"))] if last else []
        return [*again, *_either(document_options(rest, view))]

    return found


def _either(options: Iterable[Option[Request]]) -> list[Option[Request | str]]:
    return [Option(option.choice, option.label, option.note, option.spans) for option in options]


def _is_text(request: Request, here: int, own: bool) -> bool:
    """Whether a place is a document, or a section of one."""
    return request.is_plain and not request.choose and (own or request.document != here)


def witness_of(corpus: Corpus, request: Request) -> Witness:
    """The document that was chosen, or the section. Raises CorpusError where its file is gone."""
    text = corpus.text(request.document)
    document = corpus.document(request.document)
    is_whole = not any(heading.start == request.offset > 0 for heading in document.headings)
    return Witness(document, text, None if is_whole else section_span(document.headings, request.offset, len(text.raw)))
