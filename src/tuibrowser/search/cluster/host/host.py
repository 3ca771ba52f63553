"""Host: answers what is asked of some of the segments of a corpus."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.kept import Kept as Lately
from tuibrowser.host.stopping import StoppedError
from tuibrowser.language.i18n import said
from tuibrowser.search.answering.matches import LocalMatches, parts_of
from tuibrowser.search.cluster.host.calls import (
    FAILED,
    FAULTY,
    GONE,
    METHODS,
    OTHER_STATE,
    OUTDATED,
    answered,
    question_of,
    refused,
)
from tuibrowser.search.cluster.host.counted import Counted
from tuibrowser.search.cluster.host.kept import Kept
from tuibrowser.search.cluster.host.recipes import made_of, occurrences
from tuibrowser.search.cluster.host.running import GoneError, Running
from tuibrowser.search.cluster.host.session import Session
from tuibrowser.search.cluster.host.steps import CANCEL, DO, answered_steps, steps_of
from tuibrowser.search.counting.once import NotToldError
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.frames import TooLargeError
from tuibrowser.search.patterns.find import PatternError

if TYPE_CHECKING:
    from tuibrowser.search.cluster.host.session import Opening
    from tuibrowser.search.engine import Engine

_SESSIONS: Final = 32
"""Queries whose matches are kept, of all who ask."""

_HANDLES: Final = 32
"""Choices of matches that are kept to be counted."""


_COUNTING: Final = 64
"""Roots of matches whose locks are kept."""

_SESSION, _FOUND = "session", "found"


class _OutdatedError(Exception):
    """What is asked is of another generation."""


class Host:
    """Answers questions about the segments of an engine. May be called from any thread.

    What is asked of one query is done one after another, and so is what is counted of its matches.
    """

    def __init__(self, engine: Engine, generation: str = "") -> None:
        self._engine = engine
        engine.kept_once.is_part = True
        self._generation = generation
        self._lock = threading.Lock()
        self._kept = Kept(engine)
        self._sessions: Lately[str, Running] = Lately(_SESSIONS)
        self._matches: Lately[object, LocalMatches] = Lately(_HANDLES)
        self._counting: Lately[object, threading.RLock] = Lately(_COUNTING)

    def answer(self, name: str, data: bytes) -> bytes:
        """The answer to a question as bytes. Raise WireError for what is no question."""
        try:
            return self._steps(data) if name in (DO, CANCEL) else self._one(name, data)
        except _OutdatedError:
            return refused(self._generation, OUTDATED, OTHER_STATE)
        except (GoneError, NotToldError, StoppedError):
            return refused(self._generation, GONE, "")
        except PatternError as error:
            return refused(self._generation, FAULTY, said(error))
        except (CorpusError, TooLargeError) as error:
            return refused(self._generation, FAILED, said(error))

    # A query

    def _steps(self, data: bytes) -> bytes:
        """Carry out steps of a query, or stop those that are being carried out."""
        generation, asked = steps_of(data)
        self._check(generation)
        if not asked.steps and asked.at is None:
            self._stop(asked.session)
            return answered_steps(generation, (), ())
        running = self._running(asked.session, asked.opened())
        with running.lock:
            return answered_steps(generation, asked.steps, running.do(asked))

    def _running(self, name: str, opening: Opening | None = None) -> Running:
        with self._lock:
            known = self._sessions.get(name)
            if known is not None:
                return known
            if opening is None:
                raise GoneError(name)
            return self._sessions.put(name, Running(Session(self._engine.segments, opening, self._kept.ranks.get)))

    def _stop(self, name: str) -> None:
        """End what a query does; it is not known any more."""
        known = self._sessions.get(name)
        if known is not None:
            known.stop()
            self._sessions.drop(name)

    # Anything else

    def _one(self, name: str, data: bytes) -> bytes:
        """Answer what is asked of matches that are counted, or of what the host keeps."""
        kind, _, rest = name.partition(".")
        method = METHODS.get(kind, {}).get(rest)
        if method is None or kind == _SESSION:
            raise WireError(f"there is no {name}")
        generation, target, arguments = question_of(data, method)
        self._check(generation)
        if kind == "kept":
            return answered(generation, method, getattr(self._kept, rest)(**arguments))
        match target:
            case (tuple() as root, tuple() as steps):
                with self._lock_of(root):
                    counted = Counted(self._matches_of(root, steps))
                    return answered(generation, method, getattr(counted, rest)(**arguments))
        raise WireError("this is nothing to be asked")

    def _check(self, generation: str) -> None:
        if generation != self._generation:
            raise _OutdatedError

    def _lock_of(self, root: tuple[Any, ...]) -> threading.RLock:
        """What those hold that count the same matches: the lock of the query that found them, where one did."""
        if root[0] == _FOUND:
            return self._running(root[1]).lock
        with self._lock:
            known = self._counting.get(root)
            return self._counting.put(root, threading.RLock()) if known is None else known

    def _matches_of(self, root: tuple[Any, ...], steps: tuple[Any, ...]) -> LocalMatches:
        """The matches that steps lead to from a root; those before the last step are kept as well."""
        key = root, steps
        if (known := self._matches.get(key)) is not None:
            return known
        made = made_of(self._engine, self._matches_of(root, steps[:-1]), steps[-1]) if steps else self._root(root)
        return self._matches.put(key, made)

    def _root(self, root: tuple[Any, ...]) -> LocalMatches:
        """All matches of a query, or all occurrences of a unit."""
        match root:
            case (str(), str() as name) if root[0] == _FOUND:
                found = self._running(name).session
                return LocalMatches(
                    parts_of(found.found), layers=found.query.layers, words=self._engine.cut_texts.views
                )
            case ("matches_of_unit", bool() as of_words, told):
                return occurrences(self._engine, told, of_words=of_words)
        raise WireError("these are no matches")
