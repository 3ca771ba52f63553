from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import pytest

from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.app import BrowserApp
from tuibrowser.tui.dialogs.picker import Option, Picker
from tuibrowser.tui.widgets.outline.widget import Outline
from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from pathlib import Path

    from textual.message import Message

    from support.reader import Browse


async def test_the_outline_stands_beside_the_first_document(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        lines = reader.screen.splitlines()
        assert "▾ laws" in lines[0]
        assert "▾ 城市供水条例" in lines[1]
        assert "第一章 总则" in lines[2]
        assert "▸ speeches" in reader.screen
        assert "制定本条例。" in reader.screen


async def test_the_next_document_is_one_key_away_and_the_last_has_none(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("J")
        await reader.sees("各位同志")
        assert "在機關黨建會議上的講話" in reader.status
        await reader.press("J")
        await reader.sees("第1段")
        await reader.press("J")
        assert "this is the last document" in reader.status
        await reader.press("K", "K")
        await reader.sees("制定本条例")


async def test_counts_repeat_a_motion_and_name_a_paragraph(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt") as reader:
        await reader.press("2", "j")
        two = reader.pane.position
        await reader.press("g")
        await reader.press("j", "j")
        assert reader.pane.position == two
        await reader.press("3", "9", "G")
        assert "¶39/60" in reader.status
        await reader.press("2", "right_curly_bracket")
        assert "¶41/60" in reader.status
        await reader.press("left_curly_bracket")
        assert "¶40/60" in reader.status


async def test_a_count_does_not_outlive_the_key_after_it(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt") as reader:
        await reader.press("2", "r", "r", "j")
        moved = reader.pane.position
        await reader.press("g", "j")
        assert reader.pane.position == moved


async def test_start_and_end_and_pages(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt") as reader:
        await reader.press("G")
        assert "¶60/60 100%" in reader.status
        await reader.press("g")
        assert "¶1/60" in reader.status
        await reader.press("d")
        half = reader.pane.position
        await reader.press("space")
        assert "¶1/60" not in reader.status
        assert half is not None
        assert reader.pane.position is not None
        assert half < reader.pane.position
        await reader.press("u", "b")
        assert "¶1/60" in reader.status


async def test_headings_are_stepped_through(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt", size=(60, 10)) as reader:
        await reader.press("right_square_bracket")
        assert "一、提高認識" in reader.status
        await reader.press("greater_than_sign")
        assert "二、落實責任" in reader.status
        await reader.press("left_square_bracket")
        assert "一、提高認識" in reader.status


async def test_resizing_and_hiding_the_outline_keep_the_character_on_the_top_line(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt") as reader:
        await reader.press("7", "j")
        place = reader.pane.position
        for width in (60, 100, 44, 130, 100) * 2:
            await reader.pilot.resize_terminal(width, 24)
            await reader.press("o")
            assert reader.pane.position == place


async def test_the_script_goes_round_and_the_titles_with_it(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        assert "繁 repaired" in reader.status
        await reader.press("t")
        await reader.sees("机关党建高质量发展")
        await reader.sees("在机关党建会议上的讲话")
        assert "shown in 简体" in reader.status
        await reader.press("escape")
        assert "繁→简" in reader.status
        await reader.press("t")
        await reader.sees("機關黨建高質量發展")


async def test_any_variant_of_opencc_can_be_chosen(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "laws") as reader:
        await reader.press("T")
        await reader.type("s2twp")
        await reader.press("enter")
        await reader.sees("城市供水條例")
        await reader.press("escape")
        assert "s2twp" in reader.status


async def test_the_raw_text_shows_what_was_repaired(browse: Browse) -> None:
    async with browse() as reader:
        await reader.press("space")
        assert "(fā)" not in reader.screen
        await reader.press("r")
        assert "(fā)" in reader.screen
        await reader.press("r")
        assert "(fā)" not in reader.screen


async def test_the_outline_has_the_keys_of_a_tree(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("tab")
        assert isinstance(reader.app.focused, Outline)
        await reader.press("G", "l", "j", "j", "enter")
        await reader.sees("第1段")
        assert isinstance(reader.app.focused, ReadingPane)


async def test_documents_can_be_ordered_by_title_and_date(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("s")
        assert "documents by title" in reader.status
        await reader.press("s")
        assert "2022-10-28 …會議上的講話" in reader.screen.splitlines()[0]


async def test_on_a_narrow_screen_the_outline_lies_over_the_text(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(60, 18)) as reader:
        assert "▾ laws" not in reader.screen
        await reader.press("o")
        assert "▾ laws" in reader.screen
        await reader.press("escape")
        assert "▾ laws" not in reader.screen


async def test_tiny_screens_are_survived(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(20, 5)) as reader:
        await reader.press("j", "space", "o", "escape", "slash")
        await reader.type("供水")
        await reader.press("enter", "t", "question_mark", "escape", "f", "escape")
        await reader.pilot.resize_terminal(1, 1)
        await reader.pilot.resize_terminal(80, 24)
        await reader.sees("供水")


async def test_full_width_keys_of_an_input_method_are_commands(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt") as reader:
        await reader.press("ｊ")
        below = reader.pane.position
        await reader.press("g", "j")
        assert reader.pane.position == below


async def test_go_to_finds_titles_in_any_script_and_lines_of_files(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("f")
        await reader.type("机关党建")
        await reader.sees("在機關黨建會議上的講話")
        await reader.press("enter")
        await reader.sees("各位同志")
        await reader.press("f")
        await reader.type("供水.md:9")
        await reader.sees("line 9")
        await reader.press("enter")
        await reader.sees("适用于城市供水")


async def test_enter_waits_for_what_the_typed_name_means(browse: Browse, corpus: Path) -> None:
    may_find = threading.Event()

    def find(text: str, _: object) -> list[Option[str]]:
        if text:
            may_find.wait(10)
        return [Option(text, text or "nothing typed")]

    picked: list[str | None] = []
    async with browse(corpus) as reader:
        reader.app.push_screen(Picker("Go to", "", find), picked.append)
        await reader.sees("nothing typed")
        await reader.type("渡口")
        await reader.press("enter")
        assert picked == []
        may_find.set()
        await reader.until(lambda: picked == ["渡口"])


async def test_go_to_finds_a_document_by_the_name_of_its_file(browse: Browse, tmp_path: Path) -> None:
    for name, title in (("Beta-2.txt", "甲"), ("b/beta.txt", "乙"), ("丙.txt", "丙")):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"標題：{title}\n\n正文。\n", encoding="utf-8")
    async with browse(tmp_path / "corpus") as reader:
        await reader.press("f")
        await reader.type("beta")
        await reader.sees("Beta-2.txt")
        lines = reader.screen.splitlines()
        first, second = (next(n for n, line in enumerate(lines) if name in line) for name in ("b/beta", "Beta-2"))
        assert first < second, "the whole name before a part of one"
        assert "丙.txt" not in reader.screen
        await reader.press("enter")
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.title == "乙")


async def test_the_palette_finds_commands_and_lines(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt") as reader:
        await reader.press("colon")
        await reader.type("11")
        await reader.press("enter")
        assert "¶6/60" in reader.status
        await reader.press("colon")
        await reader.type("help")
        await reader.press("enter")
        await reader.sees("Move down by a line")
        await reader.press("q", "colon", "q", "enter")
        await reader.until(lambda: reader.app.return_code is not None)


async def test_a_line_given_at_the_start_is_opened(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt", line=41) as reader:
        assert "¶21/60" in reader.status


async def test_a_line_past_the_end_is_said_to_be_none(browse: Browse, corpus: Path) -> None:
    words = "there is no line 900 here: the last is 119"
    async with browse(corpus / "speeches" / "長文.txt", line=900) as reader:
        await reader.sees(words)
        await reader.press("escape")
        assert words not in reader.screen
        await reader.press("colon")
        await reader.type("900")
        await reader.press("enter")
        await reader.sees(words)
        assert reader.pane.current_paragraph == 59


async def test_control_c_and_escape_never_quit(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("ctrl+c", "escape", "ctrl+g", "ctrl+c")
        assert reader.app.return_code is None
        assert "供水" in reader.screen


async def test_copying_keeps_a_file_and_says_what_was_done(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await reader.press("t", "right_square_bracket", "right_curly_bracket", "y")
        await reader.sees("sent to the terminal")
        assert "as shown: 繁→简" in reader.status
        files = [path for path in (tmp_path / "state").rglob("*") if path.is_file()]
        assert [path.read_text(encoding="utf-8") for path in files if "当前" in path.read_text(encoding="utf-8")] == [
            (
                "当前，全市上下正不断兴起学习的热潮，机关党建高质量发展，是各项工作的根本。"
                "我们要统一思想，提高站位，把各项任务落到实处。"
            )
        ]


async def test_the_config_sets_the_measure_the_script_and_keys(browse: Browse, corpus: Path) -> None:
    config = Config(measure=40, script="hans", outline=False, keys={"line-down": ("Q",), "line-up": ("Z",)})
    async with browse(corpus / "speeches" / "長文.txt", config=ReadConfig(config)) as reader:
        assert max(len(line.strip(" ▌")) for line in reader.screen.splitlines()[:-1]) <= 20
        await reader.press("Q")
        assert reader.pane.position is not None
        assert reader.pane.position.offset > 0
        await reader.press("Z", "j")
        assert reader.pane.position.offset == 0
        await reader.press("question_mark")
        await reader.sees("Move down by a line")
        assert "  Q  " in reader.screen


async def test_what_is_wrong_in_the_config_is_said(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, config=ReadConfig(Config(), ("config.toml, line 3: no",))) as reader:
        assert "config.toml, line 3: no" in reader.status


async def test_a_file_changed_in_the_editor_is_shown_as_it_is_now(
    browse: Browse, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i s/提高站位/提高地位/ "$2"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    monkeypatch.setattr(BrowserApp, "suspend", lambda _: contextlib.nullcontext())  # There is no terminal here.
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await reader.sees("各位同志")
        await reader.press("E")
        await reader.sees("提高地位")
        assert "read again" in reader.status


async def test_a_file_that_cannot_be_read_says_why_and_is_passed(browse: Browse, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("山路很长。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "c.txt").write_text("雨停了。\n", encoding="utf-8")
    async with browse(tmp_path) as reader:
        await reader.press("J")
        await reader.sees("cannot open b.txt: not a text: image")
        await reader.press("y", "r", "t", "right_curly_bracket")
        assert "not a text: image" in reader.screen
        await reader.press("J")
        await reader.sees("雨停了")
        await reader.press("K")
        await reader.sees("not a text: image")
        await reader.press("K")
        await reader.sees("山路很长")


async def test_a_file_that_became_unreadable_says_so_in_the_pane(browse: Browse, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"{name}山路很长。\n", encoding="utf-8")
    async with browse(tmp_path) as reader:
        corpus = reader.corpus
        (tmp_path / "b.txt").unlink()
        corpus._texts.clear()
        await reader.press("J")
        await reader.sees("cannot open b.txt")
        await reader.press("J")
        await reader.sees("c山路很长")


async def test_a_hit_in_a_note_says_so_in_the_list(tmp_path: Path, browse: Browse) -> None:
    text = "# -*- mode: mandoku-view; -*-\n#+TITLE: 林泉集\n\n予居北山(北山在城/北)感而賦之。¶\n"
    (tmp_path / "林泉集.txt").write_text(text, encoding="utf-8")
    async with browse(tmp_path) as reader:
        await reader.press("slash")
        await reader.type("在城")
        await reader.sees(" note exact ")
        await reader.press(*["backspace"] * 2)
        await reader.type("北山")
        await reader.until(lambda: " exact " in reader.screen and " note exact " not in reader.screen)


async def test_notes_are_dim_and_keep_their_brackets(tmp_path: Path, browse: Browse) -> None:
    text = "# -*- mode: mandoku-view; -*-\n#+TITLE: 林泉集\n\n予居北山(在城/北)感而賦之。¶\n"
    (tmp_path / "林泉集.txt").write_text(text, encoding="utf-8")
    async with browse(tmp_path) as reader:
        await reader.sees("予居北山(在城/北)感而賦之。")
        strips = [reader.pane.render_line(row) for row in range(reader.pane.size.height)]
        dim = [segment.text for strip in strips for segment in strip if segment.style and segment.style.dim]
        assert [words for words in dim if "城" in words or "山" in words] == ["(在城/北)"]


async def test_a_place_that_is_here_is_not_left_for_one_asked_for_before(browse: Browse, tmp_path: Path) -> None:
    for name in ("一", "二"):
        (tmp_path / f"{name}.txt").write_text(f"{name}号渡口。\n", "utf-8")
    async with browse(tmp_path) as reader:
        places, is_read = reader.browser.parts.places, threading.Event()
        assert reader.pane.document is not None
        here = reader.pane.document.number
        with pytest.MonkeyPatch.context() as patch:

            def posted(message: Message) -> bool:
                is_posted = places._post(message)
                is_read.set()
                return is_posted

            patch.setattr(places._opening, "_post", posted)
            places.open(Request(1 - here))
            assert is_read.wait(10)
        places.open(Request(here))
        await reader.pilot.pause(0.05)
        assert not places.is_opening
        assert reader.pane.document.number == here
