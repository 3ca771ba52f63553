"""Frozen: data classes whose methods are compiled when the first one is made.

`@dataclass(frozen=True, slots=True)` writes and compiles six methods for each class when its module is imported, which
takes half a millisecond; ninety classes are imported before the first frame, and most have no instance by then. So the
modules that are imported before the first frame say `@frozen`; elsewhere the usual decorator is as good.
"""

from __future__ import annotations

from dataclasses import Field, FrozenInstanceError, dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_NONE = {"init": False, "repr": False, "eq": False}
_COMPILED = {
    "__init__": {**_NONE, "init": True, "frozen": True},
    "__repr__": {**_NONE, "repr": True},
    "__eq__": {**_NONE, "eq": True},
    "__hash__": {**_NONE, "eq": True, "unsafe_hash": True},
}
"""The methods that are compiled late, and how `dataclass` is asked for each alone."""


@dataclass_transform(frozen_default=True, field_specifiers=(field, Field))
def frozen(cls: type[T]) -> type[T]:
    """Make a class what `dataclass(frozen=True, slots=True)` makes of it, sooner; the first instance costs the rest.

    `dataclasses.fields` and `replace`, `match`, `copy` and `pickle` treat it as they do a data class.
    """
    own = {name for name, method in vars(cls).items() if method is not None}  # beside __eq__, Python puts no hash
    made = dataclass(**_NONE, slots=True)(cls)
    for name in _COMPILED.keys() - own:
        setattr(made, name, _late(made, name))
    for method in (_setattr, _delattr, _getstate, _setstate):
        setattr(made, f"__{method.__name__[1:]}__", method)
    return made


def _late(cls: type, name: str) -> Callable[..., Any]:
    """A method that is compiled when it is called first, and gives way to what was compiled."""

    def compiled_first(self: object, *given: Any, **named: Any) -> Any:
        method = _compiled(cls, name)
        setattr(cls, name, method)
        return method(self, *given, **named)

    return compiled_first


def _compiled(cls: type, name: str) -> Callable[..., Any]:
    """One method of a data class with the same fields."""
    given = {each.name: each for each in fields(cls)}
    body = {"__doc__": cls.__doc__, "__annotations__": {each: given[each].type for each in given}, **given}
    if hasattr(cls, "__post_init__"):
        body["__post_init__"] = cls.__post_init__
    twin: type = dataclass(**_COMPILED[name])(type(cls.__name__, (), body))
    method: Callable[..., Any] = vars(twin)[name]
    return method


def _setattr(_: object, name: str, _given: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for each, given in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, given)
