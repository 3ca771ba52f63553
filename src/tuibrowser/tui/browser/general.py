"""Commands that belong to no single part: help, palette, themes, what is known of the text, closing and leaving.

Dialogs are imported when they are opened, here and in the parts: the first frame has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.language.i18n import tr
from tuibrowser.settings.commands import Place
from tuibrowser.tui.browser.parts.editor import edit_here
from tuibrowser.tui.themes import choose_theme
from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane

if TYPE_CHECKING:
    from textual.app import App

    from tuibrowser.tui.browser.composition import Parts
    from tuibrowser.tui.browser.desk import Actions
    from tuibrowser.tui.browser.program import Program
    from tuibrowser.tui.dialogs.palette import Invocation


class General:
    """Carries out commands on the parts; `app` is Textual's side of the program."""

    def __init__(self, parts: Parts, program: Program, app: App[None]) -> None:
        self._parts = parts
        self._program = program
        self._app = app

    @property
    def actions(self) -> Actions:
        """The actions of the commands."""
        parts, app = self._parts, self._app
        return {
            "search": parts.searching.open,
            "follow": parts.tail.follow,
            "editor": lambda: edit_here(parts, parts.pane, app.suspend, parts.places.reread),
            "reread": parts.loader.read_again,
            "switch": self.switch,
            "about": self.show_about,
            "theme": lambda: choose_theme(app, parts.say),
            "doctor": self.show_doctor,
            "help": self.show_help,
            "palette": self.show_palette,
            "redraw": self._program.redraw,
            "suspend": app.action_suspend_process,
            "cancel": self.cancel,
            "quit": self.close,
            "leave": self.leave,
        }

    def switch(self) -> None:
        """Move between the outline, or the panel that is open, and the text."""
        parts = self._parts
        if parts.searching.is_open:
            parts.searching.go_to_field()
        elif not parts.panels.is_open:
            parts.outline.switch()
        elif parts.panels.has_focus:
            parts.focus_text()
        else:
            parts.panels.focus()

    def show_about(self) -> None:
        """Show what is known of this document."""
        from tuibrowser.tui.dialogs.about import about_lines
        from tuibrowser.tui.dialogs.about_corpus import corpus_lines
        from tuibrowser.tui.dialogs.text_dialog import TextDialog

        parts, document, text = self._parts, self._parts.pane.document, self._parts.pane.text
        if document is not None and text is not None and (corpus := parts.corpus) is not None:
            dialog = TextDialog(tr("About this document"), about_lines(document, text.source, parts.key("raw")))
            parts.ask(dialog)
            parts.tasks.start(lambda _: corpus_lines(corpus), dialog.add)

    def show_doctor(self) -> None:
        """Show how copying works here, and what is in the way."""
        from tuibrowser.tui.dialogs.diagnosis import show_diagnosis

        show_diagnosis(self._app)

    def show_help(self) -> None:
        """Show the keys, those of the part first that has the focus."""
        parts = self._parts
        if parts.searching.is_open:
            place: str = Place.FIELD if parts.searching.is_typing else Place.LIST
        elif parts.pane.is_selecting:
            place = Place.SELECTING
        else:
            place = parts.panels.place or (Place.OUTLINE if parts.outline.outline.has_focus else Place.READING)
        self._program.show_help(place)

    def show_palette(self) -> None:
        """Find a command by its name."""
        from tuibrowser.tui.dialogs.palette import command_finder
        from tuibrowser.tui.dialogs.picker import Picker

        hint = tr("a name · q quits · a number goes to that line of the file")
        find = command_finder(self._parts.commands)
        self._parts.ask(Picker(tr("Commands"), hint, find), self._invoke)

    def _invoke(self, invocation: Invocation | None) -> None:
        if invocation is None:
            return
        if (command := invocation.command) is None:
            self._parts.places.go_to_line(invocation.line)
            return
        screen, pane = self._parts.pane.screen, self._parts.pane
        focused = screen.focused if isinstance(screen.focused, ReadingPane) else pane
        target = focused if command.place == Place.READING else screen
        self._app.call_later(self._app.run_action, command.action, target)

    def cancel(self) -> None:
        """Leave what is innermost; else stop what runs, or take a message or the marks of hits away; never quit.

        The query stays: `n` and `N` go on with it, and mark its hits again.
        """
        parts = self._parts
        if self._close_innermost():
            return
        parts.walk.forget()
        if parts.tasks.cancel():
            parts.say(tr("stopped"))
        elif parts.tail.leave():
            return
        elif parts.status.message:
            parts.unsay()
        else:
            parts.walk.unmark()

    def close(self) -> None:
        """Close the innermost thing; from the text, quit."""
        if not self._close_innermost():
            self.leave()

    def _close_innermost(self) -> bool:
        """Stop selecting, or leave the search, a panel or the outline; return whether there was something to leave."""
        parts = self._parts
        if parts.pane.is_selecting:
            parts.pane.action_select_stop()
        elif parts.searching.is_open:
            parts.searching.panel.action_back()
        elif parts.panels.close():
            parts.tasks.cancel()
        elif parts.outline.outline.has_focus:
            parts.outline.leave()
        else:
            return False
        return True

    def leave(self) -> None:
        """Leave the program."""
        self._app.exit(return_code=0)
