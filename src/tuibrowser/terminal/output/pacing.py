"""Pacing: when the next frame may be sent, by what the terminal has answered to earlier ones.

A question that every terminal answers (DSR 6, the place of its cursor) follows what was sent; the answer shows that all
before it has arrived. A line is never given more than a window of unanswered bytes, so that what is shown is never
older than the line is slow; frames that come meanwhile are one difference when their turn comes.
"""

from __future__ import annotations

from collections import deque

QUESTION = "\x1b[6n"

WINDOW = 4096
"""Bytes that may be under way: 40 ms at 100 KB/s. A longer frame is sent when nothing else is."""

ASKED_EVERY = 1024
"""Bytes after which a question is asked."""

PATIENCE = 2.0
"""Seconds after which an answer counts as lost, unless the line has been slower than that."""

MOST_PATIENCE = 16.0


class Pacer:
    """The account of one line. All times are seconds of one clock."""

    def __init__(self) -> None:
        self._sent = 0
        self._arrived = 0
        self._unasked = 0
        self._questions: deque[tuple[int, float]] = deque()
        self._patience = PATIENCE
        self.trusted = False
        """Whether the terminal has ever answered."""

    def ask(self, now: float) -> str:
        """The question, to be sent at once."""
        self._questions.append((self._sent, now))
        self._unasked = 0
        return QUESTION

    def sent(self, count: int, now: float) -> str:
        """Note so many bytes; return the question to send after them, or nothing."""
        self._sent += count
        self._unasked += count
        return self.ask(now) if self.trusted and self._unasked >= ASKED_EVERY else ""

    def answered(self, now: float) -> None:
        """Note an answer; one that was not asked for, or came too late, counts for nothing."""
        if not self._questions:
            return
        self.trusted = True
        self._arrived, asked = self._questions.popleft()
        self._patience = min(max(PATIENCE, 4 * (now - asked)), MOST_PATIENCE)

    def wait(self, now: float) -> float:
        """Seconds after which to ask again whether a frame may be sent; 0 if it may be now."""
        if not self.trusted or not self._questions or self._sent - self._arrived < WINDOW:
            return 0
        left = self._questions[0][1] + self._patience - now
        if left > 0:
            return left
        self._give_up()
        return 0

    def _give_up(self) -> None:
        """The answers were lost: start anew, and be more patient."""
        self._questions.clear()
        self._arrived = self._sent
        self._patience = min(2 * self._patience, MOST_PATIENCE)
