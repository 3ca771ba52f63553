from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.dialogs.bookmarks import BookmarkPicker
from tuibrowser.tui.work.memory import Memory, lost_words
from tuibrowser.userdata.store import UserData

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse


async def test_without_a_path_the_last_corpus_opens_at_its_place(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state.db")
    async with browse(corpus, memory=memory) as reader:
        await reader.press("J", "J")
        await reader.sees("第1段")
        await reader.press("3", "0", "G", "t")
        place = reader.pane.position
    memory.close()
    memory = Memory(tmp_path / "state.db")
    async with browse(memory=memory) as reader:
        assert reader.pane.position == place
        assert "長文" in reader.status or "长文" in reader.status
    memory.close()


async def test_the_place_is_found_again_after_the_text_before_it_has_changed(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    file = corpus / "speeches" / "長文.txt"
    memory = Memory(tmp_path / "state.db")
    async with browse(file, memory=memory) as reader:
        await reader.press("4", "0", "G")
        top = reader.screen.splitlines()[0]
    memory.close()
    file.write_text("新加的一段在最前面。\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    memory = Memory(tmp_path / "state.db")
    async with browse(file, memory=memory) as reader:
        assert reader.screen.splitlines()[0].split()[-1] == top.split()[-1]
    memory.close()


async def test_what_was_left_out_is_said_once_for_each_state_of_the_corpus(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    (corpus / "圖.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    for files, is_said in ((1, True), (1, False), (2, True), (2, False)):
        if files == 2:
            (corpus / "空.txt").touch()
        memory = Memory(tmp_path / "state.db")
        async with browse(corpus, memory=memory) as reader:
            if is_said:
                await reader.until(lambda: "left out: i says why" in reader.status)
            else:
                await reader.pilot.pause(0.2)
                assert "left out" not in reader.status
        memory.close()


async def test_where_nothing_can_be_kept_one_reads_searches_and_is_told(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file in the place of the folder")
    memory = Memory(tmp_path / "state" / "state.db")
    async with browse(corpus, memory=memory) as reader:
        assert "kept in memory only: a file is in the place of its folder" in reader.status
        await reader.press("J")
        await reader.sees("各位同志")
        await reader.press("m")
        await reader.type("要點")
        await reader.press("enter")
        await reader.sees("bookmarked in memory only")
        await reader.press("apostrophe")
        await reader.sees("要點")
        await reader.press("escape", "slash")
        await reader.type("供水")
        await reader.sees("城市供水条例")
    lost = memory.close()
    assert lost is not None
    assert lost_words(lost) == "these bookmarks could not be kept: 要點 (a file is in the place of its folder)"


async def test_bookmarked_is_said_when_it_is_on_the_disk(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    memory = Memory(path)
    async with browse(corpus, memory=memory) as reader:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await reader.press("m", "enter")
            await reader.pilot.pause(0.3)
            assert "bookmarked" not in reader.status
            other.execute("ROLLBACK")
        await reader.sees("bookmarked")
        with closing(UserData(path)) as data:
            assert len(data.bookmarks()) == 1
    memory.close()


async def test_a_bookmark_with_a_note_is_listed_opened_deleted_and_put_back(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    memory = Memory(tmp_path / "state.db")
    async with browse(corpus, memory=memory) as reader:
        await reader.press("J")
        await reader.sees("各位同志")
        await reader.press("right_square_bracket", "right_curly_bracket", "m")
        await reader.type("要點")
        await reader.press("enter")
        await reader.sees("bookmarked")
        await reader.press("K")
        await reader.sees("制定本条例")
        await reader.press("apostrophe")
        await reader.sees("要點 — 當前，全市上下")
        await reader.press("ctrl+d")
        await reader.until(lambda: "要點" not in reader.screen)
        await reader.press("ctrl+z")
        await reader.sees("要點 — 當前")
        await reader.press("enter")
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.number == 1)
        assert "¶6/8" in reader.status
    memory.close()


async def test_a_bookmark_in_the_text_that_is_open_is_gone_to_as_well(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    memory = Memory(tmp_path / "state.db")
    async with browse(corpus / "speeches" / "長文.txt", memory=memory) as reader:
        await reader.press("3", "0", "G", "v", "l", "m")
        await reader.press("enter", "escape", "g", "apostrophe")
        await reader.sees("Bookmarks")
        await reader.press("enter")
        await reader.until(lambda: "¶30/60" in reader.status)
        await reader.press("apostrophe", "apostrophe")
        await reader.until(lambda: "¶1/60" in reader.status)
    memory.close()


async def test_a_bookmark_is_found_where_its_file_was_moved_to(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state.db")
    speeches = corpus / "speeches"
    async with browse(speeches / "長文.txt", memory=memory) as reader:
        await reader.press("3", "0", "G", "v", "l", "m", "enter")
        await reader.sees("bookmarked")
    speeches.joinpath("長文.txt").rename(speeches / "別名.txt")
    async with browse(speeches, memory=memory) as reader:
        await reader.press("apostrophe")
        await reader.sees("Bookmarks")
        await reader.press("enter")
        await reader.until(lambda: "¶30/60" in reader.status)
        assert reader.pane.document is not None
        assert reader.pane.document.name == "別名.txt"
    memory.close()


@pytest.mark.parametrize("key", ["Z", "f8"])
async def test_messages_and_the_list_name_the_keys_that_the_reader_has(
    browse: Browse, corpus: Path, tmp_path: Path, key: str
) -> None:
    memory = Memory(tmp_path / "state.db")
    config = ReadConfig(Config(keys={"bookmarks": (key,), "search": ("f9",), "bookmark-note": ("ctrl+t",)}))
    async with browse(corpus / "speeches" / "長文.txt", memory=memory, config=config) as reader:
        await reader.press("n")
        await reader.until(lambda: "no search yet: f9 opens the search" in reader.status)
        await reader.press("3", "0", "G", "m", "enter")
        await reader.until(lambda: f"bookmarked: {key} lists the bookmarks" in reader.status)
        await reader.press("g", key)
        await reader.sees(f"Enter opens · ctrl+t note · ctrl+d delete · ctrl+z undo · {key} where I was")
        await reader.press("enter")
        await reader.until(lambda: "¶30/60" in reader.status)
        await reader.press(key, key)
        await reader.until(lambda: "¶1/60" in reader.status)
    memory.close()


async def test_a_key_with_a_name_is_typed_as_words_in_the_list(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state.db")
    config = ReadConfig(Config(keys={"bookmarks": ("f8",)}))
    async with browse(corpus, memory=memory, config=config) as reader:
        await reader.press("f8")
        await reader.sees("Bookmarks")
        await reader.type("f8")
        await reader.pilot.pause(0.1)
        assert isinstance(reader.app.screen, BookmarkPicker)
    memory.close()


async def test_back_and_forward_through_jumps(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("f")
        await reader.type("機關黨建")
        await reader.sees("在機關黨建會議上的講話")
        await reader.press("enter")
        await reader.sees("各位同志")
        await reader.press("H")
        await reader.sees("制定本条例")
        await reader.press("L")
        await reader.sees("各位同志")
        await reader.press("apostrophe", "apostrophe")
        await reader.sees("制定本条例")


async def test_earlier_searches_come_back_in_another_session(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state.db")
    async with browse(corpus, memory=memory) as reader:
        await reader.press("slash")
        await reader.type("供水")
        await reader.sees("in 1 document")
        await reader.press("enter")
    memory.close()
    memory = Memory(tmp_path / "state.db")
    async with browse(corpus, memory=memory) as reader:
        await reader.press("slash", "up")
        await reader.sees("/ 供水")
    memory.close()
