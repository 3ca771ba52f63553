"""A value is a frozen data class with slots, whichever of its methods is called first."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace

import pytest

from tuibrowser.language.frozen import frozen


@frozen
class Place:
    """A place in a text."""

    document: int
    offset: int = 0
    marks: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list, compare=False)


@frozen
class Named(Place):
    """One with a name."""

    name: str = "甲"


@frozen
class Own:
    """One that says itself what it is."""

    number: int

    def __repr__(self) -> str:
        return f"no. {self.number}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

    def __hash__(self) -> int:
        return 1


@frozen
class Alike:
    """One that is like all others."""

    number: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike)


@frozen
class Checked:
    """One that checks what it is given."""

    number: int

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError(self.number)


@dataclass(frozen=True, slots=True)
class Usual:
    """What a value is compared with."""

    document: int
    offset: int = 0
    marks: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list, compare=False)


def test_it_is_made_as_a_data_class_is() -> None:
    place = Place(3, marks=("乙",))
    assert (place.document, place.offset, place.marks, place.notes) == (3, 0, ("乙",), [])
    assert repr(place) == repr(Usual(3, marks=("乙",))).replace("Usual", "Place")
    assert hash(place) == hash(Usual(3, marks=("乙",)))
    assert Place(1).notes is not Place(1).notes


def test_what_is_not_given_or_unknown_is_an_error() -> None:
    with pytest.raises(TypeError, match="document"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="page"):
        Place(1, page=2)  # type: ignore[call-arg]


def test_values_are_equal_by_their_fields_and_their_class() -> None:
    assert Place(1, notes=["a"]) == Place(1, notes=["b"])
    assert Place(1) != Place(2)
    assert Place(1) != Named(1)
    assert Place(1) != Usual(1)  # type: ignore[comparison-overlap]
    assert len({Place(1), Place(1), Place(2)}) == 2


def test_it_is_frozen_and_has_slots() -> None:
    place = Place(1)
    with pytest.raises(FrozenInstanceError):
        place.offset = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del place.offset
    assert not hasattr(place, "__dict__")


def test_fields_are_inherited() -> None:
    assert Named(1, name="乙").name == "乙"
    assert repr(Named(1)).startswith("Named(document=1")
    assert [each.name for each in fields(Named)] == ["document", "offset", "marks", "notes", "name"]


def test_its_own_methods_are_kept() -> None:
    assert repr(Own(3)) == "no. 3"
    assert Own(1) == Own(2)
    assert hash(Own(5)) == 1


def test_one_that_compares_itself_has_a_hash_all_the_same() -> None:
    assert hash(Alike(3)) == hash(Alike(3))
    assert Alike(3) == Alike(4)


def test_what_it_checks_is_checked() -> None:
    with pytest.raises(ValueError, match="-1"):
        Checked(-1)
    assert Checked(1).number == 1


def test_it_is_replaced_copied_pickled_and_matched() -> None:
    place = Place(1, 2)
    assert replace(place, offset=5) == Place(1, 5)
    assert copy.deepcopy(place) == copy.copy(place) == pickle.loads(pickle.dumps(place)) == place
    match place:
        case Place(document, offset):
            assert (document, offset) == (1, 2)
    assert is_dataclass(place)


def test_one_that_was_never_made_here_is_compared_and_shown() -> None:
    code = (
        "import pickle, sys; from tuibrowser.language.frozen import frozen\n"
        "@frozen\nclass Pair:\n    a: int\n    b: int\n"
        "def made(): \n    one = Pair.__new__(Pair); one.__setstate__([1, 2]); return one\n"
        "print({})"
    )
    for first in ("made() == made()", "hash(made()) == hash((1, 2))", "repr(made()) == 'Pair(a=1, b=2)'"):
        done = subprocess.run([sys.executable, "-c", code.format(first)], capture_output=True, text=True)
        assert done.stdout == "True\n", done.stderr
