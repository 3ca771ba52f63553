"""The Textual app: it composes the screen, cleans the keys, and leaves the terminal as it was."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import traceback
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import Input

from tuibrowser.host.environment import in_page
from tuibrowser.host.system_errors import system_error
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.reading.harmless import harmless
from tuibrowser.settings.commands import first_key
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.settings.config_file import read_config
from tuibrowser.settings.early import default_path
from tuibrowser.terminal import MODES, Redrawing, Stopping, driver_class, has_mouse, page_driver
from tuibrowser.tui.ambiguous import ADVICE, WIDE_CSS, draw_ambiguous, is_wide
from tuibrowser.tui.browser.desks import DESKS, all_commands, all_places
from tuibrowser.tui.browser.hint import following
from tuibrowser.tui.browser.screen import BrowserScreen
from tuibrowser.tui.garbage import Collecting
from tuibrowser.tui.keys.queue import InputQueue
from tuibrowser.tui.keys.sequences import Sequences
from tuibrowser.tui.keys.typed import apart, as_command, shown_key
from tuibrowser.tui.themes import OWN_THEMES, QUIET
from tuibrowser.tui.widgets.caret import REST, caret
from tuibrowser.tui.work.copied import copied
from tuibrowser.tui.work.memory import Memory, lost_words
from tuibrowser.tui.work.unanswered import or_said

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from textual.geometry import Offset
    from textual.message import Message
    from textual.screen import Screen

    from tuibrowser.clipboard.copy import Receipt
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.loading.ahead import Ahead
    from tuibrowser.host.guard import Guard
    from tuibrowser.terminal import Mode
    from tuibrowser.terminal.asking.answers import AmbiguousAnswer
    from tuibrowser.tui.browser.desk import Desk
    from tuibrowser.tui.dialogs.picker import Picker
    from tuibrowser.tui.start import StartRequest
    from tuibrowser.userdata.database import Lost

LOOK_SECONDS = 2.0
"""Time between two looks whether the terminal is still there, and whether the reader's hands are still."""

PAUSE_SECONDS = 3.0
"""Time without a key after which the next one is taken for the reader's return, if the terminal tells no focus."""

_INTERRUPTS = (signal.SIGINT, signal.SIGQUIT)
"""Signals that end the program unless another one has the terminal, which asyncio's own handlers could not tell."""

_LEAVING = ("quit", "leave")
"""The commands that leave the program where nothing is shown."""

SIGNAL_STATUS = 128
"""Added to a signal's number to make the exit status, as shells do."""


class BrowserApp(App[None]):
    """The program on the screen."""

    TITLE = "tuibrowser"
    BINDINGS: ClassVar = []
    ENABLE_COMMAND_PALETTE = False
    CSS = WIDE_CSS + "Input:nocolor > .input--cursor { text-style: reverse; }"

    def __init__(
        self,
        start: StartRequest,
        make_corpus: Callable[[], Corpus],
        config: ReadConfig = ReadConfig(Config()),  # noqa: B008
        memory: Memory | None = None,
        guard: Guard | None = None,
        desks: tuple[Desk, ...] = DESKS,
    ) -> None:
        """`memory` is what is kept for the reader; without one all is forgotten at the end.

        `guard` is told whether the program has the terminal.
        """
        self.desks = desks
        self.in_page = in_page(os.environ)
        self.commands = all_commands(desks, config.config.keymap, at_host=not self.in_page)
        """All commands, with the keys the reader has."""
        self.make_corpus = make_corpus
        self._browser: BrowserScreen | None = None
        self._guard = guard
        if not os.environ.get("NO_COLOR"):
            os.environ.pop("NO_COLOR", None)  # an empty one counts as none, but not to Textual
        super().__init__(
            driver_class=page_driver()
            if self.in_page
            else driver_class(_mode(start.lean or config.config.lean), os.environ),
            # Textual leaves no colour at all only where it takes the colours for the terminal's own; else grey ones.
            ansi_color=True if "NO_COLOR" in os.environ else None,
        )
        draw_ambiguous(config.config.ambiguous)
        self.set_class(is_wide(), "-wide-marks")
        self._memory = memory if memory is not None else Memory(None)
        for own in OWN_THEMES:
            self.register_theme(own)
        self.theme = config.config.theme
        self.set_keymap({name: ",".join(keys) for name, keys in config.config.keymap.items()})
        self._config = config
        self.animation_level = "none"
        self.keys_seen = 0
        self._pressed = 0.0
        """When the last key was pressed."""
        self._inputs = InputQueue(self, self._take, self._is_ready, self._is_waiting)
        self._sequences = Sequences({key for command in self.commands for key in command.keys})
        self._collecting = Collecting()
        self._start = start

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor is left after a frame."""
        return caret(self.focused) if self.screen_stack else REST

    @cursor_position.setter
    def cursor_position(self, _: Offset) -> None:
        """Textual's fields say it before they are laid out, and at the end of a text one cell too far."""

    def terminal_taken(self, taken: bool) -> None:
        """Let the guard know."""
        if self._guard is not None:
            self._guard.tell(taken)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What our styles ask of a theme beside what Textual's do."""
        return QUIET

    def get_default_screen(self) -> Screen[None]:
        """The browser is the first screen."""
        self._browser = BrowserScreen(self, self._start, self._config, self._memory)
        return self._browser

    def on_mount(self) -> None:
        """Take the signals that end a program, so that the terminal is put in order first."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._end, number)
        if not self.is_headless:
            for number in _INTERRUPTS:
                signal.signal(number, lambda given, _: loop.call_soon_threadsafe(self._end, given))
        self.app_resume_signal.subscribe(self, lambda _: self.redraw())
        if not self.is_headless:
            self.set_interval(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        self._end_without_terminal()
        self._collecting.look(self.keys_seen)

    def _end_without_terminal(self) -> None:
        """End where the terminal has gone without a word: nobody would ever end a program that nobody sees."""
        if not self.in_page and not os.isatty(0):
            self._end(signal.SIGHUP)

    def _end(self, number: int) -> None:
        self.exit(return_code=SIGNAL_STATUS + number)

    async def _dispatch_message(self, message: Message) -> None:
        """Take a message, such as a key that is bound; a server that does not answer is said, and ends nothing."""

        def say(words: str) -> None:
            if self._browser is not None:
                self._browser.say(words, error=True)

        await or_said(super()._dispatch_message(message), say)

    async def on_event(self, event: events.Event) -> None:
        """Take input as the program means it, one after another, before anything else sees it."""
        if isinstance(event, events.MouseEvent) and self._is_astray(event):
            return
        if self.in_page and isinstance(event, events.AppBlur):
            return  # Textual takes every page for left until it says otherwise, which is after the first key.
        if event.is_forwarded or not self._is_queued(event):
            await super().on_event(event)
        elif isinstance(event, events.Key):
            for key in apart(event):
                if self._is_leaving(key):
                    self.exit(return_code=0)
                    return
                self._inputs.put(key)
        else:
            self._inputs.put(event)

    def _is_astray(self, event: events.MouseEvent) -> bool:
        """Whether it is outside the screen, where Textual would take the focus away; a drag may go there."""
        return self.mouse_captured is None and not self.size.contains_point(event.screen_offset)

    def _is_queued(self, event: events.Event) -> bool:
        """Whether an event has its turn after others: the mouse is not held up where nothing waits before it."""
        if isinstance(event, events.MouseEvent):
            return not self._inputs.is_idle
        return isinstance(event, events.Key | events.Paste)

    def _is_leaving(self, key: events.Key) -> bool:
        """Whether a key asks to leave before there is anything else to leave, or to act on."""
        leaves = (each for command in self.commands if command.id in _LEAVING for each in command.keys)
        return not self._is_ready() and self._inputs.is_empty and as_command(key).key in leaves

    async def _take(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            await self._take_key(event)
        else:
            await super().on_event(event)

    def on_app_focus(self) -> None:
        """Look at the files: what changed them is most likely what the reader did elsewhere."""
        self._look_at_files()

    def _look_at_files(self) -> None:
        if self._browser is not None:
            self._browser.look_at_files()

    async def _take_key(self, key: events.Key) -> None:
        pressed, self._pressed = self._pressed, monotonic()
        if self._pressed - pressed > PAUSE_SECONDS:
            self._look_at_files()
        if not self.keys_seen:
            self._say_hint("")
        if isinstance(self.focused, Input):
            self._sequences.forget()
            self.keys_seen += 1
            await super().on_event(key)
            return
        if (whole := self._whole(as_command(key))) is not None:
            self.keys_seen += 1
            await super().on_event(whole)

    def _whole(self, key: events.Key) -> events.Key | None:
        """The key or the sequence that it ends; None while a sequence is not whole, which the status line shows."""
        was_pending = self._sequences.pending
        whole = self._sequences.take(key.key, self._bound_keys)
        if was_pending or self._sequences.pending:
            self._say_hint(following(self._sequences.pending, self.commands))
        if whole is None or whole == key.key:
            return key if whole is not None else None
        return events.Key(whole, None)

    def _bound_keys(self) -> Collection[str]:
        """The keys that mean something where the reader is."""
        return self.screen.active_bindings

    def on_key(self, event: events.Key) -> None:
        """Say so where a key means nothing."""
        if not isinstance(self.focused, Input) and event.key not in self._bound_keys():
            words = tr(
                "{key} means nothing here: {help} shows the keys",
                key=shown_key(event),
                help=first_key("help", self.commands),
            )
            self._say(words)

    def _say_hint(self, words: str) -> None:
        if self._browser is not None:
            self._browser.hint(words)

    def _is_ready(self) -> bool:
        """Whether there is a text, or a word on why there is none."""
        return self._browser is not None and self._browser.has_begun

    def _is_waiting(self) -> bool:
        """Whether a dialog is still opening, or something that the reader asked for on its way."""
        if isinstance(self.screen, ModalScreen) and self.focused is None:
            return True
        return self._browser is not None and self._browser.is_waiting

    def on_ambiguous_answer(self, answer: AmbiguousAnswer) -> None:
        """Say what to do where the terminal draws some characters wider than they are laid out."""
        if not answer.agrees:
            self._say(ADVICE[answer.cells])

    def on_unmount(self) -> None:
        """Take no more input."""
        self._inputs.stop()
        if not self.is_headless:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGQUIT, signal.SIG_DFL)

    def _fatal_error(self) -> None:
        """End after an unhandled exception with its traceback; Textual's own shows values, and so pieces of texts."""
        self._exit_renderables.append(Text(harmless(traceback.format_exc())))
        self._close_messages_no_wait()

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's own copying takes our route too."""
        self.copy_passage(lambda: text, "")

    def copy_passage(self, make: Callable[[], str], words: str) -> None:
        """Make a passage and send it to the clipboard, in a thread, since either may take its time; then say so."""

        def send() -> None:
            from tuibrowser.clipboard.copy import copy  # Not before the first frame.

            try:
                receipt = copy(make(), lambda data: self.call_from_thread(self._write, data))
            except Exception as error:  # A passage that cannot be made is no reason to end.
                self.call_from_thread(self._say, tr("not copied: {reason}", reason=system_error(error)), error=True)
            else:
                self.call_from_thread(self._say_copied, receipt, words)

        self.run_worker(send, thread=True, group="copy")

    def _write(self, data: str) -> None:
        if self._driver is not None:
            self._driver.write(data)
            self._driver.flush()

    def _say_copied(self, receipt: Receipt, words: str) -> None:
        message = copied(receipt, words, self.size.width)
        self._say(message, error=bool(receipt.characters) and not receipt.sent)

    def _say(self, message: str, *, error: bool = False) -> None:
        if self._browser is not None:
            self._browser.say(message, error=error)

    def show_help(self, place: str) -> None:
        """Show the keys, those of a place first."""
        from tuibrowser.tui.dialogs.text_dialog import TextDialog, help_lines  # Not before the first frame.

        self.push_screen(TextDialog(tr("Help"), help_lines(place, self.commands, all_places(self.desks))))

    def on_picker_help_wanted(self, message: Picker.HelpWanted) -> None:
        """Show the keys of a list to choose from."""
        self.show_help(message.place)

    def action_suspend_process(self) -> None:
        """Stop until a shell lets the program go on; say so where there is none that could."""
        if not isinstance(self._driver, Stopping):
            super().action_suspend_process()
        elif not self._driver.stop():
            self._say(tr("nobody could bring the program back: it was not started by a shell with jobs"))

    def redraw(self) -> None:
        """Clear the terminal and draw everything again."""
        if isinstance(self._driver, Redrawing):
            self._driver.redraw()
        else:
            self._write("\x1b[2J\x1b[H")
        self.refresh(layout=True)


def _mode(wanted: str) -> Mode:
    """Whether something is done for the terminal, as the driver's room says it."""
    return next(mode for mode in MODES if mode == wanted)


def run(start: StartRequest, ahead: Ahead | None = None, guard: Guard | None = None) -> int:
    """Run the program; return its exit status.

    `ahead` has its first document, if it is being read already; `guard` looks after the terminal.
    """
    from tuibrowser.host.environment import problem
    from tuibrowser.tui.work.memory import state_path

    is_shown_here = not in_page(os.environ)
    if is_shown_here and not os.isatty(0):
        _take_keys_from_terminal()
    reason = problem(os.environ, sys.stdout.isatty(), os.isatty(0))
    if reason is not None:
        print(f"tuibrowser: {shown(reason)}", file=sys.stderr)
        return 2
    if is_shown_here and not sys.stderr.isatty():
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]  # Textual draws there; a log is no screen.
    config = read_config(default_path())
    memory = Memory(state_path())
    app = BrowserApp(start, lambda: find_corpus(start, ahead, memory), config, memory, guard)
    app.run(mouse=has_mouse(_mode(start.mouse or config.config.mouse), os.environ))
    if ahead is not None:
        ahead.give_up()
    lost = memory.close()
    if lost is not None:
        _tell_lost(lost)
    _let_go_of_lost_terminal()
    return app.return_code or (2 if lost is not None and lost.names else 0)


def _tell_lost(lost: Lost) -> None:
    """Say on standard error what could not be kept."""
    print(f"tuibrowser: {shown(lost_words(lost))}", file=sys.stderr)


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
    """Put the terminal in the place of a standard input that is none: a text, or nothing, as xargs has it."""
    with contextlib.suppress(OSError):
        terminal = os.open("/dev/tty", os.O_RDWR)
        os.dup2(terminal, 0)
        os.close(terminal)


def find_corpus(start: StartRequest, ahead: Ahead | None = None, memory: Memory | None = None) -> Corpus:
    """Find the files of the corpus that was asked for; without a path the last one's, or the seeds."""
    from tuibrowser.corpus.containers.within import is_there
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.errors import CorpusError
    from tuibrowser.corpus.files.seeds import seeds_path
    from tuibrowser.search.index.places import kept_listing
    from tuibrowser.search.machines.finding import find_served

    paths, encoding = [Path(path) for path in start.paths], start.encoding
    if not paths and memory is not None and (last := memory.last_corpus()) is not None:
        paths, encoding = [path for path in map(Path, last.paths) if is_there(str(path))], last.encoding
    paths = paths or [seeds_path()]
    if not start.piped and (served := find_served([str(path) for path in paths], encoding)) is not None:
        return served
    if in_page(os.environ):
        raise CorpusError(plain("the server does not answer"))  # An index for each page is more than a machine holds.
    if ahead is not None:
        return ahead.corpus(paths, encoding)
    return Corpus.discover(paths, encoding=encoding, piped=start.piped, keeper=kept_listing)
