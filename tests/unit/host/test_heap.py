"""Heap: what is free between what is in use goes back to the system."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

import pytest

from tuibrowser.host.heap import give_back


def resident() -> int:
    """Kilobytes of memory of this process."""
    (line,) = [each for each in Path("/proc/self/status").read_text("ascii").splitlines() if each.startswith("VmRSS")]
    return int(line.split()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="the C library has no malloc_trim")
def test_what_is_free_between_what_is_in_use_goes_back() -> None:
    pieces = [bytes([1]) * 100_000 for _ in range(600)]
    kept = pieces[1::2]
    del pieces
    before = resident()
    give_back()
    assert resident() < before - 20_000
    assert all(each[-1] == 1 for each in kept)
