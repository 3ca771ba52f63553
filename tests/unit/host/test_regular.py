from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tuibrowser.host.regular import read_regular
from tuibrowser.host.system_errors import system_reason

if TYPE_CHECKING:
    from pathlib import Path


def reason(path: Path, most: int = 100) -> str:
    with pytest.raises(OSError, match=r".") as failed:
        read_regular(path, most)
    return system_reason(failed.value)


def test_a_file_is_read_up_to_the_bound(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert read_regular(tmp_path / "a", 100) == b"x" * 100
    assert reason(tmp_path / "a", 99) == "larger than 99 bytes"


def test_what_is_no_regular_file_is_neither_waited_for_nor_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    assert reason(tmp_path / "pipe") == reason(tmp_path / "zero") == "not a regular file"
    assert reason(tmp_path) == "is a directory"
    assert reason(tmp_path / "none") == "no such file or directory"
