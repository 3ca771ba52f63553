"""The status line: where the reader is, what is shown, and what the program has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.widget import Widget

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import shown, tr
from tuibrowser.search.missing import reach_words
from tuibrowser.tui.widgets.strips import PLAIN, fit, fit_middle, narrow, on_ground, strip_of

if TYPE_CHECKING:
    from textual.strip import Strip
    from textual.timer import Timer

    from tuibrowser.search.values import Reach

PROGRESS_CELLS = 10
MESSAGE_SECONDS = 12.0
NARROW = 100
"""Cells below which it is said in figures alone how much of the corpus can be searched."""


@frozen
class StatusWords:
    """Where the reader is, in words."""

    title: str = ""
    section: str = ""
    numbers: str = ""
    view: str = ""
    hits: str = ""
    mode: str = ""


class Status(Widget):
    """One line; a message takes the place of the titles for some seconds, or until it is cancelled."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--title", "status--message", "status--error", "status--dim"}

    DEFAULT_CSS = """
    Status {
        height: 1;
        dock: bottom;
        & > .status--title { text-style: bold; }
        & > .status--message { color: $success; text-style: bold; }
        & > .status--error { color: $error; text-style: bold; }
        & > .status--dim { text-style: $quiet; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._place = StatusWords()
        self._message = ""
        self._is_error = False
        self._hint = ""
        self._timer: Timer | None = None
        self._done = self._total = 0
        self._work: int | None = None
        self._reach: Reach | None = None

    def show_reach(self, reach: Reach) -> None:
        """Show how much of the corpus can be searched, where that is not all of it."""
        self._reach = reach
        self.refresh()

    def show_place(self, place: StatusWords) -> None:
        """Show where the reader is."""
        if place != self._place:
            self._place = place
            self.refresh()

    def say(self, message: str, *, error: bool = False, seconds: float = MESSAGE_SECONDS) -> None:
        """Show a message for some seconds."""
        self._message, self._is_error = shown(message), error
        self.refresh()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(seconds, self.unsay)

    def note(self, message: str, seconds: float = MESSAGE_SECONDS) -> None:
        """Show a message, unless one stands there that the reader must not miss."""
        if not (self._message and self._is_error):
            self.say(message, seconds=seconds)

    def unsay(self) -> None:
        """Take the message away."""
        if self._message:
            self._message = ""
            self.refresh()

    def hint(self, words: str = "") -> None:
        """Show a hint where the titles are, or none; a message goes before it."""
        self._hint = shown(words)
        self.refresh()

    @property
    def message(self) -> str:
        """The message shown, if any."""
        return self._message

    def show_progress(self, done: int, total: int) -> None:
        """Show how many of the documents were read; nothing once all are."""
        before = self._progress()
        self._done, self._total = done, total
        if self._progress() != before:
            self.refresh()

    def show_work(self, percent: int | None) -> None:
        """Show how many percent of what the reader asked for are done; None where nothing runs."""
        self._work = percent
        self.refresh()

    def _progress(self) -> str:
        if self._work is not None:
            return tr("{percent}% done", percent=self._work)
        if self._done >= self._total:
            return ""
        filled = PROGRESS_CELLS * self._done // self._total
        done, rest = narrow("█", "#"), narrow("░", "-")
        bar = done * filled + rest * (PROGRESS_CELLS - filled)
        return tr("{bar} {percent}% read", bar=bar, percent=self._done * 100 // self._total)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line: what the reader must know stands right, what may be cut stands left."""
        width = self.size.width
        place = self._place
        reach = "" if self._reach is None else shown(reach_words(self._reach, short=width < NARROW))
        right = "  ".join(
            part for part in (self._progress(), reach, place.mode, place.numbers, place.hits, place.view) if part
        )
        if words := self._message or self._hint:
            right = right if cell_width(words) + cell_width(right) + 4 <= width else ""
            style = self.get_component_rich_style(
                "status--error" if self._message and self._is_error else "status--message", partial=True
            )
            left = [Segment(" " + fit(words, width - 2 - cell_width(right)), style)]
        else:
            right = fit(right, width - 2)
            left = self._titles(width - cell_width(right) - 4)
        used = sum(cell_width(segment.text) for segment in left)
        gap = " " * max(1, width - used - cell_width(right) - 1)
        return on_ground(strip_of([*left, Segment(gap + right, PLAIN)], width), self.rich_style)

    def _titles(self, room: int) -> list[Segment]:
        place = self._place
        section_room = min(cell_width(place.section), room // 2) if place.section else 0
        title = fit_middle(place.title, room - section_room - (2 if section_room else 0))
        segments = [Segment(" " + title, self.get_component_rich_style("status--title", partial=True))]
        if section_room > 3:
            section = fit(place.section, room - cell_width(title) - 2)
            segments.append(Segment("  " + section, PLAIN))
        return segments
