"""What a host keeps on disk, and what it removes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.search.building.folder import HostFolder, Share

if TYPE_CHECKING:
    from pathlib import Path

MAKING, MADE, OLD = (f"c{letter * 24}" for letter in "abc")


def test_what_is_being_made_stays_when_a_generation_is_taken_up(tmp_path: Path) -> None:
    begun, left = (tmp_path / f"p{name[1:]}00000000" for name in (MAKING, OLD))
    for each in (begun, left, *(tmp_path / name for name in (MADE, OLD))):
        each.mkdir()
        each.joinpath("s0.codes.npy").write_bytes(b"begun")
    HostFolder(tmp_path).take(Share("g" + "1" * 24, 1, {0: [(MADE, 0)]}), [], [MAKING])
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {begun.name, MADE}
