"""Tokens: what a terminal sends, cut into keys, whole sequences and pastes.

Textual's parser waits a tenth of a second for the rest of a sequence, then takes what it has for keys; so it does with
every answer that it does not know, such as one that was meant for another program. Here a sequence is whole or nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ESC = "\x1b"

ESCAPE_SECONDS = 0.1
"""Seconds after which Esc is a key, and no beginning of a sequence."""

SEQUENCE_SECONDS = 1.5
"""Seconds after which the rest of a sequence does not come any more."""

PASTE_SECONDS = 0.5
"""Seconds of silence after which a paste counts as ended without its end."""

LONGEST_KEY = 8
"""Characters that come together when a key is pressed; more are pasted."""

_PASTE_BEGIN, _PASTE_END = "\x1b[200~", "\x1b[201~"

_WHOLE = re.compile(
    r"\x1b(?:"
    r"\[\[."  # function keys of the Linux console
    r"|\[M..."  # the mouse, as X10 has it
    r"|\[(?![\[M])[0-?]*[ -/]*[@-~]"  # CSI
    r"|O[0-9;]*[A-Za-z]"  # SS3
    r"|\]\d+;[^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC: colours, the clipboard
    r"|P(?:[>!]\||[01][$+]r)[^\x1b]*\x1b\\"  # DCS: versions, settings
    r"|_G[^\x1b]*\x1b\\"  # APC: pictures
    r")",
    re.DOTALL,
)
_BEGUN = re.compile(
    r"\x1b(?:\[[0-?]+[ -/]*|\[M.{0,2}|\[\[|O[0-9;]+"
    r"|\]\d+;[^\x07\x1b]*\x1b?|P(?:[>!]\||[01][$+]r)[^\x1b]*\x1b?|_G[^\x1b]*\x1b?)",
    re.DOTALL,
)
"""What only a sequence begins with."""

_PERHAPS_BEGUN = re.compile(r"\x1b(?:\[|O|\]\d*|P(?:[>!]|[01][$+]?)?|_)?")
"""What a sequence begins with, and what Esc and keys right after it send, too."""


class Token(NamedTuple):
    """A piece of what a terminal sent: its kind, and its text or the key that came together with Esc, if any."""

    kind: Literal["typed", "with escape", "sequence", "pasted"]
    """Characters as keys send them; Esc; a whole control sequence; text from a clipboard, with whatever characters."""
    text: str


class Tokens:
    """Cuts what comes; keeps what is not whole. All times are seconds of one clock."""

    def __init__(self) -> None:
        self._held = ""
        """What is no token yet."""
        self._pasted: list[str] | None = None
        """The paste so far, None outside one."""
        self._is_interrupted = False
        """Whether a paste counts as ended whose end has not come: the line may only have been slow."""
        self._since = 0.0

    def feed(self, data: str, now: float) -> Iterator[Token]:
        """Take what came; give out what is whole."""
        self._since = now
        if self._is_interrupted:
            self._take_up(data)
        self._held += data
        while self._held:
            token = self._next() if self._pasted is None else self._next_paste(self._pasted)
            if token is None:
                return
            if token != Token("typed", ""):
                yield token

    def tick(self, now: float) -> Iterator[Token]:
        """Give out, or give up, what was waited for long enough; to be called now and then."""
        silent = now - self._since
        if self._pasted is not None:
            if silent >= PASTE_SECONDS:
                self._is_interrupted = True
                yield self._end_paste(self._pasted, self._held, "")
        elif self._held and _BEGUN.fullmatch(self._held):
            if silent >= SEQUENCE_SECONDS:
                self._held = ""
        elif self._held and silent >= ESCAPE_SECONDS:
            key, rest, self._held = self._held[1:2], self._held[2:], ""
            yield Token("with escape", key)
            if rest:
                yield Token("typed", rest)

    def _next(self) -> Token | None:
        """The next token outside a paste, None where its rest has not come."""
        before, escape, rest = self._held.partition(ESC)
        if before:
            self._held = escape + rest
            return Token("typed", before)
        if (whole := _WHOLE.match(self._held)) is not None:
            self._held = self._held[whole.end() :]
            return self._sequence(whole[0])
        if _PERHAPS_BEGUN.fullmatch(self._held) or _BEGUN.fullmatch(self._held):
            return None
        key = "" if rest.startswith(ESC) else rest[:1]
        self._held = self._held[1 + len(key) :]
        return Token("with escape", key)

    def _sequence(self, text: str) -> Token:
        if text == _PASTE_BEGIN:
            self._pasted = []
        elif text != _PASTE_END:
            return Token("sequence", text)
        return Token("typed", "")

    def _next_paste(self, pasted: list[str]) -> Token | None:
        """The paste, None where its end has not come."""
        text, end, rest = self._held.partition(_PASTE_END)
        if end:
            return self._end_paste(pasted, text, rest)
        kept = len(_PASTE_END) - 1  # of which the end may be a part
        pasted.append(self._held[:-kept])
        self._held = self._held[-kept:]
        return None

    def _end_paste(self, pasted: list[str], text: str, rest: str) -> Token:
        self._pasted, self._held = None, rest
        return Token("pasted", "".join(pasted) + text)

    def _take_up(self, data: str) -> None:
        """Go on with a paste where more of it has come, or its end; a key ends it for good."""
        if _PASTE_END in data or (len(data) > LONGEST_KEY and not data.startswith(ESC)):
            self._pasted = []
            self._is_interrupted = False
        elif not data.startswith(ESC):
            self._is_interrupted = False
