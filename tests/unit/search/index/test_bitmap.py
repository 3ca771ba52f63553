"""Bitmap: ranks and positions lead to one another."""

from __future__ import annotations

import numpy as np
import pytest

from tuibrowser.search.index.bitmap import Bitmap


@pytest.mark.parametrize("share", [0.02, 0.5, 1.0])
def test_ranks_and_positions_are_those_of_the_set_bits(share: float) -> None:
    held = np.random.default_rng(1).random(1000) < share
    bits = Bitmap(held[at : at + 128] for at in range(0, 1000, 128))
    positions = np.flatnonzero(held)
    assert bits.positions(np.arange(len(positions))).tolist() == positions.tolist()
    assert bits.ranks(np.arange(1000, dtype=np.uint32)).tolist() == (np.cumsum(held) - held).tolist()
