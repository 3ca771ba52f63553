"""The Textual app: it composes the screen, cleans the keys, and leaves the terminal as it was."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.widgets import Input

from tuibrowser.clipboard.copy import copy
from tuibrowser.terminal import MODES, Redrawing, driver_class
from tuibrowser.tui.keys import apart, as_command
from tuibrowser.tui.screens.browser import BrowserScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.screen import Screen

    from tuibrowser.clipboard.copy import Receipt
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.start import StartRequest
    from tuibrowser.terminal import Mode

SIGNAL_STATUS = 128
"""Added to a signal's number to make the exit status, as shells do."""


class BrowserApp(App[None]):
    """The program on the screen."""

    TITLE = "tuibrowser"
    BINDINGS: ClassVar = []
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, start: StartRequest, make_corpus: Callable[[], Corpus]) -> None:
        super().__init__(driver_class=driver_class(_lean(os.environ), os.environ))
        self.theme = "ansi-dark"
        self.animation_level = "none"
        self.keys_seen = 0
        self._start = start
        self._make_corpus = make_corpus

    def get_default_screen(self) -> Screen[None]:
        """The browser is the first screen."""
        return BrowserScreen(self._start, self._make_corpus)

    def on_mount(self) -> None:
        """Take the signals that end a program, so that the terminal is put in order first."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._end, number)
        self.app_resume_signal.subscribe(self, lambda _: self.redraw())

    def _end(self, number: int) -> None:
        self.exit(return_code=SIGNAL_STATUS + number)

    async def on_event(self, event: events.Event) -> None:
        """Take keys as the program means them before anything else sees them."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        for key in apart(event):
            self.keys_seen += 1
            await super().on_event(key if isinstance(self.focused, Input) else as_command(key))

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's own copying takes our route too."""
        self.copy_passage(text, "")

    def copy_passage(self, text: str, words: str) -> None:
        """Send a passage to the clipboard in a thread, since a clipboard tool may take its time; then say so."""

        def send() -> None:
            receipt = copy(text, lambda data: self.call_from_thread(self._write, data))
            self.call_from_thread(self._say_copied, receipt, words)

        self.run_worker(send, thread=True, group="copy")

    def _write(self, data: str) -> None:
        if self._driver is not None:
            self._driver.write(data)
            self._driver.flush()

    def _say_copied(self, receipt: Receipt, words: str) -> None:
        shown = f", as shown: {words}" if words and receipt.characters else ""
        hint = f" ({receipt.hint})" if receipt.hint else ""
        for screen in self.screen_stack:
            if isinstance(screen, BrowserScreen):
                screen.say(f"{receipt.message}{shown}{hint}", error=bool(receipt.characters) and not receipt.sent)

    def redraw(self) -> None:
        """Clear the terminal and draw everything again."""
        if isinstance(self._driver, Redrawing):
            self._driver.redraw()
        else:
            self._write("\x1b[2J\x1b[H")
        self.refresh(layout=True)


def _lean(environment: Mapping[str, str]) -> Mode:
    """Whether only what changed is sent to the terminal: TUIBROWSER_LEAN, `auto` where it says nothing known."""
    wanted = environment.get("TUIBROWSER_LEAN", "")
    return next((mode for mode in MODES if mode == wanted), "auto")


def run(start: StartRequest) -> int:
    """Run the program; return its exit status."""
    from tuibrowser.environment import problem

    if start.stdin is not None:
        _take_keys_from_terminal()
    reason = problem(os.environ, sys.stdout.isatty(), os.isatty(0))
    if reason is not None:
        print(f"tuibrowser: {reason}", file=sys.stderr)
        return 2
    if not sys.stderr.isatty():
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]  # Textual draws there; a log is no screen.
    app = BrowserApp(start, lambda: find_corpus(start))
    app.run()
    _let_go_of_lost_terminal()
    return app.return_code or 0


def _let_go_of_lost_terminal() -> None:
    """Where the terminal is gone, send what is still to be written nowhere: the exit status tells the reason."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _take_keys_from_terminal() -> None:
    """Put the terminal in the place of a standard input that was read to its end."""
    with contextlib.suppress(OSError):
        terminal = os.open("/dev/tty", os.O_RDWR)
        os.dup2(terminal, 0)
        os.close(terminal)


def find_corpus(start: StartRequest) -> Corpus:
    """Find the files of the corpus that was asked for; the seeds without a path."""
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.seeds import seeds_path

    paths = [Path(path) for path in start.paths] or [seeds_path()]
    return Corpus.discover(paths, encoding=start.encoding, standard_input=start.stdin)
