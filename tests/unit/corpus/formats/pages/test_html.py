"""HTML: the text of a page told from the rest of it, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.damage import damaged
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats import format_for, known_elsewhere
from tuibrowser.corpus.formats.base import Contents, Extracted
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.pages.html import extract
from tuibrowser.corpus.formats.problems import unread_date
from tuibrowser.corpus.model import Layer

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Metadata

NEWS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>湖心亭修繕竣工_本地新聞_西湖日報</title>
<meta name="author" content="1024"></head><body>
<div class="nav"><a href="/">首頁</a><a href="/a">時政</a><a href="/b">文化</a></div>
<div class="wrap"><div class="left">
<h1>湖心亭修繕竣工</h1>
<div class="info">2021-04-05 08:30　來源：西湖日報　作者：張宗子　字號：大 中 小</div>
<div class="content">
<p>　　崇禎五年十二月，余住西湖。大雪三日，湖中人鳥聲俱絕。</p>
<p>是日更定矣，余拏一小舟，擁毳衣爐火，獨往湖心亭看雪。</p>
<p><a href="/c">相關鏈接：西湖七月半</a></p>
</div>
<div class="related"><h3>相關閱讀</h3><ul><li><a href="/d">柳敬亭說書，聽者如堵，滿座寂然。</a></li></ul></div>
<div class="comment"><p>讀者甲：寫得真好，我也想去看看，可惜沒有雪。</p></div>
</div>
<div class="right"><h3>熱點排行</h3><ul><li><a href="/e">龍山放燈</a></li><li><a href="/f">煙雨樓</a></li></ul></div>
</div>
<div class="footer">西湖日報社版權所有，未經授權，不得轉載。</div>
<div style="display:none">統計代碼，無人得見。</div></body></html>"""


def made(markup: str | bytes, encoding: str = "utf-8") -> Extracted:
    return extract(Contents(markup if isinstance(markup, bytes) else markup.encode(encoding), "a.html"))


def lines(extracted: Extracted, role: LineRole) -> list[str]:
    raw = extracted.raw
    return [raw[line.start : line.end] for line in extracted.parsed.lines if line.role is role]


def metadata(markup: str) -> Metadata:
    return made(markup).parsed.metadata


def test_the_text_of_a_page_is_told_from_what_stands_around_it() -> None:
    page = made(NEWS)
    assert lines(page, LineRole.BODY) == [
        "崇禎五年十二月，余住西湖。大雪三日，湖中人鳥聲俱絕。",
        "是日更定矣，余拏一小舟，擁毳衣爐火，獨往湖心亭看雪。",
    ]
    assert lines(page, LineRole.HEADING) == ["湖心亭修繕竣工"]
    furniture = lines(page, LineRole.FURNITURE)
    assert {"首頁 時政 文化", "相關鏈接：西湖七月半", "熱點排行", "龍山放燈"} < set(furniture)
    assert any("讀者甲" in line for line in furniture)
    assert "統計代碼" not in page.raw


def test_text_that_a_browser_does_not_show_by_a_fault_of_the_markup_is_a_problem() -> None:
    page = made("<p>若a<b則不然，渡口有舟三艘。</p><p>岸上有亭，行人往來。</p><!-- 雨<p>皆舊。")
    assert "岸上有亭" in page.raw
    assert [(each.kind, str(each.detail)) for each in page.problems] == [
        ("left-out", "a comment without an end hides 11 characters of the markup"),
        ("left-out", "text that looks like tags and is not shown: 1, such as <b則不然，渡口有舟三艘。"),
    ]
    assert made(NEWS).problems == ()


@pytest.mark.parametrize("name", ["ad", "ads", "ad-box", "col ad", "advert"])
def test_an_advertisement_within_the_text_is_furniture(name: str) -> None:
    advert = f'<div class="{name}">廣告：湖邊新宅，先到先得，名額有限，歡迎垂詢。</div>'
    page = made(NEWS.replace("<p>是日更定矣", f"{advert}<p>是日更定矣"))
    assert any(line.startswith("廣告") for line in lines(page, LineRole.FURNITURE))
    assert any(line.startswith("是日更定矣") for line in lines(page, LineRole.BODY))


def test_title_date_source_and_author_stand_above_the_text() -> None:
    about = metadata(NEWS)
    assert (about.title, about.published, about.source) == ("湖心亭修繕竣工", "2021-04-05T08:30", "西湖日報")
    assert about.author == "張宗子"


def test_pages_of_a_government_say_it_in_their_head() -> None:
    page = NEWS.replace(
        "</head>",
        '<meta name="ArticleTitle" content="關於湖心亭開放的公告"><meta name="PubDate" content="2021-04-06 09:00">'
        '<meta name="ContentSource" content="市園林局"></head>',
    )
    about = metadata(page)
    assert (about.title, about.published, about.source) == ("關於湖心亭開放的公告", "2021-04-06T09:00", "市園林局")


def test_the_name_of_a_section_gives_way_to_the_title_above_the_text() -> None:
    page = NEWS.replace("湖心亭修繕竣工_本地新聞_西湖日報", "通知公告").replace("h1>", "h2>")
    assert metadata(page.replace("湖心亭修繕竣工", "關於湖心亭修繕竣工的通告")).title == "關於湖心亭修繕竣工的通告"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("陳繼儒　2010年3月5日", "陳繼儒"),
        ("2010年3月5日 陳繼儒", None),
        ("林某　2010年3月5日 21:30", "林某"),
        ("江苏　2010年3月5日", None),
        ("華商報　2010年3月5日", None),
        ("陳繼儒遊於湖上　2010年3月5日", None),
    ],
)
def test_a_name_beside_the_date_above_the_text_is_the_author(line: str, author: str | None) -> None:
    about = metadata(
        f"<html><head><title>山中日記 | 林某的部落格</title></head><body><table><tr><td><a href=a>首頁</a></td><td>"
        f"<font size=5>山中日記</font><br>{line}<br><br>今天上山，霧很大，看不見對面的稜線。<br>"
        "走到半山腰，遇到一位採茶的老婆婆，她請我喝了一杯熱茶。</td></tr></table></body></html>"
    )
    assert (about.title, about.author) == ("山中日記", author)


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ('<span class="byline">作者 <a rel="author" href="/a">張岱</a></span>', "張岱"),
        ('<span id="js_author_name" class="wx_tap_link">湖邊人</span>', "湖邊人"),
        (
            '<em class="rich_media_meta_text">2021-04-05</em><em class="rich_media_meta_text">湖邊人</em>',
            "湖邊人",
        ),
        ('<div class="authi"><a href="space-uid-7.html">湖邊人</a></div>', "湖邊人"),
        ('<p class="AuthorInfo-name">湖邊人</p>', "湖邊人"),
        ('<p class="author">西湖日報</p>', None),  # the paper
        ('<p class="author">湖邊人：雪，大雪，湖心亭。</p>', None),  # no name
        ('<p class="authority">湖邊人</p>', None),
        ("<p>本報記者　張　岱</p>", "張岱"),
        ("<p>作者zhang2 (湖邊人)</p>", "zhang2"),
    ],
)
def test_the_author_is_whom_the_markup_or_a_line_above_the_text_names(byline: str, author: str | None) -> None:
    page = NEWS.replace("　作者：張宗子", "").replace('<div class="content">', f'{byline}<div class="content">')
    assert metadata(page).author == author


def test_whom_the_markup_names_in_a_comment_below_is_no_author() -> None:
    page = NEWS.replace("　作者：張宗子", "").replace("<p>讀者甲", '<span class="author">讀者甲</span><p>')
    assert metadata(page).author is None


def test_the_author_may_stand_below_the_text() -> None:
    page = NEWS.replace("　作者：張宗子", "").replace("<p><a", "<p>（作者：張岱）</p><p><a")
    assert metadata(page).author == "張岱"


def test_a_book_of_a_library_has_its_own_title_and_author() -> None:
    page = made(
        "<title>The Project Gutenberg eBook of 湖心亭記, by Dai Zhang</title><body><section class='pg-boilerplate'>"
        "<h2>The Project Gutenberg eBook of 湖心亭記</h2><p>This book is for anyone, anywhere.</p></section>"
        "<h1>湖心亭記</h1>" + "<p>崇禎五年十二月，余住西湖。大雪三日，湖中人鳥聲俱絕。</p>" * 5
    )
    assert (page.parsed.metadata.title, page.parsed.metadata.author) == ("湖心亭記", "Dai Zhang")
    assert "This book is for anyone, anywhere." in lines(page, LineRole.FURNITURE)


def test_the_line_ends_of_a_bulletin_board_are_kept() -> None:
    page = made(
        "<title>湖心亭</title><body><div id='main' class='bbs-screen bbs-content'><div>作者zhang2 (湖邊人)</div>\n"
        "崇禎五年十二月，余住西湖。\n大雪三日，湖中人鳥聲俱絕。\n</div><div>是日更定矣，\n余拏一小舟。</div>"
    )
    assert page.raw.rstrip("\n").split("\n") == [
        "作者zhang2 (湖邊人)",
        "",
        "崇禎五年十二月，余住西湖。",
        "大雪三日，湖中人鳥聲俱絕。",
        "",
        "是日更定矣，余拏一小舟。",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "請繼續往下閱讀...",
        "原标题：湖心亭修好了",
        "現在用APP看新聞 天天中獎",
        "2021/04/05",
        "《西湖日報》（2021年04月05日 07版）",
    ],
)
def test_what_a_site_puts_between_the_lines_is_furniture(line: str) -> None:
    page = made(NEWS.replace('<div class="content">', f'<div class="content"><p>{line}</p>'))
    assert line in lines(page, LineRole.FURNITURE)
    assert "是日更定矣，余拏一小舟，擁毳衣爐火，獨往湖心亭看雪。" in lines(page, LineRole.BODY)


def test_a_bracketed_word_before_the_title_is_no_part_of_it() -> None:
    page = NEWS.replace("湖心亭修繕竣工_本地新聞_西湖日報", "湖心亭 - 文史 - 西湖論壇").replace(
        "<h1>湖心亭修繕竣工", "<h1>[原創遊記專欄] 湖心亭"
    )
    assert metadata(page).title == "湖心亭"


def test_a_page_without_a_title_of_its_own_has_the_one_it_is_shared_by_or_its_heading() -> None:
    page = NEWS.replace("<title>湖心亭修繕竣工_本地新聞_西湖日報</title>", "<title></title>{}")
    shared = '<meta property="og:title" content="湖心亭看雪">'
    assert metadata(page.format(shared)).title == "湖心亭看雪"
    assert metadata(page.format("")).title == "湖心亭修繕竣工"


TABLE = """<html><head><title>工作動態_湖心亭管理處</title></head><body><table><tr><td>
現在位置：首頁 &gt; 工作動態 &gt; 正文<br>
2019年湖心亭看雪大會圓滿閉幕<br>發布：2019-03-06 來源：管理處作者：佚名 編輯：某<br>打印 字體：放大 正常 縮小 分享<br>
<p>2019年2月27日下午，看雪大會在湖心亭舉行，到者三百餘人，皆大歡喜。</p>
<p>會後眾人拏舟而歸，鳥聲俱絕，天與雲與山與水，上下一白。</p>
<p>【 打印本頁 】【 關閉窗口 】</p><p>相關閱讀</p>
<p>西湖七月半，一無可看，止可看看七月半之人。</p></td></tr></table></body></html>"""


WIKI = """<html><head><title>湖心亭看雪 - 某某文庫</title></head><body><div id="content"><h1>湖心亭看雪</h1>
<div class="toc"><ul><li><a href="#a">1 正文</a></li><li><a href="#b">2 注釋</a></li></ul></div>
<h2><span id="a">正文</span><span class="edit">[<a href="/edit">編輯</a>]</span></h2>
<p>崇禎五年十二月，余住西湖。<sup><a href="#n1">[1]</a></sup>大雪三日，湖中人鳥聲俱絕。</p>
<h2>注釋<span>[<a href="/edit">編輯</a>]</span></h2>
<ol class="references"><li id="n1">崇禎五年：公元1632年。</li></ol></div>
<div class="footer">本頁面最後修訂於2020年5月6日，版權所有。</div></body></html>"""


def test_a_wiki_has_headings_without_buttons_notes_and_no_date_of_its_text() -> None:
    page = made(WIKI)
    assert lines(page, LineRole.HEADING) == ["湖心亭看雪", "正文", "注釋"]
    assert lines(page, LineRole.NOTE) == ["崇禎五年：公元1632年。"]
    assert page.parsed.metadata.published is None


def test_what_stands_at_the_ends_of_the_text_and_is_none_of_it_is_folded_away() -> None:
    page = made(TABLE)
    assert lines(page, LineRole.FURNITURE) == [
        "現在位置：首頁 > 工作動態 > 正文",
        "打印 字體：放大 正常 縮小 分享",
        "【 打印本頁 】【 關閉窗口 】",
        "相關閱讀",
        "西湖七月半，一無可看，止可看看七月半之人。",
    ]
    assert len(lines(page, LineRole.BODY)) == 2


def test_a_title_may_begin_with_a_year_and_a_date_in_the_text_is_not_that_of_the_page() -> None:
    about = metadata(TABLE)
    assert (about.title, about.published) == ("2019年湖心亭看雪大會圓滿閉幕", "2019-03-06")
    assert (about.source, about.author) == ("管理處", None)


def test_the_line_with_which_the_title_begins_is_the_title() -> None:
    page = NEWS.replace("湖心亭修繕竣工_本地新聞_西湖日報", "湖心亭修繕竣工用木Ａ級-EDN 西湖").replace("h1>", "div>")
    assert (
        metadata(page.replace("<div>湖心亭修繕竣工<", "<div>湖心亭修繕竣工用木Ａ級<")).title == "湖心亭修繕竣工用木Ａ級"
    )


def test_a_meta_author_is_not_believed() -> None:
    assert metadata(NEWS.replace("作者：張宗子", "").replace("1024", "西湖日報網")).author is None


def test_a_fragment_without_body_is_all_text() -> None:
    page = made("　　滾滾東流，浪淘千古。<br>　　幾度夕陽紅。<br><br>　　話說天下大勢，分久必合。<br><br>")
    assert page.raw == "滾滾東流，浪淘千古。\n幾度夕陽紅。\n\n話說天下大勢，分久必合。\n"
    assert page.parsed.metadata.title is None


def test_a_book_on_one_page_is_all_text() -> None:
    chapter = "<div class='c'><h2>第{0}回</h2><p>話說第{0}回的事情，且聽下回分解。</p><p>且說又有一事，不題。</p></div>"
    page = made("<html><body>" + "".join(chapter.format(number) for number in range(1, 30)) + "</body></html>")
    assert len(lines(page, LineRole.HEADING)) == 29
    assert not lines(page, LineRole.FURNITURE)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gb2312", "utf-8"),
        ("big5", "big5hkscs"),
        ("utf-8", "gb18030"),
        ("", "big5"),
        ("x", "gbk"),
    ],
)
def test_bytes_go_before_what_is_declared(declared: str, encoding: str) -> None:
    text = "崇禎五年十二月，余住西湖。大雪三日，湖中人鳥聲俱絕。是日更定矣，余拏一小舟，獨往湖心亭看雪。"
    page = made(f"<html><head><meta charset={declared}></head><body><p>{text}</p></body></html>", encoding)
    assert lines(page, LineRole.BODY) == [text]


def test_a_rare_character_declared_as_gb2312_is_read() -> None:
    page = made(
        "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>朱镕基与喆、堃，皆不在其中。</p>", "gbk"
    )
    assert page.raw == "朱镕基与喆、堃，皆不在其中。\n"
    assert page.encoding == "gb18030"


def test_footnotes_and_what_refers_to_them_are_notes() -> None:
    page = made(
        "<p>余拏一小舟<sup><a href='#f1'>[1]</a></sup>，獨往湖心亭看雪。</p>"
        "<div class='footnotes'><p id='f1'>拏：同「拿」，撐船。</p></div>"
    )
    spans = [page.raw[span.start : span.end] for span in page.parsed.layers if span.layer is Layer.NOTE]
    assert spans == ["[1]", "拏：同「拿」，撐船。"]


def test_character_references_bring_no_control_characters() -> None:
    assert made("<p>天&#27;[31m地&#x7f;&nbsp;玄&lt;黃&gt;</p>").raw == "天[31m地 玄<黃>\n"


def test_bytes_that_are_no_page_are_named() -> None:
    with pytest.raises(NotTextError):
        made(bytes(range(256)) * 20)
    with pytest.raises(NotTextError, match="page without text"):
        made("<html><body><script>draw()</script></body></html>")


def test_pages_are_known_by_their_names_and_their_first_bytes() -> None:
    for name, head in (("a.html", b""), ("a.XHTML", b""), ("view?id=3", b"<!DOCTYPE html><html>")):
        found = format_for(name, head)
        assert found is not None
        assert found.key == "html"
    assert not known_elsewhere("a.htm")
    assert known_elsewhere("a.css")


DAMAGE = (b"<p>", b"</td>", b"<table>", b"<ruby>", b"<rt>", b"<!--", b"&#x1b;", b"\x00", b"<a href='#", b'"', b"<pre>")


def fuzz(count: int) -> None:
    for data in damaged(NEWS.encode(), count, 5, DAMAGE):
        try:
            page = made(data)
        except NotTextError:
            continue
        assert not any(character < " " and character != "\n" for character in page.raw)
        assert [line.end - line.start for line in page.parsed.lines] == list(map(len, page.raw.split("\n")[:-1]))


def test_damaged_pages_are_read_without_an_error() -> None:
    fuzz(150)


@pytest.mark.long
def test_many_damaged_pages_are_read_without_an_error() -> None:
    fuzz(20_000)


def test_a_date_of_the_head_that_cannot_be_read_is_a_problem_where_the_page_has_no_other() -> None:
    page = "<html><head><meta name='date' content='{}'></head><body><p>春眠不覺曉，處處聞啼鳥。</p></body></html>"
    found = extract(Contents(page.format("去年春天").encode(), "頁.html"))
    assert [(each.kind, unread_date(each)) for each in found.problems] == [("declared-date", "去年春天")]
    assert extract(Contents(page.format("2020-05-01").encode(), "頁.html")).problems == ()
