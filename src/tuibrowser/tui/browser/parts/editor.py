"""The reader's editor: its command line, the program's rest while it has the terminal, and what comes of it."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.host.system_errors import system_error
from tuibrowser.language.i18n import plain, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from tuibrowser.tui.browser.desk import Browser
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane

    Suspend = Callable[[], AbstractContextManager[None]]
    """Gives the terminal away while what it returns is entered."""

GOTO_EDITORS = {"code", "codium", "cursor", "subl", "zed"}
"""Editors that take FILE:LINE; all others know +LINE."""

_WRONG: Final = {str(said): said for said in (plain("No closing quotation"), plain("No escaped character"))}
"""What Python says of words that a shell could not divide."""


def editor_command(environment: Mapping[str, str], path: Path, line: int) -> list[str]:
    """The command that opens a file at a line, from $VISUAL or $EDITOR, else vi.

    Raises:
        ValueError: $VISUAL or $EDITOR cannot be divided into words.
    """
    try:
        words = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "vi") or ["vi"]
    except ValueError as error:
        raise ValueError(_WRONG.get(str(error), str(error))) from None
    name = Path(words[0]).name
    if name in GOTO_EDITORS:
        go_to = ["--wait", "--goto"] if name in {"code", "codium", "cursor"} else ["--wait"]
        return [*words, *go_to, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)]


def edit(suspend: Suspend, command: Sequence[str]) -> int:
    """Give the terminal to an editor until it ends; return its exit status, negative for a signal.

    Raises:
        ValueError: There is no such program.
        OSError: It could not be started; the program has the terminal again.
    """
    if shutil.which(command[0]) is None:
        raise ValueError(plain("there is no program {name}; VISUAL or EDITOR names another", name=command[0]))
    failure: OSError | None = None
    status = 0
    with suspend(), _interrupts_left_to_others():
        try:
            status = subprocess.run(command, check=False).returncode
        except OSError as error:  # an exception would keep Textual from taking the terminal back
            failure = error
    if failure is not None:
        raise failure
    return status


def edit_here(browser: Browser, pane: ReadingPane, suspend: Suspend, changed: Callable[[], None]) -> None:
    """Open the file shown in the reader's editor, at the line of the current paragraph; tell if it was changed."""
    if pane.document is None or pane.text is None:
        return
    path, line = pane.document.source.path, pane.text.source.line_of(pane.current_offset)
    try:
        before = path.stat().st_mtime_ns
        status = edit(suspend, editor_command(os.environ, path, line))
        was_changed = path.stat().st_mtime_ns != before
    except (OSError, ValueError) as error:
        reason = system_error(error)
        browser.say(tr("cannot open the file in an editor: {reason}", reason=reason), error=True)
        return
    if was_changed:
        changed()
    elif status:
        browser.say(tr("the editor ended with exit status {status}", status=status), error=True)


@contextlib.contextmanager
def _interrupts_left_to_others() -> Iterator[None]:
    """Let ctrl+c end what an editor does, and not this program, which is in the same job."""
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
