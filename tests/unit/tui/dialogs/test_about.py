from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.reading.quoting.citation import citation_fields
from tuibrowser.reading.quoting.citation_style import Style
from tuibrowser.reading.quoting.quotation import quote
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.tui.dialogs.about import about_lines
from tuibrowser.tui.dialogs.about_corpus import corpus_lines

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "南湖泛舟记\n作者：林疏\n2021年3月4日 来源：晨报\n\n湖水平如镜，小舟泛其上。游人三五成群，坐而听雨，至暮方归。\n"


def corpus_in(folder: Path) -> Corpus:
    (folder / "湖.txt").write_text(PAGE, encoding="utf-8")
    record = '{"title": "采茶錄", "content": "溪上多茶樹，春時采之，婦孺皆往。", "region": "北溪"}'
    (folder / "溪.json").write_text(record, encoding="utf-8")
    (folder / "metadata.csv").write_text("path,author,genre\n湖.txt,苏子期,遊記\n", encoding="utf-8")
    for name in ("空.txt", "又空.txt", "再空.txt", "四空.txt"):
        (folder / name).touch()
    (folder / "圖.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return Corpus.discover([folder])


def read_all(corpus: Corpus) -> None:
    for number, document in enumerate(corpus.documents):
        if document.name == "圖.txt":
            corpus.leave_out(number, "not a text: PNG")
        else:
            corpus.text(number)


def test_each_value_says_where_it_comes_from(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path)
    number = corpus.number_of("湖.txt")
    assert number is not None
    lines = dict(about_lines(corpus.document(number), corpus.text(number), "r"))
    assert lines["Title"] == "南湖泛舟记 (from the text)"
    assert lines["Author"] == "苏子期 (from a table)"
    assert lines["Published"] == "2021-03-04 (from the text)"
    assert lines["genre"] == "遊記 (from a table)"
    assert lines["Format"] == "plain text"
    number = corpus.number_of("溪.json")
    assert number is not None
    lines = dict(about_lines(corpus.document(number), corpus.text(number), "r"))
    assert (lines["Title"], lines["Format"]) == ("采茶錄 (from the markup)", "JSON")
    assert lines["region"] == "北溪 (from the markup)"
    assert "Author" not in lines


def test_the_name_of_a_file_in_gbk_is_shown_as_it_reads(tmp_path: Path) -> None:
    name = os.fsdecode("湖中夜雨.txt".encode("gbk"))
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    corpus = Corpus.discover([tmp_path])
    text = corpus.text(0)
    document = corpus.document(0)
    lines = dict(about_lines(document, text, "r"))
    assert lines["File"] == str(tmp_path / "湖中夜雨.txt")
    quotation = quote(document, ViewedText(text, document.script, View()), 0, 5)
    assert citation_fields(quotation, Style())["path"] == lines["File"]


def test_the_corpus_is_told_in_figures_and_what_was_left_out_by_reason(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path)
    read_all(corpus)
    lines = corpus_lines(corpus)
    figures = dict(lines)
    assert figures["Documents"] == "2"
    assert figures["Formats"] == "plain text 1, JSON 1"
    assert figures["Encodings"] == "utf-8 2"
    assert figures["Dates"] == "2021-03-04"
    assert figures["Undated"].startswith("1 document, ")
    assert figures["Without an author"].endswith("% of all characters, marks included")
    heading = next(at for at, (label, _) in enumerate(lines) if label == "# 5 files left out of the corpus")
    reasons = dict(lines[heading + 1 :])
    assert reasons["not a text: PNG"] == "1: 圖.txt"
    assert reasons["empty file"].startswith("4: ")
    assert reasons["empty file"].endswith(" and 1 more")
    assert len(reasons) == 2


def test_the_corpus_tells_of_declared_dates_that_cannot_be_read(tmp_path: Path) -> None:
    for name in "甲乙":
        (tmp_path / f"{name}.txt").write_text("山高水長，舟行其上。\n", "utf-8")
    (tmp_path / "metadata.csv").write_text("path,date\n甲.txt,唐\n乙.txt,約750\n", "utf-8")
    corpus = Corpus.discover([tmp_path])
    read_all(corpus)
    assert dict(corpus_lines(corpus))["Dates not read"] == "2: 約750, 唐"


def test_a_corpus_that_is_still_being_read_says_so(tmp_path: Path) -> None:
    corpus = corpus_in(tmp_path)
    number = corpus.number_of("溪.json")
    assert number is not None
    corpus.text(number)
    assert any(label == "# The corpus (1 of 3 read)" for label, _ in corpus_lines(corpus))
