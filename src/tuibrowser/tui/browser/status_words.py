"""Where the reader is, in the words of the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.model import HeadingKind
from tuibrowser.corpus.works.naming import full_title
from tuibrowser.reading.sections import section_path
from tuibrowser.reading.views.render import shown_title
from tuibrowser.tui.labels import selection_words, view_words
from tuibrowser.tui.widgets.status import StatusWords

if TYPE_CHECKING:
    from tuibrowser.reading.views.view import View
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane


def status_words(pane: ReadingPane, view: View, hits: str) -> StatusWords | None:
    """The words for the place that a pane shows, `hits` being those on the current hit; None where it shows no text."""
    if pane.document is None or pane.text is None:
        return None
    document, text = pane.document, pane.text
    path = section_path(document.headings, pane.current_offset)
    section = next((h for h in reversed(path) if h.kind is HeadingKind.SECTION), None)
    article = path[-1].title if path and path[-1].kind is HeadingKind.ARTICLE else ""
    title = full_title(document)
    heading = section.title if section is not None and not title.endswith(section.title) else ""
    words = " ".join(part for part in (heading, article) if part)
    numbers = f"¶{pane.current_paragraph + 1}/{len(text)} {round(pane.fraction * 100)}%" if len(text) else ""
    return StatusWords(
        shown_title(title, document.script, view),
        shown_title(words, document.script, view),
        numbers,
        view_words(document, text),
        hits,
        selection_words(pane.selected_by),
    )
