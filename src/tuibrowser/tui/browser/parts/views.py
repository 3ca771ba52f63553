"""How the reader looks at texts: in which script, repaired or raw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.hanzi.convert import CONFIGURATIONS
from tuibrowser.language.i18n import shown, tr
from tuibrowser.reading.views.render import ViewedText, cycle
from tuibrowser.reading.views.view import ORIGINAL, View
from tuibrowser.tui.labels import choice_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.tui.browser.desk import Actions, Inside
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane


class Views:
    """Owns the view; `changed` is called when the text is shown in another one."""

    def __init__(self, browser: Inside, pane: ReadingPane, view: View, changed: Callable[[], None]) -> None:
        self._browser = browser
        self._pane = pane
        self._changed = changed
        self.view = view

    @property
    def actions(self) -> Actions:
        """The actions of the commands of the view."""
        return {"script": self.cycle_script, "choose-script": self.choose_script, "raw": self.toggle_raw}

    def adopt(self, view: View) -> bool:
        """Take up the view in which a document was left; whether it is another one."""
        is_another, self.view = view != self.view, view
        return is_another

    def seen(self, text: ViewedText) -> ViewedText:
        """A text that was prepared for some view, as the view has it now."""
        return text if text.view == self.view else ViewedText(text.source, text.script, self.view)

    def _see(self, view: View) -> None:
        self.view = view
        pane = self._pane
        if pane.text is not None and pane.document is not None:
            pane.see(ViewedText(pane.text.source, pane.document.script, view))
            self._changed()

    def cycle_script(self) -> None:
        """Show the next script that looks different."""
        if self._pane.document is not None:
            self._script_chosen(cycle(self.view.script, self._pane.document.script))

    def choose_script(self) -> None:
        """Choose among the variants of OpenCC."""
        from tuibrowser.tui.dialogs.picker import Option, Picker, among

        options = [Option(ORIGINAL, tr("original"), tr("as the document has it"))]
        options += [Option(name, name, shown(words)) for name, words in CONFIGURATIONS.items()]
        at = next((i for i, option in enumerate(options) if option.choice == self.view.script), 0)
        enter, escape = self._browser.key("choose"), self._browser.key("choice-cancel")
        hint = tr("{enter} chooses · {escape} cancels", enter=enter, escape=escape)
        self._browser.ask(Picker(tr("Script"), hint, among(options), at), self._script_chosen)

    def _script_chosen(self, name: str | None) -> None:
        if name is not None:
            self._see(replace(self.view, script=name))
            self._browser.say(choice_words(self.view))

    def toggle_raw(self) -> None:
        """Show the text repaired, or raw."""
        self._see(replace(self.view, repaired=not self.view.repaired))
        self._browser.say(tr("repaired") if self.view.repaired else tr("raw, with the repairs marked"))
