"""A file is written whole or stays as it was, with its permissions."""

from __future__ import annotations

import sys
from stat import S_IMODE
from typing import TYPE_CHECKING

import pytest

from tuibrowser.host.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_made_or_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    for data in (b"one", b"two"):
        write_whole(file, data)
        assert file.read_bytes() == data
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such permissions")
def test_a_file_that_others_cannot_read_stays_so_behind_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "表.csv", tmp_path / "link.csv"
    file.write_bytes(b"one")
    file.chmod(0o600)
    link.symlink_to(file)
    write_whole(link, b"two")
    assert (file.read_bytes(), S_IMODE(file.stat().st_mode), link.is_symlink()) == (b"two", 0o600, True)


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside_it(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"."):
        write_whole(tmp_path / "no" / "表.csv", b"one")
    (tmp_path / "表.csv").mkdir()
    with pytest.raises(OSError, match=r"."):
        write_whole(tmp_path / "表.csv", b"one")
    assert [each.name for each in tmp_path.iterdir()] == ["表.csv"]
