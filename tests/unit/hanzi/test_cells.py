from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from support.characters import CODES
from support.shared import SHARED
from tuibrowser.hanzi.cells import advances, cell_width, char_cells, offset_at_cell

ANY = st.text(st.characters(codec="utf-8"))
SEQUENCES = st.text(st.sampled_from("a1中é❤👍👨\U0001f3fd\ufe0f\ufe0e\u200d\u0301\u20e3🇨🇳葛\U000e0100ㅤ"))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("机关党建", 8),
        ("，。（）《》", 12),
        ("“”‘’…—·", 7),
        ("ｶﾅ", 2),
        ("ＡＢ１２", 8),
        ("e\u0301", 1),
        ("葛\U000e0100", 2),
        ("𠀀𪜀𫝀𫠠𬺰𰀀𱍐", 14),
        ("👨‍👩‍👧", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("👍🏽", 2),
        ("1\ufe0f\u20e3", 2),
        ("a\u200bb\u2060c\ufeff", 3),
        ("䷀☰", 4),
    ],
)
def test_text_takes_so_many_cells(text: str, cells: int) -> None:
    assert cell_width(text) == cells


@pytest.mark.slow
def test_every_character_is_as_wide_as_rich_draws_it() -> None:
    assert [code for code in CODES if char_cells(chr(code)) != get_character_cell_size(chr(code))] == []


@given(ANY | SEQUENCES)
def test_every_text_is_as_wide_as_rich_draws_it(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpora are not here")
def test_real_lines_are_as_wide_as_rich_draws_them() -> None:
    files = sorted((SHARED / "corpora" / "dev").rglob("*.txt"))[::20]
    lines = [line for file in files for line in file.read_text("utf-8", "replace").splitlines()]
    assert len(lines) > 1000
    assert [line for line in lines if cell_width(line) != cell_len(line)] == []


def test_lone_surrogates_take_a_cell() -> None:
    assert cell_width("\ud800中") == 3


def test_a_terminal_may_give_ambiguous_characters_two_cells() -> None:
    assert cell_width("“中”…—·", ambiguous=2) == 12
    assert char_cells("—", ambiguous=2) == 2
    assert char_cells("é", ambiguous=2) == 2
    assert char_cells("a", ambiguous=2) == 1


@given(ANY | SEQUENCES)
def test_advances_add_up_to_the_width(text: str) -> None:
    cells = advances(text)
    assert len(cells) == len(text)
    assert sum(cells) == cell_width(text)


@pytest.mark.parametrize(
    ("cell", "offset"), [(-1, 0), (0, 0), (1, 1), (2, 1), (3, 2), (4, 4), (5, 4), (6, 5), (7, 6), (99, 6)]
)
def test_both_halves_of_a_wide_character_are_that_character(cell: int, offset: int) -> None:
    assert offset_at_cell("a中e\u0301国b", cell) == offset


@given(ANY, st.integers(0, 200))
def test_the_character_under_a_cell_covers_it(text: str, cell: int) -> None:
    offset = offset_at_cell(text, cell)
    if offset < len(text):
        before = sum(advances(text)[:offset])
        assert before <= cell < before + advances(text)[offset]
    else:
        assert cell >= cell_width(text)
