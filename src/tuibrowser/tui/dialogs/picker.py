"""A dialog that picks one of the things a typed name finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.hanzi.sounds import likeness
from tuibrowser.language.i18n import shown, tr
from tuibrowser.settings.commands import Place
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.strips import PLAIN, ends_of, fit_middle, narrow, strip_of, styled
from tuibrowser.tui.work.background import NewestJob

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

Choice = TypeVar("Choice")

PATIENCE = 0.2
"""Seconds after which the options for an earlier text make way for a word that this one is still looked for."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Option(Generic[Choice]):
    """Something to pick: what it is, its label with the matched spans, and a word on it; both may be messages."""

    choice: Choice
    label: str
    note: str = ""
    spans: tuple[tuple[int, int], ...] = field(default=())


class OptionRows(LineList):
    """The options found."""

    DEFAULT_CSS = """
    OptionRows { height: 1fr; }
    OptionRows > .line-list--cursor { text-style: reverse; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.options: Sequence[Option[Any]] = ()
        self.nothing = ""
        """What is said where there is no option."""

    @property
    def row_count(self) -> int:
        """How many options there are."""
        return len(self.options)

    def draw_line(self, y: int) -> Strip:
        """Draw a line; where nothing was found, the first one says so."""
        if y == 0 and not self.options and self.nothing:
            return strip_of([Segment(f" {self.nothing}", self.style("dim"))], self.size.width)
        return super().draw_line(y)

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """Draw an option, its note on the right."""
        option = self.options[row]
        base = self.style("cursor") if cursor else PLAIN
        label = shown(option.label)
        note = fit_middle(shown(option.note), max(0, width - min(cell_width(label), width // 2) - 4))
        label, spans = _cut(label, option.spans, width - cell_width(note) - 3)
        match = self.style("match")
        segments = styled(label, 0, len(label), [(*span, match) for span in spans], base)
        gap = " " * max(1, width - cell_width(label) - cell_width(note) - 2)
        return strip_of(
            [
                Segment(self._more(row), base + self.style("dim")),
                *segments,
                Segment(gap + note, base + self.style("dim")),
            ],
            width,
            base,
        )

    def _more(self, row: int) -> str:
        """The sign before a row beyond which there are more than are shown."""
        if row == self.first_shown and row > 0:
            return narrow("↑", "^")
        if row == self.first_shown + self.size.height - 1 < self.row_count - 1:
            return narrow("↓", "v")
        return " "


def _cut(label: str, spans: Sequence[Span], cells: int) -> tuple[str, Sequence[Span]]:
    """A label as much of which as fits is shown, and where its spans are then."""
    head, tail = ends_of(label, cells)
    if head + tail == len(label):
        return label, spans
    cut = fit_middle(label, cells)
    gone = len(label) - len(cut)
    before = [(start, min(end, head)) for start, end in spans if start < head]
    after = [(max(start - gone, head + 1), end - gone) for start, end in spans if end > len(label) - tail]
    return cut, before + after


def among(options: Sequence[Option[Choice]]) -> Callable[[str, Callable[[], bool]], Sequence[Option[Choice]]]:
    """Finds those of some options that hold what is typed, in English or in the reader's language, or sound so."""
    return lambda text, _: [option for option in options if _holds(option, text.lower())]


def _holds(option: Option[Any], typed: str) -> bool:
    label, note = shown(option.label), shown(option.note)
    names = f"{option.label} {option.note}\n{label} {note}".lower()
    return typed in names or likeness(label, typed) > 0 or likeness(note, typed) > 0


class Picker(ModalScreen["Choice | None"], Generic[Choice]):
    """Asks for a name and shows what `find` makes of it; gives back what was picked, or None.

    `find` runs in a thread of its own and is given the text and a function that says when it is out of date.
    """

    PLACE: ClassVar = Place.CHOICE
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.CHOICE)

    DEFAULT_CSS = """
    Picker {
        align: center top;
        background: transparent;
        & > Vertical {
            width: 80%; max-width: 90; min-width: 36; height: 60%; min-height: 8; margin-top: 2;
            border: round $primary; background: $background;
        }
        & Input { border: none; height: 1; padding: 0 1; background: $background; }
        & Static { height: auto; max-height: 2; padding: 0 1; text-style: $quiet; }
    }
    """

    @dataclass
    class HelpWanted(Message):
        """The reader asks for the keys of a place."""

        place: str

    @dataclass
    class OptionsFound(Message):
        """Options for a text."""

        text: str
        options: Sequence[Option[Any]]

    def __init__(
        self, title: str, hint: str, find: Callable[[str, Callable[[], bool]], Sequence[Option[Choice]]], at: int = 0
    ) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._find = find
        self._at = at
        self._job = NewestJob("picker")
        self._sought: str | None = None
        """The text for which options are still looked for."""
        self._is_picked = False
        """Whether the first of these options is to be picked."""

    def compose(self) -> ComposeResult:
        """The field, the options, a hint."""
        with Vertical() as box:
            box.border_title = self._title
            field_ = Input(compact=True, placeholder="", select_on_focus=False)
            field_.cursor_blink = False
            yield field_
            yield OptionRows()
            yield Static(self._hint, markup=False)

    def on_mount(self) -> None:
        """Show what there is before anything is typed."""
        self._search("")

    def on_unmount(self) -> None:
        """Stop looking."""
        self._job.cancel()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed."""
        self._search(event.value)

    def look_again(self, at: int) -> None:
        """Show anew what there is, with the cursor at or near an option."""
        self._at = at
        self._search(self.query_one(Input).value)

    def _search(self, text: str) -> None:
        self._sought, self._is_picked = text, False
        self.set_timer(PATIENCE, lambda: self._show_waiting(text))

        def job(cancelled: Callable[[], bool]) -> None:
            options = self._find(text, cancelled)
            if not cancelled():
                self.post_message(self.OptionsFound(text, options))

        self._job.submit(job)

    def _show_waiting(self, text: str) -> None:
        """Take away the options for an earlier text, where those for this one are still looked for."""
        if self._sought == text:
            rows = self.query_one(OptionRows)
            rows.options, rows.nothing = (), tr("still searching")
            rows.rows_changed(0)

    def on_picker_options_found(self, message: OptionsFound) -> None:
        """Show the options found, or pick one where that was asked for before they were."""
        if message.text == self._sought:
            self._sought = None
        rows = self.query_one(OptionRows)
        rows.options = message.options
        typed = message.text.strip()
        rows.nothing = tr("nothing found for {query}", query=typed) if typed else tr("nothing here yet")
        rows.rows_changed(self._at)
        self._at = 0
        if self._is_picked and self._sought is None:
            self._is_picked = False
            self._pick()

    def on_input_submitted(self) -> None:
        """Pick the option under the cursor."""
        self.action_pick()

    def on_line_list_selected(self) -> None:
        """Pick the option that was clicked."""
        self._pick()

    def action_pick(self) -> None:
        """Pick the option under the cursor; while that is one for an earlier text, wait for those for this one."""
        if self._sought is None:
            self._pick()
        else:
            self._is_picked = True

    def _pick(self) -> None:
        rows = self.query_one(OptionRows)
        if 0 <= rows.cursor < len(rows.options):
            self.dismiss(rows.options[rows.cursor].choice)

    def action_help(self) -> None:
        """Show the keys, those of this list first."""
        self.post_message(self.HelpWanted(self.PLACE))

    def action_cancel(self) -> None:
        """Pick nothing."""
        self.dismiss(None)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(OptionRows).action_move(rows)

    def action_move_pages(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.query_one(OptionRows).action_move_pages(pages)
