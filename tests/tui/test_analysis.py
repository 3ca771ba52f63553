"""Corpus work on the screen: figures, the lines they count, and the way to these in the text."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from support.analysis import follows, opened, panel_of
from tuibrowser.analysis.texts.units import BIGRAM
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.analysis.making import made
from tuibrowser.tui.analysis.making.asked import Asked
from tuibrowser.tui.analysis.making.made import Figure, Lines

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader
    from tuibrowser.tui.analysis.panel.panel import AnalysisPanel

TEXTS = {
    "河/渡口记.txt": "标题：甲记\n作者：李某\n日期：1978-01-02\n\n老渡口有船。渡口的船夫唱歌。\n\n雨后渡口无人。\n",
    "河/桥记.txt": "标题：乙记\n作者：李某\n日期：1979-03-04\n\n新渡口通了桥，舊渡口沒有船。\n",
    "山/山记.txt": "标题：丙记\n作者：李某\n日期：1979-05-06\n\n山中无渡口，只有石阶。石阶很高。\n",
    "山/无日期.txt": "石阶长满青苔。\n",
}


@pytest.fixture(autouse=True)
def _previews_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the text follow without a rest, since most tests wait for it."""
    monkeypatch.setattr("tuibrowser.tui.analysis.panel.panel.REST", 0.01)


@pytest.fixture(autouse=True)
def _pairs_of_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count them before words, for which the texts have to be cut."""
    monkeypatch.setattr(Asked.__init__, "__kwdefaults__", {**(Asked.__init__.__kwdefaults__ or {}), "unit": BIGRAM})


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


async def answered(reader: Reader, key: str, question: str, answer: str) -> None:
    """Press a key and answer what it asks; what the field offers is replaced."""
    await reader.press(key)
    await reader.sees(question)
    await reader.type(answer)
    await reader.press("enter")


def counted(panel: AnalysisPanel) -> int | None:
    """The matches of what is shown."""
    made = panel.rows.made
    return made.basis.matches if isinstance(made, Figure | Lines) else None


async def test_the_panel_shows_every_match_in_its_context_and_takes_the_place_of_the_search(
    browse: Browse, texts: Path
) -> None:
    async with browse(texts) as reader:
        panel = await opened(reader, "渡口")
        await reader.sees("6 in 3 documents: exact 6")
        assert panel.rows.row_count == 6
        assert panel.region.y == 0
        assert not reader.browser.parts.searching.is_open
        lines = reader.screen.splitlines()[2:8]
        assert len({cell_width(line.partition(" 渡口 ")[0]) for line in lines}) == 1, "one below the other"


async def test_a_figure_leads_to_its_lines_and_a_line_to_the_text(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        panel = await opened(reader, "渡口")
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
        await reader.press("slash")
        await reader.type("渡口")
        await reader.press("enter")
        await reader.until(lambda: reader.app.focused is reader.pane and not reader.browser.is_waiting)
        await reader.press("G")
        before = reader.pane.position
        await reader.press("A")
        await reader.sees("[1 lines]")
        panel = panel_of(reader)
        await reader.until(lambda: follows(reader, panel))
        await reader.press("3", "enter")
        await reader.until(lambda: panel.rows.line is not None)
        await reader.press("escape")
        await reader.sees("[3 collocates]")
        await reader.press("q")
        assert reader.app.focused is reader.pane
        await reader.until(lambda: reader.pane.position == before)
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
        await opened(reader, "渡口")
        await reader.press(key)
        await reader.sees(words)


async def test_rows_are_copied_as_a_table_and_with_their_basis(browse: Browse, texts: Path, sent: list[str]) -> None:
    async with browse(texts) as reader:
        await opened(reader, "渡口")
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
        await opened(reader, "渡口")
        for name in ("渡口-lines.csv", "渡口-lines-2.csv"):
            await reader.press("e")
            await reader.sees("Write 6 rows to a file as")
            await reader.press("enter")
            await reader.sees(name)
            await reader.press("enter")
            await reader.until((tmp_path / name).exists)
            assert len((tmp_path / name).read_text("utf-8-sig").splitlines()) == 7
            await reader.until((tmp_path / f"{name}.basis.json").exists)


async def test_a_figure_is_written_as_a_picture(
    browse: Browse, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with browse(texts) as reader:
        panel = await opened(reader, "渡口")
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
        panel = await opened(reader, "渡口")
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
        await reader.sees("only lines with k")
        await reader.press("quotation_mark", "1")
        await reader.until(lambda: counted(panel) == 5)
        await reader.press("exclamation_mark")
        await reader.until(lambda: counted(panel) == 6)
        await reader.press("1", "g")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.code == "!")
        await reader.press("exclamation_mark")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.code is None)


async def test_judging_the_lines_of_a_figure_counts_it_again(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        panel = await opened(reader, "渡口")
        await reader.press("7")
        await reader.until(lambda: counted(panel) == 6 and panel.rows.row is not None)
        await reader.press("enter")
        await reader.sees("1978: 3 lines")
        await reader.until(lambda: panel.rows.line is not None)
        await reader.press("asterisk", "exclamation_mark")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.code == "!")
        await reader.press("escape")
        await reader.until(lambda: counted(panel) == 3)


async def test_lines_of_a_second_query_are_judged_as_its_own(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(120, 30)) as reader:
        panel = await opened(reader, "渡口")
        await answered(reader, "C", "A second query beside 渡口", "桥")
        await reader.until(lambda: counted(panel) == 7 and panel.rows.row is not None)
        await reader.press("G", "enter")
        await reader.sees("1979: 1 line")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.node == "桥")
        await reader.press("exclamation_mark")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.code == "!")
        await reader.press("escape")
        await reader.until(lambda: counted(panel) == 6)


async def test_lines_of_a_keyword_are_not_judged_without_a_word(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(120, 30)) as reader:
        panel = await opened(reader, "渡口")
        await reader.press("6")
        await reader.until(lambda: panel.rows.row is not None)
        await reader.press("enter")
        await reader.until(lambda: panel.rows.line is not None)
        await reader.press("exclamation_mark")
        await reader.sees("lines of a word list or of keywords are not judged")


async def test_keys_change_what_is_counted(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(120, 30)) as reader:
        panel = await opened(reader, "渡口")
        await reader.press("3")
        await reader.sees("pairs of characters within 5")
        await reader.press("plus")
        await reader.sees("pairs of characters within 6")
        await reader.press("minus", "minus")
        await reader.sees("pairs of characters within 4")
        await reader.press("U")
        await reader.sees(" words within 4: collocates")
        await reader.until(lambda: panel.rows.made is not None and panel.rows.made.asked.unit == "word")
        await reader.press("U")
        await reader.sees("  characters within 4: collocates")
        await reader.press("4", "4")
        await reader.sees("with the 2 characters before it")
        await reader.press("a")
        await reader.sees("in 河/渡口记.txt")
        await reader.press("a")
        await reader.sees("in 河/ ")
        await reader.press("a", "equals_sign")
        await reader.sees("everywhere  near ones too")
        await reader.press("2", "plus")
        await reader.sees("nothing here is wider or narrower")
        await reader.press("7", "plus")
        await reader.sees("by decade")
        await reader.until(lambda: panel.rows.row_count == 1)
        await reader.press("7")
        await reader.sees("by folder, per million")
        await reader.press("7")
        await reader.sees("by author, per million")


async def test_rows_are_ordered_by_a_column_and_turned_round(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(120, 30)) as reader:
        panel = await opened(reader, "渡口")
        await answered(reader, "s", "Order by", "date")
        await reader.sees("by date")
        await reader.until(lambda: panel.rows.line is not None and panel.rows.line.date == "1978-01-02")
        await reader.press("2")
        await reader.until(lambda: panel.rows.row is not None)
        for words in ("by date", "by date, reversed"):
            await answered(reader, "s", "Order by", "date")
            await reader.sees(f"everywhere  {words}")
        await reader.until(lambda: panel.rows.row is not None and panel.rows.row.date == "1979-05-06")


async def test_lines_are_filtered_sampled_and_shown_once(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(120, 30)) as reader:
        panel = await opened(reader, "渡口")
        await answered(reader, "slash", "Only rows with these words", "舊")
        await reader.sees("lines with 舊: 2 of 6")
        await reader.press("slash", "ctrl+u", "enter")
        await reader.until(lambda: panel.rows.row_count == 6)
        await answered(reader, "S", "100 1", "2 7")
        await reader.sees("a random sample of 2 of 6 lines, seed 7")
        await reader.press("O")
        await reader.sees("equal lines once: 2 of 2")
        await reader.press("O", "S", "ctrl+u", "enter")
        await reader.until(lambda: panel.rows.row_count == 6)


async def test_a_second_query_stands_beside_the_first_over_time(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(120, 30)) as reader:
        panel = await opened(reader, "渡口")
        await answered(reader, "C", "A second query beside 渡口", "桥")
        await reader.sees("[7 time]")
        await reader.until(lambda: panel.rows.row_count == 4)
        lines = [line for line in reader.screen.splitlines() if "1979" in line]
        assert [line.split()[1] for line in lines] == ["渡口", "桥"]


async def test_groups_are_compared_by_conditions(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(120, 30)) as reader:
        await opened(reader, "渡口")
        await reader.press("6")
        await reader.sees("that mark in:山")
        await answered(reader, "C", "Texts to look at", "date:1978")
        await reader.sees("Compared with")
        await reader.type("date:1979")
        await reader.press("enter")
        await reader.sees("that mark date:1978 against date:1979")
        await reader.press("C")
        await reader.sees("Texts to look at")
        await reader.press("ctrl+u")
        await reader.type("in:nowhere")
        await reader.press("enter")
        await reader.sees("Compared with")
        await reader.press("enter")
        await reader.sees("no document of that group has text")
        await reader.press("6")
        await reader.sees("in more documents of in:nowhere")


async def test_help_and_basis_open_over_the_panel(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        panel = await opened(reader, "渡口")
        await reader.press("question_mark")
        await reader.sees("The measures")
        await reader.sees("(Rychlý 2008)")
        await reader.press("escape", "i")
        await reader.sees("What the figure is of")
        await reader.sees("渡口: 6 ")
        await reader.press("escape")
        await reader.until(lambda: panel.has_focus_within)


async def test_a_selection_is_counted_and_without_a_query_the_texts(browse: Browse, texts: Path) -> None:
    async with browse(texts) as reader:
        await reader.press("A")
        await reader.sees("[6 keyness]")
        await reader.press("1")
        await reader.sees("no query: select words in the text, or search, first")
        await reader.press("escape")
        await reader.until(lambda: reader.app.focused is reader.pane)
        await reader.press("g", "v", "l", "A")
        panel = panel_of(reader)
        await reader.press("1")
        await reader.until(lambda: panel.rows.line is not None)
        assert panel.rows.made is not None
        assert panel.rows.line is not None
        assert panel.rows.line.node == panel.rows.made.asked.query == "山中"


async def test_a_low_screen_is_filled_and_gives_the_text_back(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(60, 18)) as reader:
        panel = await opened(reader, "渡口")
        assert panel.region.height == 17
        await reader.pilot.resize_terminal(80, 24)
        await reader.until(lambda: panel.region.height < 17 and reader.pane.region.height > 0)
        await reader.pilot.resize_terminal(60, 18)
        await reader.until(lambda: panel.region.height == 17)
        await reader.press("enter")
        await reader.until(lambda: reader.app.focused is reader.pane and reader.pane.region.height == 17)


async def test_the_mouse_chooses_views_rows_and_orders(browse: Browse, texts: Path) -> None:
    async with browse(texts, size=(120, 30)) as reader:
        panel = await opened(reader, "渡口")
        views = reader.screen.splitlines()[1]
        await reader.pilot.click(panel.head, offset=(views.index("2 spread"), 1))
        await reader.sees("[2 spread]")
        await reader.until(lambda: panel.rows.row is not None)
        headings = reader.screen.splitlines()[2]
        await reader.pilot.click(panel.head, offset=(headings.index("date"), 2))
        await reader.sees("by date")
        await reader.pilot.click(panel.rows, offset=(5, 2))
        await reader.until(lambda: panel.rows.cursor == 2)


async def test_what_is_counted_stops_with_esc_and_keys_wait_for_it(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    before = made.make

    def slow(*given: Any) -> Any:
        gate.wait(20)
        return before(*given)

    async with browse(texts) as reader:
        panel = await opened(reader, "渡口")
        monkeypatch.setattr("tuibrowser.tui.analysis.work.make", slow)
        await reader.press("7")
        await reader.sees("counting …")
        await reader.press("escape")
        await reader.sees("stopped")
        await reader.until(lambda: "counting …" not in reader.screen)
        gate.set()
        await reader.press("3", "enter")
        await reader.until(lambda: panel.rows.line is not None and isinstance(panel.rows.made, Lines))
        assert panel.rows.made is not None
        row = panel.rows.made.asked.opened
        assert row is not None
        await reader.sees(f"{row.words}: {len(row.matches)} line")


async def test_what_was_counted_before_all_was_read_says_so_and_is_counted_again(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuibrowser.tui.analysis.work._LOOK", 0.02)
    async with browse(texts, size=(120, 30)) as reader:
        panel = await opened(reader, "渡口")
        reader.browser.parts.loader.is_loaded = False
        for key, heading in (("5", "occurrences"), ("7", "per million")):
            await reader.press(key)
            await reader.sees(heading)
            await reader.sees("at least: not all texts were looked at")
        first = panel.rows.made
        reader.browser.parts.loader.is_loaded = True
        await reader.until(lambda: "at least" not in reader.screen)
        assert panel.rows.made is not first


async def test_forms_repeats_stop_list_and_groups_have_keys(browse: Browse, texts: Path, tmp_path: Path) -> None:
    stop = tmp_path / "停用.txt"
    stop.write_text("有船\n", encoding="utf-8")
    async with browse(texts, size=(120, 30), config=ReadConfig(Config(stopwords=(stop,)))) as reader:
        panel = await opened(reader, "渡口")
        await reader.press("3")
        await reader.sees("without 1 of the stop list")
        shown = panel.rows.row_count
        await reader.press("x")
        await reader.until(lambda: panel.rows.row_count == shown + 1)
        await reader.press("F")
        await reader.sees("pairs of characters, forms apart within 5")
        await reader.press("O")
        await reader.sees("everywhere  repeats once")
        await answered(reader, "B", "By year, month", "folder:1")
        await reader.sees("by folder, 1 level deep")
        await reader.until(lambda: panel.rows.row is not None)
        await answered(reader, "B", "By year, month", "體裁")
        await reader.sees("no document here has a field 體裁")
