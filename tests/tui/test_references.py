"""References: what was copied as one leads to the passage again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.settings.config import Config, ReadConfig

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader


async def copied(reader: Reader, folder: Path, form: str) -> str:
    """What is kept as copied, in a form."""
    await reader.press("e")
    await reader.sees("a quotation in Markdown")
    await reader.type(form)
    await reader.press("enter")
    await reader.sees(f"as {form}")
    newest = max((folder / "state").rglob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
    return newest.read_text(encoding="utf-8")


def selected(reader: Reader) -> str:
    """What of the raw text is selected, or else the current paragraph."""
    assert reader.pane.text is not None
    span = reader.pane.quoted_span
    assert span is not None
    return reader.pane.text.source.raw[slice(*span)]


async def test_a_selection_in_a_folders_document_is_selected_again(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        await reader.press("2", "right_square_bracket", "right_curly_bracket", "v", "5", "l")
        before = selected(reader)
        reference = (await copied(reader, tmp_path, "reference")).replace("講話", "speeches/講話", 1)
    assert before == "各級黨組織要"
    async with browse(corpus, reference=reference) as reader:
        await reader.until(lambda: reader.pane.is_selecting)
        assert reader.pane.document is not None
        assert reader.pane.document.name == "speeches/講話.txt"
        assert selected(reader) == before
        assert "changed" not in reader.screen


async def test_what_was_selected_in_the_raw_text_is_selected_again(browse: Browse, tmp_path: Path) -> None:
    file = tmp_path / "現場.txt"
    file.write_text("現場會\n\n機關黨建高質量發(fā)展，現(xiàn)場會議。" * 3, encoding="utf-8")
    async with browse(file) as reader:
        await reader.press("r", "right_curly_bracket", "v", "1", "3", "l")
        before = selected(reader)
        reference = await copied(reader, tmp_path, "reference")
    assert before == "機關黨建高質量發(fā)展，"
    async with browse(file, reference=reference) as reader:
        await reader.until(lambda: reader.pane.is_selecting)
        assert selected(reader) == before
        await reader.press("r")
        assert selected(reader) == before


async def test_a_whole_paragraph_is_the_current_one(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt") as reader:
        await reader.press("3", "9", "G")
        reference = await copied(reader, tmp_path, "reference")
    assert reference.startswith("長文.txt#39@")
    async with browse(corpus / "speeches" / "長文.txt", reference=reference) as reader:
        assert selected(reader).startswith("第39段")
        assert not reader.pane.is_selecting


async def test_a_pasted_reference_is_gone_to_and_left_again(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        for reference in ("speeches/長文.txt#40:0-4", "長文.txt#50:0-4"):
            await reader.press("f")
            await reader.sees("title, heading or reference")
            await reader.type(reference)
            await reader.sees(f"¶{reference[-6:-4]}")
            await reader.press("enter")
            await reader.until(lambda: reader.pane.is_selecting)
            assert selected(reader) == f"第{reference[-6:-4]}段"
        await reader.press("escape", "H")
        await reader.until(lambda: reader.pane.current_paragraph < 45)


async def test_a_passage_that_moved_is_found_and_that_is_said(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    file = corpus / "speeches" / "長文.txt"
    async with browse(file) as reader:
        await reader.press("3", "9", "G", "v", "3", "l")
        reference = await copied(reader, tmp_path, "reference")
    file.write_text("新的一段。\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    async with browse(file, reference=reference) as reader:
        await reader.sees("the text was changed: these words are in paragraph 40 now")
        assert selected(reader) == "第39段"


async def test_a_passage_that_was_changed_is_not_selected_and_that_is_said(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, reference="長文.txt#39:0-4@00000000") as reader:
        await reader.sees("the passage was changed since: this is where it stood")
        assert selected(reader).startswith("第39段")
        assert not reader.pane.is_selecting


async def test_a_passage_that_is_gone_is_said_to_be(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, reference="長文.txt#99@00000000") as reader:
        await reader.sees("the passage is gone: there are 60 paragraphs, and none has it")
    async with browse(corpus, reference="長文.txt#99") as reader:
        await reader.sees("there is no paragraph 99 here: the last is 60")
    async with browse(corpus, reference="無.txt#3") as reader:
        await reader.sees("no document of this corpus has that name: 無.txt#3")


async def test_a_file_named_like_a_reference_is_found_by_its_name(browse: Browse, tmp_path: Path) -> None:
    (tmp_path / "甲").write_text("一\n\n二\n", encoding="utf-8")
    (tmp_path / "甲#2").write_text("丙\n\n丁\n", encoding="utf-8")
    async with browse(tmp_path / "甲", tmp_path / "甲#2") as reader:
        await reader.press("f")
        await reader.type("甲#2")
        await reader.until(lambda: "甲#2" in reader.screen and "¶2" not in reader.screen)
        await reader.press("enter")
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.name == "甲#2")


async def test_citations_are_as_the_config_says_in_the_text_and_in_the_list_of_hits(
    browse: Browse, corpus: Path, tmp_path: Path
) -> None:
    config = ReadConfig(
        Config(citation={"template": "{title}[ {article}][（{date}）]", "titles": "“”‘’", "dates": "iso"})
    )

    def citations() -> set[str]:
        texts = (path.read_text(encoding="utf-8") for path in (tmp_path / "state").rglob("*.txt"))
        return {text.rsplit("——", 1)[1] for text in texts}

    async with browse(corpus, query="高质量发展", config=config) as reader:
        await reader.until(lambda: "hit 1/" in reader.screen)
        await reader.press("Y")
        await reader.sees("sent to the terminal")
        await reader.until(lambda: citations() == {"“城市供水条例” 第二条"})
        await reader.press("slash", "tab")
        await reader.until(lambda: "在機關黨建會議上的講話" in reader.screen)
        await reader.press("j", "Y")
        await reader.until(lambda: "“在機關黨建會議上的講話”（2022-10-28）" in citations())


async def test_what_is_wrong_in_the_config_is_said_and_counted(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, config=ReadConfig(Config(), ("config.toml, line 2: no field", "another"))) as reader:
        assert "1 of 2: config.toml, line 2: no field" in reader.status


async def test_files_left_out_do_not_hide_it(browse: Browse, corpus: Path) -> None:
    (corpus / "圖.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    async with browse(corpus) as reader:
        await reader.until(lambda: "1 file left out" in reader.status)
    async with browse(corpus, reference="長文.txt#39:0-4@00000000") as reader:
        await reader.sees("the passage was changed since")
        await reader.until(lambda: reader.browser.is_loaded)
        assert "the passage was changed since" in reader.status
