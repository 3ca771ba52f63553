"""What prepares a terminal is sent once, and in few sequences."""

from __future__ import annotations

from tuibrowser.terminal.output.preparing import shortened


def test_the_mouse_is_asked_for_once() -> None:
    assert shortened(["a", "m", "b", "m"]) == "abm"


def test_modes_set_in_a_row_are_set_together_without_a_mouse_that_is_not_read() -> None:
    modes = ["\x1b[?2004h", "\x1b[?7l", "\x1b[?1000h", "\x1b[?1003h", "\x1b[?1015h", "\x1b[?1006h", "\x1b[?7$p"]
    assert shortened(modes) == "\x1b[?2004h\x1b[?7l\x1b[?1000;1003;1006h\x1b[?7$p"
