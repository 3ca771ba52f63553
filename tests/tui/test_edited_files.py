"""Files that are edited while they are read and searched."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import pytest

from tuibrowser.tui.app import BrowserApp

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader
    from tuibrowser.corpus.model import DocumentText

PARAGRAPHS = [f"第{number}日至{number}里驛，宿于舊亭之東，是夜大雨。" for number in range(1, 31)]
BEFORE = [f"新入之段，其{number}，與前後無涉。" for number in range(5)]


def write(file: Path, paragraphs: list[str]) -> None:
    file.write_text("行記\n\n" + "".join(f"{each}\n\n" for each in paragraphs), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "甲.txt").write_text("開頭之文\n\n尋常文字。\n", encoding="utf-8")
    write(folder / "行記.txt", PARAGRAPHS)
    return folder


def forget(reader: Reader) -> None:
    """Have the program read its files anew, as it does when they have left its memory."""
    for number in range(len(reader.corpus.documents)):
        reader.corpus.forget(number)


async def test_the_hit_that_is_copied_is_the_one_of_the_list(browse: Browse, folder: Path, sent: list[str]) -> None:
    async with browse(folder) as reader:
        write(folder / "行記.txt", BEFORE + PARAGRAPHS)
        forget(reader)
        await reader.press("slash")
        await reader.type('"17里驛"')
        await reader.sees("exact ¶")
        await reader.press("tab", "y")
        await reader.until(lambda: sent)
        await reader.press("enter")
        await reader.sees("hit 1/1")
        await reader.press("y")
        await reader.until(lambda: len(sent) == 2)
        assert sent == [PARAGRAPHS[16]] * 2


async def test_n_goes_from_hit_to_hit_of_an_edited_file(browse: Browse, folder: Path, sent: list[str]) -> None:
    async with browse(folder) as reader:
        write(folder / "行記.txt", BEFORE + PARAGRAPHS)
        forget(reader)
        await reader.press("slash")
        await reader.type('"宿于舊亭"')
        await reader.sees("exact ¶")
        await reader.press("enter")
        await reader.sees("hit 1/30")
        for number in range(2, 6):
            await reader.press("n")
            await reader.sees(f"hit {number}/30")
        await reader.press("y")
        await reader.until(lambda: sent)
        assert sent == [PARAGRAPHS[4]]


async def test_what_is_copied_before_the_hit_is_read_is_the_hit(
    browse: Browse, folder: Path, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browse(folder) as reader:
        await reader.press("slash")
        await reader.type('"17里驛"')
        await reader.sees("exact ¶")
        await reader.press("escape")
        await reader.sees("開頭之文")
        forget(reader)
        release, text = threading.Event(), reader.corpus.text

        def slowly(number: int) -> DocumentText:
            release.wait(10)
            return text(number)

        monkeypatch.setattr(reader.corpus, "text", slowly)
        await reader.press("n", "y")
        await reader.sees("waiting for the passage")
        assert sent == []
        release.set()
        await reader.until(lambda: sent)
        assert sent == [PARAGRAPHS[16]]


@pytest.mark.parametrize("rest", [PARAGRAPHS[:8], ["全不相干的文字。"] * 40, []])
async def test_a_hit_that_is_gone_is_said_and_nothing_copied_in_its_place(
    browse: Browse, folder: Path, sent: list[str], rest: list[str]
) -> None:
    async with browse(folder) as reader:
        write(folder / "行記.txt", rest)
        forget(reader)
        await reader.press("slash")
        await reader.type('"17里驛"')
        await reader.sees("exact ¶")
        await reader.press("tab", "y")
        await reader.sees("not copied: 1 hit gone")
        await reader.press("enter")
        await reader.sees("the hit is gone")
        assert "hit 1/1" not in reader.screen
        await reader.press("y")
        await reader.sees("not copied: the hit is gone")
        assert sent == []
        await reader.press("y")
        await reader.until(lambda: sent)


async def test_another_size_is_no_movement_after_a_hit_that_is_gone(
    browse: Browse, folder: Path, sent: list[str]
) -> None:
    async with browse(folder) as reader:
        write(folder / "行記.txt", PARAGRAPHS[:8])
        forget(reader)
        await reader.press("slash")
        await reader.type('"17里驛"')
        await reader.sees("exact ¶")
        await reader.press("enter")
        await reader.sees("the hit is gone")
        await reader.press("o")
        await reader.pilot.resize_terminal(60, 20)
        await reader.pilot.pause()
        await reader.press("y")
        await reader.sees("not copied: the hit is gone")
        assert sent == []


async def test_n_goes_on_after_a_hit_that_is_gone(browse: Browse, folder: Path) -> None:
    async with browse(folder) as reader:
        write(folder / "行記.txt", [PARAGRAPHS[0], *PARAGRAPHS[2:]])
        forget(reader)
        await reader.press("slash")
        await reader.type('"宿于舊亭"')
        await reader.sees("exact ¶")
        await reader.press("enter")
        await reader.sees("hit 1/30")
        await reader.press("n")
        await reader.sees("the hit is gone")
        await reader.press("n")
        await reader.sees("hit 3/30")


async def test_a_deleted_file_of_a_hit_is_said_and_nothing_copied(
    browse: Browse, folder: Path, sent: list[str]
) -> None:
    async with browse(folder) as reader:
        (folder / "行記.txt").unlink()
        forget(reader)
        await reader.press("slash")
        await reader.type('"17里驛"')
        await reader.sees("exact ¶")
        await reader.press("enter")
        await reader.sees("no such file")
        await reader.press("y")
        await reader.sees("not copied")
        assert sent == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (BEFORE + PARAGRAPHS, "read again"),
        (PARAGRAPHS[5:], "read again"),
        (["全不相干的文字。"] * 3, "marked paragraph is gone"),
        (PARAGRAPHS[:3], "passage most like it"),
        ([], "empty now"),
    ],
)
async def test_after_the_editor_the_marked_paragraph_stays_or_is_said_to_be_gone(
    browse: Browse, folder: Path, sent: list[str], monkeypatch: pytest.MonkeyPatch, change: list[str], said: str
) -> None:
    file = folder / "行記.txt"

    def save(*_: object) -> int:
        file.write_text("") if not change else write(file, change)
        return 0

    monkeypatch.setattr("tuibrowser.tui.browser.parts.editor.edit", save)
    monkeypatch.setattr(BrowserApp, "suspend", lambda _: contextlib.nullcontext())  # There is no terminal here.
    async with browse(file) as reader:
        await reader.press("2", "0", "G")
        await reader.press("y")
        await reader.until(lambda: sent)
        await reader.press("E")
        await reader.sees(said)
        if said == "read again":
            await reader.until(lambda: f"/{len(change) + 1} " in reader.status or "read again" in reader.status)
            await reader.press("y")
            await reader.until(lambda: len(sent) == 2)
            assert sent[0] == sent[1]
