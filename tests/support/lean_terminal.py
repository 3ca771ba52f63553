"""Lean terminal: the lean driver writing to a model of a terminal, beside one that gets the plain bytes."""

from __future__ import annotations

import signal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest import mock

from support.vt import Vt, differences
from tuibrowser.terminal.asking.abilities import Abilities
from tuibrowser.terminal.driver import LeanDriver

if TYPE_CHECKING:
    from collections.abc import Callable

REDRAW = "\x1b[2J\x1b[H"


class Writer:
    """Stands where Textual's thread that writes to the terminal stands."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def write(self, data: str) -> None:
        self.sent.append(data)

    def stop(self) -> None:
        """There is no thread."""


class FakeLoop:
    """Timers that a test lets ring."""

    def __init__(self) -> None:
        self.timers: list[tuple[float, Callable[[], None]]] = []

    def call_later(self, seconds: float, call: Callable[[], None]) -> Any:
        self.timers.append((seconds, call))
        return SimpleNamespace(cancel=lambda: None)

    def call_soon_threadsafe(self, call: Callable[[], None]) -> None:
        call()


class SilentDriver(LeanDriver):
    """The lean driver at a terminal whose size the test sets; what it sends is kept."""

    def __init__(self, size: tuple[int, int], abilities: Abilities | None = None) -> None:
        self.terminal_size = size
        self.calls: list[tuple[Any, ...]] = []
        self.messages: list[Any] = []
        app = SimpleNamespace(call_later=lambda *call, **_: self.calls.append(call), refresh=lambda: None)
        handlers = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGCONT)}
        self.loop = FakeLoop()
        self.writer = Writer()
        with mock.patch("asyncio.get_running_loop", return_value=self.loop):
            super().__init__(app)  # type: ignore[arg-type]
        for number, handler in handlers.items():
            signal.signal(number, handler)  # a test has no terminal to give back
        self._writer_thread = self.writer  # type: ignore[assignment]
        self._line.give()  # so that everything goes to the writer
        self._questions.abilities = abilities or Abilities(colour_erase=True)
        self._start_anew()
        self._running = True
        self.writer.write(self._frames.wipe(size))

    def _get_terminal_size(self) -> tuple[int, int]:
        return self.terminal_size

    def send_message(self, message: Any) -> None:
        self.messages.append(message)

    def resize(self, size: tuple[int, int]) -> None:
        """As SIGWINCH tells it."""
        self.terminal_size = size
        self._frames.resized()

    def taken(self) -> str:
        """What was sent since the last look."""
        sent = "".join(self.writer.sent)
        self.writer.sent.clear()
        return sent


class Comparison:
    """Two terminals, one with the plain and one with the lean driver, and the bytes sent to each."""

    def __init__(
        self,
        size: tuple[int, int],
        abilities: Abilities | None = None,
        plain: Vt | None = None,
        lean: Vt | None = None,
    ) -> None:
        """The terminals are ones that draw what Textual thinks they do, if no others are given."""
        self.plain, self.lean = plain or Vt(*size), lean or Vt(*size)
        self.driver = SilentDriver(size, abilities)
        self.size = size
        self.plain_bytes = self.lean_bytes = 0
        self.cells = 0
        self.lean.feed(self.driver.taken())

    def feed(self, data: str, size: tuple[int, int]) -> tuple[str, list[Any]]:
        """Let both drivers write; return what the lean one sent and where the terminals differ then."""
        if size != self.size:
            self.plain.resize(*size)
        self.plain.feed(data)
        return self.follow(data, size)

    def follow(self, data: str, size: tuple[int, int]) -> tuple[str, list[Any]]:
        """Let the lean driver write alone; the plain terminal is shared, and another comparison has fed it."""
        if size != self.size:
            self.size = size
            self.lean.resize(*size)
            self.driver.resize(size)
        if data == REDRAW:
            self.driver.redraw()
        else:
            self.driver.write(data)
        sent = self.driver.taken()
        self.lean.feed(sent)
        self.plain_bytes += len(data.encode())
        self.lean_bytes += len(sent.encode())
        self.cells += size[0] * size[1]
        return sent, differences(self.plain, self.lean)
