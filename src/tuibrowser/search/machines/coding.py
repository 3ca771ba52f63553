"""Coding: values as their annotations say to what msgpack packs, and back.

The annotations are those of the data classes and of the protocols: what is added to either needs nothing here. What is
decoded is checked against them, whoever sent it.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, NamedTuple, Protocol, Union, get_args, get_origin, get_type_hints

from tuibrowser.hanzi.alignment import Alignment
from tuibrowser.language.i18n import Message, stored
from tuibrowser.search.machines.arrays import (
    PACKED,
    Array,
    Integers,
    WireError,
    packed_array,
    packed_integers,
    unpacked_array,
    unpacked_integers,
)
from tuibrowser.search.machines.names import HANDLES, NAMES


class Ends(Protocol):
    """What a side of a connection knows of what stays on the other side."""

    def give(self, kind: str, value: object, /) -> int:
        """Keep a value that stays here, and return the number under which the other side has it."""

    def take(self, kind: str, number: int, /) -> Any:
        """What stands here for a value that stays on the other side."""


class Nothing:
    """The ends of a connection over which only plain values go."""

    def give(self, kind: str, _: object) -> int:
        """Raise WireError."""
        raise WireError(f"{kind} is no plain value")

    def take(self, kind: str, number: int) -> Any:
        """Raise WireError."""
        raise WireError(f"{kind} {number} is no plain value")


NOTHING: Final = Nothing()

Step = Callable[[Any, Ends], Any]


class Coder(NamedTuple):
    """How values of a type are encoded and decoded; `is_as_is` where encoding leaves them as they are."""

    encode: Step
    decode: Step
    is_as_is: bool = False


def hints_of(something: Any) -> dict[str, Any]:
    """The types of a data class's fields or of a function's parameters, also those imported for type checkers alone."""
    return get_type_hints(something, NAMES, vars(sys.modules[something.__module__]))


@cache
def coder(annotation: Any) -> Coder:
    """How values of a type are coded. Raise TypeError for a type that cannot be sent."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _union(arguments)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return _row(arguments)
    if origin in _GROUPS:
        return _group(_GROUPS[origin], arguments[0])
    if origin in (dict, Mapping):
        return _mapping(*arguments)
    if not isinstance(annotation, type):
        raise TypeError(f"{annotation} cannot be sent")
    if annotation in HANDLES:
        return handle(annotation.__name__)
    if issubclass(annotation, Enum):
        return _enumeration(annotation)
    if dataclasses.is_dataclass(annotation):
        return _data_class(annotation)
    if issubclass(annotation, tuple) and hasattr(annotation, "_fields"):
        return _named_tuple(annotation)
    raise TypeError(f"{annotation} cannot be sent")


def handle(kind: str) -> Coder:
    """How something is coded that stays where it is."""

    def take(number: Any, ends: Ends) -> Any:
        return ends.take(kind, checked(number, int))

    return Coder(lambda value, ends: ends.give(kind, value), take)


def checked(value: Any, wanted: type) -> Any:
    """Return a value of that very type. Raise WireError for another."""
    if type(value) is not wanted:
        raise WireError(f"{type(value).__name__} instead of {wanted.__name__}")
    return value


def listed(value: Any) -> list[Any] | tuple[Any, ...]:
    """Return a list. Raise WireError for anything else."""
    if not isinstance(value, list | tuple):
        raise WireError(f"{type(value).__name__} instead of a list")
    return value


def _same(value: Any, _: Ends) -> Any:
    return value


def _simple(wanted: type) -> Coder:
    return Coder(_same, lambda value, _: checked(value, wanted), is_as_is=True)


def _number(value: Any, _: Ends) -> float:
    return value if type(value) is float else float(checked(value, int))


def _words(value: Any, _: Ends) -> Any:
    """Strings are mostly sent as they are; a message keeps what says it in other languages."""
    return stored(value) if isinstance(value, Message) else value


def _said(value: Any, _: Ends) -> str:
    return value if type(value) is str else _message(value)


def _message(sent: Any) -> Message:
    match sent:
        case (str() as english, str() as template, dict() as values) if all(isinstance(each, str) for each in values):
            return Message(english, template, {name: _message_value(value) for name, value in values.items()})
    raise WireError("this is no message")


def _message_value(sent: Any) -> Any:
    return sent if isinstance(sent, str | int | float) else _message(sent)


def _path(value: Any, _: Ends) -> Path:
    data = checked(value, bytes)
    if b"\0" in data:
        raise WireError("this is no path")
    return Path(os.fsdecode(data))


def _alignment(value: Any, ends: Ends) -> Alignment:
    try:
        return Alignment(coder(_EDITS).decode(value, ends))
    except ValueError as error:
        raise WireError(str(error)) from None


def _row_of_integers(values: Any) -> Any:
    return unpacked_integers(checked(values, bytes))


def _slice(value: Any, _: Ends) -> slice:
    match value:
        case (start, stop, step) if all(type(each) in (int, NoneType) for each in value):
            return slice(start, stop, step)
    raise WireError("this is no slice")


_EDITS: Final = tuple[tuple[int, int, int], ...]


_SIMPLE: Final[dict[Any, Coder]] = {
    int: _simple(int),
    bool: _simple(bool),
    bytes: _simple(bytes),
    NoneType: _simple(NoneType),
    float: Coder(lambda value, _: float(value), _number),
    str: Coder(_words, _said),
    slice: Coder(lambda value, _: (value.start, value.stop, value.step), _slice),
    Path: Coder(lambda value, _: os.fsencode(value), _path),
    Integers: Coder(lambda values, _: packed_integers(values), lambda values, _: _row_of_integers(values)),
    Array: Coder(lambda value, _: packed_array(value), lambda value, _: unpacked_array(value)),
    Alignment: Coder(lambda value, ends: coder(_EDITS).encode(value.edits, ends), _alignment),
}

_GROUPS: Final[dict[Any, Callable[[Iterable[Any]], Any]]] = {
    tuple: tuple,
    list: list,
    frozenset: frozenset,
    Sequence: list,
    Collection: list,
}
"""What types with elements of one kind are made into."""


def _union(members: Sequence[Any]) -> Coder:
    """One of several types: what may be None is None or itself, what may be of two is told by a number."""
    others = [each for each in members if each is not NoneType]
    if len(others) == 1:
        encode, decode, is_as_is = coder(others[0])
        return Coder(
            _same if is_as_is else lambda value, ends: None if value is None else encode(value, ends),
            lambda value, ends: None if value is None else decode(value, ends),
            is_as_is=is_as_is,
        )
    classes, coders = [get_origin(each) or each for each in members], [coder(each) for each in members]

    def encode_one(value: Any, ends: Ends) -> Any:
        at = next(at for at, each in enumerate(classes) if isinstance(value, each))
        return [at, coders[at].encode(value, ends)]

    def decode_one(value: Any, ends: Ends) -> Any:
        match value:
            case (int() as at, given) if 0 <= at < len(coders):
                return coders[at].decode(given, ends)
        raise WireError("this is of none of these types")

    return Coder(encode_one, decode_one)


def _group(make: Callable[[Iterable[Any]], Any], element: Any) -> Coder:
    if element is int:
        return _integers(make)
    encode, decode, is_as_is = coder(element)

    def encode_all(values: Any, ends: Ends) -> Any:
        return [encode(each, ends) for each in values]

    def decode_all(values: Any, ends: Ends) -> Any:
        return make([decode(each, ends) for each in listed(values)])

    return Coder(_packable if is_as_is else encode_all, decode_all)


def _packable(values: Any, _: Ends) -> Any:
    return values if isinstance(values, list | tuple) else list(values)


def _integers(make: Callable[[Iterable[Any]], Any]) -> Coder:
    def encode(values: Any, _: Ends) -> Any:
        return packed_integers(values) if len(values) >= PACKED else list(values)

    def decode(values: Any, _: Ends) -> Any:
        if isinstance(values, bytes):
            return make(unpacked_integers(values))
        return make([checked(each, int) for each in listed(values)])

    return Coder(encode, decode)


def _mapping(key: Any, value: Any) -> Coder:
    """A mapping is sent as its keys and its values."""
    keys, values = coder(list[key]), coder(list[value])

    def decode(pairs: Any, ends: Ends) -> dict[Any, Any]:
        match pairs:
            case (some_keys, some_values):
                decoded = keys.decode(some_keys, ends), values.decode(some_values, ends)
                if len(decoded[0]) == len(decoded[1]):
                    return dict(zip(*decoded, strict=True))
        raise WireError("this is no mapping")

    return Coder(lambda each, ends: [keys.encode(list(each), ends), values.encode(list(each.values()), ends)], decode)


def _row(types: Sequence[Any]) -> Coder:
    coders = [coder(each) for each in types]
    if all(each.is_as_is for each in coders):
        return Coder(_same, _checked_row(tuple, coders), is_as_is=True)
    encoders = [each.encode for each in coders]

    def encode(values: Any, ends: Ends) -> Any:
        return [encoder(value, ends) for encoder, value in zip(encoders, values, strict=True)]

    return Coder(encode, _checked_row(tuple, coders))


def _checked_row(make: Callable[[Iterable[Any]], Any], coders: Sequence[Coder]) -> Step:
    decoders = [each.decode for each in coders]

    def decode(values: Any, ends: Ends) -> Any:
        if len(listed(values)) != len(decoders):
            raise WireError(f"{len(values)} values instead of {len(decoders)}")
        return make([decoder(value, ends) for decoder, value in zip(decoders, values, strict=True)])

    return decode


def _enumeration(wanted: type[Enum]) -> Coder:
    members = {each.value: each for each in wanted}

    def decode(value: Any, _: Ends) -> Enum:
        found = members.get(value) if isinstance(value, str | int) else None
        if found is None:
            raise WireError(f"this is no {wanted.__name__}")
        return found

    return Coder(lambda value, _: value.value, decode)


def _named_tuple(wanted: type[Any]) -> Coder:
    hints = hints_of(wanted)
    row = _row([hints[name] for name in wanted._fields])
    return Coder(row.encode, lambda values, ends: wanted(*row.decode(values, ends)), is_as_is=row.is_as_is)


def _data_class(wanted: type[Any]) -> Coder:
    """A data class is sent as the values of its fields in order; a function in it stays where it is."""
    hints = hints_of(wanted)
    names = [each.name for each in dataclasses.fields(wanted)]
    coders = [
        handle(f"{wanted.__name__}.{name}") if get_origin(hints[name]) is Callable else coder(hints[name])
        for name in names
    ]
    encoders = [each.encode for each in coders]
    decode = _checked_row(list, coders)

    def encode(value: Any, ends: Ends) -> Any:
        return [encoder(getattr(value, name), ends) for encoder, name in zip(encoders, names, strict=True)]

    return Coder(encode, lambda values, ends: wanted(*decode(values, ends)))
