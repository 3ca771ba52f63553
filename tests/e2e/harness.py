"""Harness: real terminals to run programs in: a pty that is watched, a private tmux, a private sshd."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import getpass
import os
import pty
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyte
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

APP = (sys.executable, "-m", "tuibrowser")
COPY_ONCE = (sys.executable, str(Path(__file__).with_name("copy_once.py")))
SECONDS = 120.0
"""Seconds after which what is waited for will not come, on a busy machine either."""

ENTER_ALTERNATE, LEAVE_ALTERNATE = b"\x1b[?1049h", b"\x1b[?1049l"
HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"

_OSC52 = re.compile(rb"\x1b\]52;[a-z0-9]*;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)")
_QUESTION, _ANSWER = b"\x1b[6n", b"\x1b[1;1R"
# Questions to the terminal that pyte takes for text.
_QUERY = re.compile(rb"\x1b\[\??[0-9;]*\$p|\x1b\[[>=<][0-9;]*[a-zA-Z]|\x1b_[^\x1b]*\x1b\\|\x1bP[^\x1b]*\x1b\\")


def environment(home: Path, **more: str) -> dict[str, str]:
    """The variables of a fresh user at a plain terminal: nothing of who runs the tests but the path to programs."""
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "LANGUAGE": "en",
        "TERM": "xterm-256color",
        "SHELL": "/bin/sh",
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home),
        **more,
    }


def need(*programs: str) -> None:
    """Skip the test where one of these programs is not installed."""
    for program in programs:
        if not find(program):
            pytest.skip(f"{program} is not installed")


def find(program: str) -> str | None:
    """Where a program is; sshd is not on everybody's path."""
    return shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin:/usr/local/sbin")


def until(
    condition: Callable[[], bool],
    what: Callable[[], str],
    seconds: float = SECONDS,
    hopeless: Callable[[], bool] = lambda: False,
) -> None:
    """Wait for a condition; fail with `what` there was instead when time is up or waiting is `hopeless`."""
    end = time.monotonic() + seconds
    while not condition():
        lost = hopeless()
        # What came last may have come between the two questions.
        if (lost or time.monotonic() > end) and not condition():
            pytest.fail(what())
        time.sleep(0.03)


class Terminal:
    """A program in a pty of its own, and everything it wrote there."""

    def __init__(
        self,
        command: Sequence[str],
        variables: Mapping[str, str],
        size: tuple[int, int] = (120, 40),
        distance: float | None = 0.0,
    ) -> None:
        """Start `command`; `size` is columns and rows.

        What the program asks after the cursor is answered after `distance` seconds, never where that is None.
        """
        self.size = size
        self._distance = distance
        self._answers: list[tuple[float, bytes]] = []
        self._received = bytearray()
        self._last = time.monotonic()
        self._closed = False
        self._lock = threading.Lock()
        self._master, slave = pty.openpty()
        self._resize_to(size)
        self.process = subprocess.Popen(
            command,
            env=dict(variables),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._close()

    @property
    def received(self) -> bytes:
        """All bytes so far."""
        with self._lock:
            return bytes(self._received)

    @property
    def clipboards(self) -> list[str]:
        """What the program asked the terminal to put on its clipboard, by OSC 52, in order."""
        return [base64.b64decode(payload).decode() for payload in _OSC52.findall(self.received)]

    @property
    def display(self) -> str:
        """What stands on the screen."""
        return _display(self.received, self.size)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def send_bytes(self, sent: bytes) -> None:
        """Type what is perhaps no text."""
        os.write(self._master, sent)

    def resize(self, size: tuple[int, int]) -> None:
        """Change columns and rows."""
        self.size = size
        self._resize_to(size)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Lose the connection: the terminal is gone, and the kernel sends SIGHUP."""
        self._close()

    def quiet_for(self) -> float:
        """Seconds since the program last wrote."""
        with self._lock:
            return time.monotonic() - self._last

    def wait_for(self, text: str, seconds: float = SECONDS) -> None:
        """Until `text` stands on the screen."""
        until(
            lambda: text in self.display,
            lambda: f"no {text!r} on the screen:\n{self.display}",
            seconds,
            hopeless=self._over,
        )

    def wait_for_clipboard(self, text: str, seconds: float = SECONDS) -> None:
        """Until the terminal was asked to put exactly `text` on its clipboard."""
        until(
            lambda: text in self.clipboards,
            lambda: f"clipboards of {[len(sent) for sent in self.clipboards]} characters; screen:\n{self.display}",
            seconds,
            hopeless=self._over,
        )

    def wait_for_clipboards(self, count: int, seconds: float = SECONDS) -> None:
        """Until the terminal was asked that many times to put something on its clipboard."""
        until(
            lambda: len(self.clipboards) >= count,
            lambda: f"{len(self.clipboards)} clipboards, not {count}; screen:\n{self.display}",
            seconds,
            hopeless=self._over,
        )

    def wait(self, seconds: float = SECONDS) -> int:
        """The exit status, negative for a signal, after everything was read."""
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            pytest.fail(f"the program does not end; screen:\n{self.display}")
        self._reader.join(2)
        return status

    def _read(self) -> None:
        ready = select.poll()
        ready.register(self._master, select.POLLIN)
        while not self._closed:
            self._answer()
            if not ready.poll(20):
                continue
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            with self._lock:
                self._received += data
                self._last = time.monotonic()
            if self._distance is not None:
                self._answers += [(self._last + self._distance, _ANSWER)] * data.count(_QUESTION)

    def _answer(self) -> None:
        """Send the answers that have arrived."""
        while self._answers and self._answers[0][0] <= time.monotonic():
            with contextlib.suppress(OSError):
                os.write(self._master, self._answers.pop(0)[1])

    def _over(self) -> bool:
        return self.process.poll() is not None and not self._reader.is_alive()

    def _close(self) -> None:
        if not self._closed:
            self._closed = True
            self._reader.join()
            os.close(self._master)

    def _resize_to(self, size: tuple[int, int]) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))


@lru_cache(maxsize=1)
def _display(received: bytes, size: tuple[int, int]) -> str:
    """What stands on the screen after some bytes; whoever waits asks again before more have come."""
    screen = pyte.Screen(*size)
    pyte.ByteStream(screen).feed(_QUERY.sub(b"", _OSC52.sub(b"", received)))
    # pyte's own display fails where a wide character was cut; the cells themselves are there.
    rows = ([screen.buffer[row][column].data for column in range(screen.columns)] for row in range(screen.lines))
    return "\n".join("".join(row).rstrip() for row in rows)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Tmux:
    """A tmux server of its own, with tmux's default settings, and one session of one pane."""

    def __init__(self, variables: Mapping[str, str], size: tuple[int, int] = (120, 40)) -> None:
        """Start it with a shell that shows `$ `; `size` is columns and rows."""
        need("tmux")
        # The path of a socket may not be long, and that of pytest's folders is.
        self._folder = tempfile.mkdtemp(prefix="tmux")
        self.variables = {**variables, "TMUX_TMPDIR": self._folder, "PS1": "$ ", "ENV": ""}
        columns, rows = map(str, size)
        self.run("new-session", "-d", "-s", "main", "-x", columns, "-y", rows, "bash --norc --noprofile")
        self.wait_for("$")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.run("kill-server", check=False)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def client(self) -> tuple[str, ...]:
        """The command line every client of this server begins with."""
        return ("tmux", "-L", "private", "-f", "/dev/null")

    def run(self, *arguments: str, check: bool = True) -> str:
        """A command of tmux, and what it printed."""
        done = subprocess.run(
            (*self.client, *arguments), env=self.variables, capture_output=True, text=True, check=False, timeout=SECONDS
        )
        if check and done.returncode:
            pytest.fail(f"tmux {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    @property
    def display(self) -> str:
        """What stands in the pane."""
        return self.run("capture-pane", "-p", "-t", "main")

    @property
    def buffer(self) -> str:
        """The newest paste buffer, empty where there is none."""
        return self.run("show-buffer", check=False)

    def send(self, *keys: str) -> None:
        """Press keys by tmux's names for them."""
        self.run("send-keys", "-t", "main", *keys)

    def type(self, text: str) -> None:
        """Type text as it is."""
        self.run("send-keys", "-t", "main", "-l", text)

    def wait_for(self, text: str, seconds: float = SECONDS) -> None:
        """Until `text` stands in the pane."""
        until(lambda: text in self.display, lambda: f"no {text!r} in the pane:\n{self.display}", seconds)

    def attach(self) -> Terminal:
        """A terminal outside that shows the session."""
        terminal = Terminal((*self.client, "attach", "-t", "main"), {**self.variables, "TERM": "xterm-256color"})
        until(lambda: bool(self.run("list-clients")), lambda: f"nobody attaches: {terminal.display}")
        return terminal


class Sshd:
    """An sshd of its own on a port of 127.0.0.1, that lets in whoever runs the tests, by a key made for it."""

    def __init__(self, folder: Path) -> None:
        """Make keys in `folder` and listen."""
        need("ssh", "sshd", "ssh-keygen")
        self._folder = folder
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in ("host", "user"):
            subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name), check=True)
        shutil.copy(folder / "user.pub", folder / "authorized_keys")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.port = _free_port()
        (folder / "config").write_text(self._configuration())
        self._log = folder / "log"
        command = (find("sshd") or "sshd", "-D", "-f", str(folder / "config"), "-E", str(self._log))
        self._process = subprocess.Popen(command)
        until(self._listening, lambda: f"sshd does not listen: {self._log.read_text() if self._log.exists() else ''}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(SECONDS)

    def connect(self, command: Sequence[str], variables: Mapping[str, str]) -> Terminal:
        """A terminal at the near end of `ssh -tt`, with `command` and its `variables` at the far end."""
        return Terminal(self.command(command, variables), variables)

    def command(self, command: Sequence[str], variables: Mapping[str, str]) -> tuple[str, ...]:
        """The `ssh -tt` that `connect` runs, for a terminal of somebody else's."""
        kept = [f"{name}={value}" for name, value in variables.items() if name != "TERM"]
        far = " ".join(_quoted(word) for word in ("env", *kept, *command))
        options = ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "IdentitiesOnly=yes", "LogLevel=ERROR")
        near = ["ssh", "-F", "none", "-tt", "-p", str(self.port), "-i", str(self._folder / "user")]
        near += [word for option in options for word in ("-o", option)]
        return (*near, f"{getpass.getuser()}@127.0.0.1", far)

    def _configuration(self) -> str:
        lines = (
            f"Port {self.port}",
            "ListenAddress 127.0.0.1",
            f"HostKey {self._folder / 'host'}",
            f"AuthorizedKeysFile {self._folder / 'authorized_keys'}",
            "PidFile none",
            "PermitRootLogin yes",
            "PasswordAuthentication no",
            "StrictModes no",
            "UsePAM no",
        )
        return "\n".join(lines) + "\n"

    def _listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
