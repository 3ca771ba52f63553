"""Sidecars: what they say goes before all else, for files, patterns and members; where each value comes from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.sidecars.sidecar import date_said

if TYPE_CHECKING:
    from pathlib import Path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


TEXT = "渡口記\n\n　　江水東流，晝夜不息，行人欲渡，呼舟不應。\n"


def test_a_row_says_what_a_file_is_and_further_columns_are_fields(tmp_path: Path) -> None:
    put(tmp_path / "甲.txt", TEXT)
    put(tmp_path / "乙.txt", TEXT)
    put(tmp_path / "metadata.csv", "path,title,author,date,genre\n甲.txt,過江集,無名,1931-09,序\n")
    corpus = Corpus.discover([tmp_path])
    names = {document.name: corpus.document(document.number) for document in list(corpus.documents)}
    assert sorted(names) == ["乙.txt", "甲.txt"]
    document = names["甲.txt"]
    assert (document.title, document.metadata.author, document.metadata.date) == ("過江集", "無名", "1931-09")
    assert document.fields == (("genre", "序"),)
    assert dict(document.origins) == {"title": "sidecar", "author": "sidecar", "date": "sidecar"}
    assert dict(names["乙.txt"].origins) == {"title": "text"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("metadata.tsv", "file\ttitle\n集/甲.txt\t過江集\n"),
        ("metadata.json", json.dumps([{"filename": "集/甲.txt", "title": "過江集"}])),
        ("metadata.json", json.dumps({"集/甲.txt": {"title": "過江集"}})),
        ("metadata.jsonl", json.dumps({"path": "集/甲.txt", "title": "過江集"}) + "\n"),
        ("metadata.csv", "\ufeff路徑,標題\n集/甲.txt,過江集\n"),
        ("metadata.csv", "path,title\n集/*.txt,過江集\n"),
        ("metadata.csv", "path,title\n*.txt,別的\n集/甲.txt,過江集\n"),
    ],
)
def test_each_form_of_a_sidecar_above_a_file_is_read(name: str, text: str, tmp_path: Path) -> None:
    put(tmp_path / "集" / "甲.txt", TEXT)
    put(tmp_path / name, text)
    corpus = Corpus.discover([tmp_path])
    assert [corpus.document(number).title for number in range(len(corpus.documents))] == ["過江集"]


def test_the_nearest_sidecar_counts(tmp_path: Path) -> None:
    put(tmp_path / "集" / "甲.txt", TEXT)
    put(tmp_path / "metadata.csv", "path,title,author\n集/甲.txt,遠,無名\n")
    put(tmp_path / "集" / "metadata.csv", "path,title\n甲.txt,近\n")
    document = Corpus.discover([tmp_path]).document(0)
    assert (document.title, document.metadata.author) == ("近", "無名")


def test_a_sidecar_above_the_path_that_was_named_is_not_read(tmp_path: Path) -> None:
    put(tmp_path / "集" / "甲.txt", TEXT)
    put(tmp_path / "metadata.csv", "path,title\n集/甲.txt,外\n")
    assert Corpus.discover([tmp_path / "集"]).document(0).title == "渡口記"
    put(tmp_path / "集" / "metadata.csv", "path,title\n甲.txt,旁\n")
    assert Corpus.discover([tmp_path / "集" / "甲.txt"]).document(0).title == "旁"


def test_records_have_rows_of_their_own(tmp_path: Path) -> None:
    poems = [{"title": "一", "content": "江水東流。"}, {"title": "二", "content": "行人欲渡。"}]
    put(tmp_path / "詩.json", json.dumps(poems, ensure_ascii=False))
    put(tmp_path / "metadata.csv", "path,author,title\n詩.json,無名,\n詩.json/2,船夫,又\n")
    corpus = Corpus.discover([tmp_path])
    told = [(each.title, each.metadata.author) for each in (corpus.document(0), corpus.document(1))]
    assert told == [("一", "無名"), ("又", "船夫")]


def test_a_table_without_paths_is_a_document_and_a_broken_sidecar_a_problem(tmp_path: Path) -> None:
    put(tmp_path / "甲.txt", TEXT)
    put(tmp_path / "metadata.csv", "a,b\n1,2\n")
    assert [document.name for document in Corpus.discover([tmp_path]).documents] == ["metadata.csv", "甲.txt"]
    (tmp_path / "metadata.csv").unlink()
    put(tmp_path / "metadata.json", '[{"path": ')
    assert any("damaged" in problem.reason for problem in Corpus.discover([tmp_path]).problems)


def test_a_date_that_is_none_is_said(tmp_path: Path) -> None:
    put(tmp_path / "甲.txt", TEXT)
    put(tmp_path / "metadata.csv", "path,date\n甲.txt,早年\n")
    document = Corpus.discover([tmp_path]).document(0)
    assert [(each.kind, each.detail) for each in document.problems] == [("sidecar-date", "not a date: 早年")]
    assert document.metadata.date is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("421", "0421"),
        ("975", "0975"),
        ("9", "0009"),
        ("-278", "-0278"),
        ("-0278", "-0278"),
        ("421年", "0421"),
        ("0", None),
        ("000", None),
        ("唐", None),
        ("701-761", None),
        ("701-12", None),
        ("約750", None),
        ("1076?", None),
    ],
)
def test_a_year_of_few_figures_is_a_date_and_a_range_is_none(written: str, iso: str | None) -> None:
    said = date_said(written)
    assert (said.iso if said else None) == iso


def test_where_values_come_from(tmp_path: Path) -> None:
    put(tmp_path / "甲.md", "---\ntitle: 過江集\n---\n" + TEXT)
    put(tmp_path / "江上雜記.txt", "江水東流，晝夜不息，行人欲渡，呼舟不應。\n")
    corpus = Corpus.discover([tmp_path])
    origins = {document.name: dict(corpus.document(document.number).origins) for document in list(corpus.documents)}
    assert origins["甲.md"]["title"] == "markup"
    assert origins["江上雜記.txt"]["title"] == "name"


def test_a_date_of_a_reign_goes_out_and_comes_back(tmp_path: Path) -> None:
    put(tmp_path / "甲.txt", TEXT)
    put(tmp_path / "乙.txt", TEXT)
    put(tmp_path / "metadata.csv", "path,date\n甲.txt,康熙三十年\n乙.txt,'-0220\n")
    corpus = Corpus.discover([tmp_path])
    known = {each.name: corpus.document(each.number) for each in list(corpus.documents)}
    assert (known["甲.txt"].metadata.date, known["甲.txt"].metadata.dated) == ("1691", "康熙三十年")
    assert (known["乙.txt"].metadata.date, known["乙.txt"].metadata.dated) == ("-0220", None)
    assert not known["乙.txt"].problems
