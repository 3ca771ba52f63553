"""TEI: lines and pages as places, notes and variants in their layers, characters that no encoding has, and verse."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.damage import damaged
from support.extracted import survives
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Contents, Extracted
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.problems import unread_date
from tuibrowser.corpus.formats.xml.xml import extract
from tuibrowser.corpus.model import Layer, Source
from tuibrowser.corpus.read import read_bytes

HEADER = """<?xml version="1.0" encoding="UTF-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="X77n1524"><teiHeader>
<fileDesc><titleStmt><title>Canon, Electronic version, No. 1524 湖山遊記</title>
<title xml:lang="zh-Hant">大藏經數位版, No. 1524 湖山遊記</title><author>明 張岱說　王五等編</author></titleStmt>
<sourceDesc><listWit><witness xml:id="wit1">【宋】</witness></listWit></sourceDesc></fileDesc>
<charDecl><char xml:id="CB1"><charProp><localName>composition</localName><value>[山*水]</value></charProp></char>
<char xml:id="CB2"><charProp><localName>composition</localName><value>[火/山]</value></charProp>
<mapping type="unicode">U+2E7A7</mapping></char>
<char xml:id="CB3"><charProp><localName>composition</localName><value>[土*山]</value></charProp>
<charProp><localName>normalized form</localName><value>岸</value></charProp></char></charDecl></teiHeader>"""
START = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body>"
BODY = """<text><body><pb ed="X" n="0369a"/><lb ed="X" n="0369a01"/><cb:docNumber>No. 1524</cb:docNumber>
<lb ed="X" n="0369a02"/><cb:div type="xu"><cb:mulu level="1" type="序">序</cb:mulu><head>湖山遊
<lb ed="R" n="0001a02"/><lb ed="X" n="0369a03"/>記序</head>
<lb ed="X" n="0369a04"/><p>余拏一小<note n="1" place="foot text" type="orig">舟甲本作船</note>舟<note
place="inline">同拿</note>，獨往湖
<lb ed="X" n="0369a05"/>心亭<app n="2"><lem wit="【大】">看</lem><rdg wit="#wit1">觀</rdg></app>雪。<g
ref="#CB1"/><g ref="#CB2"/>
<lb ed="X" n="0369a06"/><g ref="#CB3">&#xF034C;</g><g ref="#CB9"/>畢。</p></cb:div>
<cb:div type="other"><cb:mulu level="2" type="其他">偈</cb:mulu><lg>
<l>大雪三日，</l><l>湖中人<caesura/>鳥聲俱絕。</l></lg></cb:div>
</body><back><cb:div type="apparatus"><head>校注</head>
<p><app><lem wit="#x">霧</lem><rdg wit="#wit1">霜</rdg></app></p></cb:div>
</back></text></TEI>"""


def made(markup: str, name: str = "X77n1524.xml", encoding: str = "utf-8") -> Extracted:
    return extract(Contents(markup.encode(encoding), name))


def lines(extracted: Extracted) -> list[tuple[LineRole, int, str]]:
    raw = extracted.raw
    found = extracted.parsed.lines
    return [(line.role, line.level, raw[line.start : line.end]) for line in found if line.role is not LineRole.BLANK]


def layered(extracted: Extracted, layer: Layer) -> list[str]:
    return [extracted.raw[span.start : span.end] for span in extracted.parsed.layers if span.layer is layer]


def test_text_headings_and_verse() -> None:
    text = [line for line in lines(made(HEADER + BODY)) if line[0] is not LineRole.FURNITURE]
    assert text == [
        (LineRole.HEADING, 1, "湖山遊記序"),
        (LineRole.BODY, 0, "余拏一小舟（同拿），獨往湖心亭看雪。[山*水]\U0002e7a7岸〔CB9〕畢。"),
        (LineRole.HEADING, 2, "偈"),
        (LineRole.VERSE, 0, "大雪三日，"),
        (LineRole.VERSE, 0, "湖中人　鳥聲俱絕。"),
    ]


def test_lines_of_one_edition_are_places() -> None:
    edition = made(HEADER + BODY)
    places = {each.label: edition.raw[each.offset : each.offset + 3] for each in edition.parsed.locators}
    assert places["0369a03"] == "記序\n"
    assert places["0369a04"] == "余拏一"
    assert places["0369a05"] == "心亭看"
    assert "0001a02" not in places
    assert "0369a" not in places


def test_pages_are_places_where_lines_are_not() -> None:
    book = made(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>甲<pb n="7"/>乙。</p></body></text></TEI>', "a.xml"
    )
    assert [(each.label, book.raw[each.offset]) for each in book.parsed.locators] == [("7", "乙")]


def test_notes_in_the_line_are_notes_and_variants_are_apparatus_with_their_witnesses() -> None:
    edition = made(HEADER + BODY)
    assert layered(edition, Layer.NOTE) == ["（同拿）"]
    assert layered(edition, Layer.APPARATUS) == ["舟甲本作船", "看【大】，觀【宋】", "霧【x】，霜【宋】"]


def test_footnotes_of_an_author_follow_their_paragraph() -> None:
    text = f"{START}<p>甲<note place='bottom'>注甲</note>乙。</p><p>丙。</p></body>"
    book = made(text, "a.xml")
    assert lines(book) == [(LineRole.BODY, 0, "甲乙。"), (LineRole.NOTE, 0, "注甲"), (LineRole.BODY, 0, "丙。")]


@pytest.mark.parametrize("kind", ["footnote", "foot", "editorial", "gloss", "authorial"])
def test_notes_of_any_type_are_read(kind: str) -> None:
    book = made(f"{START}<p>甲<note type='{kind}'>注甲</note>乙。</p></body></text></TEI>", "a.xml")
    assert lines(book) == [(LineRole.BODY, 0, "甲乙。"), (LineRole.NOTE, 0, "注甲")]


@pytest.mark.parametrize("note", ["<note type='authorial'>（光）</note>", "<note type='inline'>光</note>"])
def test_a_note_with_brackets_of_its_own_stands_in_the_line(note: str) -> None:
    book = made(f"{START}<p>渡口{note}記。</p></body></text></TEI>", "a.xml")
    assert book.raw == "渡口（光）記。\n"
    assert layered(book, Layer.NOTE) == ["（光）"]


@pytest.mark.parametrize("kind", ["cf1", "star", "rest", "equivalent"])
def test_notes_that_repeat_or_refer_are_left_out(kind: str) -> None:
    assert made(f"{START}<p>甲<note type='{kind}'>P58_p0011</note>乙。</p></body></text></TEI>").raw == "甲乙。\n"


def test_title_author_and_the_place_in_the_canon() -> None:
    edition = made(HEADER + BODY)
    assert (edition.parsed.metadata.title, edition.parsed.metadata.author) == ("湖山遊記", "張岱")
    assert edition.fields == {"canon": "X", "volume": "77", "number": "1524", "dynasty": "明"}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("後秦 鳩摩羅什譯", "鳩摩羅什"),
        ("唐 慈恩和尚述", "慈恩和尚"),
        ("龍樹菩薩造　姚秦 鳩摩羅什譯", "龍樹菩薩"),
        ("宋 蘊聞編", "蘊聞"),
        ("宋 蘇頌撰", "蘇頌"),
        ("失譯", None),
    ],
)
def test_authors_stand_without_dynasty_and_role(written: str, name: str | None) -> None:
    assert made((HEADER + BODY).replace("明 張岱說　王五等編", written)).parsed.metadata.author == name


def test_the_title_is_the_main_one_and_what_was_struck_out_is_no_text() -> None:
    statement = "<titleStmt><title type='main'>渡口記</title><title type='sub'>初刻本</title></titleStmt>"
    markup = START.replace("<text>", f"<teiHeader><fileDesc>{statement}</fileDesc></teiHeader><text>")
    edition = made(f"{markup}<p>江水<del>西</del><add>東</add>流。</p></body></text></TEI>", name="a.xml")
    assert edition.parsed.metadata.title == "渡口記"
    assert lines(edition) == [(LineRole.BODY, 0, "江水東流。")]


def test_scrolls_are_headings_where_there_are_several() -> None:
    juan = (
        '<cb:juan n="{0}" fun="open"><cb:mulu n="{0}" type="卷"/><cb:jhead>遊記卷第{0}</cb:jhead></cb:juan>'
        "<p>正文{0}。</p>"
    )
    book = made(
        START + juan.format("一") + "<div><head>西湖</head><p>夢尋。</p></div>" + juan.format("二") + "</body></text>",
        "a.xml",
    )
    headings = [(level, text) for role, level, text in lines(book) if role is LineRole.HEADING]
    assert headings == [(1, "遊記卷第一"), (2, "西湖"), (1, "遊記卷第二")]


def test_the_fourth_version_in_big5_with_unknown_entities() -> None:
    text = (
        '<?xml version="1.0" encoding="cp950" ?><!DOCTYPE TEI.2 SYSTEM "x.dtd" [<!ENTITY % E SYSTEM "a.ent">%E;'
        '<!ENTITY hu "湖">]><TEI.2><teiHeader><fileDesc><titleStmt><title>No. 256 心亭記</title></titleStmt></fileDesc>'
        '</teiHeader><text><body><lb n="0851a04" ed="T"/><head type="no">No. 256</head>'
        '<lb n="0851a05" ed="T"/><div1><mulu level="1" label="序"/><p>獨往&hu;心&CB00844;亭。</p></div1></body></text>'
    )
    book = made(text, "T08n0256.xml", "cp950")
    assert lines(book)[1:] == [(LineRole.HEADING, 1, "序"), (LineRole.BODY, 0, "獨往湖心〔CB00844〕亭。")]
    assert book.parsed.metadata.title == "心亭記"
    assert book.encoding == "big5hkscs"


def test_sanskrit_at_the_foot_is_no_text_and_a_choice_has_one_reading() -> None:
    text = (
        f"{START}<p>須菩提<foreign n='1' cb:place='foot' xml:lang='sa'>subhūti</foreign>言"
        "<choice><sic>誤</sic><corr>正</corr></choice>"
        "<cb:tt><cb:t xml:lang='zh'>揭諦</cb:t><cb:t place='foot' xml:lang='sa'>gate</cb:t></cb:tt>。</p>"
    )
    assert made(text, "a.xml").raw == "須菩提言正揭諦。\n"


def test_entities_that_stand_for_much_or_for_files_are_not_expanded() -> None:
    text = (
        '<!DOCTYPE TEI [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<TEI><text><body><p>前&a;&b;&f;後。</p></body></text></TEI>"
    )
    book = made(text, "a.xml")
    assert book.raw == "前哈哈〔b〕〔f〕後。\n"
    assert [problem.kind for problem in book.problems] == ["left-out"]


def test_other_xml_is_read_by_its_text() -> None:
    law = (
        "<法規><法規名稱>渡口管理辦法</法規名稱><最新異動日期>20230119</最新異動日期>"
        "<法規內容><編章節>第 一 章 總則</編章節>"
        "<條文><條號>第 1 條</條號><條文內容><![CDATA[渡口之管理，\n依本辦法。]]></條文內容></條文></法規內容></法規>"
    )
    book = made(law, "a.xml")
    assert book.raw == "渡口管理辦法\n\n第 一 章 總則\n\n第 1 條\n\n渡口之管理，\n依本辦法。\n"
    assert (book.parsed.metadata.title, book.parsed.metadata.published) == ("渡口管理辦法", "2023-01-19")
    with pytest.raises(NotTextError, match="without text"):
        made("<a><b/></a>", "a.xml")


@pytest.mark.parametrize(
    "whole",
    [
        "<TEI><text><body><p>渡口有舟三艘。</p><p>岸上有亭。</p></body></text></TEI>",
        "<div n='1'><div n='a>b'><p>渡口有舟三艘。</p></div><div n='2'/><p>岸上有亭。</p></div>",
        "<x:法規><內容>渡口有舟三艘。</內容><內容>岸上有亭。</內容></x:法規 >\n<!-- 完 -->",
    ],
)
def test_a_file_that_breaks_off_says_so(whole: str) -> None:
    assert made(whole, "a.xml").problems == ()
    for end in (whole.index("</", whole.index("艘")), whole.index("亭")):
        cut = made(whole[:end], "a.xml")
        assert "渡口有舟三艘。" in cut.raw
        assert [problem.detail for problem in cut.problems] == ["the file breaks off; what comes after is lost"]


def test_a_date_that_cannot_be_read_stays_text() -> None:
    book = made("<記><日期>不詳</日期><內容>渡口有舟。</內容><日期>2023-01-19</日期></記>", "a.xml")
    assert book.raw == "不詳\n\n渡口有舟。\n"
    assert book.parsed.metadata.published == "2023-01-19"


def test_elements_side_by_side_do_not_break_off() -> None:
    assert made("<a>渡口有舟。</a><b>岸上有亭。</b><c/>", "a.xml").problems == ()
    assert made("<a/><b>岸上有亭。</b>", "a.xml").problems == ()


def test_deep_elements_are_read() -> None:
    assert made("<TEI><text>" + "<div>" * 50_000 + "深" + "</div>" * 50_000, "a.xml").raw == "深\n"


DAMAGE = (
    *(b"<app>", b"</app>", b"<lem>", b"<rdg>", b"<g ref='#CB1'>", b"</g>", b"<note>", b"</p>"),
    *(b"<![CDATA[", b"&#27;", b"'"),
)


def test_damaged_editions_are_read_or_named() -> None:
    assert survives("a.xml", damaged((HEADER + BODY).encode(), 200, 9, DAMAGE)) < 200


@pytest.mark.long
def test_many_damaged_editions_are_read_or_named() -> None:
    survives("a.xml", damaged((HEADER + BODY).encode(), 20_000, 10, DAMAGE))


_TOLD = (
    "<TEI><teiHeader><fileDesc><titleStmt><title>渡口經</title></titleStmt>{}</fileDesc></teiHeader>"
    "<text><body><p>{}</p></body></text></TEI>"
)


@pytest.mark.parametrize(
    "told",
    [
        "<sourceDesc><bibl><idno type='Taisho'>T02n0077</idno></bibl></sourceDesc>",
        (
            "<publicationStmt><idno type='CBETA'><idno type='canon'>T</idno>.<idno type='vol'>02</idno>."
            "<idno type='no'>77</idno></idno></publicationStmt>"
        ),
    ],
)
def test_the_header_may_say_where_a_text_stands_in_a_canon(told: str) -> None:
    extracted = made(_TOLD.format(told, "江水東流，晝夜不息。"), "渡口.xml")
    assert extracted.fields == {"canon": "T", "volume": "02", "number": "77"}


@pytest.mark.parametrize(
    ("told", "iso", "words"),
    [
        ("<profileDesc><creation><date when='-0220'>秦</date></creation></profileDesc>", "-0220", None),
        ("<profileDesc><creation><date>唐貞觀十九年</date></creation></profileDesc>", "0645", "唐貞觀十九年"),
        ("<publicationStmt><date>2016-04-02</date></publicationStmt>", None, None),
    ],
)
def test_the_date_of_a_text_is_that_of_its_creation(told: str, iso: str | None, words: str | None) -> None:
    metadata = made(_TOLD.format(told, "江水東流，晝夜不息。"), "渡口.xml").parsed.metadata
    assert (metadata.published, metadata.dated) == (iso, words)


def test_a_creation_date_that_cannot_be_read_is_a_problem() -> None:
    told = "<profileDesc><creation><date>{}</date></creation></profileDesc>"
    read, unread = (
        made(_TOLD.format(told.format(date), "江水東流。"), "渡口.xml") for date in ("唐貞觀十九年", "約750")
    )
    assert [unread_date(problem) for each in (read, unread) for problem in each.problems] == ["約750"]


def test_the_title_of_the_only_scroll_is_a_heading_after_a_preface_with_one() -> None:
    preface = "<cb:div><head>渡江經序</head><p>船夫請余為序。</p></cb:div>"
    opened = '<cb:juan fun="open" n="001"><cb:jhead>渡江經</cb:jhead></cb:juan>'
    closed = '<cb:juan fun="close" n="001"><cb:jhead>渡江經終</cb:jhead></cb:juan>'
    text = "<cb:div><p>如是我聞。</p></cb:div>"
    found = lines(made(f"<TEI><text><body>{preface}{opened}{text}{closed}</body></text></TEI>"))
    assert [(role, words) for role, _, words in found if role is LineRole.HEADING] == [
        (LineRole.HEADING, "渡江經序"),
        (LineRole.HEADING, "渡江經"),
    ]
    assert all(
        role is not LineRole.HEADING
        for role, _, _ in lines(made(f"<TEI><text><body>{opened}{text}</body></text></TEI>"))
    )


def test_titles_are_without_notes_and_numbers_and_ends_of_scrolls_are_no_headings() -> None:
    scroll = (
        '<cb:juan fun="open" n="{0}"><cb:jhead>山居經卷{0}</cb:jhead></cb:juan><cb:div type="other"><cb:mulu level="1">'
        'No. 9-{1} 種茶</cb:mulu><head>No. 9-{1}<lb n="0001a0{0}"/>種茶法<note place="inline">出北嶺志</note></head>'
        '<p>清明採之。</p></cb:div><cb:juan fun="close" n="{0}"><cb:jhead>山居經卷{0}<note place="inline">終</note>'
        "</cb:jhead></cb:juan>"
    )
    scrolls = scroll.format(1, "A") + scroll.format(2, "B")
    markup = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:cb="c"><teiHeader><fileDesc><titleStmt><title>山居經</title>'
        "<author>清 林間著并序</author><author>陳石整理</author></titleStmt></fileDesc></teiHeader>"
        f"<text><body>{scrolls}<table><row><cell><p>雨前</p></cell><cell><p>三十文</p><p>後山</p></cell></row></table>"
        "</body></text></TEI>"
    )
    reading = read_bytes(markup.encode(), Source(Path("山居.xml"), "山居.xml"), 0)
    assert [each.title for each in reading.document.headings] == ["山居經卷1", "種茶法", "山居經卷2", "種茶法"]
    assert reading.document.metadata.author == "林間、陳石"
    assert reading.text.raw.endswith("雨前　三十文 後山\n")
    assert "種茶法（出北嶺志）" in reading.text.raw


def test_any_xml_keeps_paragraphs_with_elements_in_them_whole_and_tables_by_rows() -> None:
    markup = (
        "<book><info><title>山居雜記</title><author><name>林間</name></author><author><name>陳石</name></author></info>"
        "<para>清明前，<emphasis>鄰翁</emphasis>攜茶來<footnote><para>茶苗也。</para></footnote>，教余<b>種</b>之。</para>"
        "<para>夏日長。</para><table><row><entry><para>雨前</para></entry><entry>後山</entry></row>"
        "<row><entry>明前</entry><entry>北嶺</entry></row></table></book>"
    )
    made = extract(Contents(markup.encode(), "山居.xml"))
    assert made.raw == (
        "山居雜記\n\n清明前，鄰翁攜茶來（茶苗也。），教余種之。\n\n夏日長。\n\n雨前　後山\n明前　北嶺\n"
    )
    assert [made.raw[span.start : span.end] for span in made.parsed.layers] == ["（茶苗也。）"]
    about = made.parsed.metadata
    assert (about.title, about.author) == ("山居雜記", "林間、陳石")


def test_any_xml_takes_names_that_end_in_that_of_a_title_for_one() -> None:
    markup = (
        "<法規><法規性質>法律</法規性質><英文法規名稱>Act of Tea</英文法規名稱><中文法規名稱>山茶法</中文法規名稱>"
        "<條文內容>本法為種茶而定。</條文內容></法規>"
    )
    assert extract(Contents(markup.encode(), "茶.xml")).parsed.metadata.title == "山茶法"


def test_any_xml_takes_no_title_of_a_chapter_and_no_editor_for_those_of_the_whole() -> None:
    markup = (
        "<book><info><title>Tea</title><author><firstname>林</firstname><surname>間</surname></author>"
        "<editor><surname>陳石</surname></editor></info><chapter><title>採茶</title><p>清明前採之。</p></chapter></book>"
    )
    book = extract(Contents(markup.encode(), "茶.xml"))
    assert (book.parsed.metadata.title, book.parsed.metadata.author) == ("Tea", "林間")
    assert "陳石" in book.raw
