"""Forking: commands run in forks of one process that has loaded the program, so that a test pays for no imports.

Each has streams, variables and a folder of its own, as a process that a shell starts. What Python takes from its
environment as it starts, the encoding of the streams above all, is that of UTF-8: what is about that starts a Python.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
import traceback
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOADED = (
    *(f"tuibrowser.cli.{name}" for name in ("run", "search", "outline", "show", "info", "index", "bookmarks")),
    *(f"tuibrowser.search.{name}" for name in ("engine", "opened", "index.refresh")),
    *("tuibrowser.hanzi.readings", "tuibrowser.corpus.files.discover", "numpy.ma"),
)
"""The modules that are loaded before the first command runs."""


class Forks:
    """The process that forks; it ends with this one."""

    def __init__(self) -> None:
        self._near, far = socket.socketpair()
        with far:
            command = (sys.executable, __file__, str(far.fileno()))
            process = subprocess.Popen(command, pass_fds=(far.fileno(),))
        atexit.register(self._end, process)

    def run(
        self,
        arguments: Sequence[str | Path],
        variables: Mapping[str, str],
        stdin: bytes = b"",
        folder: Path | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command with these variables alone and nothing but pipes; what it is given must fit into one."""
        words = [os.fspath(argument) for argument in arguments]
        ours, theirs = zip(*(reversed(os.pipe()) if number == 0 else os.pipe() for number in range(3)), strict=True)
        request = {"arguments": words, "variables": dict(variables), "folder": str(folder or Path.cwd())}
        socket.send_fds(self._near, [json.dumps(request).encode() + b"\n"], theirs)
        for each in theirs:
            os.close(each)
        os.write(ours[0], stdin)
        os.close(ours[0])
        printed: dict[int, bytes] = {}
        readers = [threading.Thread(target=lambda fd=fd: printed.update({fd: _all(fd)})) for fd in ours[1:]]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        status = int(self._near.recv(16))
        return subprocess.CompletedProcess(words, status, printed[ours[1]], printed[ours[2]])

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        self._near.close()
        process.wait()


@cache
def forks() -> Forks:
    """The one process that forks for all tests of this one."""
    return Forks()


def _all(descriptor: int) -> bytes:
    with open(descriptor, "rb") as file:
        return file.read()


def serve(far: socket.socket) -> None:
    """Fork for each request, and answer with the exit status; end when nobody asks any more."""
    import importlib

    for name in LOADED:
        importlib.import_module(name)
    while (asked := socket.recv_fds(far, 1 << 16, 3))[0]:
        line, streams = asked[:2]
        while not line.endswith(b"\n"):
            line += far.recv(1 << 16)
        request = json.loads(line)
        if (child := os.fork()) == 0:
            far.close()
            carry_out(request, streams)
        for each in streams:
            os.close(each)
        _, status = os.waitpid(child, 0)
        far.send(str(os.waitstatus_to_exitcode(status)).encode())


def carry_out(request: dict[str, Any], streams: list[int]) -> None:
    """Become a process of the program, and end with its exit status."""
    status = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(request["variables"])
        os.chdir(request["folder"])
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace", closefd=False)
        sys.argv[1:] = request["arguments"]
        from tuibrowser.__main__ import main

        status = main()
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as asked_here:
        serve(asked_here)
