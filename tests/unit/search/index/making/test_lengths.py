from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.search.index.making.lengths import MORE, packed


def unpacked(parts: list[int]) -> list[int]:
    lengths, length = [], 0
    for part in parts:
        length += part
        if part != MORE:
            lengths.append(length)
            length = 0
    return lengths


@given(st.lists(st.integers(0, 1100)))
def test_lengths_come_back(lengths: list[int]) -> None:
    assert unpacked(packed(np.array(lengths, np.int64)).tolist()) == lengths


@pytest.mark.parametrize(("length", "size"), [(0, 1), (254, 1), (255, 2), (510, 3)])
def test_a_small_length_takes_a_byte(length: int, size: int) -> None:
    assert len(packed(np.array([length]))) == size
