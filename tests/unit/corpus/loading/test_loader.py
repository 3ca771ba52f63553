from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus import read
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.loading import child, loader
from tuibrowser.corpus.loading.loaded import Failure, as_loaded, attempt
from tuibrowser.corpus.loading.loader import batches, load
from tuibrowser.corpus.loading.pool import begun
from tuibrowser.corpus.model import LEFT_OUT, Source

if TYPE_CHECKING:
    from tuibrowser.corpus.read import Reading


def never() -> bool:
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(30):
        (tmp_path / f"第{number}回.txt").write_text(f"第{number}回的正文。\n" * 50, encoding="utf-8")
    return tmp_path


@pytest.fixture
def in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "ALONE", 0)
    monkeypatch.setattr(loader, "BATCH", 4_000)


@pytest.fixture(params=["here", "in processes"])
def way(request: pytest.FixtureRequest) -> None:
    if request.param == "in processes":
        request.getfixturevalue("in_processes")


@pytest.mark.slow
@pytest.mark.usefixtures("way")
def test_all_documents_are_handed_out_once_in_reading_order(folder: Path) -> None:
    corpus = Corpus.discover([folder])
    reports = list(load(corpus, never))
    loaded = [each for report in reports for each in report.loaded]
    assert [each.document.number for each in loaded] == list(range(30))
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert (reports[-1].done, reports[-1].total) == (30, 30)
    assert [each.document for each in loaded] == list(corpus.documents)
    assert all(document.read for document in corpus.documents)


@pytest.mark.slow
@pytest.mark.usefixtures("way")
def test_what_is_handed_out_is_the_repaired_text_and_where_its_paragraphs_begin(folder: Path) -> None:
    corpus = Corpus.discover([folder])
    for report in load(corpus, never):
        for each in report.loaded:
            text = corpus.text(each.document.number)
            assert each.repaired == text.repaired
            assert list(each.starts) == [paragraph.start for paragraph in text.paragraphs]
            assert each.starts.typecode == "I"


@pytest.mark.slow
@pytest.mark.usefixtures("way")
def test_a_file_that_cannot_be_read_stops_nothing(folder: Path) -> None:
    corpus = Corpus.discover([folder])
    (folder / "第3回.txt").unlink()
    (folder / "第7回.txt").write_bytes(bytes(1000))
    loaded = [each.document.number for report in load(corpus, never) for each in report.loaded]
    assert loaded == [number for number in range(30) if number not in (3, 7)]
    assert {Path(problem.path).name: problem.reason for problem in corpus.problems} == {
        "第3回.txt": "no such file or directory",
        "第7回.txt": "not a text: binary data",
    }
    assert [problem.kind for problem in corpus.documents[3].problems] == [LEFT_OUT]
    assert corpus.documents[7].read


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (IndexError("7"), "cannot be read: IndexError: 7"),
        (MemoryError(), "too large for the memory there is"),
        (CorpusError("not a text: image"), "not a text: image"),
        (PermissionError(13, "Permission denied"), "permission denied"),
    ],
)
def test_whatever_goes_wrong_with_a_document_becomes_a_reason(error: Exception, reason: str) -> None:
    def fail() -> Reading:
        raise error

    assert attempt(5, fail, as_loaded) == Failure(5, reason)


@pytest.mark.slow
@pytest.mark.usefixtures("way")
def test_cancelling_ends_the_load(folder: Path) -> None:
    corpus = Corpus.discover([folder])
    reports = 0

    def cancelled() -> bool:
        return reports >= 2

    for _ in load(corpus, cancelled):
        reports += 1
    assert reports < 10
    assert not all(document.read for document in corpus.documents)


def children() -> set[int]:
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


@pytest.mark.slow
@pytest.mark.usefixtures("in_processes")
def test_no_process_is_left_behind_or_waited_for_when_the_load_is_dropped(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = worker_with(folder, "if source.name != '第0回.txt':\n        time.sleep(600)")
    monkeypatch.setattr(child, "COMMAND", (str(endless),))
    before = children()
    loading = load(Corpus.discover([folder]), never)
    next(loading)
    assert children() > before
    began = time.monotonic()
    loading.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 60
    assert children() == before


@pytest.mark.slow
@pytest.mark.usefixtures("in_processes")
def test_processes_begun_before_the_files_are_known_read_them_and_the_others_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = children()
    with begun() as begin:
        begin()
        ready = children() - before
        monkeypatch.setattr(child, "COMMAND", ("-c", "raise SystemExit"))
        corpus = Corpus.discover([folder])
        assert len([each for report in load(corpus, never) for each in report.loaded]) == 30
        begin()
    assert ready
    assert children() == before


def worker_with(folder: Path, first: str) -> Path:
    """A process that reads files, and does something of its own first."""
    script = folder / "worker.py"
    script.write_text(
        "import os, time, tuibrowser.corpus.loading.worker as worker\n"
        "reading = worker.reading\n"
        "def ours(source, number, encoding):\n"
        f"    {first}\n"
        "    return (yield from reading(source, number, encoding))\n"
        "worker.reading = ours\n"
        "worker.main()\n",
        encoding="utf-8",
    )
    return script


@pytest.mark.slow
@pytest.mark.usefixtures("in_processes")
def test_a_document_that_kills_its_process_is_left_out_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deadly = worker_with(folder, "if source.name == '第20回.txt':\n        os._exit(1)")
    monkeypatch.setattr(child, "COMMAND", (str(deadly),))
    corpus = Corpus.discover([folder])
    loaded = [each.document.name for report in load(corpus, never) for each in report.loaded]
    assert len(loaded) == 29
    assert "第20回.txt" not in loaded
    assert corpus.problems[-1].reason == "cannot be read: the process that read it ended"


@pytest.mark.usefixtures("in_processes")
@pytest.mark.parametrize("command", [("-c", "raise SystemExit"), ("-c", "print('not a frame')")])
def test_where_processes_do_not_work_the_files_are_read_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(child, "COMMAND", command)
    assert len([each for report in load(Corpus.discover([folder]), never) for each in report.loaded]) == 30


@pytest.mark.usefixtures("in_processes")
def test_where_no_process_can_be_started_the_files_are_read_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    assert len([each for report in load(Corpus.discover([folder]), never) for each in report.loaded]) == 30


@pytest.mark.slow
def test_processes_end_when_the_one_that_started_them_is_killed(folder: Path) -> None:
    program = (
        "import sys, time\n"
        "from tuibrowser.corpus.loading import loader\n"
        "from tuibrowser.corpus.corpus import Corpus\n"
        "loader.ALONE, loader.BATCH = 0, 2000\n"
        "loading = loader.load(Corpus.discover([sys.argv[1]]), lambda: False)\n"
        "next(loading)\n"
        "print(open(f'/proc/self/task/{__import__(\"os\").getpid()}/children').read(), flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        workers = [int(pid) for pid in parent.stdout.readline().split()]
    assert workers
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 60
    while any(running(pid) for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def running(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_batches_begin_with_one_document_and_stay_small() -> None:
    sources = [(number, Source(Path(f"/{'長' * 60}/{number}"), f"{number}", 1000)) for number in range(1000)]
    made = list(batches(sources))
    assert [each for batch in made for each in batch] == sources
    assert len(made[0]) == 1
    assert all(len(batch) <= 64 for batch in made)
    assert all(sum(source.size for _, source in batch) <= loader.BATCH for batch in made)


def test_a_document_larger_than_a_batch_is_a_batch_of_its_own() -> None:
    sources = [
        (number, Source(Path(f"/{number}"), f"{number}", size)) for number, size in enumerate((5, 10**9, 10**9, 5))
    ]
    assert [len(batch) for batch in batches(sources)] == [1, 1, 1, 1]


def test_reading_a_pipe_that_took_the_place_of_a_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(OSError, match="not a regular file"):
        read.read(Source(tmp_path / "a.txt", "a.txt"), 0)
