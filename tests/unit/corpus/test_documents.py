"""Records of documents: made when looked at, from what is known of each by now."""

from __future__ import annotations

from array import array
from pathlib import Path

from tuibrowser.corpus.documents import Documents
from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.corpus.model import Document, Source


class Kept:
    """Records that have a title for each place, and count how many were made."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.made = 0

    def document(self, at: int, source: Source, number: int) -> Document:
        self.made += 1
        return Document(number, source, f"{self.title}{at}", read=True)


def documents() -> Documents:
    return Documents(Sources([Found("/甲.txt", "甲.txt"), Found("/詩.jsonl", "詩.jsonl", sizes=array("Q", (1, 1, 1)))]))


def test_nothing_but_names_is_known_at_first() -> None:
    assert [document.title for document in documents()] == ["甲", "1", "2", "3"]
    assert not any(document.read for document in documents())


def test_parts_are_known_and_then_the_whole() -> None:
    known = documents()
    known.know(array("i", (1, 3)), Kept("部"))
    assert [document.title for document in known] == ["甲", "部0", "2", "部1"]
    known.know(range(4), Kept("全"))
    assert [document.title for document in known] == ["全0", "全1", "全2", "全3"]


def test_a_document_that_was_read_counts_until_records_are_taken_up() -> None:
    known = documents()
    known.know(range(4), Kept("全"))
    known[2] = Document(2, known.sources[2], "讀", read=True)
    assert [document.title for document in known] == ["全0", "全1", "讀", "全3"]
    assert list(known.read()) == [2]
    known.know(range(4), Kept("新"))
    assert known[2].title == "新2"


def test_a_record_looked_at_again_is_not_made_again() -> None:
    known, records = documents(), Kept("全")
    known.know(range(4), records)
    assert known[1] is known[1]
    assert records.made == 1
    known[0] = Document(0, known.sources[0], "讀", read=True)
    assert (known[0].title, known[1].title) == ("讀", "全1")


def test_documents_of_a_file_that_was_changed_are_to_be_read_again() -> None:
    known = documents()
    known.know(range(4), Kept("全"))
    known[1] = Document(1, known.sources[1], "讀", read=True)
    known.sources.renew(1, Found("/詩.jsonl", "詩.jsonl", mtime=9, sizes=array("Q", (1, 1, 1))))
    known.unread(1)
    assert [document.read for document in known] == [True, False, False, False]
    assert [document.title for document in known] == ["全0", "讀", "全2", "全3"]
    assert {known[number].source.mtime for number in (1, 2, 3)} == {9}
    assert known[0].source.path == Path("/甲.txt")
