from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.search.index.lengths import ends, packed


@given(st.lists(st.integers(0, 1100)))
def test_lengths_come_back_as_where_each_ends(lengths: list[int]) -> None:
    assert ends(packed(np.array(lengths, np.int64))).tolist() == [0, *accumulate(lengths)]


@pytest.mark.parametrize(("length", "size"), [(0, 1), (254, 1), (255, 2), (510, 3)])
def test_a_small_length_takes_a_byte(length: int, size: int) -> None:
    assert len(packed(np.array([length]))) == size
