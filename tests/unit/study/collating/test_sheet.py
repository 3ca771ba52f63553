"""Sheets: two texts side by side hold all of both, each difference once, and characters that correspond in line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuibrowser.corpus.model import Document, Layer, LayerSpan, Source
from tuibrowser.corpus.structure import as_lines
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.study.collating.collation import Collation, DifferenceKind, Witness, collate
from tuibrowser.study.collating.rows import Look, Piece, Row, rows_of
from tuibrowser.study.collating.sheet import Sheet, sheet_of, stops_of

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTS = [
    "渡口有舟三艘，皆舊，行人日日往來不絕。",
    "岸上有亭，亭中有碑，「碑文」不知何人所書。",
    "秋水大漲之時，舟不敢行；\n客宿於亭中。",
    "老僧煮茶相待，問其年歲，笑而不答也。",
    "學童三五，日日過渡，誦書之聲可聞於野。",
]
MARKS = "，。；「」-　 \n"


def witness(name: str, text: str) -> Witness:
    return Witness(Document(0, Source(Path(name), name), name), as_lines(text))


def collated(one: str, other: str, *, variants: bool = False) -> Collation:
    return collate(witness("甲", one), witness("乙", other), variants=variants)


def all_rows(made: Collation, width: int = 30) -> list[Row]:
    sheet = sheet_of(made)
    return [row for line in range(len(sheet)) for row in rows_of(sheet, line, width, {})]


def shown(made: Collation, width: int = 60) -> list[tuple[str, str]]:
    return [
        ("".join(piece.text for piece in row.one), "".join(piece.text for piece in row.other))
        for row in all_rows(made, width)
        if row.note is None
    ]


def significant(text: str) -> str:
    return "".join(each for each in text if each not in MARKS)


def test_characters_that_correspond_stand_in_the_same_cells() -> None:
    made = collated("渡口有舟三艘，皆舊，行人日日往來不絕。", "渡口有舟三艘皆甚新，行人日往來不絕。")
    assert shown(made) == [
        ("渡口有舟三艘，皆舊--，行人日日往來不絕。", "渡口有舟三艘  皆甚新，行人--日往來不絕。"),
    ]


def test_what_only_one_text_has_before_a_line_begins_the_line() -> None:
    made = collated(f"1.1{PARTS[0]}\n1.2{PARTS[3]}", f"{PARTS[0]}\n{PARTS[3]}")
    assert [one for one, _ in shown(made)] == [f"1.1{PARTS[0]}", f"1.2{PARTS[3]}"]


def test_a_mark_that_opens_stays_with_what_follows() -> None:
    made = collated(PARTS[1], PARTS[1].replace("「", ""))
    assert shown(made, 20) == [
        ("岸上有亭，亭中有碑，", "岸上有亭，亭中有碑，"),
        ("「碑文」不知何人所", "  碑文」不知何人所"),
        ("書。", "書。"),
    ]


def test_what_moved_is_beside_its_other_place_and_told_at_both() -> None:
    one = "\n".join(PARTS[:4])
    other = "\n".join([PARTS[0], PARTS[3], PARTS[1], PARTS[2]]).replace("煮茶", "烹茶")
    made = collated(one, other)
    notes = [(row.note.moved, row.note.is_arrival) for row in all_rows(made) if row.note is not None]
    (moved,) = [number for number, each in enumerate(made.differences) if each.kind is DifferenceKind.MOVED]
    assert sorted(notes) == [(moved, False), (moved, True)]
    assert ("老僧煮茶相待，問其年歲，笑而不答也。", "老僧烹茶相待，問其年歲，笑而不答也。") in shown(made)


def test_lines_that_are_not_compared_are_told() -> None:
    page = as_lines(f"{PARTS[0]}\n目录 上一页 下一页\n{PARTS[1]}")
    start = page.raw.index("目录")
    page = replace(page, layers=(LayerSpan(start, start + 10, Layer.FURNITURE),))
    first = Witness(witness("甲", "").document, page)
    made = collate(first, witness("乙", f"{PARTS[0]}\n{PARTS[1]}"))
    assert [row.note.one for row in all_rows(made) if row.note is not None] == ["目录 上一页 下一页"]
    assert "目录" not in "".join(one for one, _ in shown(made))


def test_variants_are_marked_where_they_are_told() -> None:
    made = collated("渡口有舟，皆舊。", "渡口有舟，皆旧。", variants=True)
    sheet = sheet_of(made)
    assert stops_of(sheet, made) == ([5], [0])
    (row,) = rows_of(sheet, 0, 40, {5: 0})
    assert [(piece.text, piece.look) for piece in row.other if piece.look is Look.VARIANT] == [("旧", Look.VARIANT)]
    assert rows_of(sheet, 0, 40, {})[0].sides == (0,)
    assert row.sides == (0, 1)


EDITS = st.lists(st.tuples(st.integers(0, 90), st.sampled_from(["", "閏", "閏餘成歲", "\n"])), max_size=6)


@settings(max_examples=80, deadline=None)
@given(st.permutations(range(5)), st.lists(st.integers(0, 4), max_size=4), EDITS, st.integers(6, 50))
def test_both_texts_and_each_difference_are_shown_whole(
    order: Sequence[int], own: Sequence[int], edits: Sequence[tuple[int, str]], width: int
) -> None:
    one = "\n".join(PARTS[number] for number in (*own, 0, 1, 2, 3))
    other = "\n".join(PARTS[number] for number in order)
    for at, new in edits:
        other = other[:at] + new + other[at + 1 :]
    made = collated(one, other)
    sheet = sheet_of(made)
    rows = [row for line in range(len(sheet)) for row in rows_of(sheet, line, width, {}) if row.note is None]
    assert all(_cells(row.one) == _cells(row.other) <= max(width, 12) for row in rows)
    assert significant("".join(piece.text for row in rows for piece in row.one)) == significant(one)
    own_order = "".join(piece.text for row in rows if not _is_beside(sheet, row) for piece in row.other)
    assert significant(own_order) == significant(other)
    columns, numbers = stops_of(sheet, made)
    assert sorted(numbers) == list(range(len(made.differences)))
    assert columns == sorted(columns)
    for number, each in enumerate(made.differences):
        if each.kind is not DifferenceKind.MOVED:
            pieces = [
                piece for row in rows for piece in row.one if piece.number == number and piece.look is not Look.GAP
            ]
            assert significant("".join(piece.text for piece in pieces)) == significant(each.a_text)
    for stretch in sheet.stretches:
        if stretch.is_equal:
            left = made.a.ids[stretch.start : stretch.end]
            assert left.tolist() == made.b.ids[stretch.other_start : stretch.other_end].tolist()


def _cells(pieces: Sequence[Piece]) -> int:
    return cell_width("".join(piece.text for piece in pieces))


def _is_beside(sheet: Sheet, row: Row) -> bool:
    """Whether the second text's side of a row is a moved passage beside where the first text has it."""
    stretch = next(sheet.columns(sheet.line_at(row.column))).stretch
    return stretch.moved != -1 and not stretch.is_arrival


@pytest.mark.parametrize(("one", "other"), [("", ""), ("渡口", ""), ("", "渡口"), ("，。", "渡口")])
def test_empty_texts_have_sheets(one: str, other: str) -> None:
    made = collated(one, other)
    assert [significant(a + b) for a, b in shown(made)] == [text for text in [significant(one + other)] if text]
