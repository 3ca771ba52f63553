"""EPUB: pages in the order of the spine, headings from the contents, notes, and what the package says."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from support.books import epub
from support.damage import damaged
from support.extracted import survives
from support.office import zipped
from support.shared import SHARED
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Contents, Extracted
from tuibrowser.corpus.formats.books.epub import extract
from tuibrowser.corpus.formats.books.opf import title_alone
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.problems import unread_date
from tuibrowser.corpus.model import Layer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOOKS = SHARED / "corpora" / "formats" / "epub"
NCX = """<ncx><navMap><navPoint><navLabel><text>卷上　春</text></navLabel><content src="a.xhtml"/>
<navPoint><navLabel><text>山居</text></navLabel><content src="a.xhtml#s1"/></navPoint></navPoint>
<navPoint><navLabel><text>卷下</text></navLabel><content src="b.xhtml"/></navPoint></navMap></ncx>"""
NAV = """<html><body><nav epub:type="toc"><ol><li><a href="a.xhtml">卷上</a><ol>
<li><a href="a.xhtml#s1"><b>山</b>居</a></li></ol></li></ol></nav>
<nav epub:type="page-list"><ol><li><a href="a.xhtml#p1">1</a></li></ol></nav></body></html>"""


def made(data: bytes) -> Extracted:
    return extract(Contents(data, "書.epub"))


def lines(extracted: Extracted) -> list[tuple[LineRole, int, str]]:
    raw = extracted.raw
    found = extracted.parsed.lines
    return [(line.role, line.level, raw[line.start : line.end]) for line in found if line.role is not LineRole.BLANK]


def test_pages_stand_in_the_order_of_the_spine_and_ruby_is_left_out() -> None:
    book = made(epub({"b": "<h1>乙</h1><p>後<ruby>寫<rt>xiě</rt></ruby>的。</p>", "a": "<h2>甲</h2><p>先寫的。</p>"}))
    assert lines(book) == [
        (LineRole.HEADING, 1, "乙"),
        (LineRole.BODY, 0, "後寫的。"),
        (LineRole.HEADING, 2, "甲"),
        (LineRole.BODY, 0, "先寫的。"),
    ]


@pytest.mark.parametrize("first", ["<p>卷上</p><p>春</p>", "<h3>卷上</h3><h4>春</h4>"])
def test_the_block_that_bears_the_title_of_an_entry_is_a_heading_of_its_level(first: str) -> None:
    pages = {"a": f'{first}<p>春日遲遲。</p><p id="s1">山居</p><p>空山新雨後。</p>', "b": "<p>無題的一頁。</p>"}
    assert lines(made(epub(pages, ncx=NCX))) == [
        (LineRole.HEADING, 1, "卷上 春"),
        (LineRole.BODY, 0, "春日遲遲。"),
        (LineRole.HEADING, 2, "山居"),
        (LineRole.BODY, 0, "空山新雨後。"),
        (LineRole.HEADING, 1, "卷下"),
        (LineRole.BODY, 0, "無題的一頁。"),
    ]


def test_a_nav_gives_levels_and_its_list_of_pages_is_no_contents() -> None:
    pages = {"a": '<h1>卷上</h1><p>甲。</p><section id="s1"><h2>山居</h2><p>乙。</p><h3>其一</h3><p>丙。</p></section>'}
    headings = [(level, text) for role, level, text in lines(made(epub(pages, nav=NAV))) if role is LineRole.HEADING]
    assert headings == [(1, "卷上"), (2, "山居"), (3, "其一")]


@pytest.mark.parametrize("numbers", ["一二三四五", "一二三"])
def test_a_printed_table_of_contents_is_furniture(numbers: str) -> None:
    links = "".join(f'<p><a href="a.xhtml">第{number}回</a></p>' for number in numbers)
    book = made(epub({"toc": f"<h1>目錄</h1>{links}", "a": "<p>話說從頭。</p>"}))
    assert [role for role, _, _ in lines(book)] == [LineRole.FURNITURE] * (len(numbers) + 1) + [LineRole.BODY]


TEXT = '<p>行舟巷<a id="r1" href="#n1">[1]</a>口有燈。</p><p>燈是藍的②。</p>'


@pytest.mark.parametrize(
    ("below", "notes"),
    [
        ('<hr/><p id="n1"><a href="#r1">[1]</a> 在城北。</p><p>舊名船巷。</p>', ["[1] 在城北。", "舊名船巷。"]),
        ('<p id="n1"><a href="#r1">[1]</a> 在城北。</p>', ["[1] 在城北。"]),
        ("<hr class='fn'/><p>② 一說是綠的。</p>", ["② 一說是綠的。"]),
        ("<h3>註釋</h3><p>1　在城北。</p><p>2　一說是綠的。</p>", ["1　在城北。", "2　一說是綠的。"]),
        ("<hr/><p>夜裡下起了雨。</p>", []),  # a pause in the text
        ("<hr/><p>③ 三號門牌。</p>", []),  # a sign that the text above does not have
        ("<h3>注</h3><p>1　在城北。</p><p>雨停了。</p><p>人散了。</p>", []),
    ],
)
def test_what_stands_below_a_text_and_refers_to_it_is_a_note(below: str, notes: list[str]) -> None:
    book = made(epub({"a": f"<h2>甲</h2>{TEXT}{below}", "b": "<h2>乙</h2><p>後來。</p>"}))
    assert [text for role, _, text in lines(book) if role is LineRole.NOTE] == notes


def test_notes_are_notes_and_pages_are_places() -> None:
    body = (
        '<p>行舟巷<sup><a epub:type="noteref" href="#n1">1</a></sup>口有燈。'
        '<span epub:type="pagebreak" title="12"/>燈是藍的<img class="qqreader-footnote" alt="一說是綠的"/>。</p>'
        '<aside epub:type="footnote" id="n1"><p><a epub:type="backlink" href="#r1">◎</a>在城北。</p></aside>'
    )
    book = made(epub({"a": body}))
    assert book.raw == "行舟巷[1]口有燈。燈是藍的（一說是綠的）。\n\n在城北。\n"
    notes = [book.raw[span.start : span.end] for span in book.parsed.layers if span.layer is Layer.NOTE]
    assert notes == ["[1]", "（一說是綠的）", "在城北。"]
    assert [(each.label, book.raw[each.offset]) for each in book.parsed.locators] == [("12", "燈")]


def test_authors_are_those_with_that_role_and_dates_those_of_publication() -> None:
    metadata = (
        '<dc:title>湖上雜記（修訂版，附地圖三幅）</dc:title><dc:creator id="c1">[清] 張岱 著</dc:creator>'
        '<dc:creator opf:role="trl">王五</dc:creator><dc:creator id="c3">李四</dc:creator>'
        '<meta refines="#c3" property="role">edt</meta><dc:publisher>某書局</dc:publisher>'
        '<dc:date>2021-01-01</dc:date><dc:date opf:event="publication">1998-05</dc:date>'
        "<dc:identifier>urn:isbn:978-7-101-00001-2</dc:identifier>"
    )
    book = made(epub({"a": "<p>正文。</p>"}, metadata))
    about = book.parsed.metadata
    assert (about.title, about.author, about.publisher, about.published) == ("湖上雜記", "張岱", "某書局", "1998-05")
    assert book.fields == {"translator": "王五", "editor": "李四", "isbn": "9787101000012"}


@pytest.mark.parametrize(
    ("title", "alone"),
    [
        ("夜航船【全二冊，精裝】(豆瓣推薦)", "夜航船"),
        ("紅樓夢（脂評本）", "紅樓夢（脂評本）"),
        ("（整理稿，未完）", "（整理稿，未完）"),
    ],
)
def test_what_is_said_behind_a_title_is_no_part_of_it(title: str, alone: str) -> None:
    assert title_alone(title) == alone


def test_books_that_cannot_be_read_are_named() -> None:
    locked = '<encryption><CipherReference URI="OPS/a.xhtml"/></encryption>'
    with pytest.raises(NotTextError, match="digital rights"):
        made(epub({"a": "<p>字</p>"}, **{"META-INF/encryption.xml": locked}))
    with pytest.raises(NotTextError, match="without text"):
        made(epub({"a": "<p></p>"}))
    with pytest.raises(NotTextError, match="damaged"):
        made(b"PK\x03\x04" + bytes(100))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as other:
        other.writestr("a.txt", "字")
    with pytest.raises(NotTextError, match="no e-book"):
        made(archive.getvalue())


def test_a_page_that_unpacks_to_far_too_much_is_left_out_with_a_problem() -> None:
    book = made(epub({"a": "<p>字</p>" + " " * (3 << 20), "b": "<p>正文。</p>"}))
    assert book.raw == "正文。\n"
    assert [problem.kind for problem in book.problems] == ["left-out"]


def test_a_page_that_the_book_lacks_is_named() -> None:
    whole = zipfile.ZipFile(io.BytesIO(epub({"a": "<p>渡口有舟。</p>", "b": "<p>岸上有亭。</p>"})))
    made_anew = io.BytesIO()
    with zipfile.ZipFile(made_anew, "w") as archive:
        for name in whole.namelist():
            if not name.endswith("b.xhtml"):
                archive.writestr(name, whole.read(name))
    book = made(made_anew.getvalue())
    assert book.raw == "渡口有舟。\n"
    assert ["b.xhtml is left out: the book does not have it" in problem.detail for problem in book.problems] == [True]


def test_faults_of_the_markup_of_all_pages_are_told_together() -> None:
    book = made(epub({"a": "<p>渡口。<p>若a<b則有舟。</p>", "b": "<p>岸上。<p>若c<d則有亭。</p>"}))
    assert [str(each.detail) for each in book.problems] == [
        "text that looks like tags and is not shown: 2, such as <b則有舟。"
    ]


def test_a_book_without_a_package_document_is_read_by_the_names_of_its_pages() -> None:
    data = epub({"b": "<p>乙。</p>", "a": "<p>甲。</p>"}, **{"OPS/book.opf": "<package/>"})
    assert made(data).raw == "甲。\n\n乙。\n"


def damaged_books(count: int) -> Iterator[bytes]:
    """Damaged versions of a book, and as many of it with each of its files damaged."""
    pages = {"a": '<h1>卷上</h1><p id="s1">山居<ruby>寫<rt>x</rt></ruby></p>', "b": "<table><tr><td>甲<td>乙</table>"}
    source = epub(pages, "<dc:title>書</dc:title>", nav=NAV, ncx=NCX)
    yield from damaged(source, count, 7)
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, data in files.items():
        for bad in damaged(data, count, 8, (b"<", b">", b'"', b"&#27;")):
            yield zipped({**files, name: bad})


def test_damaged_books_are_read_or_named() -> None:
    assert 0 < survives("書.epub", damaged_books(30)) < 100


@pytest.mark.long
def test_many_damaged_books_are_read_or_named() -> None:
    survives("書.epub", damaged_books(2_500))


def han(text: str) -> str:
    return "".join(character for character in text if character >= "\u3400")


def as_pandoc_has_it(path: Path) -> str:
    command = ("pandoc", "-f", "epub", "-t", "plain", "--wrap=none", str(path))
    return subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_finds_the_same_text(tmp_path: Path) -> None:
    pages = {
        "a": "<h1>卷上</h1><p>春日遲遲，<i>采蘩</i>祁祁。</p><ul><li>其一</li><li>其二</li></ul>",
        "b": "<p>秋風&#33310;起。</p><table><tr><td>甲</td><td>乙</td></tr></table>",
    }
    data = epub(pages, "<dc:title>x</dc:title>", nav=NAV)
    (tmp_path / "書.epub").write_bytes(data)
    assert han(as_pandoc_has_it(tmp_path / "書.epub")) == han(made(data).raw)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.skipif(not BOOKS.is_dir(), reason="the shared corpora are not here")
def test_of_what_pandoc_finds_in_real_books_only_descriptions_of_pictures_are_left_out() -> None:
    for path in sorted(BOOKS.glob("*.epub")):
        raw = han(made(path.read_bytes()).raw)
        lines = as_pandoc_has_it(path).splitlines()
        sentences = [each for line in lines for each in re.findall("[\u4e00-\u9fff]{8,}", line)]
        missed = [each for each in sentences if each not in raw]
        assert len(missed) <= 1 + 0.02 * len(sentences), (path.name, missed[:5])


def test_a_date_of_publication_that_cannot_be_read_is_a_problem() -> None:
    said = '<dc:date opf:event="publication">{}</dc:date>'
    book = made(epub({"a": "<p>春</p>"}, said.format("康熙年間刻本")))
    assert [unread_date(each) for each in book.problems] == ["康熙年間刻本"]
    assert made(epub({"a": "<p>春</p>"}, said.format("1998-05"))).problems == ()
