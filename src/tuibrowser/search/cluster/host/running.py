"""Running: a query on a shard, which carries out steps in a row and takes back those that were not wanted."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from tuibrowser.host.stopping import check, stopping
from tuibrowser.search.cluster.host.calls import METHODS
from tuibrowser.search.cluster.host.steps import SKIPPED, Done
from tuibrowser.search.planning.bounds import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.search.cluster.host.session import Session
    from tuibrowser.search.cluster.host.steps import Step, Steps
    from tuibrowser.search.planning.holder import Mark

_LASTING: Final = frozenset(
    (
        *("begin", "bands", "stretches", "align", "tile", "keep_parallels"),
        *("fewer_strings", "grams_in", "mark", "pattern_some", "pattern_whole"),
    )
)
"""Steps that cannot be taken back."""


class GoneError(LookupError):
    """What is asked for is no longer kept."""


class Running:
    """A query on a shard. Whoever asks something of it holds its lock."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.lock = threading.RLock()
        self._is_stopped = threading.Event()
        self._marks: list[Mark | None] = []
        """What was held before each step; None where that cannot be had again."""

    def stop(self) -> None:
        """End what is being carried out, soon. May be called without the lock."""
        self._is_stopped.set()

    def do(self, asked: Steps) -> list[Done]:
        """Carry out steps; those that were asked ahead and are not wanted are passed over.

        Raise GoneError where the query has not come so far or cannot be taken back, StoppedError where it was stopped.
        """
        with stopping(self._is_stopped.is_set):
            if asked.at is not None:
                self._take_back(asked.at)
            done: list[Done] = []
            for at, step in enumerate(asked.steps):
                if at >= asked.sure and self._has_enough(step, asked.steps[at - 1], done):
                    done.append(SKIPPED)
                    continue
                check()
                if asked.at is not None:
                    self._marks.append(None if step.name in _LASTING else self.session.state())
                done.append(self._done(step))
            return done

    def _done(self, step: Step) -> Done:
        cancelled = dict.fromkeys(METHODS["session"][step.name].callables, self._is_stopped.is_set)
        value = getattr(self.session, step.name)(**step.arguments, **cancelled)
        return Done(value, self.session.total)

    def _take_back(self, at: int) -> None:
        """Hold what was held before the step of a number."""
        later = self._marks[at:]
        if at > len(self._marks) or None in later:
            raise GoneError
        if later and later[0] is not None:
            self.session.take_back(later[0])
            del self._marks[at:]

    def _has_enough(self, step: Step, before: Step, done: Sequence[Done]) -> bool:
        """Whether a step that was asked ahead is not wanted, by what is found here alone."""
        total, last = self.session.total, done[-1] if done else SKIPPED
        name = step.name
        match name:
            case "near":
                return total >= ENOUGH
            case "strings":
                return before.name == "better_than" and last is not SKIPPED and last.value >= ENOUGH
            case "word_otherwise":
                is_same = before.name == name and before.arguments["slot"] == step.arguments["slot"]
                return is_same and (last is SKIPPED or last.value > 0)
            case "together":
                return before.name == name and total > 0
            case "pair_counts" | "near_at_least":
                return total > 0
        return False
