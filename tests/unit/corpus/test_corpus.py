from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.model import Script

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_documents_are_known_by_name_before_they_are_read(tmp_path: Path) -> None:
    corpus = Corpus.discover([make(tmp_path, 第2章="子曰", 第10章="有子曰")])
    assert [(each.number, each.name, each.title, each.read) for each in corpus.documents] == [
        (0, "第2章.txt", "第2章", False),
        (1, "第10章.txt", "第10章", False),
    ]


def test_a_document_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    corpus = Corpus.discover([make(tmp_path, 一="學而時習之，不亦說乎？\n", 二="有朋")])
    document = corpus.document(0)
    assert (document.read, document.encoding, document.script, document.characters) == (True, "utf-8", Script.HANT, 12)
    assert document.paragraphs == len(corpus.text(0).paragraphs) == 1
    assert corpus.documents[0] is document
    assert not corpus.documents[1].read


def test_the_raw_text_is_what_the_file_holds(tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_bytes("君\0子\r\n不器\x1b[31m\r".encode())
    assert Corpus.discover([tmp_path]).text(0).raw == "君\0子\r\n不器\x1b[31m\r"


def test_texts_are_kept_up_to_a_bound_and_the_last_one_always(tmp_path: Path) -> None:
    make(tmp_path, 一="甲" * 60, 二="乙" * 60, 三="丙" * 500)
    found = Corpus.discover([tmp_path])
    sources = [document.source for document in found.documents]
    corpus = Corpus(sources, cached=150)
    first, second = corpus.text(0), corpus.text(1)
    assert corpus.text(0) is first
    assert corpus.text(1) is second
    large = corpus.text(2)
    assert corpus.text(2) is large
    assert corpus.text(0) is not first


def test_the_text_used_least_recently_goes_first(tmp_path: Path) -> None:
    make(tmp_path, 一="甲" * 60, 二="乙" * 60, 三="丙" * 60)
    corpus = Corpus([each.source for each in Corpus.discover([tmp_path]).documents], cached=130)
    first, second = corpus.text(0), corpus.text(1)
    assert corpus.text(0) is first
    corpus.text(2)
    assert corpus.text(0) is first
    assert corpus.text(1) is not second


def test_a_file_that_has_gone_is_an_error_with_a_reason(tmp_path: Path) -> None:
    corpus = Corpus.discover([make(tmp_path, 一="子曰")])
    (tmp_path / "一.txt").unlink()
    with pytest.raises(CorpusError, match=r"\Acannot open 一\.txt: no such file or directory\Z"):
        corpus.text(0)
    with pytest.raises(CorpusError):
        corpus.document(0)


def test_a_file_that_is_no_text_any_more_is_an_error_with_a_reason(tmp_path: Path) -> None:
    corpus = Corpus.discover([make(tmp_path, 一="子曰")])
    (tmp_path / "一.txt").write_bytes(bytes(1000))
    with pytest.raises(CorpusError, match="not a text: binary data"):
        corpus.text(0)


def test_documents_are_found_by_name_or_by_the_end_of_it(tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        make(tmp_path / folder, 序="序")
    make(tmp_path / "甲", 卷一="子曰")
    corpus = Corpus.discover([tmp_path])
    found = corpus.find("卷一.txt")
    assert found is not None
    assert found.name == "甲/卷一.txt"
    assert corpus.find("甲/序.txt") is not None
    assert corpus.find("序.txt") is None
    assert corpus.find("無.txt") is None


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    corpus = Corpus.discover(["-", make(tmp_path, 一="子曰")], standard_input="學而".encode("big5hkscs"))
    assert [document.name for document in corpus.documents] == ["-", "一.txt"]
    assert corpus.text(0).raw == "學而"


def test_nothing_on_standard_input_is_listed() -> None:
    corpus = Corpus.discover(["-"], standard_input=b"")
    assert list(corpus.documents) == []
    assert corpus.problems[0].reason == "nothing on standard input"


def test_a_named_encoding_holds_for_every_document(tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_bytes("學而".encode("big5hkscs"))
    assert Corpus.discover([tmp_path], encoding="gb18030").text(0).raw != "學而"
    assert Corpus.discover([tmp_path], encoding="BIG5-HKSCS").text(0).raw == "學而"
    with pytest.raises(CorpusError, match="unknown encoding: 'klingon'"):
        Corpus.discover([tmp_path], encoding="klingon")


def test_a_document_may_be_asked_for_from_many_threads(tmp_path: Path) -> None:
    make(tmp_path, **{f"第{number}章": f"{number}" * 100 for number in range(20)})
    corpus = Corpus([each.source for each in Corpus.discover([tmp_path]).documents], cached=300)
    wrong: list[int] = []

    def ask() -> None:
        wrong.extend(number for number in range(20) if corpus.text(number).raw != f"{number}" * 100)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert all(document.read for document in corpus.documents)


def test_a_file_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("山中无历日。", encoding="utf-8")
    corpus = Corpus.discover([tmp_path])
    corpus.leave_out(0, "no such file")
    corpus.documents[0] = Corpus.discover([tmp_path]).documents[0]
    corpus.leave_out(0, "no such file")
    assert [problem.reason for problem in corpus.problems] == ["no such file"]
    assert corpus.left_out() == [0]
