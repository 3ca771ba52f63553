from __future__ import annotations

import pytest

from tuibrowser.corpus.formats.markdown import MARKDOWN
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.structure import structure


def shown(raw: str) -> str:
    return structure(raw, PLAIN.parse(raw), "文.txt").text.repaired


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        ("他<strong>从来</strong>不说<em>这种</em>话。", "他从来不说这种话。"),
        ("门前有两棵柳树。<br/>\n夏天人们坐在树下。<br>", "门前有两棵柳树。\n夏天人们坐在树下。"),
        ("<p>　　门前有两棵柳树。</p>\n<p>　　人们坐在树下。</p>", "门前有两棵柳树。\n人们坐在树下。"),
        ("见<a href=\"http://a.b/c?d=1&e\" title='x'>这一页</a>。", "见这一页。"),
        ("<P>门前有柳树。\n<FONT color=red size=2>树下</FONT>有人。", "门前有柳树。\n树下有人。"),
        ("水的化学式是H<sub>2</sub>O。", "水的化学式是H2O。"),
    ],
)
def test_tags_are_taken_out_by_certain_edits(raw: str, repaired: str) -> None:
    text = structure(raw, PLAIN.parse(raw), "文.txt").text
    assert text.repaired == repaired
    assert text.raw == raw
    assert {(edit.rule, edit.certain, edit.replacement) for edit in text.edits} == {("markup", True, "")}
    assert [raw[edit.start : edit.end] for edit in text.edits] == [edit.original for edit in text.edits]


@pytest.mark.parametrize(
    "raw",
    [
        "若 a < b 且 c > d，则成立。",
        "若a<b且c>d，则成立。",
        "见〈茶馆〉一文，又见<茶馆>与<篇名>。",
        "数组 List<a> 的长度。",
        "用<strong>标签加粗，用“<b>”和“</b>”也行。",
        "写成`<b>粗</b>`就是粗体。",
        "<code>x<b>y</b></code>是代码。",
        "地址是<http://example.org/a>。",
    ],
)
def test_what_is_no_left_over_tag_stays(raw: str) -> None:
    assert shown(raw) == raw


def test_code_of_markdown_keeps_its_tags() -> None:
    raw = "说明<b>如下</b>：\n\n```\n<p>第一段</p>\n```\n"
    text = structure(raw, MARKDOWN.parse(raw), "文.md").text
    assert text.repaired == "说明如下：\n<p>第一段</p>"


def test_a_line_break_between_words_is_only_flagged() -> None:
    text = structure(raw := "see one<br>two here", PLAIN.parse(raw), "a.txt").text
    assert text.repaired == raw
    assert [(edit.replacement, edit.certain) for edit in text.edits] == [(" ", False)]
