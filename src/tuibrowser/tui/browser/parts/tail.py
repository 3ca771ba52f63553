"""The end of a file to which others write: gone to, and what is added shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.language.i18n import tr
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.tui.work.growing import Growing

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from tuibrowser.tui.browser.desk import Inside
    from tuibrowser.tui.browser.parts.places import Places
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
    from tuibrowser.tui.work.messages import Grew


class Tail:
    """Follows the file of the document shown; `is_wanted` says that the first document is followed at once.

    `post` sends messages to the screen.
    """

    def __init__(
        self,
        browser: Inside,
        pane: ReadingPane,
        places: Places,
        post: Callable[[Message], bool],
        *,
        is_wanted: bool,
    ) -> None:
        self._browser = browser
        self._pane = pane
        self._places = places
        self._post = post
        self._is_wanted = is_wanted
        self._growing: Growing | None = None

    def take_wish(self) -> bool:
        """Whether the first document is to be followed; asked once."""
        is_wanted, self._is_wanted = self._is_wanted and self._growing is None, False
        return is_wanted

    def follow(self) -> None:
        """Go to the end of the document, and show what is added to its file."""
        document, text, corpus = self._pane.document, self._pane.text, self._browser.corpus
        if document is None or text is None or corpus is None or not document.source.path.is_absolute():
            if corpus is not None and corpus.has_inputs:
                key = self._browser.key("reread")
                self._browser.say(tr("an input is not followed: {key} reads what has come", key=key))
            else:
                self._browser.say(tr("there is no file here to follow"))
            return
        self.stop()
        self._growing = Growing(self._post, corpus, document, text.source)
        self._growing.start()
        self._pane.show_end()
        if any(problem.kind == "layout" for problem in document.problems):
            self._browser.say(tr("following the file, shown as plain lines: Esc stops"))
        else:
            self._browser.say(tr("following the file: Esc stops"))

    @property
    def is_following(self) -> bool:
        """Whether the file shown is followed."""
        return self._growing is not None

    def stop(self) -> None:
        """Follow no file any more."""
        if self._growing is not None:
            self._growing.stop()
            self._growing = None

    def leave(self) -> bool:
        """Follow the file no more, and say so; whether one was followed."""
        was_following = self._growing is not None
        self.stop()
        if was_following:
            self._browser.say(tr("the file is not followed any more"))
        return was_following

    def move(self) -> None:
        """The reader may have moved away from the end."""
        if not self._pane.is_at_end:
            self.leave()

    def grow(self, message: Grew) -> None:
        """Show what was added, at the end."""
        pane, number = self._pane, message.document.number
        if self._growing is None or pane.document is None or pane.document.number != number:
            self.stop()
            return
        pane.describe(message.document)
        self._places.grow(number, message.text, message.looks)
        pane.see(ViewedText(message.text, message.document.script, self._browser.view))
        pane.show_end()

    def end(self, reason: str) -> None:
        """The file cannot be followed any more; say why."""
        self.stop()
        self._browser.say(reason, error=True)
