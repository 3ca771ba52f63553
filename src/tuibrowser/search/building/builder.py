"""Builder: carries out on a host what it is told to do for an index; the work is done by processes aside."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.loading.pool import processors
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain
from tuibrowser.search.building.making import read_made, this_maker
from tuibrowser.search.building.orders import (
    FAILED,
    UNKNOWN,
    WHOLE,
    WORKING,
    About,
    State,
    done,
    order_of,
    refused,
)
from tuibrowser.search.index.places import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from tuibrowser.search.building.folder import HostFolder, Share
    from tuibrowser.search.building.making import Made
    from tuibrowser.search.building.pieces import Task
    from tuibrowser.search.machines.frames import Frame

    Adopt = Callable[[Share, Sequence[str], dict[str, Made], Callable[[], Collection[str]]], list[str]]
    Make = Callable[[Task, Path, Callable[[int, int], object], Callable[[], bool]], object]

READ: Final = 8 << 20
"""Bytes of a file that are handed out at a time."""

_READERS: Final = 4
"""Processors that a piece in the making keeps busy."""


class Builder:
    """Makes pieces in a folder and hands out their records. May be called from any thread."""

    def __init__(
        self,
        folder: HostFolder,
        adopt: Adopt,
        generations: Callable[[], list[str]],
        make: Make,
        note: Callable[[str], object],
    ) -> None:
        """`adopt` opens a generation, and answers what cannot be opened.

        It is told which others are still wanted, which pieces are whole, and what says which were begun for later.

        `generations` are those that are open. `make` makes a piece in a folder, `note` writes
        a line into the log.
        """
        self._folder = folder
        self._adopt = adopt
        self._generations = generations
        self._make_piece = make
        self._log = note
        self._at_once = max(1, processors() // _READERS)
        self._pool = ThreadPoolExecutor(self._at_once, thread_name_prefix="piece")
        self._lock = threading.Lock()
        self._states: dict[str, State] = {}
        self._ended = False

    def answer(self, frame: Frame) -> bytes:
        """The answer to an order. Raise WireError for what is none."""
        name, arguments = order_of(frame)
        try:
            answer: Any = getattr(self, name)(*arguments)
        except OSError as error:
            return refused(system_reason(error))
        except (ValueError, KeyError, TypeError, AttributeError):
            return refused(plain("the records of its documents are damaged"))
        return done(name, answer)

    def end(self) -> None:
        """End all work."""
        self._ended = True
        self._pool.shutdown(cancel_futures=True)

    # Orders

    def about(self) -> About:
        """What makes the index here, and what there is."""
        return About(this_maker(), self._at_once, self._generations())

    def work(self, tasks: Sequence[Task], names: Sequence[str]) -> list[State]:
        """Make pieces, unless they are there or are being made; return what has become of some."""
        for task in tasks:
            self._begin(task)
        with self._lock:
            return [self._states.get(name) or State(name, UNKNOWN) for name in names]

    def _begin(self, task: Task) -> None:
        name = task.name
        with self._lock:
            if name not in self._states or self._states[name].phase == FAILED:
                self._states[name] = State(name, WORKING, 0, task.documents)
                self._pool.submit(self._make, name, task)

    def _make(self, name: str, task: Task) -> None:
        began = time.monotonic()
        try:
            state = self._made(name, task)
        except OSError as error:
            state = State(name, FAILED, problem=system_reason(error))
        except Exception as error:
            state = State(name, FAILED, problem=f"{type(error).__name__}: {error}")
        self._note(state)
        done = f"is not made: {state.problem}" if state.phase == FAILED else "is made"
        self._log(f"piece {name} of {task.documents} documents {done} ({time.monotonic() - began:.1f} s)")

    def _made(self, name: str, task: Task) -> State:
        if task.maker != this_maker():
            return State(name, FAILED, problem=plain("it has another version of the program"))
        make_folder(self._folder.path, shared=False)
        made = self._folder.whole(name)
        if made is None:
            progress = partial(self._progress, name)
            self._make_piece(task, self._folder.path, progress, lambda: self._ended)
            made = read_made(self._folder.piece(name))
        return State(name, WHOLE, task.documents, task.documents, made)

    def _progress(self, name: str, at: int, of: int) -> None:
        self._note(State(name, WORKING, at, of))

    def _note(self, state: State) -> None:
        with self._lock:
            self._states[state.name] = state

    def read(self, name: str, file: str, offset: int) -> bytes:
        """A stretch of a file of a piece."""
        piece = self._folder.piece(name)
        if file not in read_made(piece).files:
            raise ValueError(f"not a file of a piece: {file!r}")
        descriptor = os.open(piece / file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            return os.pread(descriptor, READ, offset)
        finally:
            os.close(descriptor)

    def adopt(self, share: Share, kept: Sequence[str]) -> list[str]:
        """Search a generation from now on, beside those that are still wanted."""
        with self._lock:
            made = {state.name: state.made for state in self._states.values() if state.made is not None}
            self._states = {name: state for name, state in self._states.items() if state.phase == WORKING}
        return self._adopt(share, kept, made, self._begun)

    def _begun(self) -> list[str]:
        """The pieces that are in the making or were made since a generation was taken up last."""
        with self._lock:
            return list(self._states)
