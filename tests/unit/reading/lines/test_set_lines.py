from __future__ import annotations

from support.documents import Piece, document
from tuibrowser.corpus.model import DocumentText, ParagraphKind, Script
from tuibrowser.reading.lines.set_lines import set_lines
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import HANT, View

TEXT = document(
    Piece("首页", kind=ParagraphKind.FURNITURE),
    "机关党建要紧紧围绕中心、建设队伍，",
    Piece("白日依山尽\n黄河入海流", kind=ParagraphKind.VERSE, keeps_lines=True),
    Piece("其一", tight=True),
)


def test_a_text_is_set_as_in_the_pane_with_furniture_in_full() -> None:
    assert list(set_lines(ViewedText(TEXT, Script.HANS, View()), 20)) == [
        "首页",
        "",
        "机关党建要紧紧围绕中",
        "心、建设队伍，",
        "",
        "白日依山尽",
        "黄河入海流",
        "其一",
    ]


def test_without_a_measure_each_paragraph_is_one_line_and_verse_keeps_its_own() -> None:
    assert list(set_lines(ViewedText(TEXT, Script.HANS, View(HANT)), None)) == [
        "首頁",
        "機關黨建要緊緊圍繞中心、建設隊伍，",
        "白日依山盡",
        "黃河入海流",
        "其一",
    ]


def test_an_empty_document_has_no_lines() -> None:
    text = ViewedText(DocumentText("", ""), Script.NONE, View())
    assert list(set_lines(text, 20)) == list(set_lines(text, None)) == []
