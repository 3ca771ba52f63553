"""The command line as a shell sees it: what it prints, to where, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from e2e.forking import forks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SPEECH = """標題：在質量工作會議上的講話
作者：李某
日期：2022-10-28 19:34:10
來源：質量報

一、高質量發展是首要任務

各部門要完整、準確、全面貫徹新發展理念，推動高質量發展取得新成效。
生態保護和修復，事關子孫後代。

二、以改革開放增強動力

改革開放只有進行時，沒有完成時。高質量發展離不開改革開放。
"""

LAW = """# 测试条例

## 第一章 总则

第一条 为了推动高质量发展，制定本条例。

## 第二章 附则

第二条 本条例自公布之日起施行。
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "法规").mkdir(parents=True)
    (folder / "講話.txt").write_text(SPEECH, encoding="utf-8")
    (folder / "法规" / "条例.md").write_text(LAW, encoding="utf-8")
    return folder


def tuibrowser(
    *arguments: str | Path,
    stdin: bytes = b"",
    status: int = 0,
    variables: dict[str, str] | None = None,
    folder: Path | None = None,
    said: Sequence[str] = (),
) -> str:
    """Run the program; return what it printed. It must end with `status`; at 2 stderr has one line.

    Otherwise its lines must begin with those of `said`: without any, nothing is on stderr.
    With `variables` of Python's own it is started for itself, else forked.
    """
    if variables is None:
        run = forks().run(arguments, os.environ, stdin, folder)
    else:
        command = (sys.executable, "-m", "tuibrowser", *arguments)
        run = subprocess.run(
            command, input=stdin, capture_output=True, env=os.environ | variables, cwd=folder, timeout=60, check=False
        )
    complaint = run.stderr.decode()
    assert run.returncode == status, complaint
    if status == 2:
        assert run.stdout == b""
        assert complaint.startswith("tuibrowser: ")
        assert complaint.count("\n") == 1
        return complaint
    begun = [f"tuibrowser: {each}" for each in said]
    assert [line[: len(start)] for line, start in zip_longest(complaint.splitlines(), begun, fillvalue="")] == begun
    return run.stdout.decode("utf-8")


def answers(
    *arguments: str | Path, stdin: bytes = b"", status: int = 0, said: Sequence[str] = ()
) -> list[dict[str, Any]]:
    printed = tuibrowser("search", "--json", *arguments, stdin=stdin, status=status, said=said)
    assert printed.endswith("\n")
    return [json.loads(line) for line in printed[:-1].split("\n")]


def outline_of(*arguments: str | Path, stdin: bytes = b"", status: int = 0) -> dict[str, Any]:
    outline: dict[str, Any] = json.loads(tuibrowser("outline", "--json", *arguments, stdin=stdin, status=status))
    return outline


def shown(*arguments: str | Path, stdin: bytes = b"") -> dict[str, Any]:
    record: dict[str, Any] = json.loads(tuibrowser("show", "--json", *arguments, stdin=stdin))
    return record


# search


def test_an_answer_has_exactly_the_fields_of_the_contract(texts: Path) -> None:
    (answer,) = answers("推動高質量發展", texts)
    assert list(answer) == ["query", "elapsed_ms", "total", "hits", "at_least", "bounds", "missing", "problems"]
    assert (answer["at_least"], answer["bounds"], answer["missing"], answer["problems"]) == (False, [], [], [])
    assert answer["query"] == "推動高質量發展"
    assert isinstance(answer["elapsed_ms"], float)
    assert answer["total"] >= 2
    exact = answer["hits"][0]
    assert list(exact) == [
        "document", "title", "author", "date", "section", "paragraph", "line",
        "lines", "text", "spans", "kind", "score", "count", "also", "locator", "work",
    ]  # fmt: skip
    assert exact["document"] == "講話.txt"
    assert exact["title"] == "在質量工作會議上的講話"
    assert exact["author"] == "李某"
    assert exact["date"] == "2022-10-28T19:34:10"
    assert exact["section"] == ["一、高質量發展是首要任務"]
    assert isinstance(exact["paragraph"], int)
    assert exact["line"] == 8
    assert exact["lines"] == [8, 8]
    assert exact["text"] == "各部門要完整、準確、全面貫徹新發展理念，推動高質量發展取得新成效。"
    assert exact["spans"] == [[20, 27]]
    assert exact["kind"] == "exact"
    assert isinstance(exact["score"], float)
    assert exact["count"] == 1
    assert exact["also"] == []


def test_hits_come_best_first_and_hold_the_match_to_the_character(texts: Path) -> None:
    (answer,) = answers("高质量发展", texts)
    assert [hit["score"] for hit in answer["hits"]] == sorted((hit["score"] for hit in answer["hits"]), reverse=True)
    kinds = {hit["kind"]: hit for hit in answer["hits"]}
    for kind, wanted in (("exact", "高质量发展"), ("variant", "高質量發展")):
        start, end = kinds[kind]["spans"][0]
        assert kinds[kind]["text"][start:end] == wanted


def test_the_text_of_a_hit_is_repaired_and_its_line_is_that_of_the_raw_text() -> None:
    (answer,) = answers("現場會 2022 年度第四場", said=["no PATH: searching the texts that come with the program"])
    hit = answer["hits"][0]
    record = shown()
    line = record["raw"].split("\n")[hit["line"] - 1]
    (start, end), *_ = hit["spans"]
    assert hit["text"][start:end] == "現場會 2022 年度第四場"
    assert "現(xiàn)場會 2022 年度第四場" in line
    assert "(xiàn)" not in hit["text"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_whatever_ends_them(tmp_path: Path, ending: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(ending.join(["第一行。", "", "第三行\f有换页。", "第四\u2028行。", "第五行有目标。", ""]).encode())
    (answer,) = answers("有目标", file)
    assert (answer["hits"][0]["document"], answer["hits"][0]["line"]) == ("a.txt", 5)
    assert answer["hits"][0]["lines"][1] == 5


def test_a_hit_in_a_joined_paragraph_has_the_line_it_begins_in(tmp_path: Path) -> None:
    paragraphs = [
        (
            "却说那山中有一座古寺，寺里住着一位老僧，每日清晨便起来扫地焚香，诵经礼佛，从不懈怠。山下的村民敬他年高德劭，逢年"
            "过节总要送些米粮上来。这一年大旱，田里颗粒无收，老僧便把寺中的存粮尽数散与村民，自己只以野菜充饥。"
        ),
        (
            "来年风调雨顺，村民们感念他的恩德，合力重修了寺门，又在门前立了一块石碑，把这件事的前后经过都刻在上面，好让后来的人"
            "知道。老僧却说不必如此，粮食本是十方施主所赐，不过是借他的手还给众人罢了。"
        ),
    ]
    wrapped = [[text[at : at + 32] for at in range(0, len(text), 32)] for text in paragraphs]
    (tmp_path / "a.txt").write_text("\n\n".join(map("\n".join, wrapped)) + "\n", encoding="utf-8")
    second = len(wrapped[0]) + 2
    wanted = wrapped[1][1][-3:] + wrapped[1][2][:3]
    (answer,) = answers(wanted, tmp_path)
    hit = answer["hits"][0]
    assert hit["line"] == second + 1
    assert hit["lines"] == [second, second + len(wrapped[1]) - 1]
    assert [hit["text"][start:end] for start, end in hit["spans"]] == [wanted]


def test_a_long_paragraph_is_cut_around_its_match(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("天地玄黄。" * 2000 + "独一无二" + "宇宙洪荒。" * 2000, encoding="utf-8")
    (answer,) = answers("独一无二", tmp_path)
    hit = answer["hits"][0]
    (start, end), *_ = hit["spans"]
    assert len(hit["text"]) == 2000
    assert hit["text"][start:end] == "独一无二"
    assert start > 500
    assert (hit["line"], hit["lines"]) == (1, [1, 1])


def test_every_line_of_a_batch_gets_its_answer_in_order(texts: Path) -> None:
    batch = "高质量发展\r\n\n改革开放\n查无此句甲乙丙丁\n最后".encode()
    said = ["查无此句甲乙丙丁: nothing like 查无此句甲乙丙丁; tried ", "最后: nothing like 最后; tried "]
    found = answers("--batch", "-", texts, stdin=batch, said=said)
    assert [answer["query"] for answer in found] == ["高质量发展", "", "改革开放", "查无此句甲乙丙丁", "最后"]
    assert found[1]["total"] == 0
    assert found[1]["hits"] == []


def test_a_batch_may_be_a_file_with_a_byte_order_mark_and_bytes_that_are_no_utf_8(texts: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    file.write_bytes(b"\xef\xbb\xbf" + "改革开放\n".encode() + b"\xb8\xdf\n" + "a\u2028b\x0bc\n".encode())
    said = ["\ufffd\ufffd: nothing like \ufffd\ufffd; tried ", "a\u2424b\u240bc: nothing has all of a b c; tried "]
    found = answers("--batch", file, texts, said=said)
    assert [answer["query"] for answer in found] == ["改革开放", "\ufffd\ufffd", "a\u2028b\x0bc"]


def test_an_empty_batch_has_no_answers_and_found_nothing(texts: Path) -> None:
    assert tuibrowser("search", "--json", "--batch", "-", texts, status=1) == ""


def test_answers_of_a_batch_come_while_queries_still_arrive(texts: Path) -> None:
    command = [sys.executable, "-m", "tuibrowser", "search", "--json", "--batch", "-", str(texts)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for query in ("改革开放", "高质量"):
            process.stdin.write(query.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["query"] == query
        process.stdin.close()
    assert process.returncode == 0


def test_the_limit_bounds_the_hits_and_not_the_total(texts: Path) -> None:
    (answer,) = answers("高质量发展", texts, "--limit", "1")
    assert len(answer["hits"]) == 1
    assert answer["total"] == 4


def test_the_status_says_whether_anything_was_found(texts: Path) -> None:
    nothing = "查无此句甲乙丙丁"
    assert "nothing found" in tuibrowser("search", nothing, texts, status=1)
    tuibrowser("search", "", texts, status=1)
    said = [f"{nothing}: nothing like {nothing}; tried "]
    answers("--batch", "-", texts, stdin=f"{nothing}\n\n".encode(), status=1, said=said)
    answers("--batch", "-", texts, stdin=f"{nothing}\n改革\n".encode(), status=0, said=said)


def test_people_get_counts_and_then_a_line_a_hit(texts: Path) -> None:
    printed = tuibrowser("search", "推動高質量發展", texts)
    counts, first, *_ = printed.split("\n")
    assert re.match(r"\d matches in 2 documents: exact 1, variant 1\b", counts)
    assert first == (
        "講話.txt:8: [一、高質量發展是首要任務] 各部門要完整、準確、全面貫徹新發展理念，推動高質量發展取得新成效。"
    )
    assert "\x1b" not in printed


def test_people_are_told_that_a_limit_hides_something(texts: Path) -> None:
    assert "the best 1 follow (--limit)" in tuibrowser("search", "高质量发展", texts, "--limit", "1")


def test_people_see_which_answer_of_a_batch_is_which(texts: Path) -> None:
    printed = tuibrowser("search", "--batch", "-", texts, stdin="改革\n查无此句甲乙丙丁\n".encode())
    assert printed.startswith("改革: ")
    assert "\n查无此句甲乙丙丁: nothing found\n" in printed


def test_controls_in_a_text_or_a_query_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("标题\x1b]0;偷换\x07在此\x9b2J。\u202e反\n", encoding="utf-8")
    for arguments in (["search", "在此"], ["search", "--json", "在此"], ["outline"], ["show"], ["show", "--json"]):
        printed = tuibrowser(*arguments, file)
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(printed)
    assert "\x1b" not in tuibrowser("search", "--batch", "-", file, stdin=b"\x1b[31m\n", status=1)


def test_names_are_made_unique_by_their_path(tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "文.txt").write_text(f"{folder}处的独一无二。\n", encoding="utf-8")
    (answer,) = answers("独一无二", tmp_path / "甲", tmp_path / "乙")
    assert {hit["document"] for hit in answer["hits"]} == {"甲/文.txt", "乙/文.txt"}
    documents = outline_of(tmp_path / "甲", tmp_path / "乙")["documents"]
    assert [document["document"] for document in documents] == ["甲/文.txt", "乙/文.txt"]


# outline


def test_an_outline_has_exactly_the_fields_of_the_contract(texts: Path) -> None:
    (texts / "图.pdf").write_bytes(b"%PDF-1.4\n")
    found = outline_of(texts)
    assert list(found) == ["documents", "problems"]
    documents = {document["document"]: document for document in found["documents"]}
    assert set(documents) == {"法规/条例.md", "講話.txt"}
    speech = documents["講話.txt"]
    assert list(speech) == [
        "document", "work", "format", "title", "author", "date", "publisher", "source", "encoding", "script", "fields",
        "characters", "headings", "problems",
    ]  # fmt: skip
    assert (speech["work"], speech["title"]) == (None, "在質量工作會議上的講話")
    assert (speech["author"], speech["date"]) == ("李某", "2022-10-28T19:34:10")
    assert (speech["publisher"], speech["source"]) == (None, "質量報")
    assert (speech["encoding"], speech["script"], speech["characters"]) == ("utf-8", "Hant", len(SPEECH))
    assert speech["headings"] == [
        {"level": 1, "title": "一、高質量發展是首要任務", "kind": "section", "line": 6},
        {"level": 1, "title": "二、以改革開放增強動力", "kind": "section", "line": 11},
    ]
    assert speech["problems"] == []
    law = documents["法规/条例.md"]
    assert law["title"] == "测试条例"
    assert [heading["title"] for heading in law["headings"] if heading["kind"] == "section"] == [
        "第一章 总则",
        "第二章 附则",
    ]
    (problem,) = found["problems"]
    assert list(problem) == ["path", "reason"]
    assert problem["path"].endswith("图.pdf")


def test_damaged_bytes_are_named_among_the_problems_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes("好的开头，".encode() + b"\xff\xfe" + "好的结尾。\n".encode() * 20)
    (document,) = outline_of("--encoding", "utf-8", tmp_path)["documents"]
    assert document["problems"]
    assert all(list(problem) == ["kind", "detail"] for problem in document["problems"])


def test_people_get_an_indented_tree(texts: Path) -> None:
    printed = tuibrowser("outline", texts)
    assert "法规/\n  条例.md  测试条例  Hans, utf-8" in printed
    assert "\n     6   一、高質量發展是首要任務\n" in printed


def test_a_folder_without_texts_has_nothing_to_outline(tmp_path: Path) -> None:
    problem = {"path": str(tmp_path), "reason": "no file in it"}
    assert outline_of(tmp_path, status=1) == {"documents": [], "problems": [problem]}


def test_without_a_path_the_seeds_are_outlined() -> None:
    (document,) = outline_of()["documents"]
    assert document["document"] == "000_6d9b2b8aff04b9d5.txt"
    assert len(document["headings"]) == 7


# show


def test_a_shown_text_has_the_fields_of_its_outline_and_its_repairs() -> None:
    record = shown()
    (outlined,) = outline_of()["documents"]
    assert list(record) == [*outlined, "origins", "raw", "text", "edits"]
    assert record["origins"]["title"] == "text"
    assert {key: record[key] for key in outlined} == outlined
    certain = [edit for edit in record["edits"] if edit["certain"]]
    assert Counter(edit["rule"] for edit in certain) == {"stray-pinyin": 118, "unconverted": 62}
    assert [edit["rule"] for edit in record["edits"] if not edit["certain"]] == ["mojibake"] * 2
    for edit in record["edits"]:
        assert list(edit) == ["start", "end", "original", "replacement", "rule", "certain"]
        assert record["raw"][edit["start"] : edit["end"]] == edit["original"]
    assert "(fā)" in record["raw"]
    assert "(fā)" not in record["text"]
    assert "黨員、干部" in record["raw"]
    assert "黨員、幹部" in record["text"]


def test_a_text_is_shown_one_paragraph_a_line_in_the_script_asked_for(texts: Path) -> None:
    speech = texts / "講話.txt"
    assert "\n改革開放只有進行時，沒有完成時。高質量發展離不開改革開放。\n" in tuibrowser("show", speech)
    assert "\n改革开放只有进行时，没有完成时。高质量发展离不开改革开放。\n" in tuibrowser(
        "show", speech, "--script", "hans"
    )
    assert "測試條例" in tuibrowser("show", texts / "法规" / "条例.md", "--script", "s2tw")


def test_the_raw_text_is_verbatim(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = "一、\x1b[31m红\r\n\r\n二、\u202e黑\t\x00\r三、完"
    file.write_bytes(text.encode("gb18030"))
    assert tuibrowser("show", "--raw", "--encoding", "gb18030", file) == text
    assert shown("--raw", "--encoding", "gb18030", file)["raw"] == text


def test_a_width_sets_the_text(texts: Path) -> None:
    lines = tuibrowser("show", texts / "講話.txt", "--width", "20").split("\n")
    assert max(sum(1 if mark.isascii() else 2 for mark in line) for line in lines) == 20
    assert not any(line.startswith(("，", "。", "、")) for line in lines)


def test_of_a_file_of_records_one_has_to_be_named(tmp_path: Path) -> None:
    (tmp_path / "渡口.jsonl").write_text(
        '{"title": "甲", "text": "江水東流。"}\n{"title": "乙", "text": "山中多雨。"}\n', "utf-8"
    )
    complaint = tuibrowser("show", tmp_path / "渡口.jsonl", status=2)
    assert "holds 2 documents: show takes one of them" in complaint
    assert tuibrowser("show", tmp_path / "渡口.jsonl" / "2") == "山中多雨。\n"


def test_standard_input_is_shown_and_searched_and_outlined() -> None:
    text = "第一行。\n独一无二的第二行。\n".encode("gb18030")
    assert "独一无二的第二行。\n" in tuibrowser("show", "-", stdin=text)
    assert shown("-", stdin=text)["encoding"] == "gb18030"
    (answer,) = answers("独一无二", "-", stdin=text)
    assert answer["hits"][0]["line"] == 2
    assert len(outline_of("-", stdin=text)["documents"]) == 1


# errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--no-such-option"], "unknown option --no-such-option"),
        (["search"], "what to search for is missing"),
        (["search", "高", "--limit", "0"], "--limit takes a whole number from 1"),
        (["search", "高", "--limit", "ten"], "--limit takes a whole number from 1"),
        (["search", "高", "nowhere"], "no such file or folder: nowhere"),
        (["search", "高", "--encoding", "klingon"], "unknown encoding"),
        (["search", "--batch", "nowhere"], "cannot read the batch nowhere: no such file"),
        (["search", "--batch", "."], "cannot read the batch .: is a directory"),
        (["search", "--batch", "-", "-"], "cannot be both"),
        (["outline", "nowhere"], "no such file or folder: nowhere"),
        (["outline", "--width", "5"], "unknown option --width"),
        (["show", "nowhere"], "no such file or folder: nowhere"),
        (["show", "."], "is a folder"),
        (["show", "a", "b"], "show takes one file"),
        (["show", "--script", "klingon"], "unknown script 'klingon'; known are original, hans, hant, "),
        (["show", "--width", "-3"], "--width takes a whole number from 1"),
        (["show", "-"], "nothing on standard input"),
        (["completion"], "name one shell: bash, zsh, fish"),
        (["completion", "tcsh"], "name one shell: bash, zsh, fish"),
        (["nowhere"], "no such file or folder: nowhere"),
        (["no\nwhere\x1b[2J"], "no such file or folder: no where"),
        (["+5", "+6"], "only one of +5 and +6"),
        (["search", "高", "--limit", "1  0"], "not '1  0'; see tuibrowser search --help"),
        (["--lean", "o  n"], "not 'o  n'; see tuibrowser --help"),
    ],
)
def test_an_error_is_one_line_that_says_what_is_wrong(tmp_path: Path, arguments: list[str], words: str) -> None:
    complaint = tuibrowser(*arguments, status=2, folder=tmp_path)
    assert words in complaint
    assert "\x1b" not in complaint


def test_a_file_that_is_no_text_is_an_error_to_show(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7\n\x00\x01")
    assert "a.pdf" in tuibrowser("show", file, status=2)


# the shell around it


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("很长的一行文字，读到这里就够了。\n\n" * 50_000, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "tuibrowser", "show", str(tmp_path / "a.txt")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_output_that_cannot_be_written_is_an_error() -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "tuibrowser", "show"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert run.returncode == 2
    assert run.stderr == b"tuibrowser: No space left on device\n"


@pytest.fixture
def _interrupts() -> Iterator[None]:
    """Programs started here heed an interrupt, also where the tests run in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interrupts")
def test_an_interrupt_ends_it_in_silence(texts: Path) -> None:
    command = [sys.executable, "-m", "tuibrowser", "search", "--json", "--batch", "-", str(texts)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write("改革\n".encode())
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
    assert process.returncode == 130


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"},
    ],
)
def test_the_locale_changes_nothing(texts: Path, variables: dict[str, str]) -> None:
    for arguments in (["search", "改革開放"], ["outline"]):
        assert tuibrowser(*arguments, texts, variables=variables) == tuibrowser(*arguments, texts)
    assert tuibrowser("show", variables=variables) == tuibrowser("show")


def test_the_help_teaches_by_example_and_loads_nothing_heavy() -> None:
    for arguments in ([], ["search"], ["outline"], ["show"], ["completion"]):
        printed = tuibrowser(*arguments, "--help")
        assert "Examples\n  # " in printed
        assert max(map(len, printed.split("\n"))) <= 100
    assert tuibrowser("--version") == "tuibrowser 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"textual", "rich", "numpy", "opencc", "jieba", "pypinyin", "rapidfuzz", "tuibrowser.api"}),
        (["--version"], {"textual", "rich", "numpy", "opencc", "jieba", "pypinyin", "rapidfuzz"}),
        (["outline"], {"textual", "rich", "numpy", "jieba", "pypinyin", "rapidfuzz"}),
        (["show"], {"textual", "rich", "numpy", "jieba", "pypinyin", "rapidfuzz"}),
        (["search", "改革"], {"textual", "rich", "pypinyin"}),
    ],
)
def test_a_command_loads_only_what_it_needs(arguments: list[str], unwanted: set[str]) -> None:
    script = (
        "import sys; from tuibrowser.cli.run import run; status = run(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(status)"
    )
    run = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, check=False)
    assert run.returncode in (0, 1)
    assert unwanted & set(run.stderr.decode().split()) == set()


def test_importing_the_package_loads_none_of_its_rooms() -> None:
    script = "import sys, tuibrowser; print(*[name for name in sys.modules if name.startswith('tuibrowser.')])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert run.stdout.split() == []


def on_a_terminal(*arguments: str, variables: dict[str, str] | None = None) -> str:
    """What the program prints where standard output is a terminal."""
    parent, child = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "tuibrowser", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=child,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"TERM": "xterm-256color", "NO_COLOR": ""} | (variables or {}),
    ):
        os.close(child)
        printed = bytearray()
        ends = time.monotonic() + 30
        while time.monotonic() < ends:
            try:
                printed += os.read(parent, 65_536)
            except OSError:
                break
    os.close(parent)
    return printed.decode("utf-8").replace("\r\n", "\n")


def test_matches_are_coloured_on_a_terminal_unless_colours_are_unwanted(texts: Path) -> None:
    assert "\x1b[1;31m改革開放\x1b[0m" in on_a_terminal("search", "改革開放", str(texts))
    for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_a_terminal("search", "改革開放", str(texts), variables=variables)


def test_the_raw_text_is_escaped_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("红\x1b[31m色\n\u202e反\n", encoding="utf-8")
    assert on_a_terminal("show", "--raw", str(tmp_path / "a.txt")) == "红\\x1b[31m色\n\\u202e反\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command_and_option(shell: str) -> None:
    script = tuibrowser("completion", shell)
    for word in ("search", "outline", "show", "doctor", "send", "completion", "batch", "script", "s2twp", "gb18030"):
        assert word in script


def test_bash_completes_commands_options_and_scripts() -> None:
    script = tuibrowser("completion", "bash") + (
        'try() { COMP_WORDS=(tuibrowser "$@"); COMP_CWORD=$#; _tuibrowser; echo "${COMPREPLY[*]}"; }\n'
        "try out; try search --l; try show --script han; try completion ''"
    )
    run = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert run.stdout.decode().split("\n")[:4] == ["outline", "--limit", "hans hant", "bash zsh fish"]
    assert run.stderr == b""
