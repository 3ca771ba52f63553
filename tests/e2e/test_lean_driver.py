"""The lean driver in real terminals: tmux shows what it shows for the plain bytes, and a slow line keeps up."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e.harness import APP, ENTER_ALTERNATE, Terminal, Tmux, need, until
from support.lean_terminal import Comparison
from support.recording import SIZES, random_keys, record
from support.vt import Vt, differences
from tuibrowser.terminal.asking.abilities import Abilities
from tuibrowser.terminal.difference.lean import TABULA_RASA

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = "\n\n".join(
    f"第{number}章 天地\n\n" + f"天地玄黃，宇宙洪荒。日月盈昃，“辰宿列張”……第{number}段。" * 30
    for number in range(1, 60)
)
DISPLAY = 93
"""Of the X server that is started for xterm."""

KEYS = (
    "j",
    "j",
    "space",
    "o",
    "j",
    "k",
    "o",
    "j",
    "slash",
    "天",
    "地",
    "escape",
    "j",
    "question_mark",
    "escape",
    "v",
    "j",
    "t",
    "b",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "千字文.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording that touches nobody's state or clipboard."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for variable in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/0")


def shown(capture: str) -> Vt:
    """The cells of a pane, from what tmux says is on it."""
    screen = Vt(*SIZES[0])
    for number, line in enumerate(capture.splitlines(), 1):
        screen.feed(f"\x1b[{number}H{line}")
    return screen


class Replay:
    """A pane of tmux that shows the bytes it is given."""

    def __init__(self, tmux: Tmux, fifo: Path) -> None:
        self._tmux, self._fifo = tmux, fifo
        os.mkfifo(fifo)
        tmux.type(f"stty raw -echo; cat {fifo}; exec cat")
        tmux.send("Enter")
        self._out = fifo.open("wb", buffering=0)
        self._number = 0

    def show(self, data: str) -> str:
        """What the pane shows after these bytes, with its colours."""
        self._number += 1
        name = f"shown {self._number}"
        self._out.write(f"{data}\x1b]2;{name}\x1b\\".encode())
        until(
            lambda: self._tmux.run("display-message", "-p", "-t", "main", "#{pane_title}").strip() == name, lambda: name
        )
        return self._tmux.run("capture-pane", "-e", "-p", "-t", "main")


async def replay(variables: dict[str, str], tmp_path: Path, file: Path, keys: Sequence[str | tuple[int, int]]) -> None:
    """Compare two panes after every write of a session."""
    written = [each for each in await record(file, keys) if each.size == SIZES[0]]
    comparison = Comparison(SIZES[0], Abilities())
    with Tmux(variables) as first, Tmux(variables) as second:
        plain, lean = Replay(first, tmp_path / "plain"), Replay(second, tmp_path / "lean")
        opened = f"{ENTER_ALTERNATE.decode()}\x1b[?7l\x1b[?25l{TABULA_RASA}"
        plain.show(opened)
        lean.show(opened)
        for number, (data, size) in enumerate(written):
            sent, _ = comparison.feed(data, size)
            found = differences(shown(plain.show(data)), shown(lean.show(sent)))
            assert not found, f"after {number} of {len(written)}: {found[:5]} {sent[:300]!r}"


@pytest.mark.usefixtures("quiet")
async def test_tmux_shows_the_same(variables: dict[str, str], tmp_path: Path, file: Path) -> None:
    await replay(variables, tmp_path, file, KEYS)


@pytest.mark.long
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("seed", [1, 2])
async def test_tmux_shows_the_same_for_long(variables: dict[str, str], tmp_path: Path, file: Path, seed: int) -> None:
    await replay(variables, tmp_path, file, [key for key in random_keys(1000, seed) if isinstance(key, str)])


def in_xterm(variables: dict[str, str], arguments: tuple[str, ...]) -> None:
    """Run the program that takes checksums in an xterm of its own."""
    program = (sys.executable, str(Path(__file__).with_name("checksums.py")), *arguments)
    resources = ("-u8", "-geometry", "x".join(map(str, SIZES[0])), "-xrm", "XTerm*allowWindowOps: true")
    screen = ("Xvfb", f":{DISPLAY}", "-screen", "0", "1600x1200x24")
    with subprocess.Popen(screen, stderr=subprocess.DEVNULL) as server:
        try:
            until(lambda: Path(f"/tmp/.X11-unix/X{DISPLAY}").exists(), lambda: "Xvfb does not start")
            display = {**variables, "DISPLAY": f":{DISPLAY}"}
            subprocess.run(("xterm", *resources, "-e", *program), env=display, check=True, timeout=240)
        finally:
            server.terminate()


@pytest.mark.long
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("abilities", [Abilities(colour_erase=True, margins=True), Abilities(colour_erase=True)])
async def test_xterm_shows_the_same(
    variables: dict[str, str], tmp_path: Path, file: Path, abilities: Abilities
) -> None:
    need("xterm", "Xvfb")
    keys = [*KEYS, *(key for key in random_keys(150, 5) if isinstance(key, str))]
    written = [each for each in await record(file, keys) if each.size == SIZES[0] and "\x1b]52" not in each.data]
    comparison = Comparison(SIZES[0], abilities)
    lean = [comparison.feed(*each)[0] for each in written]
    streams, result = tmp_path / "streams.json", tmp_path / "result.json"
    streams.write_text(json.dumps({"plain": [each.data for each in written], "lean": lean}), encoding="utf-8")
    in_xterm(variables, (str(streams), str(result), *map(str, SIZES[0])))
    found = json.loads(result.read_text(encoding="utf-8"))
    assert found["margins"] in "12"
    assert "no answer" not in found["plain"][0]
    for number, (one, other) in enumerate(zip(found["plain"], found["lean"], strict=True)):
        assert one == other, f"after {number} of {len(lean)}: {lean[number][:300]!r}"


class SlowTerminal(Terminal):
    """A terminal behind a line of so many bytes a second; it answers when it has read that far."""

    speed = 1e9

    def _read(self) -> None:
        while not self._closed:
            try:
                data = os.read(self._master, 512)
            except OSError:
                return
            if not data:
                return
            time.sleep(len(data) / self.speed)
            for _ in re.findall(rb"\x1b\[6n", data):
                os.write(self._master, b"\x1b[1;1R")
            with self._lock:
                self._received += data
                self._last = time.monotonic()


def test_a_held_key_leaves_no_backlog_on_a_slow_line(
    variables: dict[str, str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy machine is slow on any line, and at some moments; a backlog of 20 screens is there each time."""
    file.write_text(TEXT * 20, encoding="utf-8")

    def lag(speed: float) -> float:
        monkeypatch.setattr(SlowTerminal, "speed", speed)
        return lag_of_a_held_key(variables, file)

    assert any(lag(20_000) < 1.0 or lag(20_000) < 1.0 + 1.5 * lag(1e9) for _ in range(4))


def lag_of_a_held_key(variables: dict[str, str], file: Path) -> float:
    """The seconds from the release of a key that was held for two to the last byte of the answer."""
    with SlowTerminal((*APP, str(file)), variables) as terminal:
        terminal.wait_for("天地玄黃")
        until(lambda: terminal.quiet_for() > 0.5, lambda: "it never rests")
        end = time.monotonic() + 2
        while time.monotonic() < end:
            terminal.send(" ")
            time.sleep(1 / 10)
        released = time.monotonic()
        until(lambda: terminal.quiet_for() > 0.4, lambda: "it never rests")
        lag = time.monotonic() - terminal.quiet_for() - released
        assert (place := re.search(r"(\d+)%", terminal.display.splitlines()[-1]))
        assert int(place[1]) < 100, "the text has ended before the release"
        return max(lag, 0.0)


def test_the_program_comes_back_whole_from_the_background(variables: dict[str, str], file: Path) -> None:
    with Terminal((*APP, str(file)), variables) as terminal:
        terminal.wait_for("天地玄黃")
        until(lambda: terminal.quiet_for() > 1, lambda: "it never rests")
        before = terminal.display
        terminal.signal(signal.SIGSTOP)
        time.sleep(0.2)
        terminal.signal(signal.SIGCONT)
        until(lambda: terminal.received.count(ENTER_ALTERNATE) == 2 and terminal.quiet_for() > 0.5, lambda: "no return")
        assert terminal.display == before


def cost(terminal: Terminal, key: str) -> int:
    """The bytes of the answer to a key that has one."""
    before = len(terminal.received)
    terminal.send(key)
    until(lambda: len(terminal.received) > before and terminal.quiet_for() > 0.15, lambda: "no answer, or no rest")
    return len(terminal.received) - before


@pytest.mark.parametrize(("mode", "most"), [("on", 300), ("off", 1 << 20)])
def test_a_line_costs_little(variables: dict[str, str], file: Path, mode: str, most: int) -> None:
    with Terminal((*APP, "--lean", mode, str(file)), variables) as terminal:
        terminal.wait_for("天地玄黃")
        terminal.send("o")
        until(lambda: terminal.quiet_for() > 0.5, lambda: "it never rests")
        assert min(cost(terminal, "j") for _ in range(4)) < most
        before = len(terminal.received)
        terminal.send("\x1b[I")
        time.sleep(0.3)
        assert len(terminal.received) == before


@pytest.mark.parametrize("mode", ["on", "off"])
def test_pasted_bytes_that_are_no_utf_8_end_nothing(variables: dict[str, str], file: Path, mode: str) -> None:
    with Terminal((*APP, "--lean", mode, str(file)), variables) as terminal:
        terminal.wait_for("天地玄黃")
        terminal.send("/")
        terminal.wait_for("by relevance")
        terminal.send_bytes(b"\x1b[200~\xff\xfe\xe5\xa4\x1b[201~")
        terminal.send("\x15宙洪荒")
        terminal.wait_for("1770 in 1 document")
