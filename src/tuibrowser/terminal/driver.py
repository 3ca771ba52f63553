"""Driver: Textual's driver for Linux, sending differences at the pace of the line."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuibrowser.terminal.asking.abilities import Abilities, abilities_of
from tuibrowser.terminal.asking.answers import AmbiguousAnswer
from tuibrowser.terminal.cells.ambiguous import ambiguous_cells
from tuibrowser.terminal.cells.errors import Unmodelled
from tuibrowser.terminal.cells.parse import draws_nothing
from tuibrowser.terminal.difference.lean import Lean
from tuibrowser.terminal.output.line import Line
from tuibrowser.terminal.output.pacing import Pacer
from tuibrowser.terminal.plain import PlainDriver

if TYPE_CHECKING:
    import asyncio
    from types import FrameType

    from textual.app import App

SYNC_BEGIN, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"

SHORTEST_SYNCED = 512
"""Characters from which on a frame is sent as one synchronised update; a shorter one arrives in one piece anyway."""

MOST_FAULTS = 3
"""Errors of the model after which the plain frames are sent for good."""

FULL_QUEUE = 5
"""Writes waiting for the terminal, from which on a line whose terminal gives no answers counts as busy."""

FIRST_SCREEN = 0.3
"""Seconds after the beginning that frames are held back at most: until the first screen is whole they are skeletons."""

BUSY = 0.02
"""Seconds after which to look at such a queue again."""

_ENTER, _LEAVE = "\x1b[?1049h", "\x1b[?1049l"
AMBIGUOUS = "“…—·①"
"""Characters some terminals draw wide: how far the cursor gets over them tells what this one does."""

_URXVT_MOUSE = "\x1b[?1015h"
_MODES_IN_A_ROW = re.compile(r"\x1b\[\?\d+h(?:\x1b\[\?\d+h)+")
_MARGINS_QUESTION = "\x1b[?69$p"
_MARGINS_ANSWER = re.compile(r"\x1b\[\?69;([0-4])\$y")
_USUAL_POINTER = "\x1b]22;default\x07"
_POINTER = re.compile(r"\x1b\]22;[^\x07\x1b]*\x07")
_MARGINS_SETTABLE = frozenset("12")


class LeanDriver(PlainDriver):
    """A terminal that is sent only what changed on it."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._line = Line(self._file)
        self._file: Any = self._line
        self._abilities = abilities_of(os.environ.get("TERM", "")) or Abilities()
        self.ambiguous_cells: int | None = None
        """Cells the terminal gives to an ambiguous character such as “ or …, None until it has said so."""
        self._running = False
        self._hold_until: float | None = None
        """Until when frames are held back; None before the beginning."""
        self._synchronised = False
        self._pointer = _USUAL_POINTER
        self._faults = 0
        self._resized = False
        self._prepared: list[str] | None = None
        """While the terminal is prepared: what Textual asks of it."""
        self._begin()

    def _begin(self) -> None:
        """Nothing is known of the terminal, and nothing is under way."""
        self._lean = Lean(*self._get_terminal_size(), self._abilities)
        self._pacer = Pacer()
        self._pending = False
        self._timer: asyncio.TimerHandle | None = None
        self._widths_asked = False
        self._answers = 0
        self._answers_taken = 0

    # -- beginning and end

    def start_application_mode(self) -> None:
        """Take the terminal, empty it, and ask what it can do."""
        self._line.start_anew()
        self._prepared = []
        super().start_application_mode()
        prepared, self._prepared = self._prepared, None
        self._put(_shortened(prepared))
        self._begin()
        self._watch_size()
        ask_margins = self.input_tty and os.environ.get("TERM_PROGRAM") != "Apple_Terminal"
        questions = (_MARGINS_QUESTION if ask_margins else "") + (self._ask_widths() if self.input_tty else "")
        self._put(self._lean.wipe(self._get_terminal_size()) + questions)
        self._hold_until = time.monotonic() + FIRST_SCREEN if self._hold_until is None else 0.0
        self._running = True

    def _ask_widths(self) -> str:
        """The first question: where is the cursor after some ambiguous characters? They are erased at once."""
        self._widths_asked = True
        self._pacer.ask(time.monotonic())
        return f"{AMBIGUOUS}{self._ask()}\r\x1b[K"

    def _watch_size(self) -> None:
        """Note every change of the size: a terminal that grew and shrank again has lost what stood on it."""
        before = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            self._resized = True
            if callable(before):
                before(number, frame)

        signal.signal(signal.SIGWINCH, resized)

    def disable_input(self) -> None:
        """Compare no more, then stop listening."""
        self._running = False
        if self._timer is not None:
            self._timer.cancel()
        super().disable_input()

    def show_first_screen(self) -> None:
        """Send the first screen, which is whole."""
        self._hold_until = 0.0
        self._go_on()

    # -- out

    def write(self, data: str) -> None:
        """Take what Textual writes: frames are compared, what draws nothing goes through, the rest is sent as it is."""
        if self._prepared is not None:
            self._prepared.append(data)
        elif not self._running or self._faults >= MOST_FAULTS:
            self._put(data)
        elif data in {SYNC_BEGIN, SYNC_END}:
            self._synchronised = True
        elif draws_nothing(data):
            self._pass(data)
        else:
            self._draw(data)

    def _put(self, data: str) -> None:
        """Hand it to the terminal, or to Textual's thread that does so."""
        if self._running and self._line.write_now(data):
            return
        self._line.give()
        super().write(data)

    def redraw(self) -> None:
        """Empty the terminal, whatever is on it and in whatever state it is; the next frame is sent whole."""
        if self._running:
            no_margins = "\x1b[?69l" if self._lean.abilities.margins else ""
            self._pending = False
            self._put(no_margins + self._lean.wipe(self._get_terminal_size()))

    def _pass(self, data: str) -> None:
        if _POINTER.fullmatch(data):
            if data == self._pointer:
                return
            self._pointer = data
        self._put(data)

    def _draw(self, data: str) -> None:
        try:
            self._follow_size()
            self._lean.take(data)
        except Unmodelled:
            self._draw_plain(data)
        except Exception:
            self._faults += 1
            self._draw_plain(data)
        else:
            self._pending = True
            self._send(data)

    def _follow_size(self) -> None:
        """Start anew where the terminal has another size, or had one for a while."""
        size = self._get_terminal_size()
        if size != self._lean.size:
            self._lean.forget(size)
            self._pending = False
        elif self._resized:
            self._lean.doubt()
        self._resized = False

    def _send(self, data: str | None) -> None:
        """Send the difference, if the line is ready for it, else once it is. `data` is the plain frame, if at hand."""
        wait = self._wait()
        if wait:
            self._look_again(wait)
            return
        try:
            changes = self._lean.changes()
        except Exception:
            self._faults += 1
            self._draw_plain(data)
            return
        self._pending = False
        self._transmit(changes)

    def _transmit(self, changes: str) -> None:
        if not changes:
            return
        question = self._ask() if self._pacer.sent(len(changes.encode()), time.monotonic()) else ""
        if self._synchronised and len(changes) >= SHORTEST_SYNCED:
            changes = f"{SYNC_BEGIN}{changes}{SYNC_END}"
        self._put(changes + question)

    def _draw_plain(self, data: str | None) -> None:
        """Send the bytes as they are; nothing is known of the screen after that."""
        lost = self._pending or data is None
        self._pending = False
        self._lean.forget(self._get_terminal_size())
        if data is not None:
            self._put(data)
        if lost:
            self._draw_all()

    def _draw_all(self) -> None:
        """Frames were lost: let the program draw everything."""
        self._app.call_later(self._app.refresh, layout=True)

    # -- the pace of the line

    def _wait(self) -> float:
        """Seconds the next frame has to wait, as far as is known; 0 where it has not."""
        self._take_answers()
        now = time.monotonic()
        if self._hold_until is not None and now < self._hold_until:
            return self._hold_until - now
        if self._pacer.trusted:
            return self._pacer.wait(now)
        queue = getattr(self._writer_thread, "_queue", None)
        return BUSY if queue is not None and queue.qsize() >= FULL_QUEUE else 0

    def _look_again(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = self._loop.call_later(seconds, self._go_on)

    def _go_on(self) -> None:
        """Send what had to wait, if it may now be sent."""
        self._take_answers()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._pending and self._running:
            self._send(None)

    def _take_answers(self) -> None:
        while self._answers_taken < self._answers:
            self._answers_taken += 1
            self._pacer.answered(time.monotonic())

    # -- in, from the thread that reads the terminal

    def _take_answer(self, column: int) -> None:
        """Keep the terminal's answers for the pace."""
        super()._take_answer(column)
        if self._widths_asked:
            self._widths_asked = False
            self._widths_answered(column)
        self._answers += 1
        with contextlib.suppress(RuntimeError):  # the program has ended
            self._loop.call_soon_threadsafe(self._go_on)

    def _widths_answered(self, column: int) -> None:
        """Note how far the cursor got over the ambiguous characters; anything else settles nothing."""
        cells, rest = divmod(column, len(AMBIGUOUS))
        if rest or cells not in {1, 2}:
            return
        self.ambiguous_cells = cells
        agrees = cells == ambiguous_cells()
        self._able(ambiguous_settled=agrees)
        self.send_message(AmbiguousAnswer(cells, agrees))

    def answered(self, sequence: str) -> None:
        """Note whether the terminal says that it has margins, for which Textual does not ask."""
        answer = _MARGINS_ANSWER.fullmatch(sequence)
        if answer is not None and answer[1] in _MARGINS_SETTABLE:
            self._able(margins=True)

    def _able(self, **what: bool) -> None:
        """Note what the terminal can do, by its own answer."""
        self._abilities = replace(self._abilities, **what)
        self._lean.abilities = self._abilities


def _shortened(writes: list[str]) -> str:
    """What Textual writes to prepare a terminal, shorter.

    Of equal writes the last one is kept: Textual asks for the mouse twice, since one terminal does not hear it early
    on. The mouse in the manner of urxvt is left out, which Textual does not read. Modes set in a row are set together.
    """
    kept = (data for number, data in enumerate(writes) if data not in writes[number + 1 :])
    return _MODES_IN_A_ROW.sub(_together, "".join(kept).replace(_URXVT_MOUSE, ""))


def _together(modes: re.Match[str]) -> str:
    return f"\x1b[?{';'.join(re.findall('[0-9]+', modes[0]))}h"
