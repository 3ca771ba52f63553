"""Naming: documents by their work, volume and part."""

from __future__ import annotations

from pathlib import Path

import pytest

from tuibrowser.corpus.model import Belonging, Document, Heading, Metadata, Source
from tuibrowser.corpus.works.naming import cited_title, full_title, part_title, told_apart


def document(
    name: str,
    title: str,
    belonging: Belonging | None = None,
    *,
    work: str | None = None,
    date: str | None = None,
    headings: tuple[str, ...] = (),
    number: int = 0,
) -> Document:
    made = tuple(Heading(1, at, at + 1, each) for at, each in enumerate(headings))
    source = Source(Path("/庫") / name, name, belonging=belonging)
    return Document(number, source, title, Metadata(title, published=date, work=work), headings=made)


HILLS = Belonging("山房集")


@pytest.mark.parametrize(
    ("name", "title", "belonging", "full"),
    [
        ("卷九／觀水.txt", "卷九／觀水", HILLS, "山房集·卷九·觀水"),
        ("卷九_觀水.txt", "卷九_觀水", HILLS, "山房集·卷九·觀水"),
        ("序／序.txt", "序／序", HILLS, "山房集·序"),
        ("卷九/觀水.txt", "觀水", Belonging("山房集", ("卷九",)), "山房集·卷九·觀水"),
        ("卷九.txt", "觀水", HILLS, "山房集·卷九·觀水"),
        ("卷九.txt", "卷九 觀水", HILLS, "山房集·卷九 觀水"),
        ("山房集卷九.txt", "山房集卷九", HILLS, "山房集·卷九"),
        ("卷九.txt", "《山房集》卷九", HILLS, "山房集·卷九"),
        ("卷九.txt", "山房集", HILLS, "山房集·卷九"),
        ("003.txt", "山房集", HILLS, "山房集·003"),
        ("卷九.txt", "山房集補遺", HILLS, "山房集補遺"),
        ("卷九.txt", "山房集（下）", HILLS, "山房集（下）"),
        ("卷九.txt", "卷九", Belonging("山房集"), "山房集·卷九"),
        ("觀水.txt", "觀水", None, "觀水"),
        ("卷九／觀水.txt", "卷九／觀水", None, "卷九／觀水"),
    ],
)
def test_a_part_is_called_by_its_work_and_volume(name: str, title: str, belonging: Belonging | None, full: str) -> None:
    assert full_title(document(name, title, belonging)) == full


def test_a_work_is_the_same_in_either_script() -> None:
    assert full_title(document("卷九.txt", "刘渊集卷九", Belonging("劉淵集"))) == "劉淵集·卷九"


def test_a_scroll_with_the_title_of_its_work_is_told_by_its_heading_else_by_its_file() -> None:
    one = document("XB1_002.txt", "山房集", work="山房集", headings=("2 第二章",))
    many = document("XB1_002.txt", "山房集", work="山房集", headings=("2 第二章", "3 第三章"))
    assert (full_title(one), part_title(one)) == ("山房集·2 第二章", "2 第二章")
    assert (full_title(many), part_title(many)) == ("山房集·002", "002")
    assert cited_title(one, is_placed=True) == "山房集"
    assert cited_title(one, is_placed=False) == "山房集·002"


def test_a_part_is_cited_with_its_work_whatever_else_is() -> None:
    part = document("卷九／觀水.txt", "卷九／觀水", HILLS)
    assert {cited_title(part, is_placed=placed) for placed in (True, False)} == {"山房集·卷九·觀水"}


def test_documents_called_the_same_are_told_apart_by_date_else_by_file() -> None:
    old = document("a.md", "渡口條例", date="2005-10-27", number=0)
    new = document("b.md", "渡口條例", date="2012-03-01T10:00", number=1)
    undated = document("c.md", "渡口條例", number=2)
    again = document("d.md", "渡口條例", date="2012-03-01", number=3)
    other = document("e.md", "石橋條例", number=4)
    assert told_apart([old, new, other]) == {0: "2005-10-27", 1: "2012-03-01"}
    assert told_apart([old, new, undated]) == {0: "2005-10-27", 1: "2012-03-01", 2: "c"}
    assert told_apart([new, again]) == {1: "b", 3: "d"}
    assert told_apart([document("x/a.md", "渡口", number=0), document("x/a.odt", "渡口", number=1)]) == {
        0: "a.md",
        1: "a.odt",
    }
    assert told_apart([document("x/a.md", "渡口", number=0), document("y/a.md", "渡口", number=1)]) == {
        0: "x/a.md",
        1: "y/a.md",
    }
