"""Limits: a file that crashes, hangs or eats memory costs itself alone, in the pool and read by itself."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.loading import child, limits, pool
from tuibrowser.corpus.loading.aside import Aside
from tuibrowser.corpus.loading.loaded import Failure, LoadedDocument, as_loaded
from tuibrowser.corpus.loading.pool import Pool
from tuibrowser.corpus.model import Source
from tuibrowser.corpus.read import Reading, read

WORKER = """
import os, sys, time
from tuibrowser.corpus import read as reading
from tuibrowser.corpus.loading import worker
real = reading.reading
def ours(source, number, encoding=None):
    if "crash" in source.name:
        os._exit(3)
    if "hang" in source.name:
        time.sleep(600)
    if "eat" in source.name:
        bytearray(1 << 36)
    return (yield from real(source, number, encoding))
worker.reading = ours
worker.main()
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "worker.py"
    script.write_text(WORKER, "utf-8")
    monkeypatch.setattr(child, "COMMAND", (str(script),))
    monkeypatch.setattr(limits, "_SECONDS", 0.5)


def sources(folder: Path, *names: str) -> list[Source]:
    made = []
    for name in names:
        path = folder / name
        path.write_text("江水東流。\n", "utf-8")
        made.append(Source(path, name, path.stat().st_size))
    return made


@pytest.mark.slow
@pytest.mark.usefixtures("command")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("crash.txt", "cannot be read: the process that read it ended"),
        ("hang.txt", "cannot be read: it takes too long"),
        ("eat.txt", "too large for the memory there is"),
    ],
)
def test_in_the_pool_the_file_to_blame_is_left_out_and_no_other(name: str, reason: str, tmp_path: Path) -> None:
    found = sources(tmp_path, "a.txt", name, "b.txt")
    batches = [((number, source),) for number, source in enumerate(found)]
    with Pool(batches, None, as_loaded) as workers:
        answers = [answer for answered in workers.answers(lambda: False) for answer in answered]
    failed = [answer for answer in answers if isinstance(answer, Failure)]
    assert [(failure.number, failure.reason) for failure in failed] == [(1, reason)]
    assert sorted(answer.document.number for answer in answers if isinstance(answer, LoadedDocument)) == [0, 2]


@pytest.mark.slow
@pytest.mark.usefixtures("command")
def test_read_aside_it_is_the_same_and_the_next_file_is_read(tmp_path: Path) -> None:
    reader = Aside()
    good, crash, hang, eat = sources(tmp_path, "a.txt", "crash.txt", "hang.txt", "eat.txt")
    try:
        assert reader.read(good, 0, None).text.raw == "江水東流。\n"
        with pytest.raises(NotTextError, match="ended"):
            reader.read(crash, 0, None)
        assert reader.read(good, 7, None).document.number == 7
        began = time.monotonic()
        with pytest.raises(NotTextError, match="too long"):
            reader.read(hang, 0, None)
        assert time.monotonic() - began < 60
        with pytest.raises(MemoryError):
            reader.read(eat, 0, None)
        with pytest.raises(FileNotFoundError):
            reader.read(Source(Path("/無"), "無"), 0, None)
    finally:
        reader.end()


def test_a_risky_format_is_read_aside_whatever_the_file_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def noted(_: Aside, source: Source, number: int, encoding: str | None) -> Reading:
        asked.append(source.name)
        return read(source, number, encoding)

    monkeypatch.setattr(Aside, "read", noted)
    rtf = rb"{\rtf1\ansi\ansicpg936 \'bd\'ad\'cb\'ae\'b6\'ab\'c1\'f7\'a1\'a3}"
    for name in ("a.rtf", "b.txt", "c"):
        (tmp_path / name).write_bytes(rtf)
    (tmp_path / "d.txt").write_text("江水東流。\n", "utf-8")
    corpus = Corpus.discover([tmp_path])
    assert [corpus.document(number).format for number in range(4)] == ["rtf", "rtf", "rtf", "text"]
    assert asked == ["a.rtf", "b.txt", "c"]


@pytest.mark.skipif(sys.platform != "linux", reason="the system holds no process to a limit")
def test_the_largest_of_some_files_tells_how_much_memory_reading_them_may_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    wanted: list[int] = []
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: wanted.append(limits[0]))
    small, large = sources(tmp_path, "a.txt", "b.txt")
    member = Source(small.path, "a.zip/c.txt", 3_000_000, member="c.txt")
    Path(large.path).write_bytes(bytes(2_000_000))  # it has grown since it was found
    limits.limit_memory([small, large])
    limits.limit_memory([small, member, large, small])
    assert wanted[1] - wanted[0] == 30 * 1_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not say what a process has spent")
def test_what_a_process_has_spent_is_known() -> None:
    began = limits.spent_by(os.getpid())
    until = time.process_time() + 0.05
    while time.process_time() < until:
        pass
    now = limits.spent_by(os.getpid())
    assert now.is_at_work
    assert now.seconds > began.seconds
    assert limits.spent_by(-1) == (0.0, False)


@pytest.mark.parametrize(
    ("spent", "is_at_work", "is_late"), [(1.0, True, False), (30.0, True, True), (1.0, False, True)]
)
def test_a_process_that_hardly_came_to_work_is_given_time(
    spent: float, is_at_work: bool, is_late: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    had = iter([limits.Spent(100.0, is_at_work=True), limits.Spent(100.0 + spent, is_at_work)])
    monkeypatch.setattr(pool, "spent_by", lambda _: next(had))
    monkeypatch.setattr(pool, "seconds_for", lambda *_, **__: 40.0)
    clock = [1_000.0]
    monkeypatch.setattr("tuibrowser.corpus.loading.pool.time.monotonic", lambda: clock[0])
    process = SimpleNamespace(pid=1, stdin=io.BytesIO(), stdout=io.BytesIO())
    worker: pool._Process[LoadedDocument] = pool._Process(cast("Any", process))
    worker.give(None, ((0, sources(tmp_path, "a.txt")[0]),), as_loaded)
    assert not worker.is_late()
    clock[0] += 41.0
    assert worker.is_late() is is_late
    assert worker.deadline == (1_040.0 if is_late else 1_081.0)
