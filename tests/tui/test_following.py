"""A file that grows while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.tui.work import growing, opening

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(growing, "PAUSE", 0.02)
    file = tmp_path / "日誌.txt"
    file.write_text("".join(f"第{number}行，某事已畢。\n" for number in range(1, 101)), encoding="utf-8")
    return file


def add(log: Path, line: bytes) -> None:
    with log.open("ab") as file:
        file.write(line)


def write_anew(log: Path) -> None:
    log.write_text("另起之日誌。\n", encoding="utf-8")


def delete(log: Path) -> None:
    log.unlink()


async def test_what_is_added_is_shown_at_the_end_until_one_cancels(browse: Browse, log: Path) -> None:
    async with browse(log) as reader:
        await reader.press("F")
        await reader.sees("following the file")
        await reader.sees("第100行")
        for number in range(101, 160):
            add(log, f"第{number}行，某事已畢。\n".encode())
        await reader.sees("第159行")
        await reader.press("escape")
        await reader.sees("not followed any more")
        add(log, "第160行，某事已畢。\n".encode())
        await reader.pilot.pause(0.3)
        assert "第160行" not in reader.screen


async def test_what_was_added_before_the_following_begins_is_shown(browse: Browse, log: Path) -> None:
    async with browse(log) as reader:
        add(log, "第101行，某事已畢。\n".encode())
        await reader.press("F")
        await reader.sees("第101行")
        assert reader.screen.count("第101行") == 1


async def test_a_movement_up_stops_and_the_place_stays(browse: Browse, log: Path) -> None:
    async with browse(log) as reader:
        await reader.press("F")
        await reader.sees("第100行")
        await reader.press("ctrl+u")
        await reader.sees("not followed any more")
        place = reader.pane.position
        add(log, "第101行，某事已畢。\n".encode())
        await reader.pilot.pause(0.3)
        assert reader.pane.position == place


async def test_half_a_character_waits_for_its_other_half(browse: Browse, log: Path) -> None:
    async with browse(log) as reader:
        await reader.press("F")
        await reader.sees("第100行")
        character = "畢".encode()
        add(log, "又一事未".encode() + character[:2])
        await reader.sees("又一事未")
        add(log, character[2:] + b"\n")
        await reader.sees("又一事未畢")


async def test_a_file_that_was_written_anew_is_read_again(browse: Browse, log: Path) -> None:
    async with browse(log) as reader:
        await reader.press("F")
        await reader.sees("第100行")
        write_anew(log)
        await reader.sees("另起之日誌")


async def test_a_file_that_is_gone_is_said(browse: Browse, log: Path) -> None:
    async with browse(log) as reader:
        await reader.press("F")
        await reader.sees("第100行")
        delete(log)
        await reader.sees("not followed any more: no such file")


async def test_a_large_file_is_followed_as_plain_lines_and_that_is_said(
    browse: Browse, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LARGE", 100)
    async with browse(log, follow=True) as reader:
        await reader.sees("following the file, shown as plain lines")
        await reader.sees("第100行")
        add(log, "第101行，某事已畢。\n".encode())
        await reader.sees("第101行")
        assert reader.pane.text is not None
        assert len(reader.pane.text) == 101
