"""Frozen: data classes whose methods are compiled when the first one is made.

`@dataclass(frozen=True, slots=True)` writes and compiles six methods for each class when its module is imported, which
takes half a millisecond; ninety classes are imported before the first frame, and most have no instance by then. So the
modules that are imported before the first frame say `@frozen`; elsewhere the usual decorator is as good.
"""

from __future__ import annotations

from dataclasses import Field, FrozenInstanceError, dataclass, field, fields, make_dataclass
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_COMPILED = ("__init__", "__repr__", "__eq__", "__hash__")


@dataclass_transform(frozen_default=True, field_specifiers=(field, Field))
def frozen(cls: type[T]) -> type[T]:
    """Make a class what `dataclass(frozen=True, slots=True)` makes of it, sooner; the first instance costs the rest.

    `dataclasses.fields` and `replace`, `match`, `copy` and `pickle` treat it as they do a data class.
    """
    own = [name for name in _COMPILED if name in vars(cls)]
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    for name in _COMPILED:
        if name not in own:
            setattr(made, name, _late(made, name, own))
    for method in (_setattr, _delattr, _getstate, _setstate):
        setattr(made, f"__{method.__name__[1:]}__", method)
    return made


def _late(cls: type, name: str, own: list[str]) -> Callable[..., Any]:
    """A method that has all of a class compiled, and gives way to the one with its name."""

    def compiled_first(self: object, *given: Any, **named: Any) -> Any:
        _compile(cls, own)
        return getattr(cls, name)(self, *given, **named)

    return compiled_first


def _compile(cls: type, own: list[str]) -> None:
    """Put the methods of a data class with the same fields into a class, but for those that it has of its `own`."""
    namespace = {"__post_init__": cls.__post_init__} if hasattr(cls, "__post_init__") else {}
    twin = make_dataclass(
        cls.__name__, [(each.name, each.type, each) for each in fields(cls)], frozen=True, namespace=namespace
    )
    for name in _COMPILED:
        if name not in own:
            setattr(cls, name, vars(twin)[name])


def _setattr(_: object, name: str, _given: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for each, given in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, given)
