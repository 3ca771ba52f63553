"""Conditions on what sidecars and records say of documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tuibrowser.api import open_corpus
from tuibrowser.search.query import Filter, Word, field_key, parse

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.api import OpenCorpus

SIDECAR = """path,Genre,題材,Place Name
a.txt,序,山水,溪口
b.txt,記,水利,
"""


@pytest.fixture
def corpus(tmp_path: Path) -> OpenCorpus:
    for name, text in (("a", "溪上多茶树，春时采之。"), ("b", "溪上多竹，秋时伐之。"), ("c", "溪上无人。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(SIDECAR, encoding="utf-8")
    return open_corpus([str(tmp_path)])


@pytest.mark.parametrize(
    ("condition", "documents", "left_out"),
    [
        ("genre:序", ["a.txt"], ("1 without Genre left out",)),
        ("ＧＥＮＲＥ：记", ["b.txt"], ("1 without Genre left out",)),
        ("-genre:序", ["b.txt"], ("1 without Genre left out",)),
        ("－genre：序", ["b.txt"], ("1 without Genre left out",)),
        ('genre:"序"', ["a.txt"], ("1 without Genre left out",)),
        ("题材:水", ["a.txt", "b.txt"], ("1 without 題材 left out",)),
        ("題材:山水 genre:序", ["a.txt"], ("1 without 題材 left out",)),
        ("place_name:溪", ["a.txt"], ("2 without Place_Name left out",)),
    ],
)
def test_fields_of_documents_are_conditions(
    corpus: OpenCorpus, condition: str, documents: list[str], left_out: tuple[str, ...]
) -> None:
    answer = corpus.answer(f"溪上 {condition}", None)
    named = {name for hit in answer.hits for name in (hit.document, *(place.document for place in hit.also))}
    assert sorted(named) == documents
    assert answer.notes == left_out


def test_a_field_that_no_document_has_is_text_and_named_if_it_looks_like_one(corpus: OpenCorpus) -> None:
    note = "no field zz: taken as text (there are in:, by:, date:, layer:, like:, re:, Genre:, Place_Name:, 題材:)"
    assert note in corpus.answer("溪上 zz:唐").notes
    listed = note.removeprefix("no field zz")
    for condition in ("朝代:唐", "朝代：唐", "体裁:序"):
        assert f"no field {condition[:2]}{listed}" in corpus.answer(f"溪上 {condition}").notes
    assert not any("no field" in note for note in corpus.answer("孔子曰：学而时习之 12:30").notes)


def test_a_field_named_as_a_condition_is_listed_once() -> None:
    (note,) = parse("zz:唐", {field_key(name): name for name in ("date", "genre")}).notes
    assert note.endswith("(there are in:, by:, date:, layer:, like:, re:, genre:)")


def test_the_dynasty_is_found_by_its_chinese_name() -> None:
    fields = {field_key("dynasty"): "dynasty"}
    for name in ("朝代:唐", "朝代：唐"):
        assert parse(name, fields).filters == (Filter("dynasty", "唐"),)
    own = {**fields, field_key("朝代"): "朝代"}
    assert parse("朝代:唐", own).filters == (Filter("朝代", "唐"),)


@pytest.mark.parametrize("condition", ["by:林", "date:421", "dynasty:唐"])
def test_notes_of_conditions_count_no_file_that_was_left_out(tmp_path: Path, condition: str) -> None:
    lines = ['{"title": "渡口", "content": "渡口无人舟自横。", "author": "林疏", "date": "421", "dynasty": "唐"}']
    lines += ['{"title": "山行", "content": "山路无人落叶深。"}', "{", '{"title": "空"}']
    (tmp_path / "poems.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    corpus = open_corpus([str(tmp_path)])
    (note,) = corpus.answer(f"无人 {condition}").notes
    assert note.startswith("1 ")
    assert corpus.summary().documents == 2


@pytest.mark.parametrize("condition", ["date:八世紀", "-date:宋", "in:", "layer:margin", "-like:竹"])
def test_a_condition_that_cannot_be_read_finds_nothing(corpus: OpenCorpus, condition: str) -> None:
    answer = corpus.answer(f"溪上 {condition}", None)
    assert (answer.total, answer.hits, answer.nearest) == (0, (), ())
    assert any(note.endswith("nothing is looked for") for note in answer.notes)


def test_fields_of_records_are_conditions(tmp_path: Path) -> None:
    poems = [
        {"title": "渡口", "author": "林疏", "paragraphs": ["渡口无人舟自横，", "溪声入夜到柴门。"], "dynasty": "唐"},
        {"title": "山行", "author": "苏子期", "paragraphs": ["山路无人落叶深，", "钟声隔岸到前林。"], "dynasty": "宋"},
    ]
    (tmp_path / "poems.json").write_text(json.dumps(poems, ensure_ascii=False), encoding="utf-8")
    answer = open_corpus([str(tmp_path)]).answer("无人 dynasty:宋")
    assert [hit.title for hit in answer.hits] == ["山行"]


def test_parsing_knows_the_fields_that_it_is_given() -> None:
    fields = {field_key("genre"): "genre", field_key("in"): "in"}
    assert parse("genre:序", fields).filters == (Filter("genre", "序"),)
    assert parse("in:序", fields).filters == (Filter("in", "序"),)
    assert parse("genre:序").words == (Word("genre:序"),)
    assert parse("genre://x", fields).words == (Word("genre://x"),)
    assert parse("genre:", fields).notes == ("genre: needs a value: nothing is looked for",)
