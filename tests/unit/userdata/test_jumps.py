from __future__ import annotations

from tuibrowser.userdata.jumps import MOST, Jumps
from tuibrowser.userdata.model import Spot


def spot(offset: int) -> Spot:
    return Spot("/texts/論語.txt", "00", offset)


def test_back_and_forward_among_the_places_left() -> None:
    jumps = Jumps()
    assert jumps.back(spot(5)) is None
    jumps = Jumps()
    for offset in (10, 20):
        assert jumps.leave(spot(offset))
    assert jumps.back(spot(30)) == spot(20)
    assert jumps.back(spot(20)) == spot(10)
    assert jumps.back(spot(10)) is None
    assert jumps.forward() == spot(20)
    assert jumps.forward() == spot(30)
    assert jumps.forward() is None
    assert jumps.back(spot(30)) == spot(20)


def test_a_jump_forgets_what_lay_ahead() -> None:
    jumps = Jumps([spot(10), spot(20)])
    assert jumps.back(spot(30)) == spot(20)
    jumps.leave(spot(25))
    assert jumps.forward() is None
    assert jumps.back(spot(40)) == spot(25)


def test_the_same_place_is_kept_once() -> None:
    jumps = Jumps()
    assert [jumps.leave(spot(10)), jumps.leave(spot(10))] == [True, False]
    assert jumps.back(spot(20)) == spot(10)
    assert jumps.back(spot(10)) is None


def test_only_so_many_are_kept() -> None:
    jumps = Jumps(spot(offset) for offset in range(MOST + 50))
    went = 0
    here = spot(9_999)
    while (before := jumps.back(here)) is not None:
        here, went = before, went + 1
    assert (went, here) == (MOST, spot(50))
