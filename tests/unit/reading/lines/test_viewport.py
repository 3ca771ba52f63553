from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.documents import Piece, document
from support.examples import examples
from support.timing import least_seconds
from tuibrowser.corpus.model import DocumentText, Layer, LayerSpan, Paragraph, ParagraphKind, Script
from tuibrowser.reading.lines.rows import Row
from tuibrowser.reading.lines.viewport import Viewport
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import HANS, HANT, ORIGINAL, View

MENU = Piece("首页 | 新闻", kind=ParagraphKind.FURNITURE)
TEXT = document(
    MENU,
    Piece("分享", kind=ParagraphKind.FURNITURE),
    Piece("第一章 总则", kind=ParagraphKind.HEADING),
    "机关党建要紧紧围绕中心、建设队伍、服务群众，坚持党建和业务工作一起谋划。",
    Piece("白日依山尽\n黄河入海流", kind=ParagraphKind.VERSE, keeps_lines=True),
    Piece("其一", tight=True),
    MENU,
)


def viewport(text: DocumentText = TEXT, width: int = 20, height: int = 5, view: View | None = None) -> Viewport:
    return Viewport(ViewedText(text, Script.HANS, view or View()), width, height)


def screen(shown: Viewport) -> list[str]:
    """The rows as one sees them: text, a gap as an empty line, folded furniture as its number."""
    return [
        shown.text[row.paragraph].text[row.start : row.end]
        if row.paragraph >= 0
        else f"<{row.fold}>"
        if row.fold
        else ""
        for row in shown.rows()
    ]


def whole(shown: Viewport) -> list[str]:
    """All rows of the document."""
    return screen(Viewport(shown.text, shown.width, 100_000))


def test_the_screen_shows_the_first_rows_with_furniture_folded_and_gaps_between() -> None:
    shown = viewport(height=20)
    assert screen(shown) == [
        "<2>",
        "",
        "第一章 总则",
        "",
        "机关党建要紧紧围绕中",
        "心、建设队伍、服务群",
        "众，坚持党建和业务工",
        "作一起谋划。",
        "",
        "白日依山尽",
        "黄河入海流",
        "其一",
        "",
        "<1>",
    ]
    assert shown.rows()[5] == Row(3, 1, 10, 20)
    assert shown.at_start
    assert shown.at_end
    assert shown.fraction() == 1.0


def test_a_fold_tells_how_much_of_it_is_apparatus() -> None:
    readings = TEXT.paragraphs[1]
    layers = (LayerSpan(readings.raw_start, readings.raw_end, Layer.APPARATUS),)
    shown = viewport(replace(TEXT, layers=layers), height=20)
    assert [(row.fold, row.apparatus) for row in shown.rows() if row.fold] == [(2, 1), (1, 0)]


def test_the_raw_view_shows_furniture_in_full() -> None:
    assert screen(viewport(height=3, view=View(repaired=False))) == ["首页 | 新闻", "", "分享"]


def test_scrolling_never_leaves_a_gap_at_the_top() -> None:
    shown = viewport(height=3)
    assert shown.scroll(1) == 2
    assert screen(shown) == ["第一章 总则", "", "机关党建要紧紧围绕中"]
    assert shown.scroll(-1) == -2
    assert screen(shown)[0] == "<2>"
    assert shown.scroll(-1) == 0


def test_the_end_of_the_document_rises_no_higher_than_the_bottom() -> None:
    shown = viewport(height=5)
    shown.scroll(1000)
    assert screen(shown) == ["白日依山尽", "黄河入海流", "其一", "", "<1>"]
    assert shown.at_end
    assert shown.scroll(1) == 0
    shown.start()
    shown.end()
    assert screen(shown)[0] == "白日依山尽"


def test_where_the_end_would_put_a_gap_at_the_top_there_is_a_row_left() -> None:
    shown = viewport(height=6)
    shown.end()
    assert screen(shown) == ["白日依山尽", "黄河入海流", "其一", "", "<1>"]


def test_pages_and_halves_move_by_the_height() -> None:
    shown = viewport(document("机关党建" * 200), width=20, height=10)
    assert shown.page(1) == 8
    assert shown.page(-1) == -8
    assert shown.half_page(1) == 5
    assert shown.half_page(-1) == -5
    assert shown.half_page(3) == 15
    assert shown.page(2) == 16


def test_the_smallest_screen_moves_by_a_row() -> None:
    shown = viewport(document("机关党建" * 200), width=20, height=1)
    assert (shown.page(1), shown.half_page(2), shown.page(-1)) == (1, 2, -1)


def test_below_and_above_is_the_character_at_the_same_column() -> None:
    text = document("天地玄黄宇宙洪荒日月", "盈昃", MENU, "辰宿列张寒来暑往秋收")
    shown = viewport(text, width=8, height=2)
    raw = text.raw

    def beside(character: str, step: int) -> str | None:
        offset = shown.offset_beside(raw.index(character), step)
        return None if offset is None else raw[offset]

    assert beside("地", 1) == "宙"
    assert beside("宙", 1) == "月"
    assert beside("荒", 1) == "月", "the last of a shorter line"
    assert beside("月", 1) == "昃", "past a gap, and off the screen"
    assert beside("昃", 1) == "宿", "past folded furniture"
    assert beside("宿", -1) == "昃"
    assert beside("张", -1) == "昃"
    assert beside("收", 1) is None
    assert beside("地", -1) is None
    assert shown.anchor == 0


def test_beside_is_at_the_same_cell_whatever_the_width_of_the_characters() -> None:
    text = document("ab天地cd玄黄宇宙")
    shown = viewport(text, width=8)
    assert [text.raw[shown.offset_beside(text.raw.index(each), 1) or 0] for each in "ab天地"] == list("玄玄黄宇")


def test_nothing_is_beside_where_there_is_no_text() -> None:
    assert viewport(document()).offset_beside(0, 1) is None


def test_an_offset_is_shown_at_the_top_in_the_upper_third_or_by_the_shortest_way() -> None:
    text = document(*(f"第{number}段" for number in range(100)))
    shown = viewport(text, height=9)
    target = text.paragraphs[50].raw_start + 1
    shown.show(target, "top")
    assert (screen(shown)[0], shown.anchor) == ("第50段", target)
    shown.show(target, "third")
    assert shown.row_of(target) == 2
    before = screen(shown)
    shown.show(text.paragraphs[51].raw_start, "nearest")
    assert screen(shown) == before
    shown.show(text.paragraphs[60].raw_start, "nearest")
    assert screen(shown)[-1] == "第60段"
    shown.show(text.paragraphs[40].raw_start, "nearest")
    assert screen(shown)[0] == "第40段"
    shown.show(text.paragraphs[99].raw_start, "top")
    assert screen(shown)[-1] == "第99段"


def test_the_row_of_folded_furniture_is_that_of_its_fold() -> None:
    shown = viewport(height=4)
    assert shown.row_of(TEXT.raw.index("分享")) == 0
    assert shown.row_of(TEXT.raw.index("总则")) == 2
    assert shown.row_of(TEXT.raw.index("黄河")) is None


def test_a_cell_belongs_to_the_character_drawn_there() -> None:
    shown = viewport(document("a中e\u0301国，好的吗"), width=8, height=3)
    assert screen(shown) == ["a中e\u0301国，", "好的吗"]
    assert [shown.offset_at(0, column) for column in range(9)] == [0, 1, 1, 2, 4, 4, 5, 5, 5]
    assert shown.offset_at(1, 0) == 6
    assert shown.offset_at(1, -3) == 6
    assert shown.offset_at(2, 0) is None
    assert shown.offset_at(-1, 0) is None


def test_there_is_no_character_on_a_gap_or_a_fold() -> None:
    shown = viewport(height=5)
    assert shown.offset_at(0, 0) is None
    assert shown.offset_at(1, 0) is None
    assert shown.offset_at(2, 0) == TEXT.raw.index("第一章")


def test_resizing_keeps_the_anchor_on_the_top_row_however_often() -> None:
    text = document("机关党建要紧紧围绕中心、建设队伍、服务群众，坚持党建和业务工作一起谋划。" * 20)
    shown = viewport(text, width=100, height=10)
    shown.scroll(7)
    anchor, before = shown.anchor, screen(shown)
    for _ in range(20):
        shown.resize(60, 10)
        assert shown.row_of(anchor) == 0
        shown.resize(100, 10)
        assert shown.anchor == anchor
    assert screen(shown) == before


def test_after_resizing_a_scroll_starts_from_the_line_the_anchor_is_in() -> None:
    shown = viewport(document("机关党建要紧紧围绕中心建设队伍服务群众坚持党建"), width=10, height=2)
    shown.scroll(1)
    shown.resize(16, 1)
    assert screen(shown) == ["机关党建要紧紧围"]
    assert shown.anchor == 5
    shown.scroll(1)
    assert shown.anchor == 8


def test_another_view_keeps_the_anchor_on_the_top_row() -> None:
    text = document("优化内存软件。" * 100)
    shown = viewport(text, width=20, height=5)
    shown.scroll(11)
    anchor = shown.anchor
    for script in ("s2twp", HANS, HANT, "s2twp", ORIGINAL):
        shown.set_text(ViewedText(text, Script.HANS, View(script)))
        assert shown.anchor == anchor
        assert shown.row_of(anchor) == 0


def test_a_place_in_furniture_is_kept_when_it_is_folded_away() -> None:
    shown = viewport(view=View(repaired=False), height=3)
    shown.show(TEXT.raw.index("分享"), "top")
    shown.set_text(ViewedText(TEXT, Script.HANS, View()))
    assert screen(shown)[0] == "<2>"
    shown.set_text(ViewedText(TEXT, Script.HANS, View(repaired=False)))
    assert screen(shown)[0] == "分享"


def test_the_anchor_of_a_line_that_begins_with_markup_is_where_its_paragraph_begins() -> None:
    raw = "甲\n\n<!-- 乙 -->\n\n## 丙"
    source = DocumentText(
        raw,
        "甲\n丙",
        paragraphs=(Paragraph(ParagraphKind.BODY, 0, 1, 0, 1), Paragraph(ParagraphKind.HEADING, 2, 3, 18, 19)),
    )
    shown = viewport(source, height=1, view=View(repaired=False))
    seen = []
    while True:
        seen.append((screen(shown)[0], raw[shown.anchor]))
        if not shown.scroll(1):
            break
    assert seen == [("甲", "甲"), ("<!-- 乙 -->", "<"), ("", "\n"), ("## 丙", "丙")]


def test_an_empty_document_has_no_rows() -> None:
    shown = viewport(DocumentText("", ""))
    assert shown.rows() == []
    assert shown.at_start
    assert shown.at_end
    assert shown.scroll(5) == 0
    assert shown.row_of(0) is None
    assert shown.offset_at(0, 0) is None
    shown.show(3, "top")
    shown.end()
    shown.start()
    shown.resize(3, 3)
    assert shown.fraction() == 1.0


def test_an_empty_paragraph_has_a_row() -> None:
    text = DocumentText("", "", paragraphs=(Paragraph(ParagraphKind.BODY, 0, 0, 0, 0),))
    assert viewport(text).rows() == [Row(0, 0, 0, 0)]
    assert viewport(text).offset_at(0, 3) == 0


@pytest.mark.parametrize(("width", "height"), [(0, 0), (1, 1), (2, 1), (3, 2)])
def test_the_smallest_screens_reach_both_ends(width: int, height: int) -> None:
    shown = viewport(width=width, height=height)
    while shown.scroll(1):
        assert 1 <= len(shown.rows()) <= max(1, height)
    assert shown.at_end
    while shown.scroll(-1):
        pass
    assert shown.at_start


@pytest.mark.slow
def test_a_mistyped_count_lays_out_no_library() -> None:
    shown = viewport(document(*["机关"] * 30_000), height=10)
    assert 10_000 <= shown.scroll(999_999) <= 10_002


PIECES = st.lists(
    st.builds(
        Piece,
        st.text(st.sampled_from("机关党建内存软件，。“”ab \n"), max_size=60),
        kind=st.sampled_from([ParagraphKind.BODY, ParagraphKind.FURNITURE, ParagraphKind.VERSE]),
        tight=st.booleans(),
        keeps_lines=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
VIEWS = st.builds(View, st.sampled_from([ORIGINAL, HANT, "s2twp"]), st.booleans())
MOVES = st.lists(st.integers(-12, 12), max_size=6)


@given(PIECES, VIEWS, st.integers(2, 40), st.integers(1, 12))
def test_walking_down_shows_every_row_of_the_document_once(
    pieces: list[Piece], view: View, width: int, height: int
) -> None:
    shown = viewport(document(*pieces), width, height, view)
    rows, top = whole(shown), 0
    while True:
        assert screen(shown) == rows[top : top + height]
        assert shown.at_end == (top + height >= len(rows))
        moved = shown.scroll(1)
        if not moved:
            break
        top += moved
    assert shown.at_end


@given(PIECES, VIEWS, st.integers(2, 40), st.integers(1, 12), MOVES)
def test_a_movement_says_how_far_it_went(
    pieces: list[Piece], view: View, width: int, height: int, moves: list[int]
) -> None:
    shown = viewport(document(*pieces), width, height, view)
    rows, top = whole(shown), 0
    for move in moves:
        moved = shown.scroll(move)
        top += moved
        assert move == 0 or moved * move >= 0
        assert abs(moved) <= abs(move) + 1
        assert screen(shown) == rows[top : top + height]
        assert shown.row_of(shown.anchor) is not None


@given(PIECES, VIEWS, st.integers(1, 30), MOVES, st.lists(st.tuples(st.integers(1, 60), st.integers(1, 12), VIEWS)))
@examples(60)
def test_no_resize_and_no_view_moves_the_anchor(
    pieces: list[Piece], view: View, width: int, moves: list[int], changes: list[tuple[int, int, View]]
) -> None:
    text = document(*pieces)
    shown = viewport(text, width, 6, view)
    for move in moves:
        shown.scroll(move)
    anchor = shown.anchor
    for new_width, height, new_view in changes:
        shown.resize(new_width, height)
        assert shown.anchor == anchor
        assert shown.row_of(anchor) == 0
        shown.set_text(ViewedText(text, Script.HANS, new_view))
        assert shown.anchor == anchor
        assert shown.row_of(anchor) == 0


@given(PIECES, VIEWS, st.integers(2, 40), st.integers(1, 12), st.data())
def test_what_is_shown_is_on_the_screen(
    pieces: list[Piece], view: View, width: int, height: int, data: st.DataObject
) -> None:
    text = document(*pieces)
    shown = viewport(text, width, height, view)
    for _ in range(3):
        offset = data.draw(st.integers(0, len(text.raw)))
        shown.show(offset, data.draw(st.sampled_from(["top", "nearest", "third"])))
        assert shown.row_of(offset) is not None
        before = shown.anchor
        shown.show(offset, "nearest")
        assert shown.anchor == before


@given(PIECES, VIEWS, st.integers(2, 40), st.data())
def test_a_character_is_on_the_row_that_is_said_to_show_it(
    pieces: list[Piece], view: View, width: int, data: st.DataObject
) -> None:
    shown = viewport(document(*pieces), width, 12, view)
    rows = shown.rows()
    row = data.draw(st.integers(0, len(rows) - 1))
    offset = shown.offset_at(row, data.draw(st.integers(0, width)))
    if offset is None:
        assert rows[row].paragraph < 0
    elif view.script != "s2twp":
        assert shown.row_of(offset) == row


def fifty_rows_down(paragraphs: int) -> float:
    """Seconds for fifty rows from the middle of a document of so many paragraphs."""
    raw = "\n".join(["机关党建要紧紧围绕中心、建设队伍、服务群众。" * 2] * paragraphs)
    size = raw.index("\n")
    each = tuple(Paragraph(ParagraphKind.BODY, at, at + size, at, at + size) for at in range(0, len(raw), size + 1))
    shown = viewport(DocumentText(raw, raw, paragraphs=each), 60, 40, View(HANT))
    shown.show(len(raw) // 2, "top")
    shown.scroll(1)

    def go() -> None:
        for _ in range(50):
            shown.scroll(1)
            shown.rows()

    return least_seconds(go)


@pytest.mark.slow
def test_giant_documents_cost_a_screen() -> None:
    assert fifty_rows_down(300_000) < 5 * fifty_rows_down(3_000)


@pytest.mark.slow
def test_a_giant_paragraph_costs_a_block() -> None:
    def seconds(sentences: int) -> float:
        text = document("机关党建要紧紧围绕中心、建设队伍、服务群众。" * sentences)

        def look() -> None:
            shown = viewport(text, 60, 40)
            shown.end()
            shown.show(len(text.raw) // 2, "third")
            shown.resize(50, 40)
            shown.scroll(-30)
            assert shown.rows()

        return least_seconds(look)

    assert seconds(80_000) < 4 * seconds(8_000)
