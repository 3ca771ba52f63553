"""`tuibrowser info`: what a corpus consists of, and its metadata as a table that can be put back."""

from __future__ import annotations

import csv
import errno
import json
import os
from typing import TYPE_CHECKING

import pytest

from tuibrowser.cli.run import run

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "過江記\n\n作者：船夫\n\n1931年9月18日\n\n　　江水東流，晝夜不息，行人欲渡，呼舟不應。\n"


@pytest.fixture(autouse=True)
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "集").mkdir()
    (tmp_path / "集" / "甲.txt").write_text(TEXT, "utf-8")
    (tmp_path / "集" / "乙.md").write_text("# =江\n\n行人不知其處。\n", "utf-8")
    (tmp_path / "集" / "丙.txt").write_bytes("江水東流，晝夜不息。\n".encode("gb18030"))
    for number in range(5):
        (tmp_path / "集" / f"{number}.png").write_bytes(b"\x89PNG")
    (tmp_path / "集" / "空.txt").touch()
    return tmp_path


def info(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert run(["info", "集", "--json", *arguments]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_summary_counts_what_is_there_and_groups_what_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    found = info(capsys)
    assert found["documents"] == 3
    assert found["formats"] == {"text": 2, "markdown": 1}
    assert found["encodings"] == {"utf-8": 2, "gb18030": 1}
    assert found["dates"] == {"first": "1931-09-18", "last": "1931-09-18", "undated": 2}
    assert found["unnamed"] == 2
    left_out = found["left_out"]
    assert isinstance(left_out, list)
    assert [(group["reason"], group["count"], len(group["examples"])) for group in left_out] == [
        ("format not supported yet: .png", 5, 3),
        ("empty file", 1, 1),
    ]


def test_declared_dates_that_cannot_be_read_are_told(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    poems = [
        {"title": "甲", "date": date, "content": "山高水長"} for date in (975, "約750", "唐", "-", "宋", "明", "清")
    ]
    (corpus / "集" / "詩.json").write_text(json.dumps(poems), "utf-8")
    (corpus / "集" / "metadata.csv").write_text("path,date\n甲.txt,421\n丙.txt,唐\n", "utf-8")
    (corpus / "集" / "丁.md").write_text("---\ntitle: 丁\ndate: 唐\n---\n山高水長。\n", "utf-8")
    (corpus / "集" / "戊.org").write_text("#+TITLE: 戊\n#+DATE: 唐\n山高水長。\n", "utf-8")
    found = info(capsys)
    assert found["dates"] == {"first": "0421", "last": "0975", "undated": 10}
    assert found["unread_dates"] == {"count": 9, "different": 6, "examples": ["唐", "約750", "-", "宋", "明"]}
    assert run(["info", "集"]) == 0
    assert "dates that could not be read: 9: 唐, 約750, -, 宋, 明 …" in capsys.readouterr().out.splitlines()


def test_people_read_a_line_a_fact(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["info", "集"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "formats: text 2, markdown 1"
    assert any(line.startswith("undated: 2 documents, ") for line in lines)
    assert sum(line.startswith("left out: ") for line in lines) == 2


def test_metadata_that_was_corrected_is_put_back(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    info(capsys, "--metadata", "集/metadata.csv")
    path = corpus / "集" / "metadata.csv"
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert {row["path"]: row["title"] for row in rows} == {"甲.txt": "過江記", "乙.md": "'=江", "丙.txt": ""}
    path.write_text(
        path.read_text("utf-8-sig").replace("1931-09-18", "1932-01").replace("丙.txt,", "丙.txt,江上"), "utf-8"
    )
    found = info(capsys)
    assert found["documents"] == 3
    assert found["dates"] == {"first": "1932-01", "last": "1932-01", "undated": 2}
    assert run(["outline", "集", "--json"]) == 0
    titles = [document["title"] for document in json.loads(capsys.readouterr().out)["documents"]]
    assert sorted(titles) == ["=江", "江上", "過江記"]


def test_a_table_kept_where_it_is_said_to_belong_is_read(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["info", "集", "--metadata", "table.csv"]) == 0
    said = capsys.readouterr().err.replace("\n", "")
    assert said.endswith(f"keep it as {corpus / '集'}/metadata.csv")
    text = (corpus / "table.csv").read_text("utf-8-sig")
    (corpus / "集" / "metadata.csv").write_text(text.replace("過江記", "渡口記"), "utf-8")
    assert run(["outline", "集", "--json"]) == 0
    assert "渡口記" in {document["title"] for document in json.loads(capsys.readouterr().out)["documents"]}


def test_metadata_that_is_put_back_as_it_is_makes_no_guess_certain(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "集" / "metadata.csv").write_text("path,date\n丙.txt,先朝\n", "utf-8")
    info(capsys, "--metadata", "集/metadata.csv")
    assert run(["show", "集/丙.txt", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["origins"] == {"title": "name"}
    rows = list(csv.DictReader((corpus / "集" / "metadata.csv").read_text("utf-8-sig").splitlines()))
    assert {row["path"]: row["date"] for row in rows}["丙.txt"] == "先朝"


def test_metadata_that_is_put_back_as_it_is_changes_nothing(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    poems = [
        '{"title": "甲", "content": "江水東流。", "date": "757-03", "時間": "卯", "genre": "詩"}',
        '{"title": "乙", "content": "江水西流。", "日期": "約1076"}',
        "{",
    ]
    (corpus / "集" / "詩.jsonl").write_text("\n".join(poems), "utf-8")
    (corpus / "集" / "壞.docx").write_bytes(b"PK\x03\x04")
    before = info(capsys, "--metadata", "集/metadata.csv")
    path = corpus / "集" / "metadata.csv"
    header, *rows = csv.reader(path.read_text("utf-8-sig").splitlines())
    assert header == ["path", "title", "author", "date", "publisher", "source", "work", "genre"]
    assert {row[0]: row[3] for row in rows if row[0].startswith("詩")} == {
        "詩.jsonl/1": "757-03",
        "詩.jsonl/2": "約1076",
    }
    assert "壞.docx" not in {row[0] for row in rows}
    table = path.read_bytes()
    after = info(capsys, "--metadata", "集/metadata.csv")
    assert after == before
    assert path.read_bytes() == table
    path.write_bytes(table.replace(b"757-03", b"0757"))
    assert info(capsys)["unread_dates"] == {"count": 1, "different": 1, "examples": ["約1076"]}


def test_what_a_table_says_of_a_file_that_was_left_out_is_not_lost(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "集" / "壞.docx").write_bytes(b"PK\x03\x04")
    path = corpus / "集" / "metadata.csv"
    path.write_text("path,author,genre\n壞.docx,船夫,記\n", "utf-8")
    info(capsys, "--metadata", "集/metadata.csv")
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    (row,) = [row for row in rows if row["path"] == "壞.docx"]
    assert (row["title"], row["author"], row["genre"]) == ("", "船夫", "記")


def test_a_file_whose_name_is_not_utf8_stands_in_the_table_as_it_is_shown(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = corpus / "集"
    (folder / os.fsdecode("渡口旧事.txt".encode("gbk"))).write_text("江水東流。\n", "utf-8")
    info(capsys, "--metadata", "集/metadata.csv")
    path = folder / "metadata.csv"
    text = path.read_text("utf-8-sig")
    assert "\n渡口旧事.txt," in text
    path.write_text(text.replace("渡口旧事.txt,", "渡口旧事.txt,渡口集"), "utf-8")
    assert run(["outline", "集", "--json"]) == 0
    titles = [document["title"] for document in json.loads(capsys.readouterr().out)["documents"]]
    assert "渡口集" in titles


def test_a_corpus_without_documents_ends_with_1(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "無").mkdir()
    assert run(["info", "無", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["documents"] == 0


def test_a_table_that_cannot_be_written_leaves_the_one_that_is_there(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = corpus / "old.csv"
    table.write_text("path,title\n甲.txt,改\n", "utf-8")

    def fails(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", fails)
    assert run(["info", "集", "--metadata", str(table)]) == 2
    assert "old.csv" in capsys.readouterr().err
    assert table.read_text("utf-8") == "path,title\n甲.txt,改\n"
    assert [path.name for path in corpus.iterdir() if path.name.startswith("old")] == ["old.csv"]
