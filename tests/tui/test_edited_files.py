"""Files that are edited while they are read and searched."""

from __future__ import annotations

import contextlib
import os
import threading
import zipfile
from typing import TYPE_CHECKING

import pytest
from textual import events

from tuibrowser.tui import app
from tuibrowser.tui.app import BrowserApp
from tuibrowser.tui.browser.parts import changes
from tuibrowser.tui.work.messages import HitGone, LoadingDone
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader
    from tuibrowser.corpus.corpus import Seen

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
        release, seen = threading.Event(), reader.corpus.seen

        def slowly(number: int) -> Seen:
            release.wait(10)
            return seen(number)

        monkeypatch.setattr(reader.corpus, "seen", slowly)
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


# What the program notices by itself


def touch_later(file: Path) -> None:
    """Have a file that was written in this instant look as one that was written later."""
    found = file.stat()
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns + 1_000_000))


def rewrite(file: Path, paragraphs: list[str]) -> None:
    write(file, paragraphs)
    touch_later(file)


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that looks whenever it has reason to."""
    monkeypatch.setattr(changes, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(changes, "SWEEP_SECONDS", 0.0)


async def test_a_hit_in_a_text_kept_in_memory_is_one_of_the_file_as_it_is(
    browse: Browse, folder: Path, sent: list[str]
) -> None:
    async with browse(folder / "行記.txt") as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        rewrite(folder / "行記.txt", [*PARAGRAPHS[:16], "第17日改宿于新亭。", *PARAGRAPHS[17:]])
        await reader.press("slash")
        await reader.type('"17里驛"')
        await reader.sees("exact ¶")
        await reader.press("tab", "y")
        await reader.sees("not copied: 1 hit gone")
        await reader.press("enter")
        await reader.sees("the hit is gone")
        assert sent == []


async def test_y_copies_the_paragraph_of_a_file_that_was_changed_elsewhere(
    browse: Browse, folder: Path, sent: list[str]
) -> None:
    async with browse(folder / "行記.txt") as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        await reader.press("2", "0", "G")
        rewrite(folder / "行記.txt", BEFORE + PARAGRAPHS)
        await reader.press("y")
        await reader.until(lambda: sent)
        assert sent == [PARAGRAPHS[18]]
        assert "as it was" not in reader.screen


@pytest.mark.parametrize("rest", [PARAGRAPHS[:5], ["全不相干的文字。"] * 40, []])
async def test_y_copies_nothing_that_its_file_does_not_have_any_more(
    browse: Browse, folder: Path, sent: list[str], rest: list[str]
) -> None:
    file = folder / "行記.txt"
    async with browse(file) as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        await reader.press("2", "0", "G")
        file.write_text("") if not rest else rewrite(file, rest)
        await reader.press("y")
        await reader.sees("not copied")
        assert sent == []


async def test_y_says_that_what_is_selected_is_what_the_file_had(browse: Browse, folder: Path, sent: list[str]) -> None:
    async with browse(folder / "行記.txt", size=(160, 30)) as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        await reader.press("2", "G", "v", "l", "l")
        rewrite(folder / "行記.txt", ["全不相干的文字。"])
        await reader.press("y")
        await reader.sees("as it was: the file was changed since")
        assert len(sent) == 1


async def test_the_file_shown_is_read_again_when_the_terminal_gets_the_focus(
    browse: Browse, folder: Path, eager: None
) -> None:
    async with browse(folder / "行記.txt") as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        await reader.press("2", "0", "G")
        rewrite(folder / "行記.txt", BEFORE + PARAGRAPHS)
        reader.app.post_message(events.AppFocus())
        await reader.sees("was read again; searches know it as it was")
        assert reader.pane.current_paragraph == 24
        await reader.sees(PARAGRAPHS[18][:8])


async def test_a_key_after_a_pause_is_a_reason_to_look(
    browse: Browse, folder: Path, eager: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "PAUSE_SECONDS", 0.0)
    async with browse(folder / "行記.txt") as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        rewrite(folder / "行記.txt", ["新的首段。", *PARAGRAPHS])
        await reader.press("k")
        await reader.sees("新的首段")


async def test_what_changed_while_the_corpus_was_read_is_looked_at_once_it_is(browse: Browse, folder: Path) -> None:
    async with browse(folder / "行記.txt") as reader:
        reader.browser.parts.loader.is_loaded = False  # as while it is read
        rewrite(folder / "行記.txt", ["新的首段。", *PARAGRAPHS])
        reader.app.post_message(events.AppFocus())
        await reader.pilot.pause()
        assert "新的首段" not in reader.screen
        reader.browser.post_message(LoadingDone())
        await reader.sees("新的首段")


async def test_a_touched_file_is_no_news(browse: Browse, folder: Path, eager: None) -> None:
    async with browse(folder / "行記.txt") as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        looks = reader.browser.parts.places.looks
        touch_later(folder / "行記.txt")
        reader.browser.look_at_files()
        await reader.until(lambda: reader.browser.parts.places.looks != looks)
        await reader.pilot.pause()
        assert "again" not in reader.screen


async def test_a_large_file_is_said_to_be_changed_and_read_on_request(
    browse: Browse, folder: Path, eager: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "SMALL", 10)
    async with browse(folder / "行記.txt") as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        rewrite(folder / "行記.txt", ["新的首段。", *PARAGRAPHS])
        reader.browser.look_at_files()
        await reader.sees("the file was changed: R reads it again")
        assert "新的首段" not in reader.screen
        await reader.press("R")
        await reader.sees("新的首段")


@pytest.mark.parametrize(("empty", "said"), [(True, "the file is empty now"), (False, "no such file")])
async def test_a_file_without_text_says_so_in_the_pane_and_is_shown_when_it_is_back(
    browse: Browse, folder: Path, eager: None, empty: bool, said: str
) -> None:
    file = folder / "行記.txt"
    async with browse(file) as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        await reader.press("2", "0", "G")
        file.write_text("") if empty else file.unlink()
        reader.browser.look_at_files()
        await reader.until(lambda: said in "\n".join(reader.screen.splitlines()[:-1]))
        assert PARAGRAPHS[18] not in reader.screen
        await reader.press("Y")
        await reader.sees("not copied: ")
        rewrite(file, PARAGRAPHS)
        await reader.until(lambda: not reader.browser.parts.places.is_opening)
        reader.browser.look_at_files()
        await reader.sees(PARAGRAPHS[18][:8])
        assert reader.pane.current_paragraph == 19


async def test_other_files_that_were_changed_are_counted_and_searched_on_request(
    browse: Browse, folder: Path, eager: None
) -> None:
    async with browse(folder) as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        rewrite(folder / "行記.txt", ["其日遇雪，", *PARAGRAPHS])
        await reader.press("slash")
        await reader.type('"遇雪"')
        await reader.sees("1 file changed since the corpus was opened: R reads again")
        await reader.press("enter", "R")
        await reader.sees("1 file changed: reading again")
        await reader.until(lambda: reader.browser.is_loaded)
        await reader.press("n")
        await reader.sees("hit 1/1")
        await reader.press("R")
        await reader.sees("no file was changed")


async def test_members_of_an_archive_change_with_it(browse: Browse, tmp_path: Path, eager: None) -> None:
    def pack(text: str) -> None:
        with zipfile.ZipFile(archive, "w") as made:
            made.writestr("1.txt", "甲篇之首。\n\n此篇無變。\n")
            made.writestr("2.txt", text)

    archive = tmp_path / "二篇.zip"
    pack("乙篇之首。\n\n其末言舟。\n")
    async with browse(archive) as reader:
        await reader.until(lambda: reader.browser.is_loaded)
        await reader.press("J")
        await reader.sees("其末言舟")
        pack("乙篇之首。\n\n其末言車。\n")
        touch_later(archive)
        reader.browser.look_at_files()
        await reader.sees("其末言車")
        await reader.sees("R changes that")


async def test_a_hit_that_is_gone_does_not_end_the_wait_for_a_later_place(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        places = reader.browser.parts.places
        places.is_opening = True
        last = places._asked
        reader.browser.on_hit_gone(HitGone(Request(0, number=last - 1), "an earlier hit"))
        assert places.is_opening
        assert "an earlier hit" not in reader.status
        reader.browser.on_hit_gone(HitGone(Request(0, number=last), "this hit"))
        assert not places.is_opening
        assert "this hit" in reader.status
