"""The walk: markup to blocks, however broken the markup is."""

from __future__ import annotations

import pytest

from support.timing import least_seconds
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.pages.blocks.markup import attributes, tokens
from tuibrowser.corpus.formats.pages.blocks.walk import walk


def blocks(markup: str) -> list[tuple[LineRole, str]]:
    return [(block.role, " ".join(block.text.split())) for block in walk(markup).blocks]


def test_tokens_are_texts_and_tags_with_their_attributes() -> None:
    assert tokens("春<p class='a>b'>眠<!-- 不 --><br/>") == ["春", "p", " class='a>b'", "眠", "br", "/", ""]
    assert attributes(""" class='a>b' ID="x&amp;y" hidden""") == {"class": "a>b", "id": "x&y", "hidden": ""}


@pytest.mark.parametrize(
    "unseen", ["<script>var a='<p>雨';</script>", "<style>p{}</style>", "<!-- <p>風 -->", "<textarea>聲</textarea>"]
)
def test_scripts_styles_and_comments_are_no_text(unseen: str) -> None:
    assert blocks(f"<p>夜來{unseen}風雨聲</p>") == [(LineRole.BODY, "夜來風雨聲")]


def test_paragraphs_that_are_not_closed_end_where_the_next_begins() -> None:
    assert blocks("<p>春眠不覺曉<p>處處聞啼鳥<div>夜來風雨聲") == [
        (LineRole.BODY, "春眠不覺曉"),
        (LineRole.BODY, "處處聞啼鳥"),
        (LineRole.BODY, "夜來風雨聲"),
    ]


def test_headings_have_their_levels_and_one_line() -> None:
    page = walk("<h1>春曉<br>孟浩然</h1><h3>注</h3><h2>没有结束<p>正文")
    assert [(block.role, block.level, block.text) for block in page.blocks] == [
        (LineRole.HEADING, 1, "春曉 孟浩然"),
        (LineRole.HEADING, 3, "注"),
        (LineRole.HEADING, 2, "没有结束"),
        (LineRole.BODY, 0, "正文"),
    ]


def test_one_line_break_ends_a_line_and_two_a_paragraph() -> None:
    page = walk("遲日江山麗，<br>春風花草香。<br>泥融飛燕子，<br>沙暖睡鴛鴦。<br>\n<br>後一段。<br/><br/>又一段。")
    assert [(block.text.strip(), block.role, block.apart) for block in page.blocks] == [
        ("遲日江山麗，", LineRole.VERSE, True),
        ("春風花草香。", LineRole.VERSE, False),
        ("泥融飛燕子，", LineRole.VERSE, False),
        ("沙暖睡鴛鴦。", LineRole.VERSE, False),
        ("後一段。", LineRole.BODY, True),
        ("又一段。", LineRole.BODY, True),
    ]


def test_ruby_is_left_out_with_and_without_its_end_tags() -> None:
    assert blocks("<ruby>春<rp>(</rp><rt>ㄔㄨㄣ</rt><rp>)</rp></ruby><ruby>眠<rt>ㄇㄧㄢˊ</ruby>不覺曉") == [
        (LineRole.BODY, "春眠不覺曉")
    ]


def test_rows_of_data_are_rows_and_those_that_lay_out_a_page_are_not() -> None:
    data = "<table><tr><th>朝代<th>詩人<tr><td>唐<td>李白<tr><td>宋<td><td>詞</table>"
    rows = [(block.role, block.text) for block in walk(data).blocks]
    assert rows == [(LineRole.ROW, "朝代　詩人"), (LineRole.ROW, "唐　李白"), (LineRole.ROW, "宋　　詞")]
    layout = "<table><tr><td>目錄<td><p>第一段很長。</p><p>第二段也是。</p></table>"
    assert [role for role, _ in blocks(layout)] == [LineRole.BODY] * 3


def test_code_keeps_its_lines_and_chinese_in_pre_is_text() -> None:
    code = walk("<pre>if a:\n\n    b = 1\n</pre>").blocks
    assert [(block.role, block.text) for block in code] == [
        (LineRole.CODE, "if a:"),
        (LineRole.CODE, ""),
        (LineRole.CODE, "    b = 1"),
    ]
    text = walk("<pre>卷一\n\n天地玄黃，宇宙洪荒。</pre>").blocks
    assert [(block.role, block.text, block.apart) for block in text] == [
        (LineRole.PLAIN, "卷一", True),
        (LineRole.PLAIN, "天地玄黃，宇宙洪荒。", True),
    ]


def test_an_end_tag_in_a_cell_ends_nothing_around_the_table() -> None:
    page = walk("<div id=a><table><tr><td>甲</div>乙</td></tr></table>丙</div>丁")
    boxes = {block.text: page.boxes.tags[block.box].written.strip() for block in page.blocks}
    assert boxes == {"甲": "", "乙": "", "丙": "id=a", "丁": ""}


def test_links_are_counted_and_references_to_notes_are_told_apart() -> None:
    (block,) = walk(
        "見<a href='x.html'>別的 網頁</a>與注<sup><a href='#n1'>1</a></sup>，又<a href='#n2'>[2]</a>。"
    ).blocks
    assert block.linked == len("別的網頁")
    assert [block.text[start:end] for start, end in block.refs] == ["[1]", "[2]"]


def test_elements_of_forms_are_left_out_and_what_is_not_closed_is_not() -> None:
    assert blocks("<p>甲<select><option>乙</select>丙<button>丁") == [(LineRole.BODY, "甲丙丁")]


def test_a_button_is_text_where_it_is_a_heading() -> None:
    page = "<h2><button>卷一</button></h2><p>渡口<button>展開</button>有舟。"
    assert blocks(page) == [(LineRole.HEADING, "卷一"), (LineRole.BODY, "渡口有舟。")]


@pytest.mark.parametrize(
    ("page", "shown", "lost"),
    [
        ("<p>若a<b則不然。</p><p>岸上有亭。", ["若a", "岸上有亭。"], ["b則不然。"]),
        ("<p>若a<b且c>d。", ["若ad。"], ["b且c"]),
        ("<p>甲<b 乙 <i>丙", ["甲丙"], ["b 乙 "]),
        ("<p>渡口<img alt='有舟' title=三 <i hidden>皆舊</i><font色='紅'>。", ["渡口皆舊。"], ["font色='紅'"]),
        ("<p title='甲<b>乙'>渡口<o:p>有舟</o:p>。<a href='#'", ["渡口有舟。"], []),
    ],
)
def test_text_that_markup_takes_for_a_tag_is_named(page: str, shown: list[str], lost: list[str]) -> None:
    made = walk(page)
    assert [block.text for block in made.blocks] == shown
    assert list(made.lost.mistaken) == lost


@pytest.mark.parametrize(("begin", "name"), [("<!--", "!--"), ("<script>", "script"), ("<TEXTAREA x>", "textarea")])
def test_what_has_no_end_is_named_with_the_markup_it_hides(begin: str, name: str) -> None:
    hidden = "雨<p>岸上有亭。<b>"
    made = walk(f"<p>渡口有舟。{begin}{hidden}")
    assert [block.text for block in made.blocks] == ["渡口有舟。"]
    assert list(made.lost.unended) == [(name, len(f"{begin}{hidden}") - 1)]
    assert walk(f"<p>渡口有舟。{begin}雨{'-->' if name == '!--' else f'</{name}>'}").lost == ((), ())


@pytest.mark.parametrize(
    "markup",
    [
        "<div>",
        "<p><div>",
        "<td><div></p>",
        "<a <b",
        '<a x="',
        "<ruby><rt>",
        "<button>",
        "<!--",
        "</div>",
        "<table><tr>",
    ],
)
def test_depth_and_damage_take_linear_time(markup: str) -> None:
    def seconds(count: int) -> float:
        return least_seconds(lambda: walk(markup * count + "字"), 2)

    assert seconds(20_000) < 40 * seconds(2_000) + 0.05


def test_a_tag_goes_on_in_a_quoted_value() -> None:
    assert blocks("<p title='甲<b>乙>丙'>春眠<i title=\"x>y\">不覺</i>曉") == [(LineRole.BODY, "春眠不覺曉")]


def test_a_sign_of_less_that_begins_no_tag_is_text() -> None:
    assert blocks("<p>一 < 二 且 <3 > 2<p>三") == [(LineRole.BODY, "一 < 二 且 <3 > 2"), (LineRole.BODY, "三")]


def test_a_comment_ends_with_its_own_sign_and_holds_tags() -> None:
    assert blocks('<p>春<!-- <a href="x"> -->眠<!---->不<!-- > <p> -->覺') == [(LineRole.BODY, "春眠不覺")]


@pytest.mark.parametrize(
    "comment", ["<!-->", "<!--->", "<!-- 雨 --!>", "<!-- > --!>", "<!--!> -->", "<!--[if !IE]><!-->"]
)
def test_a_comment_that_ends_oddly_takes_no_text_along(comment: str) -> None:
    assert blocks(f"<p>春眠{comment}不覺<p>曉") == [(LineRole.BODY, "春眠不覺"), (LineRole.BODY, "曉")]
    assert blocks(f"<noscript>雨{comment}</noscript><p>曉") == [(LineRole.BODY, "曉")]


def test_a_script_whose_tag_is_damaged_takes_no_text_along() -> None:
    assert blocks('<script src="a<td height="6"><p>春眠不覺曉') == [(LineRole.BODY, "春眠不覺曉")]


def test_a_script_without_content_takes_no_text_along_in_xhtml_alone() -> None:
    page = '<html><script src="a"/><p>春眠<script src="b" />不覺曉'
    assert blocks(f'<?xml version="1.0"?>{page}') == [(LineRole.BODY, "春眠不覺曉")]
    assert blocks(f"<p>處處{page}") == [(LineRole.BODY, "處處")]


def test_verbatim_text_of_xhtml_is_text() -> None:
    page = "<p>春眠<![CDATA[<不> & 覺]]>曉</p><script>//<![CDATA[\n<p>雨//]]></script><p>處<![CDATA[>處"
    assert blocks(f'<?xml version="1.0"?>{page}') == [(LineRole.BODY, "春眠<不> & 覺曉"), (LineRole.BODY, "處處")]
    assert [block.text for block in walk(page, watched=()).blocks] == ["春眠<不> & 覺曉", "處處"]


def test_boxes_of_one_text_or_one_link_are_as_others() -> None:
    page = walk("<ul class=a><li>春</li> <li><a href=x>夏 日</a></li>\n<li><a href=x>秋</a>天</li></ul><p>冬")
    assert [(block.text, block.linked, page.boxes.tags[block.box].name) for block in page.blocks] == [
        ("春", 0, "li"),
        (" 夏 日 ", 2, "li"),
        ("秋天", 1, "li"),
        ("冬", 0, "p"),
    ]
    assert [page.boxes.parents[block.box] for block in page.blocks] == [1, 1, 1, 0]


def test_what_boxes_hold_is_counted_with_those_within_them() -> None:
    boxes = walk("<div><p>一</p><div><p>二</p></div></div><p>三").boxes
    assert [tag.name for tag in boxes.tags] == ["body", "div", "p", "div", "p", "p"]
    assert list(boxes.ends) == [6, 5, 3, 5, 5, 6]
    held = boxes.held([(2, 1), (4, 2), (5, 4)])
    assert [held.of(box) for box in range(6)] == [7, 3, 1, 2, 2, 4]
    assert list(boxes.within([3])) == [0, 0, 0, 1, 1, 0]
