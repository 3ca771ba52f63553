"""The index command as a shell and a program see it, and the commands that use what it keeps."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from e2e.forking import forks
from e2e.harness import until
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.search.index.places import folder_of, make_folder
from tuibrowser.search.index.store import locked

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPH = "各部門要完整、準確、全面貫徹新發展理念，推動高質量發展取得新成效，第{}次會議如此說。\n\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A corpus just large enough to be worth an index."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(20):
        text = "".join(PARAGRAPH.format(number * 1000 + line) for line in range(900))
        folder.joinpath(f"講話{number}.txt").write_text(f"一、開頭\n\n{text}", encoding="utf-8")
    folder.joinpath("獨.txt").write_text("獨一無二之文。\n", encoding="utf-8")
    return folder


@pytest.fixture
def shell(variables: dict[str, str]) -> Shell:
    return Shell(variables | {"PYTHONPATH": os.environ.get("PYTHONPATH", "")})


class Shell:
    """A user with a cache of their own."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.variables = variables

    def run(self, *arguments: str | Path, status: int = 0) -> tuple[str, str]:
        """What the program prints on standard output and standard error; it must end with `status`."""
        done = forks().run(arguments, self.variables)
        assert done.returncode == status, done.stderr.decode()
        return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def hits(self, *arguments: str | Path, status: int = 0) -> list[dict[str, Any]]:
        out, err = self.run("search", "--json", *arguments, status=status)
        assert (": nothing like " in err) if status else (err == "")
        hits: list[dict[str, Any]] = json.loads(out)["hits"]
        return hits

    def events(self, *arguments: str | Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run("index", "--json", *arguments)[0].splitlines()]

    def manifest(self) -> Path:
        (found,) = self.cache.glob("*/manifest.json")
        return found

    @property
    def cache(self) -> Path:
        from pathlib import Path

        return Path(self.variables["XDG_CACHE_HOME"]) / "tuibrowser" / "index"


def test_people_are_told_what_was_done(texts: Path, shell: Shell) -> None:
    out, err = shell.run("index", texts)
    assert out.startswith("21 documents, 2.")
    assert "indexed in" in out
    assert err == ""
    assert "up to date" in shell.run("index", texts)[0]


def test_one_document_is_not_many(texts: Path, shell: Shell) -> None:
    one = min(texts.rglob("*.txt"))
    assert shell.run("index", one)[0].startswith("1 document, ")
    assert " characters" in shell.run("outline", one)[0]


def test_programs_are_told_how_far_it_is(texts: Path, shell: Shell) -> None:
    *progress, done = shell.events(texts)
    assert {event["event"] for event in progress} == {"progress"}
    assert (progress[-1]["done"], progress[-1]["total"]) == (21, 21)
    assert (done["event"], done["changed"], done["documents"], done["left_out"]) == ("done", True, 21, 0)
    assert done["bytes"] > 1_000_000
    again = shell.events(texts)
    assert [event["event"] for event in again] == ["done"]
    assert not again[0]["changed"]


def test_searching_uses_the_index_and_keeps_it_up_to_date(texts: Path, shell: Shell) -> None:
    first = shell.hits("獨一無二", texts)
    assert [(hit["document"], hit["line"], hit["text"]) for hit in first] == [("獨.txt", 1, "獨一無二之文。")]
    built = shell.manifest().read_bytes()
    assert shell.hits("獨一無二", texts) == first
    assert shell.manifest().read_bytes() == built
    texts.joinpath("獨.txt").write_text("前言。\n\n獨一無二之文。\n", encoding="utf-8")
    assert [hit["line"] for hit in shell.hits("獨一無二", texts)] == [3]
    assert shell.manifest().read_bytes() != built
    texts.joinpath("獨.txt").unlink()
    assert shell.hits("獨一無二之文", texts, status=1) == []


def test_the_outline_is_the_same_from_the_index(texts: Path, shell: Shell) -> None:
    read, _ = shell.run("outline", "--json", texts)
    assert not shell.cache.exists()
    shell.run("index", texts)
    assert shell.run("outline", "--json", texts)[0] == read


def test_a_damaged_index_is_said_and_built_again(texts: Path, shell: Shell) -> None:
    shell.run("index", texts)
    (codes,) = shell.cache.glob("*/*/s0.codes.npy")
    codes.write_bytes(codes.read_bytes()[:-1])
    out, err = shell.run("search", "獨一無二", texts)
    assert "獨.txt:1" in out
    assert err.startswith("tuibrowser: the index is damaged (s0.codes.npy has ")
    assert err.endswith("and was built again\n")
    assert shell.run("search", "獨一無二", texts) == (out, "")


def test_an_index_is_shared_by_its_folder(texts: Path, shell: Shell, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shell.run("index", "--index-dir", shared, texts)
    assert not shell.cache.exists()
    assert len(shell.hits("--index-dir", shared, "獨一無二", texts)) == 1
    assert not shell.cache.exists()


def test_a_cache_that_cannot_be_written_is_said_once(texts: Path, shell: Shell, tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("")
    shell.variables["XDG_CACHE_HOME"] = str(tmp_path / "file")
    out, err = shell.run("search", "獨一無二", texts)
    assert "獨.txt:1" in out
    assert err == "tuibrowser: no index can be kept (not a directory): all is read into memory\n"
    _, err = shell.run("index", texts, status=2)
    assert err.startswith("tuibrowser: cannot keep an index in ")
    out, _ = shell.run("index", "--json", texts, status=2)
    assert json.loads(out) == {"event": "failed", "reason": "not a directory"}


def test_what_cannot_be_indexed_is_said(texts: Path, shell: Shell, tmp_path: Path) -> None:
    assert "what to index is missing" in shell.run("index", status=2)[1]
    assert "standard input" in shell.run("index", "-", status=2)[1]
    assert "no such file or folder" in shell.run("index", tmp_path / "none", status=2)[1]
    (tmp_path / "empty").mkdir()
    assert "no text" in shell.run("index", tmp_path / "empty", status=1)[1]


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not waited for does not."""
    from pathlib import Path

    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_with_json_it_ends_with_who_started_it(texts: Path, shell: Shell, tmp_path: Path) -> None:
    root = tmp_path / "shared"
    folder = folder_of(Corpus.discover([texts]), root)
    make_folder(folder, shared=True)
    starts = (
        "import subprocess, sys; child = subprocess.Popen(sys.argv[1:]); print(child.pid, flush=True); child.wait()"
    )
    index = (sys.executable, "-m", "tuibrowser", "index", "--json", "--index-dir", str(root), str(texts))
    with locked(folder, lambda: False, lambda: None):
        with subprocess.Popen(
            [sys.executable, "-c", starts, *index], stdout=subprocess.PIPE, text=True, env=shell.variables
        ) as parent:
            assert parent.stdout is not None
            child = int(parent.stdout.readline())
            told = ""
            while told != "waiting":
                told = json.loads(parent.stdout.readline())["event"]
            assert alive(child)
            parent.kill()
        try:
            until(lambda: not alive(child), lambda: "it goes on waiting for nobody", 10)
        finally:
            if alive(child):
                os.kill(child, signal.SIGKILL)
