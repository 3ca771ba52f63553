"""Driver: Textual's driver for Linux, sending differences at the pace of the line."""

from __future__ import annotations

import contextlib
import os
import re
import signal
from typing import TYPE_CHECKING, Any

from tuibrowser.terminal.asking.abilities import Abilities, abilities_of
from tuibrowser.terminal.asking.questions import MARGINS_QUESTION, Questions
from tuibrowser.terminal.cells.parse import draws_nothing
from tuibrowser.terminal.difference.frames import Frames
from tuibrowser.terminal.output.gate import Gate
from tuibrowser.terminal.output.line import Line
from tuibrowser.terminal.output.preparing import shortened
from tuibrowser.terminal.plain import PlainDriver

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App

SYNC_BEGIN, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"

SHORTEST_SYNCED = 512
"""Characters from which on a frame is sent as one synchronised update; a shorter one arrives in one piece anyway."""

_USUAL_POINTER = "\x1b]22;default\x07"
_POINTER = re.compile(r"\x1b\]22;[^\x07\x1b]*\x07")


class LeanDriver(PlainDriver):
    """A terminal that is sent only what changed on it."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._line = Line(self._file)
        self._file: Any = self._line
        self._questions = Questions(abilities_of(os.environ.get("TERM", "")) or Abilities())
        self._frames = Frames(self._get_terminal_size(), self._questions.abilities)
        self._gate = Gate(self._loop, self._queued, self._go_on)
        self._running = False
        self._synchronised = False
        self._pointer = _USUAL_POINTER
        self._prepared: list[str] | None = None
        """While the terminal is prepared: what Textual asks of it."""

    # -- beginning and end

    def start_application_mode(self) -> None:
        """Take the terminal, empty it, and ask what it can do."""
        self._line.start_anew()
        self._prepared = []
        super().start_application_mode()
        prepared, self._prepared = self._prepared, None
        self._put(shortened(prepared))
        self._start_anew()
        self._watch_size()
        self._put(self._frames.wipe(self._get_terminal_size()) + (self._first_questions() if self.input_tty else ""))
        self._running = True

    def _start_anew(self) -> None:
        """Nothing is known of what the terminal shows, and nothing is under way."""
        self._frames.start_anew(self._get_terminal_size(), self._questions.abilities)
        self._gate.start_anew()
        self._questions.start_anew()

    def _first_questions(self) -> str:
        margins = "" if os.environ.get("TERM_PROGRAM") == "Apple_Terminal" else MARGINS_QUESTION
        self._gate.ask()
        return margins + self._questions.ask_widths(self._ask())

    def _watch_size(self) -> None:
        """Note every change of the size: a terminal that grew and shrank again has lost what stood on it."""
        before = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            self._frames.resized()
            if callable(before):
                before(number, frame)

        signal.signal(signal.SIGWINCH, resized)

    def disable_input(self) -> None:
        """Compare no more, then stop listening."""
        self._running = False
        self._gate.stop()
        super().disable_input()

    # -- out

    def write(self, data: str) -> None:
        """Take what Textual writes: frames are compared, what draws nothing goes through, the rest is sent as it is."""
        if self._prepared is not None:
            self._prepared.append(data)
        elif not self._running or self._frames.has_failed:
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

    def _queued(self) -> int:
        """Count the writes that wait in Textual's thread."""
        queue = getattr(self._writer_thread, "_queue", None)
        return queue.qsize() if queue is not None else 0

    def redraw(self) -> None:
        """Empty the terminal, whatever is on it and in whatever state it is; the next frame is sent whole."""
        if self._running:
            self._put(self._frames.wipe(self._get_terminal_size()))

    def _pass(self, data: str) -> None:
        if _POINTER.fullmatch(data):
            if data == self._pointer:
                return
            self._pointer = data
        self._put(data)

    def _draw(self, data: str) -> None:
        if self._frames.take(data, self._get_terminal_size()):
            self._send(data)
        else:
            self._draw_plain(data)

    def _send(self, data: str | None) -> None:
        """Send the difference, if the line is ready for it, else once it is. `data` is the plain frame, if at hand."""
        wait = self._gate.wait()
        if wait:
            self._gate.look_again(wait)
        elif (changes := self._frames.changes()) is None:
            self._draw_plain(data)
        elif changes:
            self._transmit(changes)

    def _transmit(self, changes: str) -> None:
        question = self._ask() if self._gate.sent(len(changes.encode())) else ""
        if self._synchronised and len(changes) >= SHORTEST_SYNCED:
            changes = f"{SYNC_BEGIN}{changes}{SYNC_END}"
        self._put(changes + question)

    def _draw_plain(self, data: str | None) -> None:
        """Send the bytes as they are; nothing is known of the screen after that."""
        lost = self._frames.forget(self._get_terminal_size()) or data is None
        if data is not None:
            self._put(data)
        if lost:
            self._draw_all()

    def _draw_all(self) -> None:
        """Frames were lost: let the program draw everything."""
        self._app.call_later(self._app.refresh, layout=True)

    def _go_on(self) -> None:
        """Send what had to wait, if it may now be sent."""
        self._gate.take_answers()
        self._gate.stop()
        if self._frames.is_pending and self._running:
            self._send(None)

    # -- in, from the thread that reads the terminal

    def _take_answer(self, column: int) -> None:
        """Keep the terminal's answers for the pace."""
        super()._take_answer(column)
        answer = self._questions.cursor_at(column)
        if answer is not None:
            self._frames.set_abilities(self._questions.abilities)
            self.send_message(answer)
        self._gate.answered()
        with contextlib.suppress(RuntimeError):  # the program has ended
            self._loop.call_soon_threadsafe(self._go_on)

    def answered(self, sequence: str) -> None:
        """Take what the terminal says that it can do."""
        self._questions.answered(sequence)
        self._frames.set_abilities(self._questions.abilities)
