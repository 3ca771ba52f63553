from __future__ import annotations

import os
from pathlib import Path

import pytest

from tuibrowser.host import regular
from tuibrowser.host.regular import read_regular, read_whole
from tuibrowser.host.system_errors import system_reason


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


@pytest.mark.parametrize("size", [0, 1, 6, 7, 8, 15])
def test_all_of_a_file_is_read_whatever_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(regular, "_AT_ONCE", 7)
    (tmp_path / "a").write_bytes(b"x" * size)

    assert read_whole(tmp_path / "a") == b"x" * size


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="there is no /proc")
def test_all_of_a_file_that_says_it_is_empty_is_read() -> None:
    assert read_whole(Path("/proc/self/cmdline")).endswith(b"\0")
