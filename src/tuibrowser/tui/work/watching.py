"""Watching: whether the server and the hosts of a corpus answer, looked at beside the event loop."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import said, shown
from tuibrowser.search.machines.line import OtherTextsError, UnansweredError
from tuibrowser.tui.work.messages import Noted, OtherTexts, ReachChanged, ServerLost

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from tuibrowser.search.machines.line import Line
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Reach

LOOK_SECONDS: Final = 1.0
"""Seconds between two looks."""


class Watching:
    """Posts how much of a corpus can be searched, whenever that changes, and that its server is gone.

    `line` leads to the server. One that is gone is asked for again, which its line tells when it is back. A server
    whose corpus is on no hosts is not asked anything but once a generation.
    """

    def __init__(self, post: Callable[[Message], bool], searcher: Searcher, line: Line) -> None:
        self._post = post
        self._searcher = searcher
        self._line = line
        self._is_over = threading.Event()
        self._reach: Reach | None = None
        self._generation = ""
        """The generation whose reach that is."""
        self._is_lost = False
        self._told = ""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def end(self) -> None:
        """Look no more."""
        self._is_over.set()

    def _run(self) -> None:
        while True:
            try:
                self._look()
            except UnansweredError:
                pass  # It was said that the server is gone.
            except OtherTextsError:
                self._post(OtherTexts(is_gone=True))
                return
            except CorpusError as error:
                self._tell(error)
            if self._is_over.wait(LOOK_SECONDS):
                return

    def _tell(self, error: CorpusError) -> None:
        """Say once why nothing can be searched."""
        words = shown(said(error))
        if words != self._told:
            self._told = words
            self._post(Noted(words, is_trouble=True))

    def _look(self) -> None:
        if self._line.is_lost:
            if not self._is_lost:
                self._is_lost = True
                self._post(ServerLost())
            self._line.wire(lambda: True)
        self._is_lost = False
        generation = self._line.generation
        is_same = generation == self._generation
        if is_same and self._reach is not None and not self._reach.hosts and not self._reach.missing:
            return
        told = self._searcher.reach()
        reach = replace(told, version=hash((generation, told.version)))  # Each generation counts its own versions.
        self._generation = generation
        before, self._reach = self._reach, reach
        if (before is None or _state(before) != _state(reach)) and not self._is_over.is_set():
            self._post(ReachChanged(self._searcher, reach))


def _state(reach: Reach) -> object:
    return reach, reach.version
