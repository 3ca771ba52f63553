"""Reading: the messages for Textual in what a terminal sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import _xterm_parser as xterm
from textual import events

from tuibrowser.terminal.input.tokens import ESC, Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.message import Message

    from tuibrowser.terminal.input.tokens import Token


class Reading:
    """Reads one terminal; `answered` is told of each whole control sequence."""

    def __init__(self, debug: bool, answered: Callable[[str], None]) -> None:
        self._tokens = Tokens()
        self._parser = xterm.XTermParser(debug)
        self._answered = answered

    def feed(self, data: str, now: float) -> Iterator[Message]:
        """Read what came."""
        return self._messages(self._tokens.feed(data, now))

    def tick(self, now: float) -> Iterator[Message]:
        """Read what nothing follows any more."""
        return self._messages(self._tokens.tick(now))

    def _messages(self, tokens: Iterable[Token]) -> Iterator[Message]:
        for token in tokens:
            match token:
                case ("typed", text):
                    yield from self._parser.feed(text)
                case ("with escape", key):
                    yield from self._with_escape(key)
                case ("pasted", text):
                    yield events.Paste(text.replace("\x00", ""))
                case ("sequence", text):
                    self._answered(text)
                    if self._is_known(text):
                        yield from self._parser.feed(text)

    def _with_escape(self, key: str) -> Iterator[Message]:
        """Esc and a key, which alt and the key send, too; some of these are keys of their own, as Esc and Tab."""
        known = list(self._parser._sequence_to_key_events(ESC + key)) if key else []
        if known and known[0].character is None:  # others are characters that only one terminal means
            yield from known
            return
        yield events.Key("escape", ESC)
        yield from self._parser.feed(key) if key else ()

    def _is_known(self, sequence: str) -> bool:
        """Whether the parser makes a message of a sequence; it takes others for keys."""
        if sequence in xterm.SPECIAL_SEQUENCES:
            return True
        if any(
            pattern.fullmatch(sequence)
            for pattern in (
                xterm._re_in_band_window_resize,
                xterm._re_cursor_position,
                xterm._re_mouse_event,
                xterm._re_terminal_mode_response,
            )
        ):
            return True
        try:
            return any(True for _ in self._parser._sequence_to_key_events(sequence))
        except (ValueError, OverflowError):
            return False  # a number that is no character
