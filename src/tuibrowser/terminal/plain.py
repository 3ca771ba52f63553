"""Plain: Textual's driver for Linux, whose reading bears what a terminal may send.

Textual's own ends the program at bytes that are no UTF-8, which a paste may hold, and asks a terminal that has gone
again and again.
"""

from __future__ import annotations

import contextlib
import os
import selectors
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.message import Message

SELECTED_EVERY = 0.1
READ_AT_ONCE = 4096
"""Seconds and bytes, as Textual has them."""


class PlainDriver(LinuxDriver):
    """A terminal that is sent what Textual draws."""

    def run_input_thread(self) -> None:
        """Read keys and answers until the end."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(SELECTED_EVERY):
                    raw = os.read(self.fileno, READ_AT_ONCE)
                    if not raw:
                        break  # the terminal is gone: to ask it again and again would only heat the processor
                    data = decode(raw)
                    self.heard(data)
                    self._process(parser.feed(data) if data else ())
                self._process(parser.tick())
        with contextlib.suppress(EOFError, ParseError):
            self._process(parser.feed(""))

    def heard(self, data: str) -> None:
        """Take note of what the terminal sent, before it is parsed."""

    def _process(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)
