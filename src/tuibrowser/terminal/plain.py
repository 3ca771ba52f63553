"""Plain: Textual's driver for Linux, whose reading and ending bear what a terminal and a shell may do.

Textual's own ends the program at bytes that are no UTF-8, which a paste may hold, takes answers that it does not know
for keys, starts twice when it is continued twice, and leaves to the shell what the terminal has still to say.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import termios
import threading
import time
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual import constants, events
from textual._keyboard_protocol import MODIFIER_FUNCTIONAL_KEYS
from textual.drivers.linux_driver import LinuxDriver

from tuibrowser.terminal import jobs
from tuibrowser.terminal.input.reading import Reading
from tuibrowser.terminal.output.pacing import QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import App
    from textual.message import Message

SELECTED_EVERY = 0.1
READ_AT_ONCE = 4096
"""Seconds and bytes, as Textual has them."""

LAST_ANSWER = 2.0
"""Seconds to wait at the end for an answer that is under way, lest the shell reads it."""

FARTHEST = 6.0
"""Seconds to wait for it on the slowest line."""

NO_ANSWER = 0.5
"""Seconds to wait where the terminal has not answered anything as yet."""

_REPORTS_OFF = "\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l"
"""No reports of the mouse and the focus, no marks around a paste."""

_KEYS_OFF = "" if constants.DISABLE_KITTY_KEY else "\x1b[<u"
_LEAVE = "\x1b[?7h\x1b[?1049l\x1b[?25h"
_LOCKS = {"caps_lock", "num_lock", "scroll_lock"}


@runtime_checkable
class Owner(Protocol):
    """A program that wants to know when it has the terminal."""

    def terminal_taken(self, taken: bool) -> None:
        """The terminal is taken from now on, or given back."""


class PlainDriver(LinuxDriver):
    """A terminal that is sent what Textual draws."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._is_taken = False
        self._is_leaving = False
        self._asked: list[float] = []
        """When the questions were asked whose answers are outstanding."""
        self._slowest = 0.0
        """Seconds that the slowest answer took."""
        self._has_answered = False
        self._heard = threading.Event()
        self._raw: list[Any] | None = None
        """The modes of the terminal while it is taken."""

    def _get_terminal_size(self) -> tuple[int, int]:
        """The columns and rows of the terminal itself; what the environment says was true where it was exported."""
        with contextlib.suppress(OSError, ValueError):
            columns, rows = os.get_terminal_size(self._file.fileno() if self._file is not None else self.fileno)
            if columns and rows:
                return columns, rows
        return super()._get_terminal_size()

    # -- beginning and end

    def start_application_mode(self) -> None:
        """Take the terminal, once this job has it."""
        jobs.wait_for_terminal(self.fileno)
        self._tell(True)
        self._asked, self._is_leaving = [], False
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own
        self._is_taken = True
        with contextlib.suppress(termios.error):
            self._raw = termios.tcgetattr(self.fileno)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self.disable_input()
        if self.attrs_before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        self.write(_LEAVE)
        self.flush()

    def close(self) -> None:
        """Wait until all is written."""
        super().close()
        self._tell(False)

    def disable_input(self) -> None:
        """Ask for no more reports, hear what is still under way, then stop listening."""
        if not self._is_taken:
            return
        self._is_taken = False
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_in_band_window_resize()
        self.write(_REPORTS_OFF + _KEYS_OFF)
        self._hear_out()
        self.exit_event.set()
        if self._key_thread is not None:
            self._key_thread.join()
        self.exit_event.clear()
        with contextlib.suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def _tell(self, taken: bool) -> None:
        if isinstance(self._app, Owner):
            self._app.terminal_taken(taken)

    def _hear_out(self) -> None:
        """Wait for what the terminal sends before it answers one last question, lest the shell takes it for keys."""
        if not self.input_tty or (self._key_thread is not None and not self._key_thread.is_alive()):
            return
        self._is_leaving = True
        self._asked = [asked for asked in self._asked if time.monotonic() - asked < FARTHEST]
        self.write(self._ask())
        while self._asked and (left := self._last_moment() - time.monotonic()) > 0:
            self._heard.wait(left)
            self._heard.clear()

    def _last_moment(self) -> float:
        """When to give up waiting for the answers that are outstanding."""
        asked = self._asked
        first, last = (asked[0], asked[-1]) if asked else (0.0, 0.0)
        if self._has_answered:
            return last + min(max(LAST_ANSWER, 2 * self._slowest), FARTHEST)
        return max(first + LAST_ANSWER, last + NO_ANSWER)

    def _ask(self) -> str:
        """The question, to be written at once."""
        self._asked.append(time.monotonic())
        return QUESTION

    # -- stopping and going on

    def stop(self) -> bool:
        """Stop the job until it is continued with the terminal; return False, at once, where nobody could do that."""
        if not jobs.can_stop():
            return False
        self._pause(lambda: jobs.stop_job(signal.SIGTSTP))
        return True

    def _sigtstp_application(self, *_: object) -> None:
        """Another process asks this one to stop."""
        if not jobs.can_stop():
            return
        if self._is_taken:
            self._loop.call_soon_threadsafe(self._pause, lambda: jobs.stop_process(signal.SIGTSTP))
        else:
            jobs.stop_process(signal.SIGTSTP)

    def _sigcont_application(self, *_: object) -> None:
        """The process goes on, after whatever was done to the terminal meanwhile."""
        if self._is_taken:
            with contextlib.suppress(RuntimeError):  # the program has ended
                self._loop.call_soon_threadsafe(self._pause, lambda: None)

    def _pause(self, stop: Callable[[], None]) -> None:
        """Give the terminal back, stop, and take it again."""
        if not self._is_taken:
            return
        jobs.wait_for_terminal(self.fileno)
        if self._raw is not None:
            with contextlib.suppress(termios.error):  # a shell had it meanwhile
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._raw)
        self.suspend_application_mode()
        stop()
        self._must_signal_resume = True
        self.resume_application_mode()

    # -- in, from the thread that reads the terminal

    def run_input_thread(self) -> None:
        """Read keys and answers until the end."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        reading = Reading(self._debug, self.answered)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(SELECTED_EVERY):
                    try:
                        raw = os.read(self.fileno, READ_AT_ONCE)
                    except OSError:
                        raw = b""
                    if not raw:
                        break  # the terminal is gone: to ask it again and again would only heat the processor
                    self._process(reading.feed(decode(raw), time.monotonic()))
                self._process(reading.tick(time.monotonic()))

    def answered(self, sequence: str) -> None:
        """Take note of a control sequence that the terminal sent, before it is parsed."""

    def _process(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def process_message(self, message: Message) -> None:
        """Keep what is no input: answers to our questions, modifiers, and what comes while the terminal is left."""
        if isinstance(message, events.CursorPosition):
            self._take_answer(message.x)
        elif not self._is_leaving and not _is_modifier(message):
            super().process_message(message)

    def _take_answer(self, _: int) -> None:
        """Note that the terminal answered a question: in which column its cursor is, from 0."""
        self._has_answered = True
        if self._asked:
            self._slowest = max(self._slowest, time.monotonic() - self._asked.pop(0))
        self._heard.set()


def _is_modifier(message: Message) -> bool:
    """Whether a terminal tells of Shift, Ctrl and their like being pressed, which is no key by itself."""
    if not isinstance(message, events.Key):
        return False
    name = message.key.rpartition("+")[2]
    return name in MODIFIER_FUNCTIONAL_KEYS or name in _LOCKS
