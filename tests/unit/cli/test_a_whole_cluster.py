"""A cluster from nothing by its commands: certificates, hosts, gateway, index, a reader's and an operator's search."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("distributed")

from support.over_tls import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60.0


class Commands:
    """Runs the program, with folders of its own."""

    def __init__(self, folder: Path, sockets: str) -> None:
        """`sockets` is a short path, as those of sockets must be."""
        self.folder = folder
        own = {f"XDG_{name}_HOME": os.fspath(folder / name.lower()) for name in ("CACHE", "CONFIG", "STATE")}
        self._environment = {**os.environ, **own, "XDG_RUNTIME_DIR": sockets, "LANG": "C.UTF-8"}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tuibrowser", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self._environment, text=True, capture_output=True, check=False
        )

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[Path]:
        """A server, with its log, until it is told to end."""
        log = self.folder / f"{arguments[-1].replace('/', '_')}.log"
        command = [sys.executable, "-m", "tuibrowser", "serve", *arguments]
        with log.open("wb") as out, subprocess.Popen(command, cwd=self.folder, env=self._environment, stderr=out) as it:
            try:
                yield log
            finally:
                it.terminate()
                assert it.wait(PATIENCE) == 0, log.read_text("utf-8")


def wait_for(log: Path, words: str) -> None:
    began = time.monotonic()
    while words not in log.read_text("utf-8"):
        assert time.monotonic() - began < PATIENCE, log.read_text("utf-8")
        time.sleep(0.05)


@pytest.fixture
def sockets() -> Iterator[str]:
    with TemporaryDirectory() as short:
        yield short


@pytest.mark.long
def test_a_cluster_is_served_and_searched(tmp_path: Path, sockets: str) -> None:
    for number in range(4):
        text = f"江水漫漫，高質量發展。第{'一二三四'[number]}篇。\n" * (number + 1)
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / f"{number}.txt").write_text(text, "utf-8")
    scheduler, first, second = free_ports(3)
    (tmp_path / "cluster.toml").write_text(
        f'scheduler = "tls://127.0.0.1:{scheduler}"\ncertificates = "tls"\nindex = "index"\ntexts = "texts"\n'
        f'[hosts]\nh1 = "127.0.0.1:{first}"\nh2 = "127.0.0.1:{second}"\n',
        "utf-8",
    )
    commands = Commands(tmp_path, sockets)
    assert commands.run("serve", "--certificates", "tls", "--cluster", "cluster.toml", "lin").returncode == 0
    (tmp_path / "op").mkdir()
    for name in ("ca.crt", "lin.crt", "lin.key"):
        (tmp_path / "op" / name).write_bytes((tmp_path / "tls" / name).read_bytes())
    (tmp_path / "op" / "lin.key").chmod(0o600)
    with (
        commands.serving("--cluster", "cluster.toml", "--host", "h1") as one,
        commands.serving("--cluster", "cluster.toml", "--host", "h2") as two,
        commands.serving("--cluster", "cluster.toml") as gateway,
    ):
        for log in (one, two):
            wait_for(log, "joined")
        wait_for(gateway, "there is no index yet")
        built = commands.run("index", "--cluster", "cluster.toml")
        assert (built.returncode, "on 2 hosts" in built.stdout) == (0, True), built.stderr
        wait_for(gateway, "4 documents served at")
        alone = commands.run("search", "高质量", "texts", "--no-server")
        assert "10 matches in 4 documents" in alone.stdout
        assert commands.run("search", "高质量", "texts").stdout == alone.stdout
        assert commands.run("search", "高质量", "--cluster", "cluster.toml").stdout == alone.stdout
        url = f"tls://127.0.0.1:{scheduler}"
        operator = commands.run("search", "高质量", "--cluster", url, "--certificates", "op")
        assert operator.stdout == alone.stdout
        told = commands.run("doctor", "--cluster", "cluster.toml").stdout
        assert "does not answer" not in told
        assert told.count("parts of the index: 0") == 2
