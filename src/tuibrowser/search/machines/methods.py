"""Methods: what the protocols of a searcher let another process ask for, as their annotations have it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from types import FunctionType, SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin, get_overloads

from tuibrowser.search.machines.arrays import WireError
from tuibrowser.search.machines.coding import Coder, coder, hints_of
from tuibrowser.search.machines.names import HANDLES, NAMES, PLAIN
from tuibrowser.search.machines.shelf import Shelf
from tuibrowser.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.search.machines.coding import Ends

CANCELLED: Final = NAMES["Cancelled"]
"""Of a parameter that says whether an answer is still wanted: what is sent is that one was given."""

PROGRESS: Final = NAMES["Progress"]
"""Of a parameter that is told how far the work is: what is sent is that one was given."""

_FLAG: Final = coder(bool)


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a protocol, or a function within an answer, and how its arguments and its answer are coded.

    Where it `streams` its answer comes in parts. `is_property` of what is asked for without a call, `is_function` of a
    function within an answer, whose parameters go by their place.
    """

    name: str
    parameters: Mapping[str, Coder]
    callables: Mapping[str, Any]
    """Those parameters that are functions, with CANCELLED or PROGRESS."""
    answer: Coder
    streams: bool = False
    is_property: bool = False
    is_function: bool = False
    positional: int = 0
    """How many of the parameters may be given by their place."""

    @property
    def attribute(self) -> str:
        """Its name without that of the protocol."""
        return self.name.partition(".")[2].partition(":")[0]

    def of(self, target: Any, arguments: Mapping[str, Any]) -> Any:
        """What an object answers to arguments."""
        if self.is_function:
            return target(*(arguments[name] for name in self.parameters))
        found = getattr(target, self.attribute)
        if self.is_property:
            return found
        placed = list(takewhile(arguments.__contains__, list(self.parameters)[: self.positional]))
        return found(*map(arguments.get, placed), **{name: arguments[name] for name in arguments if name not in placed})

    def encode(self, arguments: Mapping[str, Any], ends: Ends) -> dict[str, Any]:
        """Arguments by name as they are sent."""
        return {
            name: name in self.callables or self.parameters[name].encode(value, ends)
            for name, value in arguments.items()
        }

    def decode(self, arguments: Any, ends: Ends) -> dict[str, Any]:
        """Arguments that were sent; a function is True. Raise WireError for what the method does not take."""
        if not isinstance(arguments, dict) or not arguments.keys() <= self.parameters.keys():
            raise WireError(f"this is not what {self.name} takes")
        return {name: self.parameters[name].decode(value, ends) for name, value in arguments.items()}


@cache
def methods_of(protocol: type) -> dict[str, Method]:
    """The methods and properties of a protocol by their names, the second of two overloads with `:1` after it."""
    found: dict[str, Method] = {}
    for name, member in vars(protocol).items():
        if (not name.startswith("_") or name in _SPOKEN) and isinstance(member, property | FunctionType):
            for at, each in enumerate(_versions(protocol, name, member)):
                key = f"{name}:{at}" if at else name
                found[key] = _method(f"{protocol.__name__}.{key}", each, is_property=isinstance(member, property))
    return found


def _versions(protocol: type, name: str, member: property | FunctionType) -> Sequence[Any]:
    """A function, or its overloads, of which a protocol holds none itself."""
    named: Any = SimpleNamespace(__module__=protocol.__module__, __qualname__=f"{protocol.__name__}.{name}")
    function: Any = member.fget if isinstance(member, property) else member
    return get_overloads(named) or [function]


_SPOKEN: Final = ("__len__", "__getitem__")
"""Methods that operators ask for; a handle is gone through by its parts."""


def _method(name: str, function: Any, *, is_property: bool = False) -> Method:
    hints = hints_of(function)
    answer = hints.pop("return")
    hints.pop("self", None)
    streams = get_origin(answer) is Iterator
    callables = {each: hint for each, hint in hints.items() if get_origin(hint) is Callable}
    parameters = {each: _FLAG if each in callables else coder(hint) for each, hint in hints.items()}
    coded = coder(get_args(answer)[0] if streams else answer)
    positional = function.__code__.co_argcount - 1
    return Method(name, parameters, callables, coded, streams, is_property, positional=positional)


@cache
def functions() -> dict[str, Method]:
    """The functions that plain values hold, by the names of their classes and fields; arguments go by their place."""
    found: dict[str, Method] = {}
    for each in PLAIN:
        for name, hint in hints_of(each).items() if dataclasses.is_dataclass(each) else ():
            if get_origin(hint) is Callable:
                taken, answer = get_args(hint)
                parameters = {str(at): coder(kind) for at, kind in enumerate(taken)}
                found[f"{each.__name__}.{name}"] = Method(
                    f"{each.__name__}.{name}", parameters, {}, coder(answer), is_function=True
                )
    return found


@cache
def method(name: str) -> Method | None:
    """The method of a name such as `Matches.totals` or `Listing.hits`; None where there is none."""
    kind, _, rest = name.partition(".")
    protocol = PROTOCOLS.get(kind)
    return functions().get(name) if protocol is None else methods_of(protocol).get(rest)


PROTOCOLS: Final[dict[str, type]] = {each.__name__: each for each in (Searcher, Shelf, *HANDLES)}
"""The protocols by their names."""
