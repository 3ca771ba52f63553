from __future__ import annotations

import os
from pathlib import Path

import pytest

from tuibrowser.cli.errors import CommandError
from tuibrowser.cli.line.commands import READ
from tuibrowser.cli.line.grammar import parse
from tuibrowser.cli.read import start_request
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.piped import Piped
from tuibrowser.tui.start import StartRequest
from tuibrowser.userdata.model import RecentCorpus
from tuibrowser.userdata.store import UserData


@pytest.fixture(autouse=True)
def _texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tuibrowser.userdata.store.default_path", lambda: tmp_path / "none.db")
    for name in ("文.txt", "search", "+5", "-x"):
        Path(name).write_text("一行\n二行\n", encoding="utf-8")


def asked(*line: str) -> StartRequest:
    return start_request(parse(READ, line))


def test_without_a_path_the_seeds_are_opened() -> None:
    assert asked() == StartRequest()


def test_a_line_or_a_query_says_where_to_begin() -> None:
    assert asked("+120", "文.txt") == StartRequest(("文.txt",), line=120)
    assert asked("文.txt", "+/高质量 发展") == StartRequest(("文.txt",), query="高质量 发展")
    assert asked("+0").line == 1


def test_after_two_dashes_everything_is_a_path() -> None:
    assert asked("--", "+5", "-x", "search") == StartRequest(("+5", "-x", "search"))
    assert asked("./+5") == StartRequest(("./+5",))


def test_a_shared_index_may_be_named() -> None:
    assert asked("--index-dir", "索引", "文.txt").index_dir == "索引"
    assert asked("文.txt").index_dir is None


def test_the_name_of_an_encoding_is_checked() -> None:
    assert asked("--encoding", "GBK", "文.txt").encoding == "gbk"
    for name in ("klingon", "", "base64", "rot13"):
        with pytest.raises(CorpusError, match="unknown encoding"):
            asked("--encoding", name, "文.txt")


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    near, far = os.pipe()
    os.write(far, "文".encode())
    os.close(far)
    monkeypatch.setattr("tuibrowser.cli.read.Piped.at", lambda path: Piped(lambda: near))
    asked_for = asked("-", "+3")
    assert (asked_for.paths, asked_for.line) == (("-",), 3)
    assert asked_for.piped["-"].data() == "文".encode()


def test_pipes_that_are_named_are_read_like_standard_input(tmp_path: Path) -> None:
    near, far = os.pipe()
    os.write(far, "文".encode())
    os.close(far)
    named = tmp_path / "pipe"
    os.mkfifo(named)
    writer = os.open(named, os.O_RDWR)
    os.write(writer, "又一文".encode())
    piped = asked(f"/dev/fd/{near}", str(named)).piped
    assert [(each.data().decode(), each.is_over) for each in piped.values()] == [("文", True), ("又一文", False)]
    for end in (near, writer):
        os.close(end)


def test_a_reference_opens_its_file() -> None:
    assert asked("文.txt#2:0-1@0123abcd") == StartRequest(("文.txt",), reference="文.txt#2:0-1@0123abcd")
    assert asked("./文.txt#2").reference == "文.txt#2"


def test_a_reference_may_be_of_a_document_in_a_folder_that_is_named_too() -> None:
    assert asked("年/文.txt#2", "search") == StartRequest(("search",), reference="年/文.txt#2")


def test_a_file_whose_name_looks_like_a_reference_is_a_file() -> None:
    Path("文.txt#2").write_text("三行\n", encoding="utf-8")
    assert asked("文.txt#2") == StartRequest(("文.txt#2",))
    assert asked("文.txt#2#1") == StartRequest(("文.txt#2",), reference="文.txt#2#1")
    assert asked("文.txt#1").reference == "文.txt#1"


def test_a_document_is_looked_for_in_the_corpora_opened_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = tmp_path / "state.db"
    monkeypatch.setattr("tuibrowser.userdata.store.default_path", lambda: state)
    for name in ("甲", "乙"):
        (tmp_path / name / "年").mkdir(parents=True)
        (tmp_path / name / "年" / f"{name}.txt").write_text("一\n", encoding="utf-8")
    data = UserData(state)
    for name in ("甲", "乙"):
        data.add_corpus(RecentCorpus((str(tmp_path / name),), "gbk"))
    data.add_corpus(RecentCorpus((str(tmp_path / "乙" / "年" / "乙.txt"),)))
    data.close()
    assert asked("年/甲.txt#1") == StartRequest((str(tmp_path / "甲"),), "gbk", reference="年/甲.txt#1")
    assert asked("甲/年/甲.txt#1", "--encoding", "big5").encoding == "big5"
    assert asked("乙.txt#1").paths == (str(tmp_path / "乙" / "年" / "乙.txt"),)
    with pytest.raises(CommandError, match="no such file, nor a document"):
        asked("年/丙.txt#1")


def test_a_member_of_a_container_is_opened_and_a_reference_opens_its_container(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "詩").mkdir()
    (tmp_path / "詩" / "渡口.jsonl").write_text('{"title": "一", "content": "江水東流。"}\n' * 3, encoding="utf-8")
    assert asked("詩/渡口.jsonl/2", "+3") == StartRequest(("詩/渡口.jsonl/2",), line=3)
    opened = StartRequest(("詩/渡口.jsonl",), reference="渡口.jsonl/2#1:0-2@0123abcd")
    assert asked("詩/渡口.jsonl/2#1:0-2@0123abcd") == opened
    state = tmp_path / "state.db"
    monkeypatch.setattr("tuibrowser.userdata.store.default_path", lambda: state)
    data = UserData(state)
    data.add_corpus(RecentCorpus((str(tmp_path / "詩" / "渡口.jsonl"),)))
    assert asked("渡口.jsonl/2#1").paths == (str(tmp_path / "詩" / "渡口.jsonl"),)
    data.add_corpus(RecentCorpus((str(tmp_path / "詩"),)))
    data.close()
    assert asked("渡口.jsonl/2#1").paths == (str(tmp_path / "詩"),)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["文.txt/3"], "no such file or folder: 文.txt/3"),
        (["nowhere.txt#3"], "no such file, nor a document of a corpus opened lately: nowhere.txt"),
        (["--", "文.txt#3"], "no such file or folder: 文.txt#3"),
        (["文.txt#3", "+3"], "only one of 文.txt#3 and \\+3"),
        ([".#3"], "is a folder"),
        (["nowhere.txt"], "no such file or folder: nowhere.txt"),
        ([""], "no such file or folder: ''"),
        (["a\0b"], "no such file or folder"),
        (["+x"], "no such file or folder: \\+x"),
        (["+3", "+/高"], "only one of \\+3 and \\+/高"),
        (["+/"], "needs a query"),
        (["-", "文.txt"], "opened by itself"),
    ],
)
def test_what_cannot_be_opened_is_named(line: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        asked(*line)


def test_how_the_terminal_is_written_to_may_be_said() -> None:
    assert asked("--lean", "off", "文.txt") == StartRequest(("文.txt",), lean="off")
    with pytest.raises(CommandError, match="one of auto, on, off"):
        asked("--lean", "never")


def test_a_file_that_grows_is_followed_as_in_less(tmp_path: Path) -> None:
    file = tmp_path / "日誌.txt"
    file.write_text("行\n", encoding="utf-8")
    request = start_request(parse(READ, ["+F", str(file)]))
    assert (request.follow, request.line, request.query, request.paths) == (True, None, None, (str(file),))
    assert not start_request(parse(READ, [str(file)])).follow
