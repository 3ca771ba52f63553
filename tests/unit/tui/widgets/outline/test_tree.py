from __future__ import annotations

from array import array
from pathlib import Path

import pytest

from tuibrowser.corpus.documents import Documents
from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.corpus.model import Belonging, Document, Heading, HeadingKind, Metadata, Source
from tuibrowser.tui.widgets.outline.node import NodeKind
from tuibrowser.tui.widgets.outline.ordering import ordered
from tuibrowser.tui.widgets.outline.tree import DocumentOrder, OutlineTree

ARTICLE = HeadingKind.ARTICLE


def document(
    number: int, name: str, *headings: Heading, title: str = "", date: str | None = None, work: str = ""
) -> Document:
    source = Source(Path("/c") / name, name, belonging=Belonging(work) if work else None)
    return Document(number, source, title or name.rpartition("/")[2], Metadata(published=date), headings=headings)


def labels(tree: OutlineTree) -> list[str]:
    return ["  " * node.depth + tree.label(node) for node in tree.rows]


LAW = document(
    0,
    "法.md",
    Heading(1, 10, 12, "第一章 總則"),
    Heading(2, 20, 22, "第一條", ARTICLE),
    Heading(2, 30, 32, "第二條", ARTICLE),
    Heading(1, 40, 42, "第二章 罰則"),
    Heading(2, 50, 52, "第三條", ARTICLE),
)


def test_documents_stand_in_their_folders_and_folders_alone_in_a_folder_share_a_line() -> None:
    tree = OutlineTree([document(0, "北京/2022/甲.txt"), document(1, "北京/2022/乙.txt"), document(2, "丙.txt")])
    assert labels(tree) == ["北京/2022", "丙.txt"]
    tree.expand(tree.rows[0])
    assert labels(tree) == ["北京/2022", "  甲.txt", "  乙.txt", "丙.txt"]


def test_a_folder_with_folders_keeps_its_own_line() -> None:
    tree = OutlineTree([document(0, "a/b/1"), document(1, "a/c/2"), document(2, "3")])
    tree.expand(tree.rows[0])
    assert labels(tree) == ["a", "  b", "  c", "3"]


def test_articles_are_folded_into_one_line() -> None:
    tree = OutlineTree([LAW])
    assert labels(tree) == ["法.md", "  第一章 總則", "  第二章 罰則"]
    tree.expand(tree.rows[1])
    assert labels(tree)[2] == "    第一條–第二條"
    tree.expand(tree.rows[2])
    assert labels(tree)[2:5] == ["    第一條–第二條", "      第一條", "      第二條"]


def test_collapsing_hides_all_that_was_open_below() -> None:
    tree = OutlineTree([LAW])
    tree.expand(tree.rows[1])
    tree.collapse(tree.rows[0])
    assert labels(tree) == ["法.md"]


def test_following_the_reader_opens_what_the_reader_is_in_and_closes_it_again() -> None:
    tree = OutlineTree([document(0, "x/甲", Heading(1, 5, 6, "一、"), Heading(1, 9, 10, "二、")), document(1, "y/乙")])
    row = tree.follow(0, 7)
    assert labels(tree) == ["x", "  甲", "    一、", "    二、", "y"]
    assert tree.label(tree.rows[row]) == "一、"
    row = tree.follow(1, 0)
    assert labels(tree) == ["x", "  甲", "y", "  乙"]
    assert tree.label(tree.rows[row]) == "乙"


def test_before_the_first_heading_the_document_itself_is_followed() -> None:
    tree = OutlineTree([LAW])
    assert tree.rows[tree.follow(0, 3)].kind is NodeKind.DOCUMENT


def test_folded_articles_are_not_opened_by_following() -> None:
    tree = OutlineTree([LAW])
    assert tree.label(tree.rows[tree.follow(0, 35)]) == "第一章 總則"


def test_documents_by_date_stand_in_one_list_the_undated_last() -> None:
    documents = [
        document(0, "a", title="甲"),
        document(1, "b", title="乙", date="2022-10-28"),
        document(2, "c", date="2021"),
    ]
    tree = OutlineTree(documents, DocumentOrder.DATE, ordered(documents, DocumentOrder.DATE))
    assert tree.sequence() == [2, 1, 0]
    assert labels(tree)[1] == "2022-10-28 乙"


def test_a_document_read_after_it_was_opened_gets_its_headings() -> None:
    documents = [document(0, "甲"), document(1, "乙")]
    tree = OutlineTree(documents)
    assert not tree.has_children(tree.rows[0])
    documents[0] = document(0, "甲", Heading(1, 3, 4, "序"))
    tree.reread([0])
    tree.expand(tree.rows[0])
    assert labels(tree) == ["甲", "  序", "乙"]


@pytest.mark.slow
def test_a_hundred_thousand_documents_open_at_once() -> None:
    documents = [document(number, f"{number // 1000:03}/{number:06}.txt") for number in range(100_000)]
    tree = OutlineTree(documents)
    assert len(tree.rows) == 100
    tree.follow(99_999, 0)
    assert len(tree.rows) == 1100


def test_a_document_unfolded_among_many_stays_so_while_its_folder_is_folded() -> None:
    documents = [document(at, f"集/{at}", Heading(1, 5, 6, f"第{at}節")) for at in range(7)]
    tree = OutlineTree([*documents, document(7, "跋")])
    tree.expand(tree.rows[0])
    tree.expand(tree.rows[4])
    shown = ["集", "  0", "  1", "  2", "  3", "    第3節", "  4", "  5", "  6", "跋"]
    assert labels(tree) == shown
    assert [tree.rows.find(node) for node in tree.rows] == list(range(10))
    assert tree.collapse(tree.rows[0])
    assert labels(tree) == ["集", "跋"]
    tree.expand(tree.rows[0])
    assert labels(tree) == shown
    assert tree.collapse(tree.rows[4])
    assert labels(tree) == [label for label in shown if "節" not in label]
    assert tree.rows[tree.follow(6, 5)].kind is NodeKind.SECTION
    assert labels(tree)[-3:] == ["  6", "    第6節", "跋"]


def test_of_many_records_only_those_are_made_that_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    records = Documents(Sources([Found("/集.jsonl", "集.jsonl", sizes=array("Q", [1] * 5000)), Found("/跋", "跋")]))
    named: list[int] = []
    name = Sources.name

    def counted(sources: Sources, number: int) -> str:
        named.append(number)
        return name(sources, number)

    monkeypatch.setattr(Sources, "name", counted)
    tree = OutlineTree(records)
    assert len(tree.rows) == 2
    tree.expand(tree.rows[0])
    assert len(tree.rows) == 5002
    assert [tree.label(tree.rows[row]) for row in (0, 1, 2500, 5000, 5001)] == ["集.jsonl", "1", "2500", "5000", "跋"]
    assert len(named) < 100


def test_parts_of_one_work_are_called_by_what_they_are_in_it() -> None:
    parts = [
        document(at, f"山房集/{name}.txt", title="山房集", work="山房集") for at, name in enumerate(("卷一", "卷二"))
    ]
    assert labels(OutlineTree(parts)) == ["山房集", "  卷一", "  卷二"]
    assert labels(OutlineTree(parts, DocumentOrder.TITLE, ordered(parts, DocumentOrder.TITLE))) == [
        "山房集·卷一",
        "山房集·卷二",
    ]


def test_parts_of_several_works_in_a_folder_are_called_by_their_works() -> None:
    mixed = [
        document(0, "小说/山房集卷一.txt", title="山房集卷一", work="山房集"),
        document(1, "小说/石橋傳卷一.txt", title="石橋傳卷一", work="石橋傳"),
    ]
    assert labels(OutlineTree(mixed)) == ["小说", "  山房集·卷一", "  石橋傳·卷一"]


def test_documents_that_would_look_the_same_have_their_date_else_their_file() -> None:
    laws = [
        document(0, "a.md", title="渡口條例", date="2005-10-27"),
        document(1, "b.md", title="渡口條例", date="2012-03-01"),
        document(2, "c.md", title="石橋條例", date="2012-03-01"),
        document(3, "d.md", title="石橋條例", date="2012-03-01"),
    ]
    assert labels(OutlineTree(laws)) == [
        "渡口條例  2005-10-27",
        "渡口條例  2012-03-01",
        "石橋條例  c",
        "石橋條例  d",
    ]
    assert labels(OutlineTree(laws, DocumentOrder.DATE, ordered(laws, DocumentOrder.DATE)))[1:] == [
        "2012-03-01 渡口條例",
        "2012-03-01 石橋條例  c",
        "2012-03-01 石橋條例  d",
    ]


def test_files_of_one_stem_are_told_with_their_suffix() -> None:
    title = "苏轼与《赤壁赋》研究"
    essays = [document(at, f"赤壁{suffix}", title=title) for at, suffix in enumerate((".docx", ".odt", ".html"))]
    assert labels(OutlineTree(essays)) == [f"{title}  赤壁.docx", f"{title}  赤壁.odt", f"{title}  赤壁.html"]
    unread = [document(at, f"赤壁{suffix}", title="赤壁") for at, suffix in enumerate((".docx", ".odt"))]
    assert labels(OutlineTree(unread)) == ["赤壁.docx", "赤壁.odt"]
    named = [document(0, "赤壁.docx", title="赤壁"), document(1, "赋.odt", title="赤壁")]
    assert labels(OutlineTree(named)) == ["赤壁.docx", "赤壁  赋"]
    folders = [document(0, "甲/赋.md", title="赤壁"), document(1, "乙/赋.md", title="赤壁")]
    by_title = OutlineTree(folders, DocumentOrder.TITLE, [0, 1])
    assert labels(by_title) == ["赤壁  甲/赋.md", "赤壁  乙/赋.md"]
