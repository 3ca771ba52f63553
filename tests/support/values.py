"""Values of any type that goes between processes, for property tests."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

from hypothesis import strategies as st

from tuibrowser.hanzi.alignment import Alignment
from tuibrowser.language.i18n import plain
from tuibrowser.search.machines.arrays import Integers
from tuibrowser.search.machines.coding import hints_of

_INTEGERS: Final = st.integers(-(1 << 40), 1 << 40)
_SIMPLE: Final[dict[Any, st.SearchStrategy[Any]]] = {
    int: _INTEGERS,
    bool: st.booleans(),
    bytes: st.binary(max_size=9),
    NoneType: st.none(),
    float: st.floats(allow_nan=False),
    str: st.text("江a\u0301𠀀\ud800\n", max_size=6) | st.just(plain("{n} of {what}", n=3, what=plain("no index"))),
    Path: st.sampled_from([Path("/a/江.txt"), Path("b\udce9")]),
    slice: st.builds(slice, st.none() | _INTEGERS, st.none() | _INTEGERS, st.none() | _INTEGERS),
    Integers: st.lists(_INTEGERS, max_size=40).map(lambda values: array("q", values)),
    Alignment: st.lists(st.tuples(*[st.integers(0, 9)] * 3), max_size=3).map(
        lambda rows: Alignment([(20 * at + a, 20 * at + a + b, c) for at, (a, b, c) in enumerate(rows)])
    ),
}


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a type as its annotation says."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return st.one_of(*map(values_of, arguments))
    if origin is tuple and arguments[-1] is not Ellipsis:
        return st.tuples(*map(values_of, arguments))
    if origin in (tuple, list, Sequence, Collection, frozenset):
        few = st.lists(values_of(arguments[0]), max_size=3)
        many = st.lists(_INTEGERS, min_size=32, max_size=40) if arguments[0] is int else few
        return (few | many).map(origin if origin in (tuple, frozenset) else list)
    if origin in (dict, Mapping):
        return st.dictionaries(*map(values_of, arguments), max_size=3)
    if issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    hints = hints_of(annotation)
    names = annotation._fields if issubclass(annotation, tuple) else [f.name for f in dataclasses.fields(annotation)]
    return st.tuples(*(values_of(hints[name]) for name in names)).map(lambda values: annotation(*values))


def is_plain(annotation: Any) -> bool:
    """Whether all that a data class holds is sent with it, and no function stays behind."""
    return not dataclasses.is_dataclass(annotation) or all(
        get_origin(each) is not Callable for each in hints_of(annotation).values()
    )
