from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from tuibrowser.cli.catalogue import READ
from tuibrowser.cli.errors import CommandError
from tuibrowser.cli.grammar import parse
from tuibrowser.cli.read import start_request
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.start import StartRequest


@pytest.fixture(autouse=True)
def _texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
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
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO("文".encode())))
    assert asked("-", "+3") == StartRequest(("-",), line=3, stdin="文".encode())


@pytest.mark.parametrize(
    ("line", "words"),
    [
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
