"""`tuibrowser reuse`: what it prints, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from tuibrowser.api import open_corpus
from tuibrowser.cli.run import run
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.model import Bound
from tuibrowser.search.reuse.every import COMMON_BOUND
from tuibrowser.study.reuse.placed import relation
from tuibrowser.study.reuse.words import bound_words

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.study.reuse.placed import PlacedReuse

FIELDS = ["document", "line", "text", "other", "other_is", "pairs", "matched", "count", "also"]
OTHER_FIELDS = ["document", "title", "author", "date", "line", "text"]
SAYING = "渡口之舟三艘皆舊，行人日日往來"


@pytest.fixture
def texts(home: Path) -> Path:
    folder = home / "texts"
    folder.mkdir()
    (folder / "記.txt").write_text(f"渡口記\n\n　　一日，{SAYING}。\n　　又一日，無事可記。\n", encoding="utf-8")
    (folder / "錄.txt").write_text(f"渡口錄\n\n　　初三。\n　　他說：{SAYING}也。\n", encoding="utf-8")
    (folder / "志.txt").write_text("渡口志\n\n　　渡口之舟三艘皆旧，行人日日往来。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text(
        "path,date\n記.txt,1801\n錄.txt,1790-05-01\n志.txt,1801-02-03\n", encoding="utf-8"
    )
    return folder


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_record_says_where_the_passage_stands_in_both(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reuse", "記.txt", str(texts), "--json"]) == 0
    (row,) = records(capsys.readouterr().out)
    assert list(row) == FIELDS
    assert list(row["other"]) == OTHER_FIELDS
    assert (row["document"], row["line"], row["matched"], row["count"]) == ("記.txt", 3, 14, 2)
    assert row["text"] == f"一日，{SAYING}。"
    assert row["other"]["document"] == "志.txt"
    ((start, end, other_start, other_end),) = row["pairs"]
    assert row["text"][start:end] == SAYING
    assert row["other"]["text"][other_start:other_end] == "渡口之舟三艘皆旧，行人日日往来"
    assert row["also"] == [{"document": "錄.txt", "line": 4}]


@pytest.mark.parametrize("is_inside", [True, False])
def test_furniture_within_a_passage_is_not_shown(
    home: Path, capsys: pytest.CaptureFixture[str], is_inside: bool
) -> None:
    folder = home / "headed"
    folder.mkdir()
    for name, author in (("甲.txt", "李某"), ("乙.txt", "王某某")):
        place = home if name == "甲.txt" and not is_inside else folder
        (place / name).write_text(f"渡口諸事雜記\n作者：{author}\n\n{SAYING}。\n", encoding="utf-8")
    asked = "甲.txt" if is_inside else str(home / "甲.txt")
    assert run(["reuse", asked, str(folder), "--json"]) == 0
    (row,) = records(capsys.readouterr().out)
    assert row["text"].split() == row["other"]["text"].split() == ["渡口諸事雜記", f"{SAYING}。"]
    ((start, end, other_start, other_end),) = row["pairs"]
    assert row["text"][start:end] == row["other"]["text"][other_start:other_end]
    assert row["text"][start:end].endswith(SAYING)
    assert row["matched"] == 20


def test_earlier_and_later_are_said_of_declared_dates_alone(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["reuse", "錄.txt", str(texts), "--json"])
    (row,) = records(capsys.readouterr().out)
    assert (row["other"]["document"], row["other_is"]) == ("志.txt", "later")
    documents = {each.name: each for each in open_corpus(texts).documents}
    assert relation(documents["志.txt"], documents["錄.txt"]) == "earlier"
    assert relation(documents["志.txt"], documents["記.txt"]) is None
    (texts / "metadata.csv").unlink()
    run(["reuse", "錄.txt", str(texts), "--json"])
    assert records(capsys.readouterr().out)[0]["other_is"] is None


def test_a_guessed_date_is_no_date(home: Path) -> None:
    folder = home / "dated"
    folder.mkdir()
    for name, year in (("一", 1990), ("二", 2001)):
        text = f"{name}\n作者：李某\n日期：{year}-03-04\n\n　　{SAYING}。\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    one, other = open_corpus(folder).documents
    assert (one.metadata.date, other.metadata.date) == ("1990-03-04", "2001-03-04")
    assert relation(one, other) is None


def test_a_file_beside_the_texts_is_compared_with_all_of_them(
    texts: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "稿.txt"
    file.write_text(f"稿\n\n\n　　{SAYING}。\n", encoding="utf-8")
    assert run(["reuse", str(file), str(texts), "--json"]) == 0
    (row,) = records(capsys.readouterr().out)
    assert (row["document"], row["line"], row["count"]) == ("稿.txt", 4, 3)
    # By its path a document of the texts is that document.
    assert run(["reuse", str(texts / "記.txt"), str(texts), "--json"]) == 0
    assert records(capsys.readouterr().out)[0]["count"] == 2


def test_all_documents_are_compared(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reuse", "--all", str(texts), "--json"]) == 0
    (row,) = records(capsys.readouterr().out)
    assert (row["document"], row["other"]["document"], row["count"]) == ("志.txt", "記.txt", 2)
    assert [place["document"] for place in row["also"]] == ["錄.txt"]


def test_people_are_shown_a_line_each(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reuse", "錄.txt", str(texts)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 passage shared, in 2 places elsewhere",
        f"錄.txt:4: 14 characters 志.txt:3 (later) (+1 more): {SAYING}",
    ]


def test_a_title_names_the_document_where_it_is_the_only_one(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "metadata.csv").write_text("path,title\n錄.txt,渡口錄\n又.txt,渡口錄\n", encoding="utf-8")
    assert run(["reuse", "渡口錄", str(texts), "--json"]) == 0
    (row,) = records(capsys.readouterr().out)
    assert row["document"] == "錄.txt"
    (texts / "又.txt").write_text("　　初四。\n", encoding="utf-8")
    assert run(["reuse", "渡口錄", str(texts)]) == 2
    said = capsys.readouterr().err
    assert "2 documents have the title 渡口錄" in said
    assert "又.txt" in said
    assert "錄.txt" in said


def test_a_limit_cuts_and_says_so(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "又.txt").write_text(f"又\n\n　　{SAYING}。又一日，無事可記，甲乙丙丁。\n", encoding="utf-8")
    (texts / "三.txt").write_text("三\n\n　　又一日，無事可記，甲乙丙丁。\n", encoding="utf-8")
    for limit, count in ((["--limit", "1"], 1), (["--limit", "all"], 3), ([], 3)):
        assert run(["reuse", "又.txt", str(texts), "--json", *limit]) == 0
        said = capsys.readouterr()
        assert len(records(said.out)) == count
        assert ("the first 1 follow (--limit)" in said.err) == (count == 1)
    assert run(["reuse", "又.txt", str(texts), "--limit", "1"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "3 passages shared, in 4 places elsewhere; the first 1 follow (--limit)"
    assert len(lines) == 1


def test_what_is_bounded_is_said_in_plain_words() -> None:
    found = SimpleNamespace(bounds=(COMMON_BOUND, Bound("grams", 3)))
    assert bound_words(cast("PlacedReuse", found)) == [
        "passages that stand in more than 32 places are told once, with these places, and not two by two",
        "only the first 3 grams",
    ]


@pytest.mark.parametrize("form", ["csv", "tsv", "markdown"])
def test_a_table_has_a_row_each(form: str, texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reuse", "記.txt", str(texts), "--format", form]) == 0
    out = capsys.readouterr().out
    assert out.count("記.txt") == 1
    assert "錄.txt:4" in out
    if form == "csv":
        (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))
        assert (row["other_document"], row["matched"], row["pairs"]) == ("志.txt", "14", "3-18:0-15")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["記.txt", "--min", "40"], 1),
        (["--all", "--min", "40"], 1),
        (["無.txt"], 2),
        (["記.txt", "--min", "3"], 2),
        (["記.txt", "--min", "many"], 2),
        (["記.txt", "--format", "xml"], 2),
    ],
)
def test_it_ends_with_a_status(
    arguments: list[str], status: int, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = 0 if arguments[0] == "--all" else 1
    assert run(["reuse", *arguments[:at], str(texts), *arguments[at:]]) == status
    assert bool(capsys.readouterr().err) == (status == 2)


def test_a_document_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reuse"]) == 2
    assert run(["reuse", "-"]) == 2
    assert "--help" in capsys.readouterr().err


def test_python_has_the_same(texts: Path) -> None:
    corpus = open_corpus(texts)
    found = corpus.reuse("記.txt", minimum=12)
    assert (len(found), found.total, found.at_least, found.bounds) == (1, 2, False, ())
    assert [row.record()["matched"] for row in found] == [14]
    assert len(corpus.reuse_among()) == 1
    with pytest.raises(CorpusError):
        corpus.reuse("無.txt")
