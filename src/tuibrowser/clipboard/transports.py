"""Transports: carry a passage along one route: to a program, as a sequence for the terminal, or into a file."""

from __future__ import annotations

import base64
import os
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.host.state_folder import make_private
from tuibrowser.host.system_errors import system_error
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

PROGRAM_SECONDS = 3.0
# GNU screen drops a string sequence above 768 bytes; 740 and the introducer of OSC 52 stay below it.
SCREEN_CHUNK = 740
FILE_NAME = "clipboard.txt"

_REASON_BYTES = 200


class UndeliveredError(Exception):
    """A route that did not deliver; the text says why, in one line."""


def run(command: tuple[str, ...], data: bytes, environment: Mapping[str, str], seconds: float = PROGRAM_SECONDS) -> str:
    """Feed `data` to a program and return what it printed, without waiting for what it leaves in the background.

    wl-copy and xclip stay behind to serve the clipboard with their streams open, in a session of their own so that a
    closing terminal does not end them: output goes to a file, for a pipe would be held open for ever. Raise
    UndeliveredError where the program cannot be started, fails, or takes longer than `seconds`.
    """
    name = Path(command[0]).name
    with _unnamed_file(name) as output, _unnamed_file(name) as complaint:
        try:
            done = subprocess.run(
                command,
                input=data,
                stdout=output,
                stderr=complaint,
                env=dict(environment),
                timeout=seconds,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UndeliveredError(
                plain("{program} did not end within {seconds:g} s", program=name, seconds=seconds)
            ) from None
        except (OSError, ValueError) as error:
            raise UndeliveredError(plain("{program}: {reason}", program=name, reason=system_error(error))) from None
        if done.returncode != 0:
            complaint.seek(0)
            reason = _first_line(complaint.read(_REASON_BYTES)) or plain("exit status {status}", status=done.returncode)
            raise UndeliveredError(plain("{program}: {reason}", program=name, reason=reason))
        output.seek(0)
        return output.read().decode(errors="replace")


def _unnamed_file(program: str) -> IO[bytes]:
    """A file without a name for what a program prints, in memory where the system has such files."""
    if hasattr(os, "memfd_create"):
        with suppress(OSError):
            return os.fdopen(os.memfd_create("tuibrowser"), "w+b")
    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise UndeliveredError(plain("{program}: {reason}", program=program, reason=system_error(error))) from None


def encoded(text: str, encoding: str) -> bytes:
    """The bytes a program reads: `encoding` is a codec of Python, or base64 for base64 of UTF-8."""
    if encoding == "base64":
        return base64.b64encode(text.encode())
    return text.encode(encoding)


def osc52(text: str) -> bytes:
    """The sequence that asks a terminal to put `text` on the clipboard of its machine."""
    return b"\x1b]52;c;" + base64.b64encode(text.encode()) + b"\x07"


def osc52_through_tmux(text: str) -> bytes:
    """The same sequence as it is, and wrapped for a tmux on the way: one passes it with set-clipboard, the other with
    allow-passthrough; with both, the clipboard is set to the same twice.
    """
    sequence = osc52(text)
    return sequence + b"\x1bPtmux;" + sequence.replace(b"\x1b", b"\x1b\x1b") + b"\x1b\\"


def screen_osc52(text: str) -> bytes:
    """The same sequence for the terminal outside GNU screen, in chunks that screen passes through."""
    payload = base64.b64encode(text.encode())
    chunks = (payload[start : start + SCREEN_CHUNK] for start in range(0, len(payload), SCREEN_CHUNK))
    return b"\x1bP\x1b]52;c;" + b"\x1b\\\x1bP".join(chunks) + b"\x07\x1b\\"


def write_file(text: str, folder: Path) -> Path:
    """Keep `text` in `folder`, for its owner's eyes, complete or not at all; raise OSError where that fails."""
    make_private(folder)
    descriptor, temporary = tempfile.mkstemp(prefix=f".{FILE_NAME}-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
        target = folder / FILE_NAME
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target


def _first_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return "".join(character for character in lines[0] if character.isprintable()) if lines else ""
