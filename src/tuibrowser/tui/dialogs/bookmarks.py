"""The dialogs of bookmarks: a note for one, and the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tuibrowser.hanzi.sounds import folded, likeness
from tuibrowser.language.i18n import tr
from tuibrowser.settings.commands import Command, Place, first_key
from tuibrowser.settings.key_names import key_label
from tuibrowser.tui.dialogs.picker import Option, OptionRows, Picker
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.userdata.model import Bookmark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tuibrowser.tui.work.memory import Memory
    from tuibrowser.userdata.store import UserData

WHERE_I_WAS: Final = "where I was"
"""The choice of the place where the reader was instead of a bookmark."""


class NoteDialog(ModalScreen["str | None"]):
    """Asks for a note; gives back None where the reader cancels."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g,ctrl+c", "cancel", "Cancel", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    NoteDialog {
        align: center middle;
        background: transparent;
        & > Vertical {
            width: 80%; max-width: 80; height: 4; border: round $primary; background: $background;
        }
        & Input { border: none; height: 1; padding: 0 1; background: $background; }
        & Static { height: 1; padding: 0 1; text-style: $quiet; }
    }
    """

    def __init__(self, title: str, note: str, *, is_selected: bool = False) -> None:
        """`is_selected`: the note that is there already is selected, so that what is typed replaces it."""
        super().__init__()
        self._title = title
        self._note = note
        self._is_selected = is_selected

    def compose(self) -> ComposeResult:
        """The field and a hint."""
        with Vertical() as box:
            box.border_title = self._title
            field = Input(self._note, compact=True, select_on_focus=self._is_selected)
            field.cursor_blink = False
            yield field
            yield Static(tr("Enter keeps it · Esc cancels"), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back the note."""
        self.dismiss(event.value.strip())

    def action_cancel(self) -> None:
        """Give back nothing."""
        self.dismiss(None)


_HEARD = 200
"""Characters of each part of a bookmark that are compared by their sounds as well."""


def _is_meant(bookmark: Bookmark, typed: str) -> bool:
    """Whether what is typed stands in the bookmark, in any script, or sounds like something there."""
    parts = (bookmark.note, bookmark.title, bookmark.section, bookmark.passage)
    whole, wanted = " ".join(filter(None, parts)), folded(typed)
    if typed.casefold() in whole.casefold() or (wanted and wanted in folded(whole)):
        return True
    return any(likeness(part[:_HEARD], typed) > 0 for part in parts if part)


class BookmarkPicker(Picker["Bookmark | str"]):
    """The bookmarks, the newest first: filtered by what is typed, annotated, deleted and put back."""

    class Written(Message):
        """A change of the bookmarks was carried out."""

    PLACE: ClassVar = Place.BOOKMARKS
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.BOOKMARKS)

    def __init__(self, memory: Memory, commands: tuple[Command, ...]) -> None:
        hint = tr(
            "{choose} opens · {note} note · {delete} delete · {undo} undo · {back} where I was",
            choose=first_key("choose", commands),
            note=first_key("bookmark-note", commands),
            delete=first_key("bookmark-delete", commands),
            undo=first_key("bookmark-undo", commands),
            back=first_key("bookmarks", commands),
        )
        super().__init__(tr("Bookmarks"), hint, self._all)
        self._memory = memory
        self._again_key = next((key for command in commands if command.id == "bookmarks" for key in command.keys), "")
        self._deleted: list[Bookmark] = []

    def _all(self, text: str, _: Callable[[], bool]) -> Sequence[Option[Bookmark | str]]:
        return [
            Option(bookmark, label(bookmark), bookmark.title)
            for bookmark in reversed(self._memory.data.bookmarks())
            if _is_meant(bookmark, text)
        ]

    def _current(self) -> Bookmark | None:
        rows = self.query_one(OptionRows)
        choice = rows.options[rows.cursor].choice if 0 <= rows.cursor < len(rows.options) else None
        return choice if isinstance(choice, Bookmark) else None

    def _write(self, action: Callable[[UserData], object]) -> None:
        """Change the bookmarks beside the event loop, and show them as they are then."""
        self._memory.write(action, lambda _: self.post_message(self.Written()))

    def on_bookmark_picker_written(self) -> None:
        """Show what there is now."""
        self.look_again(self.query_one(OptionRows).cursor)

    def action_delete(self) -> None:
        """Delete the bookmark; it can be put back while the list is open."""
        if (bookmark := self._current()) is not None:
            identity = bookmark.id
            self._write(lambda data: data.delete(identity))
            self._deleted.append(bookmark)

    def action_undo(self) -> None:
        """Put the bookmark deleted last back."""
        if self._deleted:
            bookmark = self._deleted.pop()
            self._write(lambda data: data.put(bookmark))

    def action_annotate(self) -> None:
        """Change the bookmark's note."""
        if (bookmark := self._current()) is None:
            return

        def annotate(note: str | None) -> None:
            if note is not None:
                self._write(lambda data: data.annotate(bookmark.id, note))

        self.app.push_screen(NoteDialog(tr("Note"), bookmark.note), annotate)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A character that opens the list goes, pressed again, to where the reader was."""
        if len(event.value) == 1 and event.value == key_label(self._again_key):
            event.prevent_default()
            self.dismiss(WHERE_I_WAS)

    def on_key(self, event: events.Key) -> None:
        """So does a key that types nothing; the field takes the others."""
        if event.key == self._again_key:
            event.stop()
            self.dismiss(WHERE_I_WAS)


def label(bookmark: Bookmark) -> str:
    """The note and the beginning of the passage, on one line."""
    passage = " ".join(bookmark.passage.split())
    return f"{bookmark.note} — {passage}" if bookmark.note else passage
