"""Clipboard matrix: passages of several sizes, sent in real programs, and whether they arrive byte for byte.

Usage: python benchmarks/clipboard_matrix.py [--only WORD] [--sizes SIZE,SIZE…] [--unlimited]

Each row is a way that tuibrowser is run; the passage is what its own planner sends, by the route it chooses there, and
what counts is what the terminal outside is asked to put on its clipboard (on X11, what its clipboard holds). A cell
is `yes`; `file` where the plan refuses for the length and says so; `buffer` where it reached tmux's buffer alone; `no`
where it is lost. Below the table stands what the reader is told. A size is a column's name or a number of bytes, such
as 750000. `--unlimited` lifts the plan's limits, to measure them.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from e2e.harness import Sshd, Terminal, Tmux, environment, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SIZES = {"100 B": 100, "10 KB": 10_000, "70 KB": 70_000, "100 KB": 100_000, "1 MB": 1_000_000, "5 MB": 5_000_000}
"""Bytes of UTF-8."""

SECONDS = 12.0
"""How long a passage may take to arrive before it counts as lost, after the program says it is sent."""

_LINE = "第{}段：以高質量黨建引領高質量發展，是新時代機關黨建的要求。\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a passage: the word for the table's cell, and what the reader was told."""

    cell: str
    told: str


@dataclass(frozen=True, slots=True)
class Place:
    """A way to run the program: `terminal` is the one outside, `type` types into it, `buffer` reads tmux's buffer."""

    terminal: Terminal
    buffer: Callable[[], str] | None = None
    clipboard: Callable[[], str] | None = None

    def has(self, passage: str) -> bool:
        """Whether exactly this passage has arrived."""
        if self.clipboard is not None:
            return self.clipboard() == passage
        clipboards = self.terminal.clipboards
        return bool(clipboards) and clipboards[-1] == passage


def bytes_of(size: str) -> int:
    """The bytes of a size: the name of a column, or a number."""
    return SIZES[size] if size in SIZES else int(size)


def passage_of(size: int) -> str:
    """A passage of that many bytes of UTF-8, no two lines alike, so that a lost or doubled piece shows."""
    lines, length, number = [], 0, 0
    while length < size:
        number += 1
        lines.append(_LINE.format(number))
        length += len(lines[-1].encode())
    text = "".join(lines).encode()[:size].decode(errors="ignore")
    return text + "." * (size - len(text.encode()))


def command(files: Path, unlimited: bool) -> list[str]:
    """The command that sends the passage in `files`, as a shell takes it."""
    return [
        sys.executable,
        str(Path(__file__).resolve()),
        "--send",
        str(files),
        *(["--unlimited"] if unlimited else []),
    ]


def send(files: Path) -> None:
    """Send the passage of a folder as the program would, and leave there what was said."""
    from tuibrowser.clipboard.copy import copy

    def write(sequence: str) -> None:
        with Path("/dev/tty").open("w", encoding="ascii") as terminal:
            terminal.write(sequence)

    receipt = copy((files / "passage").read_text(encoding="utf-8"), write)
    record = {"routes": receipt.routes, "message": receipt.message, "hint": receipt.hint, "errors": receipt.errors}
    (files / "told.part").write_text(json.dumps(record), encoding="utf-8")
    (files / "told.part").replace(files / "told")


def unlimit() -> None:
    """Take the plan's limits away."""
    from tuibrowser.clipboard import plan

    for name in ("TMUX_KNOWN", "TMUX_RAW_KNOWN", "TMUX_RAW_MOST", "SCREEN_KNOWN", "TERMINAL_KNOWN", "TERMINAL_MOST"):
        setattr(plan, name, 1 << 40)


# Ways to run it. Each leaves a shell prompt in the innermost place.


@contextlib.contextmanager
def fresh(**more: str) -> Iterator[dict[str, str]]:
    """The variables of a fresh user."""
    with tempfile.TemporaryDirectory(prefix="clip", ignore_cleanup_errors=True) as home:
        yield {
            **environment(Path(home), **more),
            "PS1": "$ ",
            "ENV": "",
            "HISTFILE": "",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }


SHELL = ("bash", "--norc", "--noprofile")


@contextlib.contextmanager
def bare() -> Iterator[Place]:
    """A plain terminal."""
    with fresh() as variables, Terminal(SHELL, variables) as terminal:
        yield Place(terminal)


@contextlib.contextmanager
def in_tmux(setting: str) -> Iterator[Place]:
    """A tmux."""
    with fresh() as variables, Tmux(variables) as tmux:
        tmux.run("set-option", "-s", "set-clipboard", setting)
        with tmux.attach() as terminal:
            yield Place(terminal, lambda: tmux.run("show-buffer", check=False))


@contextlib.contextmanager
def tmux_in_tmux(setting: str) -> Iterator[Place]:
    """A tmux in a tmux, both of this machine."""
    with fresh() as variables, Tmux(variables) as outer:
        outer.run("set-option", "-s", "set-clipboard", setting)
        with outer.attach() as terminal:
            outer.type("env -u TMUX tmux -L inner -f /dev/null new-session 'bash --norc --noprofile'")
            outer.send("Enter")
            time.sleep(1)
            try:
                yield Place(terminal, lambda: outer.run("show-buffer", check=False))
            finally:
                subprocess.run(("tmux", "-L", "inner", "kill-server"), env=outer.variables, check=False)


@contextlib.contextmanager
def in_screen() -> Iterator[Place]:
    """A GNU screen."""
    with fresh() as variables, tempfile.TemporaryDirectory(prefix="screen") as folder:
        where = {**variables, "SCREENDIR": folder}
        try:
            with Terminal(("screen", "-U", "-c", "/dev/null", *SHELL), where) as terminal:
                yield Place(terminal)
        finally:
            subprocess.run(("screen", "-X", "quit"), env=where, capture_output=True, check=False)


@contextlib.contextmanager
def tmux_in_screen() -> Iterator[Place]:
    """A tmux in a GNU screen."""
    with in_screen() as place, tempfile.TemporaryDirectory(prefix="tmux", ignore_cleanup_errors=True) as folder:
        client = ("env", f"TMUX_TMPDIR={folder}", "tmux", "-L", "inner", "-f", "/dev/null")
        place.terminal.send(f"{' '.join(client)} new-session 'bash --norc --noprofile'\r")
        time.sleep(1)

        def run(*arguments: str) -> str:
            return subprocess.run((*client, *arguments), capture_output=True, text=True, check=False).stdout

        try:
            yield Place(place.terminal, lambda: run("show-buffer"))
        finally:
            run("kill-server")


@contextlib.contextmanager
def screen_in_tmux() -> Iterator[Place]:
    """A GNU screen in a tmux with its default settings."""
    with in_tmux("external") as place, tempfile.TemporaryDirectory(prefix="screen") as folder:
        place.terminal.send(f"env SCREENDIR={folder} screen -U -c /dev/null bash --norc --noprofile\r")
        time.sleep(1)
        try:
            yield place
        finally:
            where = {**os.environ, "SCREENDIR": folder}
            subprocess.run(("screen", "-X", "quit"), env=where, capture_output=True, check=False)


@contextlib.contextmanager
def over_ssh() -> Iterator[Place]:
    """The far end of ssh."""
    with (
        fresh() as variables,
        tempfile.TemporaryDirectory() as keys,
        Sshd(Path(keys)) as sshd,
        sshd.connect(SHELL, variables) as terminal,
    ):
        yield Place(terminal)


@contextlib.contextmanager
def tmux_over_ssh(setting: str) -> Iterator[Place]:
    """A tmux at the far end of ssh."""
    with fresh() as variables, tempfile.TemporaryDirectory() as keys, Sshd(Path(keys)) as sshd, Tmux(variables) as tmux:
        tmux.run("set-option", "-s", "set-clipboard", setting)
        far = {**tmux.variables, "TERM": variables["TERM"]}
        with sshd.connect((*tmux.client, "attach", "-t", "main"), far) as terminal:
            yield Place(terminal, lambda: tmux.run("show-buffer", check=False))


@contextlib.contextmanager
def ssh_in_tmux(setting: str, passthrough: str, far_tmux: bool) -> Iterator[Place]:
    """A tmux of the reader's own machine around ssh, with or without a tmux at the far end."""
    with contextlib.ExitStack() as stack:
        variables = stack.enter_context(fresh())
        sshd = stack.enter_context(Sshd(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        near = stack.enter_context(Tmux(variables))
        near.run("set-option", "-s", "set-clipboard", setting)
        near.run("set-option", "-g", "allow-passthrough", passthrough)
        terminal = stack.enter_context(near.attach())
        far: Tmux | None = stack.enter_context(Tmux(variables)) if far_tmux else None
        where = far.variables if far else variables
        words = (*far.client, "attach", "-t", "main") if far else SHELL
        near.type(shlex.join(sshd.command(words, where)))
        near.send("Enter")
        near.wait_for("$ ")
        time.sleep(1)
        yield Place(terminal, (lambda: far.run("show-buffer", check=False)) if far else None)


@contextlib.contextmanager
def on_x11() -> Iterator[Place]:
    """A terminal on an X display of this machine."""
    read_end, write_end = os.pipe()
    display = subprocess.Popen(
        ("Xvfb", "-displayfd", str(write_end), "-screen", "0", "64x64x24"),
        pass_fds=(write_end,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as told:
            name = f":{told.readline().strip()}"
        tool = ("xclip", "-selection", "clipboard", "-o") if shutil.which("xclip") else ("xsel", "--clipboard", "-o")
        with fresh(DISPLAY=name) as variables, Terminal(SHELL, variables) as terminal:

            def clipboard() -> str:
                done = subprocess.run(tool, env=variables, capture_output=True, check=False, timeout=SECONDS)
                return done.stdout.decode(errors="replace")

            yield Place(terminal, clipboard=clipboard)
    finally:
        display.terminate()
        display.wait()


ROWS: dict[str, tuple[tuple[str, ...], Callable[[], contextlib.AbstractContextManager[Place]]]] = {
    "plain terminal": ((), bare),
    "X11, at the machine": (("Xvfb", "xsel"), on_x11),
    "tmux, set-clipboard on": (("tmux",), lambda: in_tmux("on")),
    "tmux, set-clipboard external": (("tmux",), lambda: in_tmux("external")),
    "tmux, set-clipboard off": (("tmux",), lambda: in_tmux("off")),
    "tmux in tmux, outer on": (("tmux",), lambda: tmux_in_tmux("on")),
    "tmux in tmux, outer external": (("tmux",), lambda: tmux_in_tmux("external")),
    "tmux in tmux, outer off": (("tmux",), lambda: tmux_in_tmux("off")),
    "GNU screen": (("screen",), in_screen),
    "tmux in GNU screen": (("screen", "tmux"), tmux_in_screen),
    "GNU screen in tmux": (("screen", "tmux"), screen_in_tmux),
    "ssh": (("sshd",), over_ssh),
    "ssh, tmux there, on": (("sshd", "tmux"), lambda: tmux_over_ssh("on")),
    "ssh, tmux there, external": (("sshd", "tmux"), lambda: tmux_over_ssh("external")),
    "ssh, tmux there, off": (("sshd", "tmux"), lambda: tmux_over_ssh("off")),
    "tmux here (on), ssh": (("sshd", "tmux"), lambda: ssh_in_tmux("on", "off", False)),
    "tmux here (external), ssh": (("sshd", "tmux"), lambda: ssh_in_tmux("external", "off", False)),
    "tmux here (allow-passthrough), ssh": (("sshd", "tmux"), lambda: ssh_in_tmux("external", "on", False)),
    "tmux here (on), ssh, tmux there": (("sshd", "tmux"), lambda: ssh_in_tmux("on", "off", True)),
    "tmux here (external), ssh, tmux there": (("sshd", "tmux"), lambda: ssh_in_tmux("external", "off", True)),
    "mosh": (("mosh", "mosh-server"), over_ssh),
}


def run(place: Place, size: int, unlimited: bool) -> Outcome:
    """Send a passage of that many bytes in a place and see what arrives."""
    with tempfile.TemporaryDirectory(prefix="clip") as folder:
        files = Path(folder)
        passage = passage_of(size)
        (files / "passage").write_text(passage, encoding="utf-8")
        place.terminal.send(" ".join(command(files, unlimited)) + "\r")
        if not _until(lambda: (files / "told").exists()):
            return Outcome("no", "the program does not come back")
        told = json.loads((files / "told").read_text(encoding="utf-8"))
        words = f"{told['message']} ({told['hint']})" if told["hint"] else told["message"]
        if not told["routes"]:
            return Outcome("file", words)
        if _until(lambda: place.has(passage)):
            return Outcome("yes", words)
        kept = place.buffer is not None and place.buffer() == passage
        return Outcome("buffer" if kept else "no", words)


def _until(condition: Callable[[], bool]) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def print_table(outcomes: dict[str, dict[str, Outcome] | str], sizes: Sequence[str]) -> None:
    """The table, and below it what the reader is told, said once for the sizes it is the same for."""
    print(f"| | {' | '.join(sizes)} |\n|---|{'---|' * len(sizes)}")
    for name, row in outcomes.items():
        cells = [row] + [""] * (len(sizes) - 1) if isinstance(row, str) else [row[size].cell for size in sizes]
        print(f"| {name} | {' | '.join(cells)} |")
    print()
    for name, row in outcomes.items():
        if not isinstance(row, str):
            print(f"{name}:")
            for size, outcome in row.items():
                print(f"    {size}: {outcome.told}")


def main() -> int:
    """Print the matrix."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="rows whose name has this in it")
    parser.add_argument("--sizes", default=",".join(SIZES), help="these sizes: names of columns, or bytes")
    parser.add_argument("--unlimited", action="store_true", help="lift the plan's limits")
    parser.add_argument("--send", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.unlimited:
        unlimit()
    if arguments.send:
        send(arguments.send)
        return 0
    sizes = {size.strip(): bytes_of(size.strip()) for size in arguments.sizes.split(",")}
    outcomes: dict[str, dict[str, Outcome] | str] = {}
    for name, (programs, place) in ROWS.items():
        if arguments.only not in name:
            continue
        missing = [program for program in programs if not find(program)]
        if missing:
            outcomes[name] = f"{missing[0]} is not installed"
            continue
        outcomes[name] = {}
        for size, count in sizes.items():
            with place() as opened:
                outcomes[name][size] = run(opened, count, arguments.unlimited)
        print(name, *(outcome.cell for outcome in outcomes[name].values()), file=sys.stderr)
    print_table(outcomes, list(sizes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
