"""The search command: what it prints in each format, what it says of files it cannot search, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tuibrowser import api
from tuibrowser.cli.run import run
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.search.values import Missing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def texts(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = home / "texts"
    (folder / "河").mkdir(parents=True)
    (folder / "河" / "舟.txt").write_text("小引。\n\n　　船夫说水涨了。\n=水涨一尺，桥就没了。\n", encoding="gb18030")
    (folder / "山.txt").write_text("山里的人听说水涨了。\n", encoding="utf-8")
    monkeypatch.chdir(home)
    return folder


def printed(capfd: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> tuple[str, str]:
    assert run(["search", *map(str, arguments)]) == status
    return capfd.readouterr()


def answers(capfd: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> list[dict[str, Any]]:
    out, _ = printed(capfd, "--json", *arguments, status=status)
    return [json.loads(line) for line in out.splitlines()]


def test_vimgrep_names_the_member_of_a_file_of_records(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    records = [{"title": "一", "content": "江水東流。"}, {"title": "二", "content": "渡口有人候潮。"}]
    (texts / "诗.json").write_text(json.dumps(records), encoding="utf-8")
    out, _ = printed(capfd, "渡口有人", "texts", "--format", "vimgrep")
    assert out == "texts/诗.json/2:1:1:渡口有人候潮。\n"


def test_files_that_cannot_be_searched_are_told_by_reason(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        (texts / f"{number}.png").write_bytes(b"\x89PNG")
    (texts / "空.txt").touch()
    _, said = printed(capfd, "水涨", "texts")
    lines = [line.replace(f"{texts}/", "") for line in said.splitlines()]
    assert lines == [
        "tuibrowser: not searched: 5 files: format not supported yet: .png: 0.png, 1.png, 2.png …",
        "tuibrowser: not searched: 空.txt: empty file",
    ]


def test_without_a_path_it_says_what_is_searched(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, said = printed(capfd, "質量", "--limit", "1")
    assert said.startswith("tuibrowser: no PATH: searching the texts that come with the program")


def test_vimgrep_names_paths_lines_and_columns_that_open(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out, _ = printed(capfd, "水涨", "texts", "--format", "vimgrep")
    assert set(out.splitlines()) == {
        f"texts/河/舟.txt:3:{1 + 3 * 5}:　　船夫说水涨了。",
        "texts/河/舟.txt:4:2:=水涨一尺，桥就没了。",
        f"texts/山.txt:1:{1 + 3 * 6}:山里的人听说水涨了。",
    }
    os.chdir(texts / "河")
    out, _ = printed(capfd, "船夫", "..", "--format", "vimgrep")
    assert out == f"舟.txt:3:{1 + 3 * 2}:　　船夫说水涨了。\n"


def test_a_table_of_commas_opens_in_a_spreadsheet_and_holds_no_formula(
    texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, _ = printed(capfd, "水涨一尺", texts, "--format", "csv")
    assert out.startswith("\ufeffquery,document,")
    (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))
    assert (row["document"], row["line"], row["match"]) == ("河/舟.txt", "4", "水涨一尺")
    assert row["text"] == "'=水涨一尺，桥就没了。"


def test_a_table_of_tabs_is_verbatim(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out, _ = printed(capfd, "水涨一尺", texts, "--format", "tsv")
    heading, row = (line.split("\t") for line in out.splitlines())
    assert row[heading.index("text")] == "=水涨一尺，桥就没了。"


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_table_has_the_page_and_the_work(form: str, texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for volume in ("卷一", "卷二"):
        (texts / f"渡江集{volume}.txt").write_text(
            "# -*- mode: mandoku-view -*-\n#+TITLE: 渡江集\n\n<pb:KR1a_WYG_001-3b>孤帆" + volume + "。\n", "utf-8"
        )
    (hit,) = answers(capfd, '"孤帆卷一"', texts)[0]["hits"]
    assert hit["locator"]
    assert hit["work"] == "渡江集"
    out, _ = printed(capfd, '"孤帆卷一"', texts, "--format", form)
    (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")), delimiter="," if form == "csv" else "\t")
    assert (row["locator"], row["work"]) == (hit["locator"], hit["work"])


def test_lines_of_json_are_a_hit_each(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out, _ = printed(capfd, "水涨", texts, "--format", "jsonl")
    hits = [json.loads(line) for line in out.splitlines()]
    assert [hit["query"] for hit in hits] == ["水涨"] * 3
    (answer,) = answers(capfd, "水涨", texts)
    assert [{"query": "水涨"} | hit for hit in answer["hits"]] == hits


@pytest.mark.parametrize("form", ["cited", "markdown", "org", "latex", "both", "original", "text"])
def test_the_forms_of_copying_quote_the_paragraphs(form: str, texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out, _ = printed(capfd, "船夫", texts, "--format", form)
    assert "船夫说水涨了。" in out


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json", "footnote", "reference"])
def test_the_forms_of_bibliographies_name_the_document(
    form: str, texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, _ = printed(capfd, "船夫", texts, "--format", form)
    assert "舟" in out


def test_a_format_that_there_is_not_is_a_usage_error(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, said = printed(capfd, "船夫", texts, "--format", "docx", status=2)
    assert "no such format: docx" in said
    _, said = printed(capfd, "船夫", texts, "--json", "--format", "csv", status=2)
    assert "contradict" in said


def test_what_cannot_be_searched_is_named_beside_the_answer(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (texts / "图.png").write_bytes(b"\x89PNG")
    out, said = printed(capfd, "--json", "船夫", texts)
    assert "图.png: format not supported yet: .png" in said
    (problem,) = json.loads(out)["problems"]
    assert problem == {"path": str(texts / "图.png"), "reason": "format not supported yet: .png"}


def test_where_nothing_can_be_searched_the_status_says_so(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (texts / "图.png").write_bytes(b"\x89PNG")
    (texts / "空").mkdir()
    (texts / "坏.txt").write_bytes(bytes(range(256)) * 40)
    for name in ("图.png", "空", "坏.txt"):
        out, said = printed(capfd, "--json", "船夫", texts / name, status=2)
        assert name in said
        assert [each["path"] for each in json.loads(out)["problems"]] == [str(texts / name)]
        assert json.loads(out)["hits"] == []
        assert "nothing like" not in said
        out, said = printed(capfd, "船夫", texts / name, status=2)
        assert (out, "nothing could be searched" in said) == ("", True)


def test_a_query_that_fails_costs_no_other_its_answer(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = api.OpenCorpus.answer

    def fails(self: api.OpenCorpus, query: str, *rest: Any) -> api.Answer:
        if query == "坏":
            raise IndexError(query)
        return answer(self, query, *rest)

    monkeypatch.setattr(api.OpenCorpus, "answer", fails)
    (tmp_path / "问").write_text("船夫\n坏\n山里\n", encoding="utf-8")
    out, said = printed(capfd, "--json", "--batch", tmp_path / "问", texts, status=2)
    assert "坏: this search failed: IndexError" in said
    one, bad, two = (json.loads(line) for line in out.splitlines())
    assert (one["total"], two["total"]) == (1, 1)
    assert (bad["query"], bad["hits"], bad["at_least"]) == ("坏", [], True)
    assert "failed" in bad["problems"][0]["reason"]


def test_a_query_without_an_answer_is_not_said_to_have_found_nothing(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> api.Answer:
        raise CorpusError(plain("no host of the corpus answers"))

    monkeypatch.setattr(api.OpenCorpus, "answer", fails)
    out, said = printed(capfd, "船夫", texts, status=2)
    assert "船夫: this search failed: no host of the corpus answers" in said
    assert out == "no answer: it is not known whether there are matches\n"


def test_what_is_not_found_in_a_part_is_said_to_be_of_a_part(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = api.OpenCorpus.answer
    lost = (Missing("1", 0.3, "h1 does not answer"),)
    monkeypatch.setattr(api.OpenCorpus, "answer", lambda *asked: replace(answer(*asked), missing=lost))
    out, said = printed(capfd, "無此四字也", texts, status=1)
    assert out.startswith("nothing found in the parts that answer\n")
    assert "30% of the text is not searched: h1 does not answer" in said


def test_a_hit_names_its_layer_where_it_begins_in_a_note(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (texts / "山.md").write_text("山里[^1]的人。\n\n[^1]: 北山在城北。\n", encoding="utf-8")
    (answer,) = answers(capfd, "北山", texts)
    assert [hit["layer"] for hit in answer["hits"]] == ["note"]
    (answer,) = answers(capfd, "山里", texts)
    assert answer["total"] == 2
    assert all("layer" not in hit for hit in answer["hits"])


def test_matches_in_page_furniture_are_counted_where_there_are_no_others(
    texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (texts / "湖.txt").write_text("南湖泛舟记\n\n湖水平如镜，小舟泛其上。\n\n责任编辑：苏子期\n", encoding="utf-8")
    out, err = printed(capfd, "--json", "苏子期", texts, status=1)
    answer = json.loads(out)
    assert (answer["total"], answer["hits"], answer["in_furniture"]) == (0, [], 1)
    assert "苏子期: in page furniture: 1 match (in:furniture)" in err
    out, err = printed(capfd, "苏子期", texts, status=1)
    assert "in page furniture: 1 match (in:furniture)" in out
    assert "furniture" not in err
    (answer,) = answers(capfd, "in:furniture 苏子期", texts)
    assert [hit["layer"] for hit in answer["hits"]] == ["furniture"]
    assert "in_furniture" not in answer


def test_a_pipe_is_searched_like_standard_input(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    reading, writing = os.pipe()
    os.write(writing, "桥上的人听说水涨了。\n".encode())
    os.close(writing)
    (answer,) = answers(capfd, "水涨", texts, f"/dev/fd/{reading}")
    os.close(reading)
    assert {hit["document"] for hit in answer["hits"]} == {"-", "山.txt", "河/舟.txt"}


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "vimgrep", "text", "bibtex"])
def test_a_format_without_a_place_for_numbers_says_beside_it_what_is_cut(
    form: str, texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, said = printed(capfd, "水涨", texts, "--format", form, "--limit", "1")
    assert said == "tuibrowser: 水涨: 3 matches in 2 documents: exact 3; the best 1 follow (--limit)\n"
    _, said = printed(capfd, "水涨", texts, "--format", form, "--limit", "all")
    assert said == ""


def test_documents_left_out_are_told_beside_every_format(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for form in ("json", "csv"):
        _, said = printed(capfd, "水涨 date:2022", texts, "--format", form, status=1)
        assert said.startswith("tuibrowser: 水涨 date:2022: ")
        assert "2 undated left out" in said


def test_all_hits_are_in_each_format(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def lines(form: str) -> int:
        out, _ = printed(capfd, "水", texts, "--format", form, "--limit", "all")
        return len(out.splitlines())

    (answer,) = answers(capfd, "水", texts, "--limit", "all")
    hits = len(answer["hits"])
    assert answer["total"] == sum(hit["count"] for hit in answer["hits"]) == lines("vimgrep")
    assert lines("csv") == lines("tsv") == hits + 1
    assert lines("jsonl") == hits


def test_a_file_has_what_would_be_printed_in_the_format_of_its_ending(
    texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, form in (("a.csv", "csv"), ("a.md", "markdown"), ("a.bib", "bibtex"), ("a.jsonl", "jsonl")):
        out, _ = printed(capfd, "水涨", texts, "--format", form)
        file = texts.parent / name
        shown, said = printed(capfd, "水涨", texts, "--output", file)
        assert (file.read_bytes().decode(), shown) == (out, "")
        assert said == f"tuibrowser: 3 hits written to {file}\n"
    _, said = printed(capfd, "水涨", texts, "--output", "hits.doc", status=2)
    assert "hits.doc: name a format" in said
    _, said = printed(capfd, "水涨", texts, "--output", texts / "没有" / "a.csv", status=2)
    assert "cannot write" in said
