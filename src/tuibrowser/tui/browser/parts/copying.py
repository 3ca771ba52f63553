"""Copying passages and the paragraphs of hits, in a form that the reader names or chooses."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.host.whole import encoded, write_whole
from tuibrowser.language.i18n import many, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.reading.harmless import file_stem
from tuibrowser.reading.quoting.citation_style import read_style
from tuibrowser.reading.quoting.write import DESCRIPTIONS, ENDINGS, Format, write
from tuibrowser.reading.sections import section_span
from tuibrowser.reading.tables import BOM
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.search.missing import without_words
from tuibrowser.tui.labels import FORMATS
from tuibrowser.tui.widgets.pane.selectable import Selectable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.quoting.quotation import Quotation
    from tuibrowser.tui.browser.desk import Inside
    from tuibrowser.tui.browser.parts.changes import Changes
    from tuibrowser.tui.browser.parts.hit_walk import HitWalk
    from tuibrowser.tui.widgets.pane.movable import Movable
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
    from tuibrowser.tui.widgets.search.hit_list import Hits

    Span = tuple[int, int]

_FILE: Final = "file"
"""The choice of a file instead of a form."""


class Copying:
    """Makes quotations of what the reader wants copied, and has them written; `citation` is the reader's style."""

    def __init__(
        self, browser: Inside, pane: ReadingPane, walk: HitWalk, changes: Changes, citation: Mapping[str, object]
    ) -> None:
        self._browser = browser
        self._pane = pane
        self._walk = walk
        self._changes = changes
        self._style, _ = read_style(citation)
        self._was_changed = False
        """Whether what is being copied is from a text that its file does not have any more."""
        self.is_quoting = False
        """Whether the quotations from which the reader will choose are still being made."""

    def copy(self, pane: Movable, span: Span, form: Format | None) -> None:
        """Copy a stretch of the raw text that a pane shows, in a form to be chosen where none is named."""
        if pane.document is None or pane.text is None or (pane is self._pane and self._waits(span, form)):
            return
        self._was_changed = pane is self._pane and self._changes.is_stale
        if form is not None:
            self._quote(pane.document, pane.text, [span], partial(self._copy, form))
            return
        self.is_quoting = True
        section = section_span(pane.document.headings, span[0], len(pane.text.source.raw))
        spans = [span, section]
        self._quote(pane.document, pane.text, spans, lambda made: self._choose_form(pane, made[:1], made[1:]))

    def _waits(self, span: Span, form: Format | None) -> bool:
        """Whether the passage meant is still on its way, or is gone; one whose file was changed is read again."""
        if span == self._pane.paragraph_span:
            self._changes.refresh()
        return self._walk.put_off(partial(self._copy_here, form), span) or self._walk.refuses(span)

    def _copy_here(self, form: Format | None) -> None:
        """Copy the paragraph that is current now."""
        self.copy(self._pane, self._pane.paragraph_span, form)

    def _quote(
        self, document: Document, text: ViewedText, spans: list[Span], done: Callable[[list[Quotation]], None]
    ) -> None:
        """Quote stretches of the text shown: at once or, where it takes time, a little later."""
        from tuibrowser.tui.browser.parts.passage import LONG_PASSAGE, quoted

        if sum(end - start for start, end in spans) <= LONG_PASSAGE:
            done(quoted(document, text, spans))
        else:
            own = ViewedText(text.source, text.script, text.view)  # The pane goes on using its own on the event loop.
            self._browser.work(lambda _: quoted(document, own, spans), done, self._stop_quoting)

    def _stop_quoting(self) -> None:
        self.is_quoting = False

    def copy_hits(self, hits: Hits, form: Format | None) -> None:
        """Copy the paragraphs of hits, in a form to be chosen where none is named, when their number is said."""
        if len(hits) > 1:
            self._browser.partly(partial(self._copy_several, hits, form))
        else:
            self._copy_several(hits, form)

    def _copy_several(self, hits: Hits, form: Format | None) -> None:
        self._was_changed = False
        if form is not None:
            self._quote_hits(hits, partial(self._copy_found, form))
            return
        from tuibrowser.tui.dialogs.picker import Option, Picker, among

        options: list[Option[Format | str]] = [
            Option(form, shown(FORMATS[form]), shown(words)) for form, words in DESCRIPTIONS.items()
        ]
        if not self._browser.in_page:
            options.append(Option(_FILE, tr("a file"), tr("all of them, in the format that its name ends in")))
        enter, escape = self._browser.key("choose"), self._browser.key("choice-cancel")
        hint = tr("{enter} copies · {escape} cancels", enter=enter, escape=escape)
        title = tr("Copy the paragraphs of {hits} as", hits=many(len(hits), "hit"))
        self._browser.ask(Picker(title, hint, among(options)), partial(self._form_of_hits_chosen, hits))

    def _form_of_hits_chosen(self, hits: Hits, choice: Format | str | None) -> None:
        if isinstance(choice, Format):
            self._quote_hits(hits, partial(self._copy_found, choice))
        elif choice is not None:
            from tuibrowser.tui.dialogs.bookmarks import NoteDialog

            title = tr("Write the paragraphs of {hits} to the file", hits=many(len(hits), "hit"))
            name = f"{file_stem(self._browser.query)}.csv"
            self._browser.ask(NoteDialog(title, name), partial(self._write_hits, hits))

    def _quote_hits(self, hits: Hits, done: Callable[[list[Quotation]], None]) -> None:
        """Quote the paragraphs of hits in a thread, since their texts may have to be read."""
        from tuibrowser.tui.browser.parts.passage import quotations

        corpus, searcher, view = self._browser.corpus, self._browser.searcher, self._browser.view
        if corpus is None or searcher is None:
            return

        def quoted(made: tuple[list[Quotation], int]) -> None:
            found, gone = made
            if gone:
                lost = many(gone, "hit")
                self._browser.say(tr("not copied: {hits} gone, since files were changed", hits=lost), error=True)
            if found or not gone:
                done(found)

        self._browser.work(lambda progress: quotations(corpus, searcher, hits, view, progress), quoted)

    def _copy_found(self, form: Format, found: list[Quotation]) -> None:
        self._copy(form, found)

    def _write_hits(self, hits: Hits, name: str | None) -> None:
        """Write the paragraphs of hits to a file, in the format that its name ends in."""
        if not name:
            return
        file = Path(name).expanduser()
        form = ENDINGS.get(file.suffix.lower())
        if form is None:
            known = shown(listed(ENDINGS))
            self._browser.say(tr("{file}: end the name in one of {known}", file=name, known=known), error=True)
            return

        def write_found(found: list[Quotation]) -> None:
            self._browser.work(lambda _: self._written(file, form, found), self._browser.say)

        self._quote_hits(hits, write_found)

    def _written(self, file: Path, form: Format, found: list[Quotation]) -> str:
        if file.exists():
            return tr("not written: there is a file {file} already", file=str(file))
        mark = BOM if form is Format.CSV else ""
        write_whole(file, encoded(f"{mark}{write(form, found, self._style)}\n"))
        paragraphs = many(len(found), "paragraph")
        return tr("{rows} written to {file}", rows=paragraphs, file=str(file.resolve()))

    def _choose_form(self, pane: Movable, found: list[Quotation], section: list[Quotation]) -> None:
        """Let the reader choose what to copy quotations as; `section` is what stands around a single one in a pane."""
        from tuibrowser.tui.dialogs.picker import Option, Picker, among

        self.is_quoting = False
        options = [Option((form, found), shown(FORMATS[form]), shown(words)) for form, words in DESCRIPTIONS.items()]
        if section:
            options += [
                Option((Format.TEXT, section), tr("section"), tr("the whole section as shown")),
                Option((Format.CITED, section), tr("section cited"), tr("the whole section, with its citation")),
            ]
        enter, escape = self._browser.key("choose"), self._browser.key("choice-cancel")
        hint = tr("{enter} copies · {escape} cancels", enter=enter, escape=escape)
        self._browser.ask(Picker(tr("Copy as"), hint, among(options)), partial(self._form_chosen, pane))

    def _form_chosen(self, pane: Movable, choice: tuple[Format, list[Quotation]] | None) -> None:
        if choice is not None:
            self._copy(*choice)
            if isinstance(pane, Selectable):
                pane.action_select_stop()

    def _copy(self, form: Format, found: list[Quotation]) -> None:
        """Copy quotations in a form."""
        from tuibrowser.tui.browser.parts.passage import differences

        as_shown = form in {Format.TEXT, Format.CITED}
        words = differences(found) if as_shown else tr("as {form}", form=FORMATS[form])
        if self._was_changed:
            changed = tr("as it was: the file was changed since")
            words = tr("{changed}, {words}", changed=changed, words=words) if words else changed
        if len(found) > 1:
            if missing := without_words(self._browser.missing):
                words = tr("{first}, {second}", first=words, second=missing) if words else shown(missing)
            paragraphs = many(len(found), "paragraph")
            words = tr("{paragraphs}, {words}", paragraphs=paragraphs, words=words) if words else shown(paragraphs)
        self._browser.copy(lambda: write(form, found, self._style), words)
