"""On a terminal that draws “ ” … — · wide, everything stands where it is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import pytest
from rich.cells import cell_len, get_character_cell_size

from support.characters import CODES
from support.lean_terminal import Comparison
from support.recording import SIZES, record
from support.vt import Vt
from tuibrowser.hanzi.cells import cell_width, char_cells
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.terminal.asking.abilities import Abilities
from tuibrowser.terminal.asking.answers import AmbiguousAnswer
from tuibrowser.tui.ambiguous import draw_ambiguous

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.reader import Browse

TEXT = "\n\n".join(f"第{number}章 天地\n\n" + "日月盈昃，“辰宿列張”……寒來—暑往·秋收。" * 9 for number in range(1, 30))
WIDE = ReadConfig(Config(ambiguous="wide"))
KEYS = ["j", "j", "space", "o", "j", "o", "slash", "天", "地", "escape", "v", "j", "l", "escape", "question_mark"]


@pytest.fixture(autouse=True)
def _narrow_again() -> Iterator[None]:
    yield
    draw_ambiguous("auto")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def size_of(character: str) -> int:
    """The cells of a terminal that draws them wide, whatever the program believes."""
    return 2 if east_asian_width(character) == "A" else get_character_cell_size(character)


def test_layout_and_textual_count_every_character_alike() -> None:
    draw_ambiguous("wide")
    differing = [code for code in CODES if char_cells(chr(code)) != get_character_cell_size(chr(code))]
    assert [code for code in differing if code >= 0x20] == []
    assert cell_width("“天”……—·") == cell_len("“天”……—·") == 14
    draw_ambiguous("narrow")
    assert cell_width("“天”……—·") == cell_len("“天”……—·") == 8


async def test_no_line_is_longer_than_its_place(browse: Browse, file: Path) -> None:
    async with browse(file, config=WIDE, size=(80, 24)) as reader:
        pane = reader.pane
        rows = [pane.render_line(y) for y in range(pane.size.height)]
        assert any("“" in row.text for row in rows)
        for row in rows:
            assert sum(map(size_of, row.text)) == cell_len(row.text) == pane.size.width


async def test_a_wide_terminal_shows_the_border_in_one_column(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    written = await record(file, KEYS, config=WIDE)
    plain, lean = Vt(*SIZES[0], size_of=size_of), Vt(*SIZES[0], size_of=size_of)
    comparison = Comparison(SIZES[0], Abilities(colour_erase=True, ambiguous_settled=True), plain, lean)
    columns: set[tuple[int, ...]] = set()
    for data, size in written:
        sent, found = comparison.feed(data, size)
        assert not found, f"{found[:5]} {sent[:300]!r}"
        bars = {tuple(x for x, cell in enumerate(row) if cell.text == "|") for row in lean.cells[:20]} - {()}
        border = {row for row in bars if len(row) == 1}
        assert len(border) <= 1, bars
        assert len(bars - border) <= 1, f"a box is not straight: {bars}"
        columns |= bars
    assert any(len(row) == 1 for row in columns)
    assert not any("│" in cell.text or "─" in cell.text for row in lean.cells for cell in row)
    assert comparison.lean_bytes < comparison.plain_bytes / 2


async def test_the_reader_is_told_where_the_terminal_differs(browse: Browse, file: Path) -> None:
    async with browse(file) as reader:
        reader.app.post_message(AmbiguousAnswer(2, agrees=False))
        await reader.until(lambda: "set ambiguous to wide" in reader.status)
