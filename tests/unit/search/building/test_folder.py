"""What a host keeps on disk, and what it removes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from tuibrowser.search.building.builder import Builder
from tuibrowser.search.building.folder import HostFolder, Share
from tuibrowser.search.building.making import this_maker
from tuibrowser.search.building.pieces import Task

if TYPE_CHECKING:
    from pathlib import Path

MAKING, MADE, OLD = (f"c{letter * 24}" for letter in "abc")


def test_what_is_being_made_stays_when_a_generation_is_taken_up(tmp_path: Path) -> None:
    begun, left = (tmp_path / f"p{name[1:]}00000000" for name in (MAKING, OLD))
    for each in (begun, left, *(tmp_path / name for name in (MADE, OLD))):
        each.mkdir()
        each.joinpath("s0.codes.npy").write_bytes(b"begun")
    HostFolder(tmp_path).take(Share("g" + "1" * 24, 1, {0: [(MADE, 0)]}), [], lambda: [MAKING])
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {begun.name, MADE}


def test_what_is_begun_while_a_generation_is_opened_stays(tmp_path: Path) -> None:
    folder, task = HostFolder(tmp_path), Task(b"", 0, 1, None, this_maker())
    begun, is_begun, goes_on = tmp_path / f"p{task.name[1:]}00000000", threading.Event(), threading.Event()

    def make(*_: object) -> None:
        begun.mkdir()
        is_begun.set()
        goes_on.wait()

    def adopt(share: Share, kept: Any, _: object, begun_now: Any) -> list[str]:
        builder.work([task], [])  # an order that comes while its shards are opened
        assert is_begun.wait(60)
        folder.take(share, kept, begun_now)
        return []

    builder = Builder(folder, adopt, list, make, lambda _: None)
    try:
        builder.adopt(Share("g" + "1" * 24, 0, {}), [])
        assert begun.is_dir()
    finally:
        goes_on.set()
        builder.end()
