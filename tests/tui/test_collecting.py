"""Full garbage collections come when there are no keys, and only then."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from tuibrowser.tui.garbage import Collecting, put_off_collections

if TYPE_CHECKING:
    from collections.abc import Iterator


class Loop:
    """Garbage that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    thresholds = gc.get_threshold()
    gc.freeze()  # how much there is before decides when Python would collect
    gc.collect()
    put_off_collections()
    yield
    gc.enable()
    gc.set_threshold(*thresholds)
    gc.unfreeze()
    gc.collect()


def aged_loop() -> weakref.ref[Loop]:
    """Garbage that has outlived the young generations."""
    loop = Loop()
    for _ in range(12):
        gc.collect(1)
    return weakref.ref(loop)


def make_much() -> None:
    kept = [[number] for number in range(200_000)]
    del kept


def test_nothing_is_collected_before_the_first_look() -> None:
    loop = Loop()
    garbage = weakref.ref(loop)
    del loop
    make_much()
    assert garbage() is not None
    Collecting().look(0)
    make_much()
    assert garbage() is None


def test_no_full_collection_while_keys_come() -> None:
    garbage = aged_loop()
    collecting = Collecting()
    for keys in range(5):
        collecting.look(keys)
        make_much()
    assert garbage() is not None


def test_collected_once_hands_are_still() -> None:
    collecting = Collecting()
    collecting.look(7)
    garbage = aged_loop()
    collecting.look(7)
    assert garbage() is None


def test_nothing_is_collected_for_little() -> None:
    collecting = Collecting()
    collecting.look(7)
    gc.collect()
    loop = Loop()
    garbage = weakref.ref(loop)
    del loop
    collecting.look(7)
    assert garbage() is not None


def test_what_was_kept_is_looked_at_again_when_the_reader_is_away() -> None:
    collecting = Collecting()
    collecting.look(7)
    loop = Loop()
    for _ in range(12):
        gc.collect(1)
    frozen = gc.get_freeze_count()
    collecting.look(7)
    assert gc.get_freeze_count() > frozen
    garbage = weakref.ref(loop)
    del loop
    for _ in range(28):
        gc.collect(1)
        collecting.look(7)
    assert garbage() is not None, "what is frozen is not walked"
    collecting.look(7)
    assert garbage() is None


def test_far_too_much_is_collected_in_spite_of_keys() -> None:
    Collecting().look(0)
    garbage = aged_loop()
    kept = []
    for _ in range(510):
        kept.append([[number] for number in range(100)])
        gc.collect(1)
    kept.append([[number] for number in range(20_000)])
    assert garbage() is None
