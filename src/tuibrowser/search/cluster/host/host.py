"""Host: answers what is asked of some of the segments of a corpus."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.kept import Kept as Lately
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
    opening_of,
    question_of,
    refused,
)
from tuibrowser.search.cluster.host.counted import Counted
from tuibrowser.search.cluster.host.kept import Kept
from tuibrowser.search.cluster.host.recipes import made_of, occurrences
from tuibrowser.search.cluster.host.session import Session
from tuibrowser.search.counting.once import NotToldError
from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.patterns.find import PatternError

if TYPE_CHECKING:
    from tuibrowser.search.engine import Engine

_SESSIONS: Final = 16
"""Queries whose matches are kept, of all who ask."""

_HANDLES: Final = 16
"""Choices of matches that are kept to be counted."""


class GoneError(LookupError):
    """What is asked for is no longer kept."""


class Host:
    """Answers questions about the segments of an engine; one after another. May be called from any thread."""

    def __init__(self, engine: Engine, generation: str = "") -> None:
        self._engine = engine
        engine.kept_once.is_part = True
        self._generation = generation
        self._lock = threading.Lock()
        self._kept = Kept(engine)
        self._sessions: Lately[str, Session] = Lately(_SESSIONS)
        self._matches: Lately[object, LocalMatches] = Lately(_HANDLES)

    def answer(self, name: str, data: bytes) -> bytes:
        """The answer to a question as bytes. Raise WireError for what is no question."""
        kind, _, rest = name.partition(".")
        method = METHODS.get(kind, {}).get(rest)
        if method is None:
            raise WireError(f"there is no {name}")
        generation, target, arguments = question_of(data, method)
        if generation != self._generation:
            return refused(generation, OUTDATED, OTHER_STATE)
        try:
            with self._lock:
                asked = self._target(kind, target)
                value = getattr(asked, rest)(**arguments)
                return answered(generation, method, value, asked.total if isinstance(asked, Session) else 0)
        except (GoneError, NotToldError):
            return refused(generation, GONE, "")
        except PatternError as error:
            return refused(generation, FAULTY, said(error))
        except CorpusError as error:
            return refused(generation, FAILED, said(error))

    def _target(self, kind: str, target: Any) -> object:
        """What a question is asked of. Raise GoneError, WireError."""
        if kind == "kept":
            return self._kept
        match target:
            case (str() as session, opening) if kind == "session":
                return self._session(session, opening)
            case (tuple() as root, tuple() as steps) if kind == "counted":
                return Counted(self._matches_of(root, steps))
        raise WireError("this is nothing to be asked")

    def _session(self, name: str, sent: Any) -> Session:
        known = self._sessions.get(name)
        if known is None:
            if (opening := opening_of(sent)) is None:
                raise GoneError(name)
            known = self._sessions.put(name, Session(self._engine.segments, opening))
        return known

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
            case ("found", str() as name):
                found = self._session(name, None)
                return LocalMatches(
                    parts_of(found.found), layers=found.query.layers, words=self._engine.cut_texts.views
                )
            case ("matches_of_unit", bool() as of_words, told):
                return occurrences(self._engine, told, of_words=of_words)
        raise WireError("these are no matches")
