"""Two readers of one server in a real terminal; the commands of the shell ask it as well."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from e2e.harness import Tmux, need

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

TEXTS = {"甲.txt": "江水漫漫，高質量發展。\n", "乙.txt": "人们说高质量发展是首要任务。\n"}


class Served:
    """A server of a folder as a process, with options; `log` is what it wrote."""

    def __init__(self, folder: Path, variables: dict[str, str], *options: str) -> None:
        self.folder = folder
        self.variables = variables
        self._options = options
        self.log = folder.parent / "log"
        self.start()

    def start(self) -> None:
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "tuibrowser", "serve", *self._options, str(self.folder)]
            self.process = subprocess.Popen(command, env=self.variables, stderr=log)
        self.until("served at")

    def until(self, words: str, after: int = 0) -> None:
        """Wait for words of the log, behind so many characters of it."""
        until = time.monotonic() + 120
        while words not in self.log.read_text()[after:]:
            assert time.monotonic() < until, self.log.read_text()
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(60)

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tuibrowser", *arguments, str(self.folder)]
        return subprocess.run(command, env=self.variables, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def server(tmp_path: Path, variables: dict[str, str]) -> Iterator[Served]:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with TemporaryDirectory() as short:  # A socket's path has a hundred characters at most.
        variables["XDG_RUNTIME_DIR"] = short
        served = Served(folder, variables)
        yield served
        if served.process.poll() is None:
            served.stop()


def test_commands_ask_the_server_and_say_the_same_without_it(server: Served) -> None:
    command = ("search", "高质量", "--format", "vimgrep")
    asked, own = server.ask(*command), server.ask(*command, "--no-server")
    assert (asked.stdout, asked.stderr, asked.returncode) == (own.stdout, own.stderr, own.returncode)
    assert asked.stdout
    assert server.log.read_text().count(" came") == 1


def test_a_second_server_is_refused_and_a_signal_ends_the_first_one(server: Served) -> None:
    second = server.ask("serve")
    assert second.returncode == 2
    assert "another server serves these texts already" in second.stderr
    assert server.stop() == 0
    assert server.log.read_text().endswith("ended\n")


def test_a_server_ends_with_its_terminal(server: Served) -> None:
    server.stop()
    reading, writing = os.pipe()  # It is closed at one end, as a terminal is that goes away.
    command = [sys.executable, "-m", "tuibrowser", "serve", str(server.folder)]
    with subprocess.Popen(command, env=server.variables, stderr=writing) as process:
        os.close(writing)
        with os.fdopen(reading) as log:
            assert any("served at" in line for line in log)
        assert [*Path(server.variables["XDG_RUNTIME_DIR"]).rglob("*.sock")]
        process.send_signal(signal.SIGHUP)
        process.wait(60)
    assert not [*Path(server.variables["XDG_RUNTIME_DIR"]).rglob("*.sock")]


def test_files_that_change_are_indexed_again(server: Served) -> None:
    (server.folder / "甲.txt").write_text("江水漫漫，改革開放。\n", encoding="utf-8")
    server.process.send_signal(signal.SIGHUP)
    server.until("files have changed: 2 documents served now")
    assert "改革開放" in server.ask("search", "改革").stdout


def test_two_readers_read_at_one_server_and_go_on_when_it_is_started_again(
    server: Served, variables: dict[str, str]
) -> None:
    need("tmux")
    with Tmux(variables) as first, Tmux(variables) as second:
        for reader in (first, second):
            reader.type(f"'{sys.executable}' -m tuibrowser '{server.folder}'")
            reader.send("Enter")
            reader.wait_for("人们说")
        server.until("process")
        first.type("/gaozhiliang")
        first.wait_for("2 in 2 documents")
        second.type("/江水")
        second.wait_for("1 in 1 document")
        server.stop()
        server.start()
        second.send("C-u")
        second.type("首要任务")
        second.wait_for("exact ¶")
        server.until(" came")
