from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.tui.widgets.pane import dragging

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader

SENTENCE = "當前，全市上下正不斷興起學習的熱潮，機關黨建高質量發展，是各項工作的根本。"


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clicks that follow one another are a double click, however long a busy machine takes for each."""
    monkeypatch.setattr(dragging, "CHAIN_SECONDS", 60.0)


class Mouse:
    """A hand on the mouse, over the reading pane; places are named by what stands there."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def cell(self, text: str, half: int = 0) -> tuple[int, int]:
        """The cell of the screen where a text begins, or the one after it."""
        region = self.reader.pane.region
        for row, strip in enumerate(self.reader.app.screen._compositor.render_strips()):
            column = -1
            if region.contains(region.x, row):
                at = strip.text.find(text, len(strip.text) - len(strip.crop(region.x).text))
                column = cell_width(strip.text[:at]) if at >= 0 else -1
            if column >= 0:
                return column + half, row
        msg = f"no {text} on the screen:\n{self.reader.screen}"
        raise AssertionError(msg)

    async def do(
        self, kind: type[events.MouseEvent], at: tuple[int, int], button: int = 1, *, shift: bool = False
    ) -> None:
        await self.reader.pilot._post_mouse_events([kind], offset=at, button=button, shift=shift)

    async def press(self, at: tuple[int, int], times: int = 1, *, shift: bool = False) -> None:
        for time in range(times):
            await self.do(events.MouseDown, at, shift=shift)
            if time < times - 1:
                await self.do(events.MouseUp, at)

    async def click(self, at: tuple[int, int], times: int = 1, *, shift: bool = False) -> None:
        await self.press(at, times, shift=shift)
        await self.do(events.MouseUp, at)

    async def move(self, *cells: tuple[int, int], button: int = 1) -> None:
        for cell in cells:
            await self.do(events.MouseMove, cell, button)

    async def drag(self, start: tuple[int, int], *cells: tuple[int, int]) -> None:
        await self.press(start)
        await self.move(*cells)
        await self.do(events.MouseUp, cells[-1])


def selected(reader: Reader) -> str:
    selecting = reader.pane._selecting
    return selecting.passage if selecting is not None else ""


async def opened(reader: Reader) -> Mouse:
    await reader.press("right_square_bracket")
    return Mouse(reader)


async def test_a_drag_selects_the_characters_of_both_cells_whichever_half(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        for first in (0, 1):
            for last in (0, 1):
                await mouse.drag(mouse.cell("全市", first), mouse.cell("下正", last))
                assert selected(reader) == "全市上下"
                await mouse.drag(mouse.cell("下正", last), mouse.cell("全市", first))
                assert selected(reader) == "全市上下"


async def test_a_drag_within_a_wide_character_selects_it(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        await mouse.drag(mouse.cell("市上", 1), mouse.cell("市上"))
        assert selected(reader) == "市"


def copies(folder: Path) -> list[str]:
    """What is kept as copied."""
    return [path.read_text(encoding="utf-8") for path in folder.rglob("state/**/*.txt")]


@pytest.mark.parametrize("key", ["y", "ctrl+c"])
async def test_what_is_dragged_over_is_copied_as_by_the_keyboard(
    browse: Browse, corpus: Path, tmp_path: Path, key: str
) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        await mouse.drag(mouse.cell("上下"), mouse.cell("建高"))
        await reader.press(key)
        await reader.sees("sent to the terminal")
        assert copies(tmp_path) == ["上下正不斷興起學習的熱潮，機關黨建"]
        assert not reader.pane.is_selecting


async def test_motions_go_on_from_where_the_mouse_was(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        await mouse.drag(mouse.cell("下正"), mouse.cell("全市"))
        await reader.press("h", "o", "l")
        assert selected(reader) == "，全市上下正"


async def test_two_clicks_select_a_word_three_the_sentence_four_the_paragraph(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        here = mouse.cell("習的", 1)
        await mouse.click(here, 2)
        await reader.until(lambda: reader.browser.parts.words.spans("學習") == [(0, 2)])
        await reader.until(lambda: selected(reader) == "學習")
        await mouse.click(mouse.cell("，全"))
        await mouse.click(here, 3)
        assert selected(reader) == SENTENCE
        await mouse.click(mouse.cell("，全"))
        await mouse.click(here, 4)
        assert selected(reader).startswith(SENTENCE)
        assert selected(reader).endswith("落到實處。")


async def test_two_clicks_on_a_mark_select_the_mark(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        await mouse.click(mouse.cell("，全"), 2)
        assert selected(reader) == "，"


async def test_a_drag_after_two_clicks_goes_by_words_both_ways(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        reader.browser.parts.words._load()
        await mouse.press(mouse.cell("習的"), 2)
        await mouse.move(mouse.cell("關黨"))
        assert selected(reader) == "學習的熱潮，機關"
        await mouse.move(mouse.cell("當前", 3))
        assert selected(reader) == "當前，全市上下正不斷興起學習"
        await mouse.do(events.MouseUp, mouse.cell("當前", 3))


async def test_a_plain_click_chooses_the_paragraph_and_ends_a_selection(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        await reader.press("v", "l")
        await mouse.click(mouse.cell("後天下"))
        assert not reader.pane.is_selecting
        assert reader.pane.current_offset == reader.pane.text.source.raw.index("各級")  # type: ignore[union-attr]


async def test_shift_extends_what_is_selected(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        await mouse.drag(mouse.cell("全市"), mouse.cell("市上"))
        await mouse.click(mouse.cell("斷興", 1), shift=True)
        assert selected(reader) == "全市上下正不斷"


async def test_a_gap_between_paragraphs_adds_no_character_of_the_far_one(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        column, row = mouse.cell("二、落實責任")
        await mouse.drag((column, row - 1), (column + 3, row))
        assert selected(reader) == "二、"
        await mouse.drag((column + 2, row), (column + 2, row - 1))
        assert selected(reader) == "二、"
        await mouse.drag((column + 2, row - 1), (column + 6, row - 1))
        assert not reader.pane.is_selecting


async def test_left_and_right_of_a_line_are_its_ends(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        row = mouse.cell("二、落實責任")[1]
        region = reader.pane.region
        await mouse.drag((region.right - 2, row), (region.x, row))
        assert selected(reader) == "二、落實責任"


async def test_a_drag_beyond_the_bottom_scrolls_and_selects_on(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt", size=(60, 12)) as reader:
        mouse = Mouse(reader)
        await mouse.press(mouse.cell("第1段"))
        await mouse.move((20, 5), (20, 11))
        await reader.until(lambda: "第9段" in selected(reader))
        assert selected(reader).startswith("第1段")
        await mouse.do(events.MouseUp, (20, 11))
        shown = reader.pane.position
        await reader.pilot.pause(0.2)
        assert reader.pane.position == shown


async def test_a_drag_to_the_top_row_scrolls_back(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt", size=(60, 12)) as reader:
        mouse = Mouse(reader)
        await reader.press("G")
        await mouse.press((20, 6))
        await mouse.move((20, 3), (20, 0))
        await reader.until(lambda: selected(reader).count("\n") > 9)
        await mouse.do(events.MouseUp, (20, 0))


async def test_a_drag_along_the_top_row_does_not_scroll(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt", size=(60, 12)) as reader:
        mouse = Mouse(reader)
        await reader.press("d")
        shown = reader.pane.position
        await mouse.press((10, 0))
        await mouse.move((20, 0))
        await reader.pilot.pause(0.2)
        assert reader.pane.position == shown
        await mouse.do(events.MouseUp, (20, 0))
        assert reader.pane.is_selecting


async def test_the_wheel_keeps_what_is_selected_and_goes_on_selecting_while_held(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "長文.txt", size=(60, 12)) as reader:
        mouse = Mouse(reader)
        await mouse.press((10, 2))
        await mouse.move((20, 2))
        before = selected(reader)
        await mouse.do(events.MouseScrollDown, (20, 2))
        assert len(selected(reader)) > len(before)
        await mouse.do(events.MouseUp, (20, 2))
        before = selected(reader)
        for _ in range(5):
            await mouse.do(events.MouseScrollDown, (20, 2))
        assert selected(reader) == before


async def test_a_lost_release_ends_the_drag(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        await mouse.press(mouse.cell("全市"))
        await mouse.move(mouse.cell("市上"))
        await mouse.move(mouse.cell("斷興"), button=0)
        await mouse.move(mouse.cell("習的"))
        assert selected(reader) == "全市"
        assert reader.app.mouse_captured is None


async def test_the_right_button_selects_nothing(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        await mouse.do(events.MouseDown, mouse.cell("全市"), button=3)
        await mouse.move(mouse.cell("斷興"), button=3)
        await mouse.do(events.MouseUp, mouse.cell("斷興"), button=3)
        assert not reader.pane.is_selecting


async def test_converted_and_raw_views_give_what_is_seen(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt") as reader:
        mouse = await opened(reader)
        await reader.press("t")
        await mouse.drag(mouse.cell("质量"), mouse.cell("展，", 1))
        assert selected(reader) == "质量发展"
        await reader.press("escape", "r")
        await mouse.drag(mouse.cell("质量"), mouse.cell("展，", 1))
        assert selected(reader) == "质量发展"


async def test_hits_are_selected_over(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches" / "講話.txt", query="高質量") as reader:
        await reader.sees("hit 1/")
        mouse = Mouse(reader)
        await mouse.drag(mouse.cell("建高"), mouse.cell("展，", 1))
        assert selected(reader) == "建高質量發展"


async def test_the_preview_of_a_search_is_selected_in(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches") as reader:
        mouse = Mouse(reader)
        await reader.press("slash", *"熱潮")
        await reader.sees("1 in 1 document")
        await reader.until(lambda: "各級黨" in reader.screen)
        await mouse.drag(mouse.cell("各級"), mouse.cell("級黨"))
        assert selected(reader) == "各級"
        await reader.press("escape")
        assert not reader.pane.is_selecting
        await reader.press("escape")
        assert not reader.browser.parts.searching.panel.is_open


async def test_after_a_click_into_the_preview_the_search_is_at_hand(browse: Browse, corpus: Path) -> None:
    async with browse(corpus / "speeches") as reader:
        mouse = Mouse(reader)
        await reader.press("slash", *"熱潮")
        await reader.until(lambda: "各級黨" in reader.screen)
        # Not twice in one place, which would select a word.
        for key, there in (("slash", "各級"), ("tab", "擔當")):
            await mouse.click(mouse.cell(there))
            await reader.press(key)
            assert reader.app.focused is reader.browser.parts.searching.panel.field
        await mouse.click(mouse.cell("成效"))
        await reader.press("q")
        assert not reader.browser.parts.searching.panel.is_open
        assert reader.app.return_code is None
