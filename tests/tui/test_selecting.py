from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader


def files(folder: Path) -> dict[Path, int]:
    """The files that keep what was copied, and when each was written."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("state/**/*.txt")}


async def copied(reader: Reader, folder: Path, *keys: str) -> str:
    """What is kept as copied after some keys."""
    before = files(folder)
    await reader.press(*keys)
    await reader.sees("sent to the terminal")
    (new,) = [path for path, written in files(folder).items() if written != before.get(path)]
    return new.read_text(encoding="utf-8")


async def at_the_speech(reader: Reader) -> None:
    await reader.press("right_square_bracket", "right_curly_bracket")


async def test_words_and_sentences_are_selected_by_the_keyboard(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await at_the_speech(reader)
        await reader.press("v")
        assert reader.pane.is_selecting
        await reader.press("right_parenthesis")
        text = await copied(reader, tmp_path, "y")
        assert text == "當前，全市上下正不斷興起學習的熱潮，機關黨建高質量發展，是各項工作的根本。"
        assert not reader.pane.is_selecting


async def test_what_is_selected_outlives_a_change_of_script_and_size(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await at_the_speech(reader)
        await reader.press("v", "3", "l", "t")
        await reader.pilot.resize_terminal(50, 20)
        assert await copied(reader, tmp_path, "y") == "当前，全"


async def test_counts_and_the_other_end(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await at_the_speech(reader)
        await reader.press("v", "5", "l", "o", "l", "l")
        assert await copied(reader, tmp_path, "y") == "，全市上"


async def test_whole_paragraphs(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await at_the_speech(reader)
        text = await copied(reader, tmp_path, "V", "right_curly_bracket", "y")
        assert text.startswith("當前，")
        assert text.endswith("\n二、落實責任")


async def test_lines_of_the_screen(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt", size=(60, 12)) as reader:
        await reader.press("v", "j", "dollar_sign")
        first = await copied(reader, tmp_path, "y")
        assert first.startswith("第1段")
        assert 45 < len(first) <= 58
        await reader.press("v", *"jjjjjjjjjjjjjjjj")
        assert reader.pane.position is not None
        assert reader.pane.position.offset > 0


async def test_text_objects(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await at_the_speech(reader)
        assert (await copied(reader, tmp_path, "v", "i", "p", "y")).endswith("落到實處。")
        await at_the_speech(reader)
        await reader.press("g", "escape")


async def test_q_and_escape_end_a_selection_before_anything_else(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        for key in ("q", "escape", "v"):
            await reader.press("v", key)
            assert not reader.pane.is_selecting
            assert reader.app.return_code is None


async def test_a_citation_names_the_source_and_what_was_changed(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await at_the_speech(reader)
        text = await copied(reader, tmp_path, "t", "Y")
        assert "——李某：《在机关党建会议上的讲话》，2022年10月28日，“一、提高认识”，第6段" in text
        assert "繁" in text.rsplit("——", 1)[1]


async def test_a_law_is_cited_by_its_article(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "laws" / "供水.md") as reader:
        await reader.press("3", "right_curly_bracket")
        assert (await copied(reader, tmp_path, "Y")).endswith("——《城市供水条例》第二条")


async def test_copy_as_offers_formats_and_the_section(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await at_the_speech(reader)
        await reader.press("e")
        await reader.sees("a quotation in Markdown")
        await reader.type("markdown")
        assert (await copied(reader, tmp_path, "enter")).startswith("> 當前")
        await reader.press("escape", "e")
        await reader.type("section")
        await reader.until(lambda: "the whole section as shown" in reader.screen)
        section = await copied(reader, tmp_path, "enter")
        assert section.startswith("一、提高認識\n當前")
        assert "二、" not in section


async def test_the_selection_is_searched_for(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await at_the_speech(reader)
        await reader.press("v", "l", "asterisk")
        await reader.sees("/ 當前")
        await reader.sees("1 in 1 document")


async def test_a_whole_document_is_selected_from_its_start_to_its_end(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    async with browse(corpus / "speeches" / "長文.txt", size=(60, 12)) as reader:
        whole = await copied(reader, tmp_path, "v", "G", "y")
        assert whole == (corpus / "speeches" / "長文.txt").read_text(encoding="utf-8").replace("\n\n", "\n")
        assert await copied(reader, tmp_path, "v", "G", "o", "g", "o", "y") == whole
        assert (await copied(reader, tmp_path, "g", "v", "3", "G", "y")).endswith("\n第")


async def test_in_a_terminal_made_narrow_the_outline_does_not_lie_over_what_is_selected(
    browse: Browse, corpus: Path
) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await at_the_speech(reader)
        await reader.press("v", "l")
        sidebar = reader.browser.query_one("#sidebar")
        for width, shown in ((60, False), (50, False), (100, True)):
            await reader.pilot.resize_terminal(width, 20)
            await reader.until(lambda shown=shown: sidebar.display is shown)  # type: ignore[misc]
