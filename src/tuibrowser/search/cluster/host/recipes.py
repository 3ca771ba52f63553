"""Recipes: matches told by how they are come to: all of a query or a unit, then steps that choose among these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.coding import Nothing
from tuibrowser.search.machines.methods import methods_of
from tuibrowser.search.searcher import Matches, Searcher

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tuibrowser.search.answering.matches import LocalMatches
    from tuibrowser.search.engine import Engine
    from tuibrowser.search.machines.methods import Method

CHOOSING: Final = frozenset({"clustered", "beside", "beside_word", "whole_words", "of_documents", "of_indices"})
"""The methods of matches that choose among them."""

_ONCE: Final = "once"
_UNIT: Final = "matches_of_unit"
_NOTHING: Final = Nothing()


def found_by(session: str) -> tuple[Any, ...]:
    """All matches that a session has found."""
    return "found", session


def of_unit(arguments: Mapping[str, Any], *, of_words: bool = False) -> tuple[Any, ...]:
    """All occurrences of a unit, of characters or of words."""
    return _UNIT, of_words, _told(methods_of(Searcher)[_UNIT], arguments)


def occurrences(engine: Engine, told: Any, *, of_words: bool) -> LocalMatches:
    """All occurrences of a unit in an engine. Raise WireError for what is none."""
    arguments = _arguments(methods_of(Searcher)[_UNIT], told)
    return engine.cut_texts.matches_of_unit(**arguments) if of_words else engine.matches_of_unit(**arguments)


def chosen_by(name: str, arguments: Mapping[str, Any]) -> tuple[Any, ...]:
    """A step that chooses among matches."""
    return name, _told(methods_of(Matches)[name], arguments)


def once_in(documents: Collection[int]) -> tuple[Any, ...]:
    """A step that leaves out what stands in paragraphs which repeat one of some documents."""
    return _ONCE, _told(methods_of(Matches)["of_documents"], {"documents": documents})


def made_of(engine: Engine, matches: LocalMatches, step: Any) -> LocalMatches:
    """The matches that a step chooses. Raise WireError for what is no step."""
    match step:
        case (str() as name, told) if name == _ONCE:
            return engine.once(matches, **_arguments(methods_of(Matches)["of_documents"], told))
        case (str() as name, told) if name in CHOOSING:
            made: LocalMatches = getattr(matches, name)(**_arguments(methods_of(Matches)[name], told))
            return made
    raise WireError("this chooses nothing")


def _told(method: Method, arguments: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(sorted(method.encode(arguments, _NOTHING).items()))


def _arguments(method: Method, told: Any) -> dict[str, Any]:
    match told:
        case (*pairs,) if all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
            return method.decode(dict(pairs), _NOTHING)
    raise WireError("these are no arguments")
