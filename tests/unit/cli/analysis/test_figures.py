"""The commands that count: what they print in each format, what they write beside a table, and how they end."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tuibrowser.api import open_corpus
from tuibrowser.cli.run import run
from tuibrowser.userdata.store import UserData, default_path

if TYPE_CHECKING:
    from pathlib import Path

BASIS = {
    *("query", "normalisation", "unit", "window", "measure", "minimum", "documents", "documents_with", "matches", "N"),
    *("S", "undated", "at_least", "notes", "paths", "fingerprint", "cutter", "version", "made"),
}
LINE = [
    *("document", "title", "author", "date", "section", "paragraph", "line", "left", "node", "right", "kind"),
    "reference",
]


@pytest.fixture
def texts(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = home / "texts"
    (folder / "河").mkdir(parents=True)
    (folder / "河" / "舟.txt").write_text("船夫说水涨了。\n=水涨一尺，桥就没了。\n", encoding="utf-8")
    (folder / "山.txt").write_text("山里的人听说水漲了。\n" * 30, encoding="utf-8")
    monkeypatch.chdir(home)
    return folder


def printed(capfd: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> tuple[str, str]:
    assert run([*map(str, arguments)]) == status
    return capfd.readouterr()


def record(capfd: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> dict[str, Any]:
    out, _ = printed(capfd, *arguments, "--json", status=status)
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_json_holds_every_line_and_what_it_is_of(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = record(capfd, "concordance", "水涨", texts)
    basis, rows = answer["basis"], answer["rows"]
    assert set(basis) >= BASIS
    assert all(list(row) == LINE for row in rows)
    assert (basis["matches"], basis["documents"], basis["documents_with"]) == (32, 2, 2)
    assert len(rows) == 32
    assert {row["kind"] for row in rows} == {"exact", "variant"}
    assert basis["paths"] == [str(texts)]
    assert basis["undated"] == {"documents": 2, "share": 1.0}


def test_people_see_the_first_lines_and_are_told_how_many_there_are(
    texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, _ = printed(capfd, "concordance", "水涨", texts)
    lines = out.splitlines()
    assert len(lines) == 22
    assert lines[20] == "20 of 32 rows (--limit)"
    assert lines[21].startswith("水涨: 32 matches (exact 2, variant 30;")
    out, _ = printed(capfd, "concordance", "水涨", texts, "--limit", "all")
    assert len(out.splitlines()) == 33


def test_csv_is_for_spreadsheets_and_its_basis_is_on_standard_error(
    texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, err = printed(capfd, "concordance", "水涨一尺", texts, "--format", "csv")
    assert out.startswith("\ufeffdocument,title,")
    head, row = csv.reader(io.StringIO(out.removeprefix("\ufeff")))
    assert head == LINE
    assert row[LINE.index("left")] == "'="
    assert err.startswith("tuibrowser: 水涨一尺: 1 match (exact 1;")
    tsv, _ = printed(capfd, "concordance", "水涨一尺", texts, "--format", "tsv")
    assert tsv.splitlines()[1].split("\t")[LINE.index("left")] == "="


def test_a_table_is_written_whole_with_its_basis_beside_it(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out, err = printed(capfd, "concordance", "水涨", texts, "--output", texts.parent / "行.csv")
    assert out == ""
    assert "32 rows written to" in err
    rows = list(csv.reader((texts.parent / "行.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 33
    basis = json.loads((texts.parent / "行.csv.basis.json").read_text(encoding="utf-8"))
    assert basis["matches"] == 32
    printed(capfd, "concordance", "水涨", texts, "--output", texts.parent / "行.md")
    written = (texts.parent / "行.md").read_text(encoding="utf-8")
    assert written.startswith("| document | title |")
    assert "水涨: 32 matches" in written


def test_a_limit_that_cuts_is_said(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = record(capfd, "concordance", "水涨", texts, "--limit", "3")
    assert len(answer["rows"]) == 3
    assert answer["basis"]["notes"][-1] == "only the first 3 of 32 rows"


def test_a_sample_and_equal_lines_once(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = record(capfd, "concordance", "水涨", texts, "--sample", "5", "--seed", "2")
    again = record(capfd, "concordance", "水涨", texts, "--sample", "5", "--seed", "2")
    assert len(answer["rows"]) == 5
    assert answer["rows"] == again["rows"]
    once = record(capfd, "concordance", "水涨", texts, "--distinct")
    assert sorted(row["count"] for row in once["rows"]) == [1, 1, 30]


def test_nothing_found_ends_with_one(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = record(capfd, "concordance", "沙漠", texts, status=1)
    assert (answer["rows"], answer["basis"]["matches"]) == ([], 0)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("concordance",), "what to search for is missing"),
        (("concordance", "水", "--order", "up"), "--order takes one of right, left"),
        (("concordance", "水", "--format", "xml"), "no such format: xml"),
        (("concordance", "水", "--json", "--format", "csv"), "contradict each other"),
        (("concordance", "水", "--output", "lines.doc"), "lines.doc: name a format"),
        (("collocates", "水", "--unit", "line"), "--unit takes one of character, bigram"),
        (("collocates", "水", "--window", "5"), "--window takes two numbers up to 100 like 5:5"),
        (("collocates", "水", "--window", "0:0"), "--window takes two numbers"),
        (("collocates", "水", "--measure", "best"), "--measure takes one of logdice"),
        (("clusters", "水", "--size", "21"), "--size is 20 at most"),
        (("clusters", "水", "--side", "up"), "--side takes one of right, left"),
        (("keyness",), "the group to look at is missing"),
        (("keyness", "水"), "a group is chosen by conditions alone"),
        (("keyness", "in:沙漠"), "no document of that group has text"),
        (("frequency",), "what to search for is missing"),
        (("dispersion", "水", "--bins", "x"), "--bins takes a whole number from 1"),
        (("concordance", "水", "--context", "0"), "--context takes a whole number from 1"),
    ],
)
def test_what_cannot_be_meant_is_said(
    texts: Path, capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    out, err = printed(capfd, *arguments, status=2)
    assert out == ""
    assert why in err


def test_frequency_prints_groups_of_several_queries(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = record(capfd, "frequency", "水涨", texts, "--by", "folder", "--with", "桥", "--with", "船夫")
    rows = [(row["query"], row["label"], row["matches"]) for row in answer["rows"]]
    assert rows == [
        *(("水涨", ".", 30), ("水涨", "河", 2)),
        *(("桥", ".", 0), ("桥", "河", 1)),
        *(("船夫", ".", 0), ("船夫", "河", 1)),
    ]
    out, _ = printed(capfd, "frequency", "水涨", texts, "--by", "folder", "--format", "csv")
    assert out.splitlines()[0] == (
        "\ufefflabel,matches,units,per_million,interval_low,interval_high,documents,documents_with"
    )
    answer = record(capfd, "frequency", "水涨", texts)
    assert answer["rows"] == []
    assert answer["basis"]["matches"] == 32
    assert "in no row: 2 documents, 100% of the text" in answer["basis"]["notes"][0]


def test_dispersion_prints_documents_and_how_even_they_are(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = record(capfd, "dispersion", "水涨", texts, "--bins", "3")
    assert [(row["document"], row["matches"], row["bins"]) for row in answer["rows"]] == [
        ("山.txt", 30, [10, 10, 10]),
        ("河/舟.txt", 2, [1, 1, 0]),
    ]
    assert set(answer["basis"]) >= BASIS | {"dp", "dpnorm"}
    out, _ = printed(capfd, "dispersion", "水涨", texts)
    assert "over 2 documents" in out
    printed(capfd, "dispersion", "沙漠", texts, status=1)


COLLOCATE = [
    *("text", "together", "left", "right", "lines", "documents", "frequency", "expected"),
    *("logdice", "g2", "mi", "mi3", "t", "z"),
]


def test_collocates_print_all_measures(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = record(capfd, "collocates", "水涨", texts, "--window", "1:0", "--unit", "bigram", "--min", "2")
    assert all(list(row)[: len(COLLOCATE)] == COLLOCATE for row in answer["rows"])
    assert [(row["text"], row["together"], row["frequency"]) for row in answer["rows"]] == [("听说", 30, 30)]
    basis = answer["basis"]
    assert (basis["unit"], basis["window"], basis["measure"], basis["minimum"]) == ("bigram", [1, 0], "logdice", 2)
    assert basis["S"] == 31
    out, _ = printed(capfd, "collocates", "水涨", texts)
    assert out.splitlines()[0].split() == [
        *("unit", "together", "left", "right", "lines", "documents", "frequency", "logDice", "MI", "G²", "forms"),
    ]
    assert "within 5 characters on the left and 5 characters on the right" in out
    printed(capfd, "collocates", "沙漠", texts, status=1)


def test_clusters_print_forms(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = record(capfd, "clusters", "水涨", texts, "--size", "1")
    assert [(row["text"], row["matches"], row["forms"]) for row in answer["rows"]] == [
        ("水漲了", 31, {"水漲了": 30, "水涨了": 1}),
        ("水涨一", 1, {"水涨一": 1}),
    ]
    out, _ = printed(capfd, "clusters", "水涨", texts, "--side", "left", "--format", "tsv")
    assert out.splitlines()[0] == "text\tmatches\tper_million\tshare\tdocuments\tforms"


def test_keyness_compares_two_groups(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = record(capfd, "keyness", "in:河", texts, "--unit", "bigram", "--min", "1", "--measure", "g2")
    row = next(each for each in answer["rows"] if each["text"] == "水涨")
    measures = ["g2", "ll2", "bic", "log_ratio", "conservative", "diff", "simple_maths"]
    assert list(row) == ["text", "target", "reference", "per_million", "documents", *measures, "forms"]
    assert (row["target"], row["reference"], row["documents"]) == (2, 30, [1, 1])
    assert set(answer["basis"]) >= BASIS
    assert answer["basis"]["matches"] is None
    out, err = printed(capfd, "keyness", "in:河", texts, "--against", "in:山", "--min", "1", "--format", "csv")
    assert out.splitlines()[0] == (
        "\ufefftext,target,reference,per_million_target,per_million_reference,documents_target,documents_reference,"
        f"{','.join(measures)},forms"
    )
    assert "compared with in:山: 1 document of 270 characters" in err
    printed(capfd, "keyness", "in:河", texts, "--min", "999", status=1)


def test_lines_judged_in_a_table_are_left_out_of_figures(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = texts.parent / "行.csv"
    printed(capfd, "concordance", "水涨", texts, "--output", file)
    head, *rows = csv.reader(file.open(encoding="utf-8-sig"))
    codes = {"山.txt": "", "河/舟.txt": "!"}
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([[*head, "code"], *([*row, codes[row[0]]] for row in rows)])
    answer = record(capfd, "frequency", "水涨", texts, "--by", "document", "--judged", file)
    assert {row["label"]: row["matches"] for row in answer["rows"]} == {"山.txt": 30, "河/舟.txt": 0}
    assert answer["basis"]["judged"][0]["rejected"] == 2
    assert "2 of 32 lines judged: 2 rejected" in answer["basis"]["citation"]
    only = record(capfd, "dispersion", "水涨", texts, "--judged", file, "--codes", "!")
    assert [row["document"] for row in only["rows"]] == ["河/舟.txt"]
    lines = record(capfd, "concordance", "水涨", texts, "--judged", file)
    assert [row["code"] for row in lines["rows"]] == [None] * 30 + ["!"] * 2


def test_lines_judged_in_the_reader_count_in_the_shell(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    none = record(capfd, "concordance", "水涨", texts, "--judged", "reader")
    assert none["basis"]["judged"][0]["lines"] == 0
    lines = open_corpus(texts).concordance("水涨")
    data = UserData(default_path())
    data.judge(lines.judge(range(30), "!")[0])
    data.judge(lines.judge([30], "a")[0])
    data.close()
    answer = record(capfd, "clusters", "水涨", texts, "--size", "1", "--judged", "reader")
    assert {row["text"]: row["matches"] for row in answer["rows"]} == {"水涨了": 1, "水涨一": 1}
    assert answer["basis"]["judged"][0]["codes"] == {"a": 1}
    out, _ = printed(capfd, "concordance", "水涨", texts, "--judged", "reader", "--codes", "a")
    assert out.startswith("a ")
    assert "1 match (" in out


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--codes", "a"), "--codes needs --judged"),
        (("--judged", "lines.doc"), "lines.doc: judged lines are read from .csv"),
        (("--judged", "nowhere.csv"), "nowhere.csv: "),
    ],
)
def test_judgements_that_are_not_there_are_an_error(
    options: tuple[str, ...], why: str, texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, said = printed(capfd, "frequency", "水涨", texts, *options, status=2)
    assert why in said


def test_a_figure_is_written_as_a_picture(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = texts.parent / "涨.svg"
    _, said = printed(capfd, "frequency", "水涨", texts, "--by", "document", "--output", file)
    assert said == f"tuibrowser: the picture is in {file}\n"
    assert file.read_text(encoding="utf-8").startswith("<?xml")
    specification = texts.parent / "涨.vl.json"
    printed(capfd, "dispersion", "水涨", texts, "--output", specification)
    assert json.loads(specification.read_text(encoding="utf-8"))["$schema"].endswith("vega-lite/v5.json")
    out, _ = printed(capfd, "clusters", "水涨", texts, "--size", "1", "--format", "svg", "--limit", "1")
    assert "only the first 1 of 2 rows" in out
    out, _ = printed(capfd, "words", texts, "--format", "svg")
    assert "<title>these texts</title>" in out


def test_a_picture_that_cannot_be_made_is_refused(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, said = printed(capfd, "frequency", "水涨", texts, "--format", "png", status=2)
    assert "PNG needs --output FILE" in said
    _, said = printed(capfd, "concordance", "水涨", texts, "--output", "a.svg", status=2)
    assert "a.svg: name a format" in said


@pytest.mark.slow
def test_lines_are_those_of_a_scan_in_every_order_and_choice(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    letters = random.Random(5)
    paragraphs = ["山" + "".join(letters.choices("水涨漲船，山a", k=letters.randint(1, 14))) + "。" for _ in range(150)]
    file = home / "歌.txt"
    file.write_text("\n\n".join(paragraphs), encoding="utf-8")
    place = {"a": 1, "船": 2, "山": 3, "水": 4, "涨": 5, "漲": 5}  # letters, then chuan, shan, shui, zhang

    def beside(text: str) -> list[int]:
        return ([place[each] for each in text if each not in "，。"] + [0] * 4)[:4]

    found = [
        (number, paragraph[: match.start()], match.group(), paragraph[match.end() :])
        for number, paragraph in enumerate(paragraphs)
        for match in re.finditer("水[涨漲]", paragraph)
    ]

    def rows(*options: str) -> list[tuple[str, str, str]]:
        answer = record(capfd, "concordance", "水涨", file, *options)
        return [(row["left"], row["node"], row["right"]) for row in answer["rows"]]

    def cut(left: str, node: str, right: str, width: int) -> tuple[str, str, str]:
        return left[-width:], node, right[:width]

    assert len(found) > 20
    for width in (1, 3, 500):
        assert rows("--context", str(width)) == [cut(*each[1:], width) for each in found]
    by_right = sorted(found, key=lambda each: beside(each[3]))
    assert rows("--order", "right") == [each[1:] for each in by_right]
    assert rows("--order", "left") == [each[1:] for each in sorted(found, key=lambda each: beside(each[1][::-1]))]
    first = Counter(beside(each[3])[0] for each in found) | Counter({0: 0})
    first[0] = 0
    commonest = sorted(by_right, key=lambda each: (-first[beside(each[3])[0]], beside(each[3])))
    assert rows("--order", "neighbour") == [each[1:] for each in commonest]
    once = dict.fromkeys("|".join(cut(*each[1:], 2)).replace("漲", "涨") for each in by_right)
    lines = rows("--order", "right", "--context", "2", "--distinct")
    assert ["|".join(line).replace("漲", "涨") for line in lines] == list(once)
    sample = rows("--order", "right", "--sample", "9", "--seed", "3")
    whole = iter(each[1:] for each in by_right)
    assert len(sample) == 9
    assert all(line in whole for line in sample), "in the order of all lines"
    assert sample == rows("--order", "right", "--sample", "9", "--seed", "3")
    assert sample != rows("--order", "right", "--sample", "9", "--seed", "4")
    shuffled = rows("--order", "random", "--seed", "3")
    assert sorted(shuffled) == sorted(each[1:] for each in found)
    assert shuffled == rows("--order", "random", "--seed", "3") != rows("--order", "random", "--seed", "4")


def test_the_documents_behind_a_figure_are_listed_in_a_file(
    texts: Path, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (texts / "metadata.csv").write_text("path,author,genre\n山.txt,李,记\n", encoding="utf-8")
    basis = record(capfd, "frequency", "水涨", texts, "--by", "document", "--manifest", "all.json")["basis"]
    listed = json.loads((home / "all.json").read_text(encoding="utf-8"))
    assert listed["fingerprint"] == basis["fingerprint"]
    assert len(listed["documents"]) == 2
    printed(capfd, "words", texts, "--unit", "character", "--manifest", "all.csv")
    rows = list(csv.DictReader(io.StringIO((home / "all.csv").read_text(encoding="utf-8-sig"))))
    assert {(row["title"], row["author"], row["genre"]) for row in rows} == {("山", "李", "记"), ("舟", "", "")}
    for wrong in ("all.txt", "out.csv"):
        printed(capfd, "words", texts, "--unit", "character", "--output", "out.csv", "--manifest", wrong, status=2)


def test_a_figure_tells_what_share_of_it_rests_on_dates_that_nobody_declared(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    texts = home / "dated"
    texts.mkdir()
    for name, year in (("甲", 2019), ("乙", 2020), ("丙", 2019)):
        head = f"标题：{name}\n发布日期：{year}年3月5日\n来源：《河报》\n\n"
        (texts / f"{name}.txt").write_text(f"{head}山里的人听说水涨了，桥就没了。\n", encoding="utf-8")
    (texts / "metadata.csv").write_text("path,date\n丙.txt,2020-01-02\n", encoding="utf-8")
    found = "that the program found in the text or the file's name"
    for arguments, notes in (
        (("frequency", "水涨 date:2020", texts), [f"chosen by a date {found}: 1 document, 50% of the text"]),
        (("words", texts, "--unit", "character", "--within", "date:2020-01"), []),
        (("collocates", "水涨", texts), []),
    ):
        basis = record(capfd, *arguments)["basis"]
        assert [note for note in basis["notes"] if note.startswith("chosen by")] == notes
    notes = record(capfd, "keyness", "date:2019", texts, "--min", "1")["basis"]["notes"]
    assert f"chosen by a date {found}: 1 document, 100% of the text" in notes
    assert f"all others: chosen by a date {found}: 1 document, 50% of the text" in notes
    method = record(capfd, "concordance", "水涨", texts, "--order", "date")["basis"]["method"]
    assert method.endswith("for 67% of the matches")


def test_an_early_year_is_shown_as_people_write_it_and_kept_in_json(
    texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (texts / "metadata.csv").write_text("path,date\n山.txt,664\n", encoding="utf-8")
    lines, _ = printed(capfd, "frequency", "水涨", texts)
    assert [line.split()[0] for line in lines.splitlines()[1:2]] == ["664"]
    record, _ = printed(capfd, "frequency", "水涨", texts, "--json")
    assert [row["label"] for row in json.loads(record)["rows"]] == ["0664"]
