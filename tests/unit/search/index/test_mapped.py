"""Files an index is mapped from: one cut short under a reader is noticed, one replaced or removed stays whole."""

from __future__ import annotations

import os
from mmap import mmap
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tuibrowser.search.index.mapped import CutShortError, Mapped, check, map_array, mapped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def array_file(tmp_path: Path) -> Path:
    path = tmp_path / "s0.post.npy"
    np.save(path, np.arange(5_000, dtype=np.uint32))
    return path


def test_arrays_in_memory_have_no_file(array_file: Path) -> None:
    array = map_array(array_file)
    assert [each.size for each in mapped((array, array[10:20], np.arange(5)))] == 2 * [array_file.stat().st_size]


def test_a_file_that_was_replaced_or_removed_is_whole_for_who_has_mapped_it(array_file: Path) -> None:
    files = mapped((map_array(array_file),))
    other = array_file.with_name("other")
    other.write_bytes(b"")
    other.replace(array_file)
    check(files)
    array_file.unlink()
    check(files)


@pytest.mark.parametrize("name", ["s0.post.npy", "renamed"])
def test_a_mapped_file_that_was_cut_short_is_noticed_under_any_name(array_file: Path, name: str) -> None:
    files = mapped((map_array(array_file),))
    os.truncate(array_file.rename(array_file.with_name(name)), 200)
    with pytest.raises(CutShortError, match="cut short"):
        check(files)


class Stale(mmap):
    """A mapping whose file is gone on the server that had it."""

    def size(self) -> int:
        raise OSError(116, "Stale file handle")


def test_a_file_that_its_server_has_no_more_is_cut_short(array_file: Path) -> None:
    with array_file.open("r+b") as file, Stale(file.fileno(), 0) as stale, pytest.raises(CutShortError):
        check([Mapped(stale, len(stale))])
