"""Corpus work on the screen: figures, the lines they count, and the way to these in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.tui.analysis.made import Figure, Lines
from tuibrowser.tui.analysis.panel import AnalysisPanel

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader

TEXTS = {
    "河/渡口记.txt": "标题：甲记\n作者：李某\n日期：1978-01-02\n\n老渡口有船。渡口的船夫唱歌。\n\n雨后渡口无人。\n",
    "河/桥记.txt": "标题：乙记\n作者：李某\n日期：1979-03-04\n\n新渡口通了桥，舊渡口沒有船。\n",
    "山/山记.txt": "标题：丙记\n作者：李某\n日期：1979-05-06\n\n山中无渡口，只有石阶。石阶很高。\n",
    "山/无日期.txt": "石阶长满青苔。\n",
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def panel_of(reader: Reader) -> AnalysisPanel:
    return reader.browser.query_one(AnalysisPanel)


async def opened(reader: Reader, query: str = "渡口") -> AnalysisPanel:
    """The panel with the lines of a query."""
    await reader.press("slash")
    await reader.type(query)
    await reader.sees("in 3 documents" if query == "渡口" else query)
    await reader.press("tab")
    await reader.press("A")
    await reader.sees("[1 lines]")
    panel = panel_of(reader)
    await reader.until(lambda: panel.rows.line is not None and panel.has_focus_within)
    return panel


def counted(panel: AnalysisPanel) -> int | None:
    """The matches of what is shown."""
    made = panel.rows.made
    return made.basis.matches if isinstance(made, Figure | Lines) else None


async def test_the_panel_shows_every_match_in_its_context_and_takes_the_place_of_the_search(
    browse: Browse, texts: Path
) -> None:
    async with browse(texts) as reader:
        panel = await opened(reader)
        await reader.sees("6 in 3 documents: exact 6")
        assert panel.rows.row_count == 6
        assert panel.region.y == 0
        assert not reader.browser.parts.searching.is_open
        lines = reader.screen.splitlines()[2:8]
        assert len({cell_width(line.partition(" 渡口 ")[0]) for line in lines}) == 1, "one below the other"


async def test_a_figure_leads_to_its_lines_and_a_line_to_the_text(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        panel = await opened(reader)
        await reader.press("2")
        await reader.sees("[2 spread]")
        await reader.until(lambda: panel.rows.row_count == 3)
        await reader.press("enter")
        await reader.sees("甲记: 3 lines")
        await reader.until(lambda: panel.rows.row_count == 3 and panel.rows.line is not None)
        line = panel.rows.line
        assert line is not None
        await reader.press("enter")
        await reader.until(lambda: reader.app.focused is reader.pane)
        await reader.until(lambda: reader.pane.document is not None and reader.pane.document.number == line.number)


async def test_esc_goes_up_to_the_figure_and_at_last_back(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        first = reader.pane.document
        panel = await opened(reader)
        await reader.press("3", "enter")
        await reader.until(lambda: panel.rows.line is not None)
        await reader.press("escape")
        await reader.sees("[3 collocates]")
        await reader.press("q")
        assert reader.app.focused is reader.pane
        await reader.until(lambda: reader.pane.document is first)
        await reader.press("A")
        await reader.sees("[3 collocates]")
        assert panel.has_focus_within


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("3", "pairs of characters within 5: collocates"),
        ("4", "with the 2 characters after it: clusters"),
        ("5", "pairs of characters of the texts: word list"),
        ("6", "pairs of characters that mark in:山 against all others: keywords"),
        ("7", "by year, per million: time"),
    ],
)
async def test_each_view_says_what_is_counted_before_the_term(
    browse: Browse, texts: Path, key: str, words: str
) -> None:
    async with browse(texts, size=(120, 30)) as reader:
        await opened(reader)
        await reader.press(key)
        await reader.sees(words)


async def test_rows_are_copied_as_a_table_and_with_their_basis(browse: Browse, texts: Path, sent: list[str]) -> None:
    async with browse(texts) as reader:
        await opened(reader)
        await reader.press("7")
        await reader.sees("by year")
        await reader.until(lambda: panel_of(reader).rows.row_count == 2)
        await reader.press("j", "y")
        await reader.until(lambda: sent)
        heads, row = sent[-1].splitlines()
        assert heads.split("\t")[:2] == ["label", "matches"]
        assert row.split("\t")[:2] == ["1979", "3"]
        await reader.press("asterisk", "Y")
        await reader.until(lambda: len(sent) == 2)
        assert sent[-1].splitlines()[1].startswith("1978\t3\t")
        basis = sent[-1].splitlines()[-1]
        assert basis.startswith("渡口: 6 ")
        assert "in 3 of 4 documents" in basis


async def test_rows_are_written_to_a_file_with_the_basis_beside_it_and_no_file_is_written_over(
    browse: Browse, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with browse(texts) as reader:
        await opened(reader)
        for name in ("渡口-lines.csv", "渡口-lines-2.csv"):
            await reader.press("e")
            await reader.sees("Write 6 rows to a file as")
            await reader.press("enter")
            await reader.sees(name)
            await reader.press("enter")
            await reader.until((tmp_path / name).exists)
            assert len((tmp_path / name).read_text("utf-8-sig").splitlines()) == 7
            assert (tmp_path / f"{name}.basis.json").exists()


async def test_a_figure_is_written_as_a_picture(
    browse: Browse, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with browse(texts) as reader:
        panel = await opened(reader)
        for key, view in (("7", "time"), ("2", "spread"), ("4", "clusters")):
            await reader.press(key)
            await reader.until(lambda: panel.rows.row is not None)
            await reader.press("e")
            await reader.sees("a picture for a paper")
            await reader.type("svg")
            await reader.press("enter")
            await reader.sees(f"渡口-{view}.svg")
            await reader.press("enter")
            file = tmp_path / f"渡口-{view}.svg"
            await reader.until(file.exists)
            picture = ET.fromstring(file.read_bytes())
            assert (picture.findtext("{http://www.w3.org/2000/svg}desc") or "").startswith("渡口: 6 ")


async def test_a_rejected_line_is_kept_and_does_not_count_in_figures(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        panel = await opened(reader)
        await reader.press("exclamation_mark")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.code == "!")
        await reader.press("j", "quotation_mark", "K")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.code == "k")
        await reader.press("4")
        await reader.sees("[4 clusters]")
        await reader.until(lambda: panel.rows.made is not None)
        assert panel.rows.made is not None
        assert counted(panel) == 5
        await reader.press("quotation_mark", "k")
        await reader.until(lambda: counted(panel) == 1)
        await reader.press("quotation_mark", "escape")
        await reader.until(lambda: counted(panel) == 5)
        await reader.press("exclamation_mark")
        await reader.until(lambda: counted(panel) == 6)
        await reader.press("1", "g")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.code == "!")
        await reader.press("exclamation_mark")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.code is None)


async def test_judging_the_lines_of_a_figure_counts_it_again(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        panel = await opened(reader)
        await reader.press("7")
        await reader.until(lambda: counted(panel) == 6 and panel.rows.row is not None)
        await reader.press("enter")
        await reader.sees("1978: 3 lines")
        await reader.until(lambda: panel.rows.line is not None)
        await reader.press("asterisk", "exclamation_mark")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.code == "!")
        await reader.press("escape")
        await reader.until(lambda: counted(panel) == 3)
