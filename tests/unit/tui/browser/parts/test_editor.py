from __future__ import annotations

from pathlib import Path

import pytest

from tuibrowser.tui.browser.parts.editor import editor_command

PATH = Path("/c/講話.txt")


def test_vi_and_its_kin_take_a_line_before_the_file() -> None:
    assert editor_command({}, PATH, 12) == ["vi", "+12", "/c/講話.txt"]
    assert editor_command({"EDITOR": "emacs -nw"}, PATH, 3) == ["emacs", "-nw", "+3", "/c/講話.txt"]


def test_visual_comes_before_editor() -> None:
    assert editor_command({"EDITOR": "nano", "VISUAL": "/usr/bin/vim"}, PATH, 1)[0] == "/usr/bin/vim"


def test_editors_with_windows_take_file_and_line_together() -> None:
    assert editor_command({"EDITOR": "code"}, PATH, 7) == ["code", "--wait", "--goto", "/c/講話.txt:7"]


def test_quotes_that_do_not_match_are_an_error() -> None:
    with pytest.raises(ValueError, match="quot"):
        editor_command({"EDITOR": 'vim "'}, PATH, 1)
