"""Commands print the same whether a server has the texts or not, and ask it where it has them."""

from __future__ import annotations

import re
import socket
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from support.serving import serving_at
from tuibrowser import open_corpus
from tuibrowser.cli.run import run
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.machines.finding import find_served
from tuibrowser.search.machines.library import Library
from tuibrowser.search.machines.places import own_folder, socket_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.serving import Running

_TIME = re.compile(r'"elapsed_ms": ?[0-9.]+')


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "子").mkdir(parents=True)
    (folder / "甲.md").write_text("# 江水\n\n江水漫漫，高質量發展。\n\n## 二\n\n推動高質量發展。\n", encoding="utf-8")
    (folder / "子" / "乙.txt").write_text("人们说高质量发展是首要任务，推動高質量發展。\n", encoding="utf-8")
    return folder


@pytest.fixture
def running(texts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    with TemporaryDirectory() as short:
        monkeypatch.setenv("XDG_RUNTIME_DIR", short)
        monkeypatch.delenv("TUIBROWSER_SERVER", raising=False)
        library = Library([str(texts)], None, None, Listener(), "a test")
        own_folder().mkdir()
        with serving_at(lambda: library.current, own_folder() / socket_name([str(texts)], None)) as running:
            yield running


@pytest.mark.parametrize(
    "command",
    [
        ("search", "高质量"),
        ("search", "gaozhiliang", "--json"),
        ("concordance", "高质量", "--format", "json"),
        ("collocates", "高质量"),
        ("keyness", "in:子", "--min", "1"),
        ("frequency", "高质量", "--by", "document"),
        ("dispersion", "高质量"),
        ("words",),
        ("parallels", "推动高质量发展"),
        ("reuse", "乙.txt", "--min", "5"),
        ("outline",),
        ("outline", "--json"),
        ("info",),
    ],
    ids=" ".join,
)
def test_a_command_prints_the_same(
    running: Running,
    texts: Path,
    command: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    status = run([*command, str(texts)])
    asked = capsys.readouterr()
    came = sum(" came" in line for line in running.log)
    monkeypatch.setenv("TUIBROWSER_SERVER", "off")
    assert run([*command, str(texts)]) == status == 0, asked.err
    own = capsys.readouterr()
    assert _TIME.sub("", asked.out) == _TIME.sub("", own.out)
    assert asked.err == own.err
    assert (came, sum(" came" in line for line in running.log)) == (1, 1)


def test_a_command_that_takes_single_files_reads_them_itself(
    running: Running, texts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUIBROWSER_SERVER", str(running.path))
    one, other = str(texts / "甲.md"), str(texts / "子" / "乙.txt")
    assert run(["show", other]) == 0
    assert capsys.readouterr().out == "人们说高质量发展是首要任务，推動高質量發展。\n"
    assert run(["collate", one, other]) == 0
    assert "differences" in capsys.readouterr().out
    assert not any(" came" in line for line in running.log)


def test_the_library_asks_the_server_unless_told_otherwise(running: Running, texts: Path) -> None:
    asked, own = open_corpus(texts), open_corpus(texts, server=False)
    assert [each.text for each in asked.search("高质量")] == [each.text for each in own.search("高质量")]
    assert list(asked.documents) == list(own.documents)
    assert sum(" came" in line for line in running.log) == 1


def test_no_server_is_asked_for_other_texts_or_another_encoding(running: Running, texts: Path) -> None:
    assert find_served([str(texts)], None) is not None
    assert find_served([str(texts / "甲.md")], None) is None
    assert find_served([str(texts)], "big5hkscs") is None
    assert find_served([str(texts)], None, {"TUIBROWSER_SERVER": "off"}) is None


def test_a_server_that_is_named_must_have_these_texts(running: Running, texts: Path) -> None:
    named = {"TUIBROWSER_SERVER": str(running.path)}
    assert find_served([str(texts)], None, named) is not None
    with pytest.raises(CorpusError, match="other texts"):
        find_served([str(texts / "子")], None, named)
    with pytest.raises(CorpusError, match="no server that may be trusted"):
        find_served([str(texts)], None, {"TUIBROWSER_SERVER": str(texts)})


def test_a_server_that_hangs_is_left_alone(running: Running, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.machines.line.GREETING", 0.05)
    running.stop()
    with socket.socket(socket.AF_UNIX) as hanging:
        hanging.bind(str(running.path))
        hanging.listen()
        assert find_served([str(texts)], None) is None


def test_doctor_tells_of_the_server(running: Running, texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    assert f"a test: 2 documents in {texts}" in capsys.readouterr().out.replace("\n", "")


def test_doctor_tells_of_a_server_that_does_not_answer(running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    running.stop()
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(running.path))
    assert run(["doctor"]) == 0
    assert "nothing answers at" in capsys.readouterr().out


def test_doctor_tells_of_a_server_that_is_named_and_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUIBROWSER_SERVER", str(tmp_path / "gone.sock"))
    assert run(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "nothing answers at" in told
    assert "belongs to another user" not in told
