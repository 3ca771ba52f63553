"""The program without a terminal, over texts of our own."""

from __future__ import annotations

import contextlib
import os
from functools import cache
from typing import TYPE_CHECKING

import pytest
from textual import _wait

from support.reader import LAW, SPEECH, Browse, Reader
from support.serving import served_files
from tuibrowser.clipboard import copy as copying
from tuibrowser.clipboard.copy import Receipt
from tuibrowser.hanzi import words
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.browser.desks import DESKS
from tuibrowser.tui.start import StartRequest
from tuibrowser.tui.work.memory import Memory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.tui.browser.desk import Desk


# After each key a pilot sleeps for this long to see whether the program is idle. Most keys are answered sooner than in
# the 20 ms that Textual gives them; what takes longer, a test waits for by `until`.
_wait.SLEEP_GRANULARITY = 1 / 200
_wait.SLEEP_IDLE = _wait.SLEEP_GRANULARITY / 20


_frequencies = words._frequencies


@cache
def words_read_once(path: Path) -> object:
    """The dictionary of words, which each program reads, as the first one has read it."""
    return _frequencies(path, lambda: False)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three documents in two folders."""
    folder = tmp_path / "corpus"
    (folder / "laws").mkdir(parents=True)
    (folder / "laws" / "供水.md").write_text(LAW, encoding="utf-8")
    (folder / "speeches").mkdir()
    (folder / "speeches" / "講話.txt").write_text(SPEECH, encoding="utf-8")
    long = "\n\n".join(f"第{n}段：天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。" * 4 for n in range(1, 61))
    (folder / "speeches" / "長文.txt").write_text(long, encoding="utf-8")
    return folder


@pytest.fixture
def is_served() -> bool:
    """Whether the texts are those of a server; TUIBROWSER_TESTS_SERVED=1 has it so for all tests."""
    return bool(os.environ.get("TUIBROWSER_TESTS_SERVED"))


@pytest.fixture
def browse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_served: bool) -> Browse:
    """Opens the program; its state stays in the test's own folder, and no clipboard is touched."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for variable in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/0")
    monkeypatch.setattr(words, "_frequencies", lambda path, cancelled: words_read_once(path))

    @contextlib.asynccontextmanager
    async def opened(
        *paths: Path,
        size: tuple[int, int] = (100, 30),
        line: int | None = None,
        query: str | None = None,
        config: ReadConfig = ReadConfig(Config()),  # noqa: B008
        memory: Memory | None = None,
        reference: str | None = None,
        follow: bool = False,
        desks: tuple[Desk, ...] = DESKS,
    ) -> AsyncIterator[Reader]:
        start = StartRequest(tuple(map(str, paths)), line=line, query=query, reference=reference, follow=follow)
        own = None if memory is not None else Memory(None)
        memory = memory or own
        async with contextlib.AsyncExitStack() as stack:

            def find() -> Corpus:
                found = find_corpus(start, None, memory)
                if is_served and not found.has_inputs:
                    found = stack.enter_context(served_files([str(path) for path in found.paths], found.encoding))
                return found

            app = BrowserApp(start, find, config, memory, desks=desks)
            if own is not None:
                stack.callback(own.close)
            pilot = await stack.enter_async_context(app.run_test(size=size))
            reader = Reader(pilot)
            await reader.until(lambda: reader.browser.is_loaded and reader.pane.document is not None)
            await pilot.pause()
            yield reader

    return opened


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was copied."""
    passages: list[str] = []

    def keep(passage: str, *_: object) -> Receipt:
        passages.append(passage)
        return Receipt(len(passage), ("the terminal",))

    monkeypatch.setattr(copying, "copy", keep)
    return passages
